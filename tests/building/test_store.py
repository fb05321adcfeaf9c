"""What is kept between builds: safe to lose, to damage, to share, and to be killed over."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.building.build import Build, Report
from generator.building.indexing import Indexing
from generator.building.looking import Looking, begin
from generator.building.output import contents
from generator.building.place import FORMAT, KEPT, Lock, tidy
from generator.building.run import Run
from tests.building.shell import ROOT, render_plain
from tests.building.test_edits import documents_alone
from tests.helpers import Folder

MANY = 320  # enough that work is spread over processes
EPOCH = "1782000000"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setattr(Indexing, "make", documents_alone)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "content")
    folder.add("begriff", "wort", schlagworte=["Gremium"])
    (tmp_path / "mkdocs.yml").write_text("site_name: Wiki\n")
    return folder


def build(
    folder: Folder, site: str = "site", cache: str | None = "cache", looking: Looking | None = None
) -> Report:
    root = folder.root.parent
    kept = root / cache if cache else None
    config = root / "mkdocs.yml"
    return Build(folder.root, root / site, config, render_plain, cache=kept, looking=looking).run()


def files(folder: Folder, site: str = "site") -> dict[str, bytes]:
    return contents(folder.root.parent / site)


def database(folder: Folder) -> Path:
    (found,) = (folder.root.parent / "cache").glob("*.sqlite")
    return found


def test_nothing_changed_nothing_made(folder: Folder) -> None:
    assert build(folder).full
    before = {p: p.stat().st_mtime_ns for p in (folder.root.parent / "site").rglob("*")}
    report = build(folder)
    assert (report.full, report.pages) == (False, 0)
    assert {p: p.stat().st_mtime_ns for p in (folder.root.parent / "site").rglob("*")} == before


def test_a_body_remakes_one_page_only(folder: Folder) -> None:
    for number in range(40):
        folder.add("begriff", f"wort-{number}", schlagworte=["Gremium"])
    build(folder)
    folder.add("begriff", "wort", "Ein neuer Text.\n", schlagworte=["Gremium"])
    assert build(folder).pages == 1


def test_a_title_reaches_who_shows_it(folder: Folder) -> None:
    folder.add("projekt", "eins", bezug=[{"art": "siehe_auch", "ziel": "wort"}])
    build(folder)
    folder.add("begriff", "wort", titel="Ganz anders", schlagworte=["Gremium"])
    report = build(folder)
    assert not report.full
    assert b"Ganz anders" in files(folder)["projekte/eins/index.html"]


def test_the_warnings_of_a_deleted_record_go_with_it(folder: Folder) -> None:
    folder.add("begriff", "spaet", stand="2019-01-01", naechste_pruefung="2020-01-01")
    before = build(folder).warnings
    (folder.root / "glossar/spaet.md").unlink()
    report = build(folder)
    assert not report.full
    assert report.warnings == before - 1


@pytest.mark.parametrize("between", [False, True], ids=["alone", "another build came between"])
def test_looking_at_the_site_before_the_build(folder: Folder, between: bool) -> None:
    root = folder.root.parent
    assert begin(root / "cache", folder.root, root / "site") is None
    build(folder)
    before = files(folder)
    (root / "site/glossar/wort/index.html").write_text("beschädigt")
    (root / "site/fremd.html").write_text("fremd")
    looking = begin(root / "cache", folder.root, root / "site")
    assert looking is not None
    found = looking()
    assert (found.damaged, found.strays) == ({"glossar/wort/index.html"}, {"fremd.html"})
    if between:
        folder.add("begriff", "spaeter", schlagworte=["Gremium"])
        build(folder)
        before = files(folder)
        (root / "site/glossar/spaeter/index.html").write_text("danach beschädigt")
    build(folder, looking=lambda: found)
    assert files(folder) == before


def test_the_cache_may_be_deleted(folder: Folder) -> None:
    build(folder)
    before = files(folder)
    database(folder).unlink()
    assert build(folder).full
    assert files(folder) == before


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_database_is_thrown_away(folder: Folder, damage: bytes | None) -> None:
    build(folder)
    before = files(folder)
    path = database(folder)
    if damage is None:
        with sqlite3.connect(path) as db:
            db.execute("drop table entries")
        db.close()
    else:
        path.write_bytes(damage)
    folder.add("begriff", "wort", titel="Neu", schlagworte=["Gremium"])
    build(folder)
    build(folder, "clean", None)
    assert files(folder) == files(folder, "clean") != before


def test_stored_records_are_no_more_trusted_than_files(folder: Folder) -> None:
    """Who can write to the cache gets text onto a page, as from a record, but no code."""
    folder.add("projekt", "eins")
    build(folder)
    with sqlite3.connect(database(folder)) as db:
        db.execute("update contents set data = replace(data, 'Eins', '<script>alert(1)</script>')")
    db.close()
    folder.add("projekt", "zwei", bezug=[{"art": "siehe_auch", "ziel": "eins"}])
    build(folder)
    pages = [c for path, c in files(folder).items() if path.endswith(".html")]
    assert any(b"&lt;script&gt;alert(1)" in page for page in pages)
    assert not [page for page in pages if b"<script>alert(1)" in page]


def test_no_pickles(folder: Folder) -> None:
    build(folder)
    dump = database(folder).read_bytes()
    assert b"\x80\x04\x95" not in dump
    assert b"\x80\x05\x95" not in dump


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_the_same_bytes_with_one_process_or_many(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    for number in range(MANY):
        folder.add("begriff", f"wort-{number}", f"Text {number}.\n", schlagworte=["Gremium"])
    monkeypatch.setenv("WISSEN_PROZESSE", "1")
    build(folder, "allein", None)
    monkeypatch.setenv("WISSEN_PROZESSE", "2")
    monkeypatch.setenv("WISSEN_START", start)
    build(folder)
    assert files(folder) == files(folder, "allein")
    folder.add("organisation", "kreis-muster", titel="Kreis Ganz Anders")  # on every page
    report = build(folder)
    assert not report.full
    assert report.pages > MANY
    monkeypatch.setenv("WISSEN_PROZESSE", "1")
    build(folder, "allein", None)
    assert files(folder) == files(folder, "allein")


def test_killed_at_any_moment_the_next_build_is_right(folder: Folder) -> None:
    for number in range(60):
        folder.add("begriff", f"wort-{number}", schlagworte=["Gremium"])
    root = folder.root.parent
    script = (
        "import sys; from pathlib import Path\n"
        "from generator.building.indexing import Indexing; from generator.building.build import Build\n"
        "from tests.building.shell import render_plain\n"
        "from tests.building.test_edits import documents_alone\n"
        "Indexing.make = documents_alone\n"
        f"root = Path({str(root)!r})\n"
        "print('los', flush=True)\n"
        "Build(root / 'content', root / 'site', root / 'mkdocs.yml', render_plain, cache=root / 'cache').run()\n"
    )
    for turn in range(8):
        title = f"Kreis {turn}"
        folder.add("organisation", "kreis-muster", titel=title)
        process = subprocess.Popen(
            [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ}
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.04 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        if turn % 2:
            build(folder)
            build(folder, "clean", None)
            assert files(folder) == files(folder, "clean")


def test_what_a_build_died_over_is_made_by_the_next(folder: Folder) -> None:
    """With so many pages that other processes make them, the store is written before they are made."""
    root = folder.root.parent
    for number in range(30):
        folder.add("begriff", f"wort-{number}", schlagworte=["Gremium"])
    folder.add("projekt", "vorbei")
    build(folder)
    folder.add("organisation", "kreis-muster", titel="Kreis Ganz Anders")
    (folder.root / "projekte/vorbei.md").unlink()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Run, "_keep", dies)
        patch.setenv("WISSEN_PROZESSE", "2")
        with pytest.raises(KeyboardInterrupt):
            Build(
                folder.root, root / "site", root / "mkdocs.yml", render_plain, cache=root / "cache"
            ).run()
    report = build(folder)
    assert not report.full
    assert report.pages > 30
    build(folder, "clean", None)
    assert files(folder) == files(folder, "clean")
    assert build(folder).pages == 0


def test_pages_are_shown_first_and_a_build_that_dies_then_is_made_good(folder: Folder) -> None:
    root = folder.root.parent
    folder.add("begriff", "anderes", titel="Anderes")
    build(folder)
    folder.add("begriff", "wort", "Ein Satz mehr.\n", schlagworte=["Gremium"])

    def died() -> None:
        after = files(folder)
        changed = {
            path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
        }
        assert changed == {"glossar/wort/index.html", "api/v1/records/wort.json"} | {
            path for path in changed if path.startswith(("suche/index/d.", "suche/index/t."))
        }
        assert b"Ein Satz mehr" in after["glossar/wort/index.html"]
        raise KeyboardInterrupt

    before = files(folder)
    shown = Build(
        folder.root, root / "site", root / "mkdocs.yml", render_plain, cache=root / "cache", shown=died
    )  # fmt: skip
    with pytest.raises(KeyboardInterrupt):
        shown.run()
    report = build(folder)
    assert not report.full
    build(folder, "clean", None)
    assert files(folder) == files(folder, "clean")


def test_a_second_build_waits_for_the_first(folder: Folder) -> None:
    root = folder.root.parent
    path = root / "cache" / "bau-x.lock"
    said = []
    with Lock(path, lambda: None):
        other = Lock(path, lambda: said.append("waiting"))
        other._db.execute("pragma busy_timeout = 10")
        with pytest.raises(sqlite3.OperationalError):
            other._db.execute("begin exclusive")
    with other:
        assert said == []


def test_only_a_few_databases_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        path = tmp_path / f"bau-{FORMAT}-{number}.sqlite"
        path.write_text("x")
        os.utime(path, (number, number))
    (tmp_path / "bau-1-99.sqlite").write_text("of an older version")
    old_lock = tmp_path / f"bau-{FORMAT}-0.lock"
    old_lock.write_text("")
    os.utime(old_lock, (0, 0))
    tidy(tmp_path)
    names = sorted(int(p.stem.rpartition("-")[2]) for p in tmp_path.glob("*.sqlite"))
    assert names == list(range(3, KEPT + 3))
    assert not old_lock.exists()

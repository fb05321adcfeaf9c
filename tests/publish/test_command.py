"""`wissen publish` to folders, releases and archives, as people call it."""

from __future__ import annotations

import errno
import json
import os
import time
import zipfile
from pathlib import Path

import pytest

from generator.publish.folder import Folder
from generator.publish.lock import EXPIRES, LOCK, NOTE
from tests.publish.helpers import Files, files_of, missing, write_site
from tests.site.conftest import Call
from tests.site.sites import files

ONE = files_of("eins", {"a": "alt", "b": "bleibt", "c": "geht"})
TWO = files_of("zwei zwei", {"a": "neu", "b": "bleibt", "d": "kommt"})
PUBLIC = files_of("offen", {"a": "alt"}, public=True)
TARGETS = ("./ziel", "releases:ziel")


@pytest.fixture(autouse=True)
def sites(tmp_path: Path) -> None:
    write_site(tmp_path / "site", ONE)
    write_site(tmp_path / "zwei", TWO)
    write_site(tmp_path / "offen", PUBLIC)


def shown(root: Path) -> Files:
    """What a web server would hand out."""
    place = root / "ziel" / "aktuell" if (root / "ziel" / "aktuell").is_symlink() else root / "ziel"
    return {p: d for p, d in files(place).items() if not p.startswith(".wissen/")}


def has(root: Path, wanted: Files) -> bool:
    there = shown(root)
    stale = [p for p in there if p not in wanted and not p.endswith(".js")]
    return not stale and not missing(there) and {p: there.get(p) for p in wanted} == wanted


@pytest.mark.parametrize("target", TARGETS)
def test_publish_change_go_back(call: Call, tmp_path: Path, target: str) -> None:
    answer = call("publish", target)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "Veröffentlicht (interkommunal): 12 neu, 0 geändert, 0 gelöscht.\n"
    assert shown(tmp_path) == ONE
    answer = call("publish", target)
    assert answer.out == "Am Ziel ist schon alles so. Es gab nichts zu tun.\n"
    before = files(tmp_path / "ziel")
    answer = call("publish", target, "--site-dir", "zwei", "--dry-run")
    assert answer.out.splitlines()[-1] == "Es würde: 4 neu, 6 geändert, 1 gelöscht."
    assert {"- c/index.html", "+ d/index.html", "~ a/index.html"} <= {*answer.out.splitlines()}
    assert files(tmp_path / "ziel") == before
    answer = call("publish", target, "--site-dir", "zwei")
    assert answer.out == (
        "Veröffentlicht (interkommunal): 4 neu, 6 geändert, 1 gelöscht.\n"
        "Zurück zum Stand davor: derselbe Aufruf mit --rollback\n"
    )
    assert has(tmp_path, TWO)
    answer = call("publish", target, "--rollback")
    assert answer.out.startswith("Gezeigt wird wieder der Stand vom ")
    assert has(tmp_path, ONE)
    assert call("publish", target, "--site-dir", "zwei", "--verify").code == 0
    assert has(tmp_path, TWO)
    assert call("publish", target, "--purge", "--site-dir", "zwei").code == 0
    assert shown(tmp_path) == TWO
    answer = call("publish", target, "--rollback")
    assert (answer.code, "kein früherer Stand aufgehoben" in answer.err) == (1, True)


def test_as_many_releases_stay_as_wanted(call: Call, tmp_path: Path) -> None:
    config = "extra: {publish: {web: {target: 'releases:ziel', keep: 2}}}"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    for name in ("site", "zwei") * 3:
        assert call("publish", "--site-dir", name).code == 0
    releases = tmp_path / "ziel" / "releases"
    assert len([p for p in releases.iterdir() if p.is_dir()]) == 3
    same = list(releases.rglob("b/index.html"))
    assert len({p.stat().st_ino for p in same}) < len(same)  # hard links, they cost nothing
    for wanted in (ONE, TWO):
        assert call("publish", "web", "--rollback").code == 0
        assert has(tmp_path, wanted)
    assert "kein früherer Stand" in call("publish", "web", "--rollback").err
    write_site(tmp_path / "drei", files_of("drei", {"a": "drei"}))
    assert call("publish", "web", "--site-dir", "drei").code == 0
    assert call("publish", "web", "--rollback").code == 0
    assert has(tmp_path, TWO)  # what was shown before, not what was gone back from


def test_packed_variants_travel_with_their_source(call: Call, tmp_path: Path) -> None:
    import brotli

    long = "ü" * 3000
    write_site(tmp_path / "lang", files_of("lang", {"a": long}))
    assert call("publish", "./ziel", "--site-dir", "lang", "--compress").code == 0
    there = shown(tmp_path)
    page = there["a/index.html"]
    assert brotli.decompress(there["a/index.html.br"]) == page
    assert "assets/stil.css.br" not in there  # too small
    assert "nichts zu tun" in call("publish", "./ziel", "--site-dir", "lang", "--compress").out
    (tmp_path / "ziel/a/index.html.br").write_bytes(b"kaputt")
    assert call("publish", "./ziel", "--site-dir", "lang", "--compress", "--verify").code == 0
    assert shown(tmp_path) == there
    assert call("publish", "./ziel", "--site-dir", "lang", "--purge").code == 0
    assert shown(tmp_path) == files(tmp_path / "lang")


def test_an_internal_site_never_gets_to_a_public_place(call: Call, tmp_path: Path) -> None:
    config = "extra: {publish: {netz: {target: ./ziel, public: true}, intern: {target: ./ziel, public: false}}}"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    for arguments in (["netz"], ["./ziel", "--public"]):
        for more in ([], ["--dry-run"]):
            answer = call("publish", *arguments, *more)
            assert answer.code == 1
            assert "das Ziel aber ist öffentlich" in answer.err
            assert "wissen build --public" in answer.err
        assert not (tmp_path / "ziel").exists()
    answer = call("publish", "netz", "--site-dir", "offen")
    assert answer.out == "Veröffentlicht (öffentlich): 8 neu, 0 geändert, 0 gelöscht.\n"
    answer = call("publish", "./ziel")  # the target itself remembers
    assert "An diesem Ziel liegt ein öffentlicher Bau, dieses Wiki" in answer.err
    assert has(tmp_path, PUBLIC)
    assert call("publish", "intern").code == 0
    answer = call("publish", "netz", "--rollback")
    assert answer.code == 0
    assert has(tmp_path, PUBLIC)
    assert (
        "Der Stand davor ist für den interkommunalen" in call("publish", "netz", "--rollback").err
    )
    assert has(tmp_path, PUBLIC)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("api/v1/records.json", None, "liegt kein fertiges Wiki. Zuerst bauen: wissen build"),
        ("api/v1/ausgabe.json", None, "nicht anzusehen, für wen es bestimmt ist"),
        ("api/v1/ausgabe.json", "[]", "nicht anzusehen, für wen es bestimmt ist"),
        ("api/v1/ausgabe.json", '{"oeffentlich": "ja", "erzeugt": ""}', "nicht anzusehen, für wen"),
    ],
)
def test_a_site_must_say_for_whom_it_is(
    call: Call, tmp_path: Path, file: str, content: str | None, said: str
) -> None:
    (tmp_path / "site" / file).unlink()
    if content:
        (tmp_path / "site" / file).write_text(content, encoding="utf-8")
    answer = call("publish", "./ziel")
    assert (answer.code, said in answer.err) == (1, True)
    assert not (tmp_path / "ziel").exists()


@pytest.mark.parametrize("target", TARGETS)
def test_one_run_at_a_time(call: Call, tmp_path: Path, target: str) -> None:
    store = Folder(tmp_path / "ziel")
    store.claim(LOCK)
    now = time.time()
    store.write(NOTE, json.dumps({"lauf": "x", "seit": now - 60, "lebt": now}).encode())
    answer = call("publish", target)
    assert answer.code == 1
    assert "läuft schon eine Veröffentlichung seit " in answer.err
    assert "letztes Lebenszeichen" in answer.err
    assert answer.err.endswith("sofort aufheben mit: --break-lock\n")
    store.write(NOTE, json.dumps({"lauf": "x", "seit": 0, "lebt": now - EXPIRES - 1}).encode())
    assert call("publish", target).code == 0  # a run without a sign of life is dead
    assert not (tmp_path / "ziel" / LOCK).exists()
    store.claim(LOCK)  # killed between taking the lock and signing it
    assert call("publish", target, "--site-dir", "zwei").code == 1
    assert call("publish", target, "--site-dir", "zwei", "--break-lock").code == 0
    assert has(tmp_path, TWO)


@pytest.mark.parametrize("target", [*TARGETS, "zip:ziel"])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "Dort ist kein Platz mehr"),
        (errno.EACCES, "Dort fehlen Schreibrechte"),
        (errno.EROFS, "nur lesbar"),
    ],
)
def test_faults_of_the_disk(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, number: int, said: str) -> None:  # fmt: skip
    """In the middle of a run; the site stays what it was, or is complete after the next run."""
    if not target.startswith("zip"):
        assert call("publish", target).code == 0
    write_site(tmp_path / "zwei", {"suche.html": b""})
    write_site(tmp_path / "site", {"suche.html": b""})
    left = [9]
    opened = open

    def full(file: object, mode: str = "r", *arguments: object, **more: object) -> object:
        if "w" in mode and "ziel" in str(file):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(number, os.strerror(number), str(file))
        return opened(file, mode, *arguments, **more)  # type: ignore[call-overload]

    if target.startswith("zip"):
        left[0] = 0
        monkeypatch.setattr("zipfile.io.open", full)
    else:
        monkeypatch.setattr("builtins.open", full)
    answer = call("publish", target, "--site-dir", "zwei")
    monkeypatch.undo()
    os.chdir(tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert "Traceback" not in answer.err
    if target.startswith("zip"):
        assert list((tmp_path / "ziel").iterdir()) == []
        return
    assert missing(shown(tmp_path)) == []
    assert call("publish", target, "--site-dir", "zwei").code == 0
    assert has(tmp_path, {**TWO, "suche.html": b""})


def test_a_site_that_is_being_built(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """A file that is not what it was a moment ago must not travel under the old digest."""
    from generator.publish.inplace import InPlace

    publish = InPlace.publish

    def later(self: InPlace, *arguments: object) -> object:
        (tmp_path / "site/a/index.html").write_text("ganz anders", encoding="utf-8")
        return publish(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(InPlace, "publish", later)
    answer = call("publish", "./ziel")
    assert (answer.code, "wird wohl gerade neu gebaut" in answer.err) == (1, True)
    assert "index.html" not in shown(tmp_path)


def test_a_foreign_folder(call: Call, tmp_path: Path) -> None:
    write_site(tmp_path / "ziel", {"index.html": b"fremd", "brief.txt": b"wichtig"})
    answer = call("publish", "./ziel")
    assert (answer.code, "--adopt" in answer.err) == (1, True)
    assert call("publish", "./ziel", "--adopt").code == 0
    assert call("publish", "./ziel", "--site-dir", "zwei", "--purge").code == 0
    assert (tmp_path / "ziel/brief.txt").read_bytes() == b"wichtig"


def test_a_dated_archive(call: Call, tmp_path: Path) -> None:
    answer = call("publish", "zip:ziel")
    assert (answer.code, "wissen build --offline" in answer.err) == (1, True)
    write_site(tmp_path / "site", {"suche.html": b"x"})
    answer = call("publish", "zip:ziel")
    assert answer.out == "Fertig: 13 Dateien eingepackt (interkommunal): ziel/wissensspeicher-2026-07-01.zip\n"  # fmt: skip
    archive = tmp_path / "ziel/wissensspeicher-2026-07-01.zip"
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        assert "wissensspeicher-2026-07-01/a/index.html" in names
        note = opened.read("wissensspeicher-2026-07-01/LIES-MICH.txt").decode()
        assert "Stand: 01.07.2026" in note
        assert "nur für den interkommunalen Gebrauch" in note
    before = archive.read_bytes()
    assert call("publish", "zip:ziel", "--compress", "--verify").code == 0
    assert archive.read_bytes() == before
    assert [p.name for p in archive.parent.iterdir()] == [archive.name]
    answer = call("publish", "zip:ziel", "--rollback")
    assert "Jedes ZIP ist ein Stand für sich" in answer.err


def test_releases_need_a_name_of_their_own(call: Call, tmp_path: Path) -> None:
    write_site(tmp_path / "ziel/aktuell", {"index.html": b"fremd"})
    answer = call("publish", "releases:ziel")
    assert (answer.code, "ist kein Verweis auf einen Stand" in answer.err) == (1, True)
    assert (tmp_path / "ziel/aktuell/index.html").read_bytes() == b"fremd"

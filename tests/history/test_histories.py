"""What a record's history tells, and what it must never tell."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.checking import check_content
from generator.history.histories import SHOWN, Histories
from tests.helpers import DAY, Folder
from tests.history.repository import Repository
from tests.site.sites import ROOT, mkdocs, wissen


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


@pytest.fixture
def wiki(repository: Repository) -> Folder:
    """The content folder lies in a folder of the work tree."""
    return Folder(repository.root / "wiki" / "inhalt")


def told(wiki: Folder, cache: Path, *, public: bool = False) -> dict[str, list[Any]]:
    found = Histories(wiki.root, public=public, cache=cache)
    return {path: json.loads(text) for path, text in found.items()}


A = "bewertungen/a.md"


def verdicts(wiki: Folder, repository: Repository, **more: Any) -> None:
    """Two verdicts, one after the other."""
    for day, verdict in (("2024-03-01", "weiter_beobachten"), ("2025-04-02", "empfohlen")):
        wiki.add("bewertung", "a", verdikt=verdict, stand=day, gueltig_bis="2027-12-31", **more)
        repository.commit(day)


def test_a_change_names_fields_and_former_verdicts(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    verdicts(wiki, repository)
    assert told(wiki, tmp_path)[A] == [
        [
            "2025-04-02",
            [
                ["stand", "Stand", "01.03.2024", "02.04.2025"],
                ["verdikt", "Verdikt", "Weiter beobachten", "Empfohlen"],
            ],
        ],
        ["2024-03-01", []],
    ]
    assert told(wiki, tmp_path)["organisationen/kreis-muster.md"] == [["2024-03-01", []]]


def test_no_text_and_no_name_comes_back(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    """Only vocabularies and dates are shown: what was taken out of a text stays out."""
    secret = "Frau Geheim"
    wiki.add("bewertung", "a", body=f"{secret} sagt.", titel=f"Von {secret}", verantwortlich=secret)
    wiki.file(
        "loesungen/b.md",
        f"---\ntyp: loesung\ntitel: x\nstatus: {secret}\nstand: {secret}\nboese: 1\nbetriebsmodell: [saas_eu]\n---\n",
    )
    repository.commit("2024-03-01")
    wiki.add("bewertung", "a", body="Man sagt.", titel="Anders")
    wiki.add("loesung", "b")
    repository.commit("2024-03-02")
    text = "".join(Histories(wiki.root, cache=tmp_path).values())
    assert "Geheim" not in text and "saas" not in text and "boese" not in text
    labels = [label for _, label, _, _ in told(wiki, tmp_path)[A][0][1]]
    assert labels == ["Titel", "Verantwortlich", "Text"]


def test_what_says_the_same_is_no_change(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    wiki.add("bewertung", "a", body="Eins zwei\ndrei.\n")
    repository.commit("2024-03-01")
    file = wiki.root / A
    text = file.read_text("utf-8").replace("zwei\ndrei", "zwei drei").replace("\n", "\r\n")
    file.write_bytes(text.replace("titel: A", 'titel: "A"').encode())
    repository.commit("2024-03-02")
    assert told(wiki, tmp_path)[A] == [["2024-03-01", []]]


def test_renames_are_followed(wiki: Folder, repository: Repository, tmp_path: Path) -> None:
    verdicts(wiki, repository)
    repository.git("mv", f"wiki/inhalt/{A}", "wiki/inhalt/bewertungen/neu-ä.md")
    repository.commit("2025-05-01")
    wiki.add("bewertung", "a", titel="Ein anderer Eintrag unter dem alten Namen")
    repository.commit("2025-06-01")
    found = told(wiki, tmp_path)
    new = found["bewertungen/neu-ä.md"]
    assert [day for day, _ in new] == ["2025-05-01", "2025-04-02", "2024-03-01"]
    assert new[0][1] == [["id", "Kennung", "", ""]]
    assert found[A] == [["2025-06-01", []]], "not the life of its namesake"


def test_two_records_may_change_their_names(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    for name in "xy":
        wiki.add("begriff", name, definition=f"{name} " * 40)
    repository.commit("2024-01-01")
    for old, new in (("x", "z"), ("y", "x"), ("z", "y")):
        repository.git("mv", f"wiki/inhalt/glossar/{old}.md", f"wiki/inhalt/glossar/{new}.md")
    repository.git("commit", "--quiet", "-m", "getauscht", day="2024-02-01")
    found = told(wiki, tmp_path)
    for name in "xy":
        days = [day for day, _ in found[f"glossar/{name}.md"]]
        assert days == ["2024-02-01", "2024-01-01"]


def test_a_deleted_record_has_no_history_and_begins_anew(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    verdicts(wiki, repository)
    (wiki.root / A).unlink()
    repository.commit("2025-05-01")
    assert A not in told(wiki, tmp_path)
    wiki.add("bewertung", "a")
    repository.commit("2025-06-01")
    assert told(wiki, tmp_path)[A] == [["2025-06-01", []]]


def test_a_merge_counts_once_and_on_its_day(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    wiki.add("bewertung", "a", verdikt="ohne_votum")
    repository.commit("2024-01-01")
    repository.git("checkout", "--quiet", "-b", "vorschlag")
    for day, verdict in (("2024-02-01", "nicht_empfohlen"), ("2024-02-02", "empfohlen")):
        wiki.add("bewertung", "a", verdikt=verdict)
        repository.commit(day)
    repository.git("checkout", "--quiet", "main")
    wiki.add("begriff", "anderes")
    repository.commit("2024-02-03")
    repository.git("merge", "--quiet", "--no-ff", "-m", "Zusammen", "vorschlag", day="2024-03-01")
    assert told(wiki, tmp_path)[A] == [
        ["2024-03-01", [["verdikt", "Verdikt", "Ohne Votum", "Empfohlen"]]],
        ["2024-01-01", []],
    ]


def test_a_long_history_is_cut(wiki: Folder, repository: Repository, tmp_path: Path) -> None:
    """Only changes that say something count, however many others lie between them."""
    days = [f"2024-{n // 28 + 1:02d}-{n % 28 + 1:02d}" for n in range(40)]
    for number, day in enumerate(days):
        wiki.add("bewertung", "a", stand=f"2024-01-{number // 3 + 1:02d}", body="\n" * number)
        (wiki.root / A).open("a").write("\n" * number)
        repository.commit(day)
    found = told(wiki, tmp_path)[A]
    assert [day for day, _ in found] == days[39:0:-3][:SHOWN]


def test_what_is_not_committed_is_not_told(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    verdicts(wiki, repository)
    before = told(wiki, tmp_path)
    wiki.add("bewertung", "a", verdikt="nicht_empfohlen")
    wiki.add("begriff", "neu")
    repository.git("add", "--all")
    assert told(wiki, tmp_path) == before


def test_versions_that_cannot_be_read(wiki: Folder, repository: Repository, tmp_path: Path) -> None:
    """Not YAML, not text, a bomb, a giant: nothing is told of them, and nothing breaks."""
    bomb = "---\na: &a [x, x]\nb: [*a, *a]\n---\n"
    for number, raw in enumerate((b"---\na: [\n---\n", b"\xff\xfe\0", bomb.encode(), b"[" * 40_000, b"x" * 900_000)):  # fmt: skip
        wiki.file(A, raw)
        repository.commit(f"2024-01-0{number + 1}")
    wiki.add("bewertung", "a")
    repository.commit("2024-02-01")
    assert [fields for _, fields in told(wiki, tmp_path)[A]] == [[]]
    assert told(wiki, tmp_path, public=True).get(A) is None


def test_nothing_confidential_is_public(
    wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    """Neither a version that was confidential, nor a change from or to it, nor the field `intern`."""
    steps: list[tuple[str, dict[str, Any]]] = [
        ("2024-01-01", {"verdikt": "nicht_empfohlen", "vertraulichkeit": "interkommunal"}),
        ("2024-02-01", {"verdikt": "ohne_votum", "vertraulichkeit": "interkommunal"}),
        ("2024-03-01", {"verdikt": "weiter_beobachten"}),
        ("2024-04-01", {"verdikt": "weiter_beobachten", "intern": {"akte": "7"}}),
        ("2024-05-01", {"verdikt": "empfohlen", "intern": {"akte": "8"}}),
    ]
    for day, changes in steps:
        wiki.add("bewertung", "a", **changes)
        repository.commit(day)
    inside, outside = told(wiki, tmp_path)[A], told(wiki, tmp_path, public=True)[A]
    assert [day for day, _ in inside] == [day for day, _ in reversed(steps)]
    assert "Intern" in str(inside)
    assert outside == [
        ["2024-05-01", [["verdikt", "Verdikt", "Weiter beobachten", "Empfohlen"]]],
    ]


@pytest.mark.parametrize(
    "obstacle", ["no git", "no repository", "no commit", "shallow", "elsewhere"]
)
def test_without_a_history_there_is_none(
    obstacle: str, wiki: Folder, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    if obstacle != "no commit":
        verdicts(wiki, repository)
    root = wiki.root
    if obstacle == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif obstacle == "no repository":
        root = tmp_path / "ohne"
        Folder(root)
    elif obstacle == "shallow":
        clone = tmp_path / "flach"
        url = repository.root.as_uri()
        subprocess.run(["git", "clone", "--quiet", "--depth=1", url, str(clone)], check=True)
        root = clone / "wiki/inhalt"
    elif obstacle == "elsewhere":  # as in a hook of git
        monkeypatch.setenv("GIT_DIR", os.devnull)
    found = Histories(root, cache=tmp_path / "cache")
    assert bool(found) == (obstacle == "elsewhere")
    assert bool(found.mark) == (obstacle == "elsewhere")


@pytest.mark.parametrize("step", ["commit", "rename", "delete", "merge", "reset", "nothing"])
def test_the_commits_since_lead_to_the_same(
    step: str, wiki: Folder, repository: Repository, tmp_path: Path
) -> None:
    verdicts(wiki, repository)
    wiki.add("begriff", "x", definition="x " * 50)
    repository.commit("2025-05-01")
    earlier = Histories(wiki.root, cache=tmp_path)
    texts = dict(earlier)
    if step == "rename":
        repository.git("mv", f"wiki/inhalt/{A}", "wiki/inhalt/bewertungen/b.md")
    elif step == "delete":
        (wiki.root / "glossar/x.md").unlink()
    elif step == "merge":
        repository.git("checkout", "--quiet", "-b", "anders", "HEAD~1")
        wiki.add("bewertung", "a", verdikt="nicht_empfohlen", stand="2025-04-02")
        repository.commit("2025-05-02")
        repository.git("merge", "--quiet", "--no-ff", "-m", "Zusammen", "main", day="2025-05-03")
    elif step == "reset":
        repository.git("reset", "--quiet", "--hard", "HEAD~2")
    if step == "commit":
        wiki.add("bewertung", "a", verdikt="nicht_empfohlen", stand="2025-04-02")
    if step not in ("nothing", "reset"):
        repository.commit("2025-06-01")
    clean, quick = (Histories(wiki.root, cache=tmp_path / "neu") for _ in range(2))
    quick.after(earlier.mark, texts)
    assert dict(quick) == dict(clean)
    assert (dict(clean) == texts) == (step == "nothing")


def test_comparisons_are_kept_and_a_damaged_cache_is_no_harm(
    wiki: Folder, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts(wiki, repository)
    first = told(wiki, tmp_path)
    (cache,) = tmp_path.glob("verlauf-*.sqlite")
    monkeypatch.setattr(
        "generator.history.histories.contents", lambda *_: pytest.fail("read again")
    )
    assert told(wiki, tmp_path) == first
    monkeypatch.undo()
    cache.write_bytes(b"kaputt" * 1000)
    assert told(wiki, tmp_path) == first


def test_a_wiki_may_do_without(wiki: Folder, repository: Repository) -> None:
    wiki.file("wiki.yml", "verlauf: nein\n")
    verdicts(wiki, repository)
    catalogue = check_content(wiki.root, DAY).catalogue
    assert catalogue.history(catalogue.records["a"]) == []
    wiki.file("wiki.yml", "verlauf: ja\n")
    catalogue = check_content(wiki.root, DAY).catalogue
    assert len(catalogue.history(catalogue.records["a"])) == 2


def test_both_commands_show_it_and_a_public_site_leaks_nothing(tmp_path: Path) -> None:
    """On the page itself, through MkDocs too; hostile labels and values are text."""
    repository = Repository(tmp_path / "repo")
    wiki = Folder(repository.root / "content")
    for folder in ("theme", "mkdocs.yml", ".cache"):
        (repository.root / folder).symlink_to(ROOT / folder)
    wiki.add("bewertung", "b", verdikt="nicht_empfohlen", vertraulichkeit="interkommunal")
    wiki.add("bewertung", "a", verdikt="weiter_beobachten", gegenstand="Anderes", intern={"x": "y"})
    repository.git("add", "content")
    repository.git("commit", "--quiet", "-m", "Eins", day="2025-01-02")
    wiki.add("bewertung", "b", verdikt="ohne_votum")
    wiki.add("bewertung", "a", verdikt="empfohlen", gegenstand="Anderes", intern={"x": "z"})
    repository.git("add", "content")
    repository.git("commit", "--quiet", "-m", "<b>Zwei</b>", day="2025-03-04")
    pages = {}
    for name, run, more in (("w", wissen, ()), ("m", mkdocs, ()), ("p", wissen, ("--public",))):
        site = tmp_path / name
        result = run("build", "--site-dir", site, *more, cwd=repository.root)
        assert result.returncode == 0, result.stdout + result.stderr
        for ident in "ab":
            pages[name + ident] = (site / "bewertungen" / ident / "index.html").read_text("utf-8")
        everything = b"".join(p.read_bytes() for p in site.rglob("*") if p.is_file())
        assert b"Geheime Person" not in everything and b"geheim.example" not in everything
    assert pages["wa"] == pages["ma"] and pages["wb"] == pages["mb"]
    assert "Intern, Verdikt (Weiter beobachten → Empfohlen)</li>" in pages["wa"]
    assert "<strong>Früheres Verdikt:</strong> Weiter beobachten, bis" in pages["wa"]
    assert "Nicht empfohlen" in pages["wb"], "the former verdict"
    assert "geändert: Verdikt (Weiter beobachten → Empfohlen)</li>" in pages["pa"]
    assert "Intern" not in pages["pa"]
    assert "Nicht empfohlen" not in pages["pb"] and "2025" not in pages["pb"]

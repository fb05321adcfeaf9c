"""Walking a content folder: what is read, what is refused, what is not lost in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.records.source import MAX_BYTES, MAX_ERRORS
from generator.records.tree import read_tree, shown_path
from tests.helpers import Folder, text


def problems(folder: Folder) -> list[tuple[str, str]]:
    root = shown_path(folder.root)
    return [(p.path.removeprefix(f"{root}/"), p.code) for p in read_tree(folder.root).problems]


def test_a_valid_folder_has_no_problems(folder: Folder) -> None:
    folder.add("begriff", "wort")
    folder.add("begriff", "anderes-wort", suffix=".yml", text="## Titel\n\nText")
    folder.add("begriff", "drittes", suffix=".yaml")
    folder.file("ueber.md", "# Über uns\n")
    folder.file("mitmachen/index.md", "# Mitmachen\n")
    folder.file("bilder/karte.PNG", b"\x89PNG")
    folder.file(".versteckt.md", "---\nkaputt")
    folder.file("suche/synonyme.yml", "gruppen: []\n")
    tree = read_tree(folder.root)
    assert [str(p) for p in tree.problems] == []
    assert {r.id for r in tree.records} == {
        "kreis-muster",
        "ag-muster",
        "wort",
        "anderes-wort",
        "drittes",
    }
    assert tree.pages == ["mitmachen/index.md", "ueber.md"]
    assert tree.assets == ["bilder/karte.PNG"]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Größe & Maß.md", "groesse-mass.md"),
        ("Wort.md", "wort.md"),
        ("mein wort.yml", "mein-wort.yml"),
        ("wort_2.md", "wort-2.md"),
        ("wörter.md", "woerter.md"),
    ],
)
def test_file_names_become_ids(folder: Folder, name: str, suggestion: str) -> None:
    content = text("begriff") if name.endswith(".md") else text("begriff").strip("-\n")
    folder.file(f"glossar/{name}", content.replace("status: freigegeben", "status: fertig"))
    found = read_tree(folder.root).problems
    assert [p.code for p in found] == ["dateiname", "status"]
    assert f"Vorschlag: {suggestion}" in found[0].message


def test_upper_case_and_foreign_endings_are_not_lost(folder: Folder) -> None:
    folder.file("glossar/wort.MD", text("begriff"))
    folder.file("glossar/wort.markdown", text("begriff"))
    folder.file("glossar/wort.docx", b"PK")
    folder.file("glossar/bild.png", b"PNG")
    assert problems(folder) == [
        ("glossar/wort.MD", "dateiname"),
        ("glossar/wort.docx", "nicht-gelesen"),
        ("glossar/wort.markdown", "dateiname"),
    ]


def test_a_record_outside_its_folder_is_noticed(folder: Folder) -> None:
    folder.file("bewertung/x.md", text("bewertung"))
    folder.file("y.md", text("begriff"))
    folder.file("sonst/z.yml", "typ: projekt\ntitel: X\n")
    folder.file("hilfe.md", "---\ntitle: Hilfe\n---\n\ntyp: bewertung steht nur im Text\n")
    found = read_tree(folder.root).problems
    assert [(p.path.rpartition("/")[2], p.severity.value, p.code) for p in found] == [
        ("x.md", "Warnung", "ordner"),
        ("z.yml", "Warnung", "ordner"),
        ("y.md", "Warnung", "ordner"),
    ]
    assert "„bewertungen/“" in found[0].message


def test_folders_below_a_types_folder_are_fine(folder: Folder) -> None:
    folder.file("glossar/a/b/wort.md", text("begriff"))
    assert problems(folder) == []


def test_a_symbolic_link_is_refused(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("draussen")
    (outside / "geheim.md").write_text(text("begriff"))
    try:
        (folder.root / "glossar").mkdir()
        (folder.root / "glossar/link.md").symlink_to(outside / "geheim.md")
        (folder.root / "projekte").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert problems(folder) == [("glossar/link.md", "verknuepfung"), ("projekte", "verknuepfung")]


def test_a_loop_of_links_ends(folder: Folder) -> None:
    try:
        (folder.root / "kreis").symlink_to(folder.root, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert problems(folder) == [("kreis", "verknuepfung")]


def test_folders_may_not_nest_without_end(folder: Folder) -> None:
    deep = folder.root.joinpath(*["a"] * 60)
    deep.mkdir(parents=True)
    assert [code for _, code in problems(folder)] == ["zu-tief"]


def test_unreadable_names(folder: Folder) -> None:
    try:
        (folder.root / "glossar").mkdir()
        Path(os.fsdecode(bytes(folder.root / "glossar") + b"/w\xfcrt.md")).write_text("x")
        (folder.root / "glossar/a\nb.md").write_text("x")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    assert [code for _, code in problems(folder)] == ["dateiname", "dateiname"]
    assert all(str(p).isprintable() for p in read_tree(folder.root).problems)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(folder: Folder) -> None:
    folder.add("begriff", "wort")
    (folder.root / "glossar/wort.md").chmod(0)
    assert problems(folder) == [("glossar/wort.md", "lesen")]


def test_huge_files(folder: Folder) -> None:
    folder.file("glossar/gross.md", text("begriff", "x" * MAX_BYTES))
    folder.file("gross.md", "x" * (MAX_BYTES + 1))
    tree = read_tree(folder.root)
    assert [p.code for p in tree.problems] == ["zu-gross", "zu-gross"]
    assert "257 KB, erlaubt sind 256 KB" in tree.problems[1].message
    assert tree.pages == []


def test_a_static_page_that_is_no_text_is_left_out(folder: Folder) -> None:
    folder.file("kaputt.md", b"\xff\xfe")
    tree = read_tree(folder.root)
    assert ([p.code for p in tree.problems], tree.pages) == (["zeichensatz"], [])


def test_a_static_page_may_not_stand_where_a_list_stands(folder: Folder) -> None:
    folder.file("projekte.md", "# Unsere Projekte\n")
    folder.file("hilfe/projekte.md", "# Hilfe\n")
    assert problems(folder) == [("projekte.md", "adresse-vergeben")]


def test_static_pages_obey_the_text_rules(folder: Folder) -> None:
    folder.file("ueber.md", "# Über uns\n\nFrau Beispiel, <b>0251 12345</b>\n")
    assert [code for _, code in problems(folder)] == ["personenbezug", "telefonnummer", "html"]


def test_a_flood_of_errors_is_cut(folder: Folder) -> None:
    bad = ", ".join("falsch" for _ in range(5_000))
    folder.file(
        "projekte/x.md", text("projekt").replace("---\n", f"---\nhandlungsfeld: [{bad}]\n", 1)
    )
    found = read_tree(folder.root).problems
    assert len(found) <= MAX_ERRORS
    assert "zu-viele" in [p.code for p in found]


@pytest.mark.parametrize(
    "content",
    [
        "- id: terminvergabe\n  name: Terminvergabe\n",
        "kategorien:\n  - id: terminvergabe\n    titel: Terminvergabe\n",
        "terminvergabe: Terminvergabe\n",
        "terminvergabe:\n  name: Terminvergabe\n",
        "- terminvergabe\n",
    ],
)
def test_forms_of_the_list_of_categories(folder: Folder, content: str) -> None:
    folder.file("kategorien.yml", content)
    tree = read_tree(folder.root)
    assert tree.problems == []
    assert tree.categories["terminvergabe"].name == "Terminvergabe"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", "kategorien", 1),
        ("Text", "kategorien", 1),
        ("- id: a\n  name: A\n- id: a\n  name: B\n", "doppelte-kennung", 3),
        ("- id: a\n  name: A\n- name: B\n", "kategorien", 3),
        ("- id: Große\n  name: B\n", "kategorien", 1),
        ("a: {name: A}\nb: [1]\n", "kategorien", 2),
        ("- [\n", "yaml", 1),
    ],
)
def test_a_broken_list_of_categories(folder: Folder, content: str, code: str, line: int) -> None:
    folder.file("kategorien.yml", content)
    assert [(p.code, p.line) for p in read_tree(folder.root).problems] == [(code, line)]

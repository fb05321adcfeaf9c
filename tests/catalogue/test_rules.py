"""Rules across records: each with the smallest folder that breaks it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.records.problems import Problem, Severity
from generator.records.project_types import Projekt
from generator.records.tree import shown_path
from tests.helpers import Folder, text

CRITERIA = [
    {"id": "bedienbarkeit", "punkte": "8"},
    {"id": "kosten", "punkte": "5"},
]


def only(folder: Folder, **kwargs: Any) -> Problem:
    """The single problem of a folder."""
    problems = folder.problems(**kwargs)
    assert len(problems) == 1, [str(p) for p in problems]
    return problems[0]


def line(folder: Folder, problem: Problem) -> str:
    """The line that a problem points at, from its column on."""
    relative = problem.path.removeprefix(shown_path(folder.root)).strip("/")
    lines = (folder.root / relative).read_text(encoding="utf-8").split("\n")
    return lines[problem.line - 1][problem.column - 1 :]


def test_the_start_is_clean(folder: Folder) -> None:
    assert folder.problems() == []


# --- References


def test_an_unknown_reference_with_a_guess(folder: Folder) -> None:
    folder.add("projekt", "p", beteiligte=["kreis-muster", "kreis-mustre"])
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("verweis", "kreis-mustre")
    assert "Meinten Sie „kreis-muster“?" in problem.message
    assert "organisationen/" in problem.message


def test_a_guess_has_the_right_type(folder: Folder) -> None:
    folder.add("ag-ergebnis", "e", arbeitsgruppe="kreis-mustr")
    assert "Meinten Sie" not in only(folder).message


def test_a_reference_to_the_wrong_type(folder: Folder) -> None:
    folder.add("ag-ergebnis", "e", arbeitsgruppe="kreis-muster")
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("verweis-typ", "kreis-muster")
    assert "vom Typ „Organisation“" in problem.message
    assert "Arbeitsgruppe" in problem.message


def test_nested_references_are_checked(folder: Folder) -> None:
    folder.add(
        "bewertung",
        "b",
        nachnutzung=[{"organisation": "fehlt"}],
        abweichende_voten=[{"text": "Nein.", "organisation": "fehlt-auch"}],
        bezug=[{"art": "siehe_auch", "ziel": "fehlt-ganz"}],
    )
    assert [p.code for p in folder.problems()] == ["verweis"] * 3
    assert {line(folder, p) for p in folder.problems()} == {"fehlt", "fehlt-auch", "fehlt-ganz"}


def test_a_reference_to_a_broken_record_is_not_called_unknown(folder: Folder) -> None:
    folder.file("organisationen/musterstadt.md", text("organisation", art=None))
    folder.add("projekt", "p", beteiligte=["musterstadt"])
    assert folder.codes() == ["pflichtfeld"]


def test_a_former_id_still_works(folder: Folder) -> None:
    folder.add("organisation", "musterstadt", art="kommune", frueher=["altstadt"])
    folder.add("projekt", "p", beteiligte=["altstadt"])
    assert folder.problems() == []
    catalogue = folder.catalogue()
    assert catalogue.name("altstadt") == "Musterstadt"
    assert [
        r.id for r in catalogue.sources_of(catalogue.records["musterstadt"], "beteiligte", Projekt)
    ] == ["p"]


@pytest.mark.parametrize(
    ("subject", "codes"),
    [
        ("Termine im Netz buchen", []),
        ("terminvergabe", []),
        ("E-Vergabe", []),
        ("e-vergabe", []),  # a word of the glossary, written small
        ("termin-portal", []),
        ("termin-portall", ["verweis"]),
        ("ag-muster", ["verweis-typ"]),
        ("online-termine", ["verweis"]),
    ],
)
def test_a_subject_is_a_solution_or_plain_words(
    folder: Folder, subject: str, codes: list[str]
) -> None:
    folder.add("loesung", "termin-portal")
    folder.add("begriff", "e-vergabe")
    folder.add("bewertung", "b", gegenstand=subject)
    assert folder.codes() == codes


def test_many_unknown_references_stay_quick(folder: Folder) -> None:
    folder.add("projekt", "p", beteiligte=[f"gibt-es-nicht-{n}" for n in range(3_000)])
    assert len(folder.problems()) == 3_000


# --- Identity


@pytest.mark.parametrize(
    "other", ["glossar/tief/wort.md", "glossar/wort.yml", "projekte/wort.md", "glossar/wort.yaml"]
)
def test_an_id_exists_once(folder: Folder, other: str) -> None:
    folder.add("begriff", "wort", titel="Ein Wort")
    typ = "projekt" if other.startswith("projekte") else "begriff"
    content = text(typ, titel="Noch eines")
    folder.file(other, content if other.endswith(".md") else content.strip("-\n"))
    problem = only(folder)
    assert problem.code == "doppelte-kennung"
    assert "Bitte die Datei umbenennen" in problem.message


def test_a_title_exists_once_per_type(folder: Folder) -> None:
    folder.add("begriff", "eins", titel="Chatbot")
    folder.add("begriff", "zwei", titel="ChatBot")
    folder.add("projekt", "drei", titel="Chatbot")
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("doppelter-titel", "ChatBot")
    assert "glossar/eins.md" in problem.message


def test_a_former_id_that_is_in_use(folder: Folder) -> None:
    folder.add("begriff", "alt")
    folder.add("begriff", "neu", frueher=["alt"])
    folder.add("begriff", "neuer", frueher=["frei", "neuer"])
    folder.add("begriff", "zuletzt", frueher=["frei"])
    problems = folder.problems()
    assert [p.code for p in problems] == ["kennung-vergeben"] * 3
    assert [line(folder, p) for p in problems] == ["alt", "neuer", "frei"]


# --- Evaluations


def test_a_second_valid_evaluation_needs_a_word(folder: Folder) -> None:
    folder.add("bewertung", "alt", stand="2025-01-01")
    folder.add("bewertung", "neu")
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("doppelte-bewertung", "Termine im Netz buchen")
    assert "bewertungen/alt.md" in problem.message
    assert "„ersetzt: [alt]“" in problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"verdikt": "bedingt_empfohlen"}, {"ersetzt": ["alt"]}),
        ({"status": "archiviert"}, {"ersetzt": ["alt"]}),
        ({"verdikt": "nicht_empfohlen"}, {"bezug": [{"art": "ersetzt", "ziel": "alt"}]}),
        ({}, {"doppelt_weil": "andere Größenklasse"}),
        ({"doppelt_weil": "andere Größenklasse"}, {}),
        ({}, {"einsatzzweck": "Ausländerbehörde"}),
        ({}, {"gegenstand": "Fundsachen"}),
        ({"gueltig_bis": "2026-06-30", "stand": "2025-01-01", "status": "archiviert"}, {}),
        ({"status": "archiviert"}, {}),
        ({}, {"status": "entwurf", "ersetzt": ["alt"]}),
    ],
)
def test_the_ways_out(folder: Folder, old: dict[str, Any], new: dict[str, Any]) -> None:
    folder.add("bewertung", "alt", **({"stand": "2025-01-01"} | old))
    folder.add("bewertung", "neu", **new)
    assert folder.codes() == []


def test_the_subject_may_be_named_by_a_former_id(folder: Folder) -> None:
    folder.add("loesung", "portal", frueher=["altes-portal"])
    folder.add("bewertung", "alt", gegenstand="altes-portal", stand="2025-01-01")
    folder.add("bewertung", "neu", gegenstand="portal")
    assert folder.codes() == ["doppelte-bewertung"]


def test_replaced_but_still_recommended(folder: Folder) -> None:
    folder.add("bewertung", "alt", stand="2025-01-01")
    folder.add("bewertung", "neu", ersetzt=["alt"])
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("ersetzt-aber-empfohlen", "empfohlen")
    assert "„neu“" in problem.message


def test_replacing_in_a_circle(folder: Folder) -> None:
    folder.add("bewertung", "eins", ersetzt=["zwei"], verdikt="ohne_votum")
    folder.add("bewertung", "zwei", ersetzt=["eins"], verdikt="ohne_votum")
    assert folder.codes() == ["ersetzt-im-kreis", "ersetzt-im-kreis"]


def test_weights_come_from_the_catalogue(folder: Folder) -> None:
    folder.add("kriterienkatalog", "katalog")
    folder.add("bewertung", "b", kriterienkatalog="katalog", kriterien=CRITERIA)
    assert folder.problems() == []


@pytest.mark.parametrize(
    ("criteria", "codes"),
    [
        (CRITERIA[:1], ["gewichte"]),
        ([*CRITERIA, {"id": "kosten-je-jahr", "punkte": "1"}], ["kriterium"]),
        ([CRITERIA[0] | {"gewicht": "61"}, CRITERIA[1]], ["gewichte"]),
        ([CRITERIA[0] | {"gewicht": "60.0"}, CRITERIA[1] | {"gewicht": "40,00"}], []),
    ],
)
def test_criteria_follow_the_catalogue(
    folder: Folder, criteria: list[Any], codes: list[str]
) -> None:
    folder.add("kriterienkatalog", "katalog")
    folder.add("bewertung", "b", kriterienkatalog="katalog", kriterien=criteria)
    assert folder.codes() == codes


def test_without_a_catalogue_every_criterion_has_a_weight(folder: Folder) -> None:
    folder.add("bewertung", "b", kriterien=[{"id": "a", "gewicht": "100", "punkte": "1"}])
    folder.add("bewertung", "c", gegenstand="X", kriterien=[{"id": "a", "punkte": "1"}])
    assert folder.codes() == ["gewichte", "gewichte"]


def test_a_missing_catalogue_is_one_problem(folder: Folder) -> None:
    folder.add("bewertung", "b", kriterienkatalog="fehlt", kriterien=CRITERIA)
    assert folder.codes() == ["verweis"]


# --- Solutions


def test_an_unknown_category(folder: Folder) -> None:
    folder.add("loesung", "s", kategorie="terminvergaben")
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("kategorie", "terminvergaben")
    assert "Meinten Sie „terminvergabe“? Erlaubt: terminvergabe." in problem.message


def test_no_list_of_categories(folder: Folder) -> None:
    folder.add("loesung", "s")
    (folder.root / "kategorien.yml").unlink()
    assert "kategorien.yml" in only(folder).message


# --- Links


@pytest.mark.parametrize(
    "body",
    [
        "[x](wort)",
        "[x](../glossar/wort.md)",
        "[x](wort.md#titel)",
        "[x](#titel)",
        "[x](https://www.example.org)",
        "[x](mailto:info@kreis.example)",
        "[x](../ueber.md)",
        "![x](../bilder/karte.png)",
        "[x][1]\n\n[1]: wort.md",
        "`[x](fehlt.md)`",
        "```\n[x](fehlt.md)\n```",
        "Fußnote[^1]\n\n[^1]: fehlt.md",
        "\\[x\\](fehlt.md)",
    ],
)
def test_links_that_lead_somewhere(folder: Folder, body: str) -> None:
    folder.file("ueber.md", "# Über uns")
    folder.file("bilder/karte.png", b"PNG")
    folder.add("begriff", "wort", f"\n{body}\n")
    assert folder.problems() == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("[x](wrot.md)", "wrot.md)"),
        ("Text\nund [x](fehlt.md) und", "fehlt.md) und"),
        ("[x](../../geheim.md)", "../../geheim.md)"),
        ("[x](/etc/passwd)", "/etc/passwd)"),
        ("[x](file:///etc/passwd)", "file:///etc/passwd)"),
        ("[x](ftp://example.org)", "ftp://example.org)"),
        ("![x](fehlt.png)", "fehlt.png)"),
        ("[x][1]\n\n[1]: fehlt.md", "fehlt.md"),
        ("[x](%2e%2e/%2e%2e/geheim.md)", "%2e%2e/%2e%2e/geheim.md)"),
    ],
)
def test_dead_links(folder: Folder, body: str, place: str) -> None:
    folder.add("begriff", "wort", f"\n{body}\n")
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("link", place)


def test_many_dead_links_stay_quick(folder: Folder) -> None:
    folder.add("begriff", "wort", "".join(f"[x](fehlt-{n}.md)\n" for n in range(3_000)))
    assert folder.codes() == ["link"] * 3_000


def test_links_in_fields_and_yaml_files(folder: Folder) -> None:
    folder.add("begriff", "a", definition="Siehe\n[hier](fehlt.md).")
    folder.add("begriff", "b", suffix=".yml", text="Text\n\nSiehe [hier](fehlt.md).\n")
    folder.add("begriff", "c", kurzfassung="Ein einfacher Text zeigt [keine](links.md).")
    problems = folder.problems()
    assert [p.code for p in problems] == ["link", "link"]
    assert all(line(folder, p).startswith("fehlt.md") for p in problems)


def test_links_of_static_pages(folder: Folder) -> None:
    folder.add("begriff", "wort")
    folder.file("a.md", "[x](glossar/wort.md) [y](b.md) [z](felder/) `[q](fehlt.md)`\n")
    folder.file("b.md", "Text\n[x](glossar/wrot.md)\n")
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("link", "glossar/wrot.md)")
    assert "Meinten Sie „wort“?" in problem.message


# --- Confidence


@pytest.mark.parametrize(
    "fields",
    [
        {"herausgeber": "geheim-amt"},
        {"gegenstand": "geheim-loesung"},
        {"kriterienkatalog": "geheim-katalog"},
    ],
)
def test_a_public_record_may_not_depend_on_a_confidential_one(
    folder: Folder, fields: dict[str, str]
) -> None:
    secret = {"vertraulichkeit": "interkommunal"}
    folder.add("organisation", "geheim-amt", **secret)
    folder.add("loesung", "geheim-loesung", **secret)
    folder.add("kriterienkatalog", "geheim-katalog", **secret)
    folder.add("bewertung", "b", **fields)
    problem = only(folder)
    assert (problem.code, line(folder, problem)) == ("vertraulich", *fields.values())


def test_links_to_confidential_records(folder: Folder) -> None:
    folder.add("begriff", "geheim", vertraulichkeit="interkommunal")
    folder.add("begriff", "offen", "\n[x](geheim.md)\n", definition="Siehe [x](geheim).")
    folder.add("begriff", "intern", "\n[x](geheim.md)\n", vertraulichkeit="interkommunal")
    folder.file("seite.md", "[x](glossar/geheim.md)\n")
    assert folder.codes() == ["vertraulich"] * 3


# --- Care


@pytest.mark.parametrize("owner", ["unbekannt", "N.N.", "offen", "?", "TBD", "niemand"])
def test_nobody_is_responsible(folder: Folder, owner: str) -> None:
    folder.add("begriff", "wort", verantwortlich=owner)
    problem = only(folder)
    assert (problem.severity, problem.code) == (Severity.WARNING, "ohne-verantwortung")


@pytest.mark.parametrize(
    ("typ", "fields", "place"),
    [
        ("begriff", {"stand": "2023-06-01"}, "2023-06-01"),
        ("begriff", {"naechste_pruefung": "2026-06-30"}, "2026-06-30"),
        ("bewertung", {"gueltig_bis": "2026-06-30"}, "2026-06-30"),
        ("bewertung", {"naechste_pruefung": "2026-06-30"}, "2026-06-30"),
        ("begriff", {"naechste_pruefung": "2026-07-01"}, None),
        ("bewertung", {"gueltig_bis": "2026-07-01"}, None),
        ("begriff", {"stand": "2023-06-01", "status": "archiviert"}, None),
    ],
)
def test_overdue(folder: Folder, typ: str, fields: dict[str, str], place: str | None) -> None:
    folder.add(typ, "x", **fields)
    found = [(p.severity, p.code, line(folder, p).strip("'")) for p in folder.problems()]
    assert found == ([(Severity.WARNING, "ueberfaellig", place)] if place else [])


def test_what_is_replaced_needs_no_review(folder: Folder) -> None:
    folder.add(
        "bewertung", "alt", stand="2020-01-01", gueltig_bis="2022-01-01", verdikt="ohne_votum"
    )
    folder.add("bewertung", "neu", ersetzt=["alt"])
    assert folder.codes() == []


def test_a_record_that_nothing_leads_to(folder: Folder) -> None:
    folder.add("projekt", "allein", schlagworte=None)
    folder.add("projekt", "mit-wort")
    folder.add("projekt", "mit-feld", schlagworte=None, handlungsfeld=["verwaltung"])
    folder.add(
        "projekt", "mit-bezug", schlagworte=None, bezug=[{"art": "siehe_auch", "ziel": "ziel"}]
    )
    folder.add("projekt", "ziel", schlagworte=None)
    folder.add("begriff", "wort", schlagworte=None)
    problem = only(folder)
    assert (problem.severity, problem.code) == (Severity.HINT, "allein")
    assert problem.path.endswith("projekte/allein.md")


def test_problems_are_sorted_and_unique(folder: Folder) -> None:
    for n in range(5):
        folder.file(f"glossar/w{n}.md", text("begriff", titel="Gleich", status="fertig"))
    folder.add("begriff", "z", titel="Gleich")
    problems = folder.problems(date(2030, 1, 1))
    assert problems == sorted(set(problems), key=lambda p: p.sort_key)

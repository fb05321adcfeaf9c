"""Excel out and in again: every example record, the scoring sheet, errors at their cells."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from generator.catalogue.catalogue import build_catalogue
from generator.contributing.excel_import import submissions, type_of
from generator.contributing.excel_reader import read_workbook
from generator.contributing.excel_template import EXAMPLE, FIRST_ROW, columns, template
from generator.contributing.importing import plan_import
from generator.records.tree import read_tree
from generator.records.types import TYPES
from tests.helpers import DAY
from tests.site.conftest import Call
from tests.site.sites import CONTENT, COUNTY, files

from datetime import UTC, datetime  # isort: skip

NOW = datetime(2026, 6, 21, tzinfo=UTC)


def place(typ: str, name: str) -> int:
    return 2 + [n for n, _, _ in columns(typ)].index(name)


def filled(path: Path, typ: str, *rows: dict[str, Any]) -> Path:
    """A template with rows filled in, as a person would."""
    book = load_workbook(io.BytesIO(template(typ, NOW)))
    sheet = book[TYPES[typ].mehrzahl]
    for number, row in enumerate(rows, FIRST_ROW):
        for name, value in row.items():
            sheet.cell(number, place(typ, name)).value = value
    book.save(path)
    return path


PLAN = {
    "titel": "Buchung von Räumen", "herausgeber": "birkenquell", "verantwortlich": "Hauptamt",
    "bedarf": "Freie Räume sollen sich finden und buchen lassen.", "pruefstatus": "Geplant",
}  # fmt: skip


@pytest.mark.parametrize("content", [COUNTY, CONTENT], ids=["musterkreis", "steinfurt"])
@pytest.mark.parametrize("typ", TYPES)
def test_every_record_out_and_in_again_is_equal(content: Path, typ: str, tmp_path: Path) -> None:
    tree = read_tree(content)
    records = {r.id: r for r in tree.records if r.typ == typ}
    if not records:
        pytest.skip("none of this type")
    file = tmp_path / "alle.xlsx"
    file.write_bytes(template(typ, NOW, records.values()))
    sheets = {type_of(s): s for s in read_workbook(file)}
    found = list(submissions(sheets[typ], typ))
    assert [s.ident for s in found] == list(records)
    catalogue = build_catalogue(tree, DAY)
    assert plan_import(found, tree, catalogue, DAY, update=True).unchanged == len(records)
    tree.records = [r for r in tree.records if r.typ != typ]  # as new ones
    plan = plan_import(list(submissions(sheets[typ], typ)), tree, build_catalogue(tree, DAY), DAY)
    assert plan.errors == []
    again = {r.id: r for r in plan.records.values()}
    for ident, record in records.items():
        changes = {"datei": again[ident].datei, "text": record.text.strip()}
        assert again[ident] == record.model_copy(update=changes)


def test_the_template_explains_itself(call: Call, tmp_path: Path) -> None:
    assert call("export", "excel-vorlage", "bewertung", "-o", "b.xlsx").code == 0
    book = load_workbook(tmp_path / "b.xlsx")
    sheet = book["Bewertungen"]
    assert book.active is sheet
    assert sheet.row_dimensions[1].hidden
    assert sheet.protection.sheet
    assert sheet.cell(2, place("bewertung", "titel")).value == "Titel *"
    assert sheet.cell(2, place("bewertung", "titel")).protection.locked
    assert not sheet.cell(FIRST_ROW, place("bewertung", "titel")).protection.locked
    for name, heading, info in columns("bewertung"):
        note = sheet.cell(2, place("bewertung", name)).comment
        assert note and note.text, heading
        assert info is None or (info.description or "") in note.text
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) >= 5  # status, confidentiality, state, verdict, method
    assert sheet.cell(4, 1).value == EXAMPLE
    assert list(submissions(read_workbook(tmp_path / "b.xlsx")[1], "bewertung")) == []


def test_announcing_by_excel(call: Call, county: Path, tmp_path: Path) -> None:
    """What the guide says, with nothing else: five cells."""
    filled(tmp_path / "b.xlsx", "bewertung", PLAN)
    answer = call("import", "b.xlsx")
    assert (answer.code, answer.err) == (0, answer.err)
    assert "Geschrieben: content/bewertungen/buchung-von-raeumen.md (neu)" in answer.out
    text = (county / "bewertungen/buchung-von-raeumen.md").read_text(encoding="utf-8")
    assert "pruefstatus: geplant" in text
    assert call("check").code == 0


def test_errors_name_sheet_row_and_column(call: Call, county: Path, tmp_path: Path) -> None:
    before = files(county)
    wrong = {
        **PLAN,
        "titel": "Zweite",
        "methode": "geraten",
        "stand": "31.3.2026",
        "verantwortlich": None,
    }
    filled(tmp_path / "b.xlsx", "bewertung", PLAN, wrong)
    answer = call("import", "b.xlsx")
    assert answer.code == 1
    assert "Blatt „Bewertungen“, Zeile 6, Spalte „Methode“ (" in answer.err
    assert "„geraten“ ist keine Methode." in answer.err
    assert (
        "Zeile 6, Spalte „Stand“ (F6): „31.3.2026“ ist kein Datum. Meinten Sie „2026-03-31“?"
        in answer.err
    )
    assert "Es fehlt das Pflichtfeld „verantwortlich“" in answer.err
    assert files(county) == before
    answer = call("import", "b.xlsx", "--partial")
    assert answer.code == 1
    assert "buchung-von-raeumen.md (neu)" in answer.out
    assert not (county / "bewertungen/zweite.md").exists()


def test_secrets_and_duplicates_are_stopped(call: Call, county: Path, tmp_path: Path) -> None:
    before = files(county)
    secret = {**PLAN, "bedarf": "Rückfragen an Herrn Beispielmann."}
    again = {
        **PLAN,
        "titel": "Termine online buchen",
        "bedarf": "Termine im Bürgerbüro sollen sich im Netz buchen lassen.",
    }
    filled(tmp_path / "b.xlsx", "bewertung", secret, again)
    answer = call("import", "b.xlsx")
    assert answer.code == 1
    assert "nennt eine Person" in answer.err
    assert "Versionsgeschichte" in answer.err
    assert (
        "terminvergabe-terminblick-2026.md (empfohlen, gilt bis 31.05.2028), denn: " in answer.err
    )
    assert files(county) == before
    filled(tmp_path / "b.xlsx", "bewertung", {**again, "doppelt_weil": "Wir sind ein Kreis."})
    assert call("import", "b.xlsx").code == 0


def test_nothing_is_overwritten_unless_asked(call: Call, county: Path, tmp_path: Path) -> None:
    row = {
        "id": "digitale-ratsarbeit",
        "kontakt": "ratsbuero@musterkreis.example",
        "aufwand_personentage": 3.5,
        "handlungsfeld": "-",
    }
    filled(tmp_path / "b.xlsx", "bewertung", row)
    before = (county / "bewertungen/digitale-ratsarbeit.md").read_text(encoding="utf-8")
    answer = call("import", "b.xlsx")
    assert answer.code == 1
    assert "gibt es schon. Zum Ändern bestehender Einträge: --aktualisieren" in answer.err
    answer = call("import", "b.xlsx", "--aktualisieren", "--nur-pruefen")
    assert (
        "kontakt: „rathaus-birkenquell@musterkreis.example“ → „ratsbuero@musterkreis.example“"
        in answer.out
    )
    assert "aufwand_personentage: (leer) → „3.5“" in answer.out
    assert "handlungsfeld: „1 Einträge: verwaltung“ → (gelöscht)" in answer.out
    assert (county / "bewertungen/digitale-ratsarbeit.md").read_text(encoding="utf-8") == before
    assert call("import", "b.xlsx", "--aktualisieren").code == 0
    after = (county / "bewertungen/digitale-ratsarbeit.md").read_text(encoding="utf-8")
    assert "aufwand_personentage: 3.5\n" in after
    assert "handlungsfeld" not in after
    assert after.partition("\n---\n")[2] == before.partition("\n---\n")[2]


def test_a_sheet_of_ones_own(call: Call, county: Path, tmp_path: Path) -> None:
    """Headings in any order, without our hidden row."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Glossar"
    sheet.append(["Definition", "Titel", "Kurz gesagt", "Herausgeber", "Verantwortlich", "Quellen"])
    sheet.append(
        ["=1+1", "Ein Wort", "Kurz.", "musterkreis", "Redaktion", "titel: x | art: presse"]
    )
    book.save(tmp_path / "g.xlsx")
    answer = call("import", "g.xlsx")
    assert "Spalte „Definition“ (A2): Hier steht eine Formel." in answer.err
    sheet["A2"] = "Ein Wort, erklärt."
    book.save(tmp_path / "g.xlsx")
    assert call("import", "g.xlsx").code == 0
    assert "definition: Ein Wort, erklärt." in (county / "glossar/ein-wort.md").read_text(
        encoding="utf-8"
    )


def test_unusable_files(call: Call, county: Path, tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    assert call("import", "leer.xlsx").code == 1
    assert call("import", "fehlt.xlsx").code == 2
    assert call("import").code == 2
    Workbook().save(tmp_path / "fremd.xlsx")
    assert "Kein Blatt heißt wie eine Art" in call("import", "fremd.xlsx").err
    filled(tmp_path / "b.xlsx", "bewertung")
    assert "keine ausgefüllten Zeilen" in call("import", "b.xlsx").err


# The scoring sheet


@pytest.mark.parametrize(
    "ident", ["terminvergabe-terminblick-2026", "terminvergabe-terminblick-kleine-kommunen"]
)
def test_scores_come_back_unchanged(call: Call, county: Path, tmp_path: Path, ident: str) -> None:
    assert call("export", "excel-punkte", ident, "-o", "p.xlsx").code == 0
    answer = call("import", "p.xlsx")
    assert (answer.code, answer.err, answer.out) == (0, "", "1 Eintrag unverändert.\n")


def test_points_change_the_evaluation(call: Call, county: Path, tmp_path: Path) -> None:
    call("export", "excel-punkte", "terminvergabe-terminblick-2026", "-o", "p.xlsx")
    book = load_workbook(tmp_path / "p.xlsx")
    sheet = book["Punkte"]
    assert sheet["G11"].value == "=SUM(G5:G10)"
    assert sheet["G5"].value == "=C5*D5/100"
    sheet["D5"], sheet["E5"] = 6.5, "Beim zweiten Test war es schwerer."
    book.save(tmp_path / "p.xlsx")
    answer = call("import", "p.xlsx")
    assert answer.code == 0, answer.err
    assert "kriterien: " in answer.out
    text = (county / "bewertungen/terminvergabe-terminblick-2026.md").read_text(encoding="utf-8")
    assert "punkte: 6.5\n    begruendung: Beim zweiten Test war es schwerer." in text
    sheet["D5"] = 11
    book.save(tmp_path / "p.xlsx")
    answer = call("import", "p.xlsx")
    assert answer.code == 1
    assert "Blatt „Punkte“: „11“ liegt außerhalb" in answer.err


def test_scores_for_an_evaluation_that_is_under_way(
    call: Call, county: Path, tmp_path: Path
) -> None:
    call("export", "excel-punkte", "digitale-ratsarbeit", "-o", "p.xlsx")
    book = load_workbook(tmp_path / "p.xlsx")
    sheet = book["Punkte"]
    for row, values in (
        (5, ("bedienung", "", 60, 8, "Leicht.")),
        (6, ("kosten", "", 40, 5, "Teuer.")),
    ):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    book.save(tmp_path / "p.xlsx")
    assert call("import", "p.xlsx").code == 0
    text = (county / "bewertungen/digitale-ratsarbeit.md").read_text(encoding="utf-8")
    assert "  - id: bedienung\n    gewicht: 60\n    punkte: 8\n    begruendung: Leicht.\n" in text

"""`wissen export xlsx`: a workbook that Excel opens, with the same bytes for the same records."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generator.exports.workbook import ALL, workbook
from tests.helpers import Folder
from tests.site.conftest import Call
from tests.site.sites import COUNTY

MOMENT = datetime(2026, 6, 21, tzinfo=UTC)


def test_the_same_records_give_the_same_bytes(folder: Folder) -> None:
    folder.add("bewertung", "terminals")
    assert workbook(folder.catalogue(), MOMENT) == workbook(folder.catalogue(), MOMENT)


@pytest.mark.parametrize(
    "evil", ['=HYPERLINK("https://boese.example","x")', "+1+1", "-2+3", "@SUM(A1)", "=1+1"]
)
def test_no_cell_is_a_formula(folder: Folder, evil: str) -> None:
    folder.add("bewertung", "boese", titel=evil, schlagworte=[evil])
    book = load_workbook(io.BytesIO(workbook(folder.catalogue(), MOMENT)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c.value for c in cells if c.data_type == "f"]
    found = [c for c in cells if c.value == evil]
    assert found
    assert all(c.quotePrefix for c in found)


def test_values_read_as_people_say_them(folder: Folder) -> None:
    folder.add(
        "bewertung",
        "terminals",
        aufwand_personentage="2.5",
        kosten={"einmalig": "1000 bis 2000"},
        durchgefuehrt_von=["kreis-muster"],
    )
    book = load_workbook(io.BytesIO(workbook(folder.catalogue(), MOMENT)))
    assert book.sheetnames[0] == ALL
    assert book[ALL].max_row == 4
    heads, row = [[c.value for c in r] for r in book["Bewertungen"].iter_rows()]
    assert len(set(heads)) == len(heads)
    told = dict(zip(heads, row, strict=True))
    assert told["Verdikt"] == "Empfohlen"
    assert told["Durchgeführt von"] == "Kreis Muster"
    assert told["Gültig bis"] == datetime(2027, 12, 31)
    assert told["Aufwand"] == 2.5
    assert "1.000" in told["Kosten"]


def test_internal_fields_stay_inside(folder: Folder) -> None:
    folder.add("bewertung", "geheim", intern={"notiz": "KANARIENVOGEL"})
    data = workbook(folder.catalogue(), MOMENT)
    book = load_workbook(io.BytesIO(data))
    said = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [text for text in said if "KANARIENVOGEL" in text]


def test_the_command_writes_the_file(call: Call, tmp_path: Path) -> None:
    answer = call("export", "xlsx", "--content", COUNTY, "-o", "alles.xlsx")
    assert answer.code == 0
    rows = load_workbook(tmp_path / "alles.xlsx")[ALL].max_row - 1
    assert answer.out == f"Fertig: {rows} Einträge in alles.xlsx\n"
    hidden = call("export", "xlsx", "--content", COUNTY, "--public", "-o", "offen.xlsx")
    assert hidden.code == 0
    assert load_workbook(tmp_path / "offen.xlsx")[ALL].max_row - 1 < rows


def test_a_place_that_cannot_be_written(call: Call) -> None:
    answer = call("export", "xlsx", "--content", COUNTY, "-o", "nirgends/alles.xlsx")
    assert answer.code == 1
    assert "lässt sich nicht schreiben" in answer.err

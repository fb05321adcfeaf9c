"""Accepted spellings of values and what they become."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.records.files import read_record
from generator.records.types import TYPES
from tests.helpers import text


def read(tmp_path: Path, typ: str, extra: str) -> Any:
    """A valid record with extra lines, read; None with its problems if it is refused."""
    file = tmp_path / "muster.md"
    file.write_text(text(typ).replace("---\n", f"---\n{extra}\n", 1), encoding="utf-8")
    result = read_record(file, f"{TYPES[typ].ordner}/muster.md", "muster.md")
    return result.record or result.problems


@pytest.mark.parametrize(
    ("typ", "extra", "field", "value"),
    [
        ("organisation", "einwohner: 6490", "einwohner", 6490),
        ("organisation", "einwohner: '6490'", "einwohner", 6490),
        ("organisation", "ags: 05566052", "ags", "05566052"),
        ("organisation", "fachverfahren: [NO, 01067, 12:30, 1.10]", "fachverfahren", ("NO", "01067", "12:30", "1.10")),
        ("organisation", "fachverfahren:\n- NO\n- E-Akte", "fachverfahren", ("NO", "E-Akte")),
        ("bewertung", "aufwand_personentage: 12.50", "aufwand_personentage", Decimal("12.50")),
        ("bewertung", "aufwand_personentage: '12,5'", "aufwand_personentage", Decimal("12.5")),
        ("bewertung", "naechste_pruefung: '2027-01-31'", "naechste_pruefung", date(2027, 1, 31)),
        ("bewertung", "naechste_pruefung: 2027-01-31", "naechste_pruefung", date(2027, 1, 31)),
        ("bewertung", "doppelt_weil: >-\n  anderer\n  Zweck", "doppelt_weil", "anderer Zweck"),
        ("loesung", "datenschutz: {avv: ja, orte: [DE, AT]}", "datenschutz", {"avv": "ja", "orte": "DE, AT"}),
        ("loesung", "leistungen: [99115005000000]", "leistungen", ("99115005000000",)),
        ("begriff", "intern: {a: [1, {b: NO}], c: }", "intern", {"a": ["1", {"b": "NO"}]}),
        ("begriff", "abkuerzung: 'NO'", "abkuerzung", "NO"),
    ],
)  # fmt: skip
def test_spellings(tmp_path: Path, typ: str, extra: str, field: str, value: object) -> None:
    assert getattr(read(tmp_path, typ, extra), field) == value


@pytest.mark.parametrize(
    "written",
    [
        "{lat: 52.1, lon: 7.2}",
        "[52.1, 7.2]",
        "52.1, 7.2",
        "'52.1 7.2'",
        "\n  lat: '52,1'\n  lon: 7.2",
    ],
)
def test_coordinates(tmp_path: Path, written: str) -> None:
    place = read(tmp_path, "organisation", f"koordinaten: {written}").koordinaten
    assert (place.lat, place.lon) == (Decimal("52.1"), Decimal("7.2"))


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("1000", 1000, 1000),
        ("1000 bis 2000", 1000, 2000),
        ("1000–2000", 1000, 2000),
        ("1000 - 2000", 1000, 2000),
        ("[1000, 2000]", 1000, 2000),
        ("{von: 1000, bis: 2000}", 1000, 2000),
        ("0", 0, 0),
    ],
)
def test_amounts(tmp_path: Path, written: str, low: int, high: int) -> None:
    costs = read(tmp_path, "bewertung", f"kosten: {{einmalig: {written}}}").kosten
    assert (costs.einmalig.von, costs.einmalig.bis) == (low, high)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ja", True),
        ("Ja", True),
        ("true", True),
        ("nein", False),
        ("false", False),
        ("'nein'", False),
    ],
)
def test_yes_and_no(tmp_path: Path, written: str, value: bool) -> None:
    record = read(
        tmp_path, "bewertung", f"ausschlusskriterien: [{{text: EU, erfuellt: {written}}}]"
    )
    assert record.ausschlusskriterien[0].erfuellt is value


@pytest.mark.parametrize("written", ["2023", "2023-01", "2023-01-31", "'2023'"])
def test_loose_dates_keep_their_precision(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, "arbeitsgruppe", f"seit: {written}").seit == written.strip("'")


@pytest.mark.parametrize(
    "written",
    [
        "2026-01 bis 2026-03",
        "2026-01 – 2026-03",
        "2026-01/2026-03",
        "[2026-01, 2026-03]",
        "{von: 2026-01, bis: 2026-03}",
    ],
)
def test_periods(tmp_path: Path, written: str) -> None:
    period = read(tmp_path, "bewertung", f"zeitraum: {written}").zeitraum
    assert (period.von, period.bis) == ("2026-01", "2026-03")


@pytest.mark.parametrize("field", ["zeitraum: ", "kosten: {einmalig: ", "aufwand_personentage: "])
def test_no_value_takes_long(tmp_path: Path, field: str) -> None:
    blank = " " * 200_000
    assert read(tmp_path, "bewertung", f'{field}"1{blank}x"{"}" if "{" in field else ""}')[0].code


@pytest.mark.parametrize(
    "written", ["Termine: 1200", "{Termine: 1200}", "{name: Termine, wert: 1200}"]
)
def test_figures(tmp_path: Path, written: str) -> None:
    figure = read(tmp_path, "projekt", f"kennzahlen:\n- {written}").kennzahlen[0]
    assert (figure.name, figure.wert) == ("Termine", "1200")


def test_short_forms_of_groups(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        "bewertung",
        "wiedervorlage: [Kosten]\nzeitraum: 2026-01\nabweichende_voten: [Nein]",
    )
    assert record.wiedervorlage[0].ausloeser == "Kosten"
    assert (record.zeitraum.von, record.zeitraum.bis) == ("2026-01", "2026-01")
    assert record.abweichende_voten[0].text == "Nein"


def test_the_length_counts_what_is_shown(tmp_path: Path) -> None:
    lines = "\n".join(["  wort" + " " * 40] * 20)
    assert read(tmp_path, "begriff", f"synonyme:\n- |\n{lines}").synonyme[0].count("wort") == 20


@pytest.mark.parametrize("day", ["2999-12-31", "1900-01-01"])
def test_no_date_breaks_the_review_date(tmp_path: Path, day: str) -> None:
    file = tmp_path / "muster.md"
    file.write_text(text("begriff", stand=day), encoding="utf-8")
    record = read_record(file, "glossar/muster.md", "muster.md").record
    assert record is not None
    assert record.pruefung_am > record.stand

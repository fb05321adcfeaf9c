"""Validity on and around its boundaries, and who replaces whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.helpers import Folder

LAST = date(2027, 12, 31)


@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (1000, "gueltig"),
        (91, "gueltig"),
        (90, "bald_zu_pruefen"),
        (1, "bald_zu_pruefen"),
        (0, "bald_zu_pruefen"),
        (-1, "abgelaufen"),
        (-1000, "abgelaufen"),
    ],
)
def test_the_last_day_counts(folder: Folder, days_left: int, state: str) -> None:
    folder.add("bewertung", "b", gueltig_bis=LAST.isoformat())
    catalogue = folder.catalogue(LAST - timedelta(days=days_left))
    judged = catalogue.validity(catalogue.records["b"])
    assert (judged.state, judged.until, judged.successor) == (state, LAST, None)


@pytest.mark.parametrize(
    ("typ", "fields", "until"),
    [
        (
            "bewertung",
            {"gueltig_bis": "2027-05-01", "naechste_pruefung": "2027-01-01"},
            "2027-05-01",
        ),
        ("begriff", {"naechste_pruefung": "2027-01-01"}, "2027-01-01"),
        ("projekt", {"stand": "2026-01-01"}, "2027-01-01"),
        ("best-practice", {"stand": "2026-01-01"}, "2028-01-02"),
        ("begriff", {"stand": "2026-01-01"}, "2029-01-01"),
    ],
)
def test_until_when(folder: Folder, typ: str, fields: dict[str, Any], until: str) -> None:
    folder.add(typ, "x", **fields)
    catalogue = folder.catalogue()
    assert catalogue.validity(catalogue.records["x"]).until.isoformat() == until


@pytest.mark.parametrize(
    ("successor", "replaces"),
    [
        ({"ersetzt": ["alt"]}, True),
        ({"bezug": [{"art": "ersetzt", "ziel": "alt"}]}, True),
        ({"ersetzt": ["aelter"]}, True),  # a former id
        ({"bezug": [{"art": "beruht_auf", "ziel": "alt"}]}, False),
        ({"ersetzt": ["alt"], "status": "entwurf"}, False),
        ({"ersetzt": ["alt"], "pruefstatus": "geplant", "verdikt": None, "gueltig_bis": None}, False),
        ({"ersetzt": ["alt"], "pruefstatus": "laufend", "verdikt": None, "gueltig_bis": None}, False),
        ({"ersetzt": ["alt"], "pruefstatus": "abgebrochen", "verdikt": None, "gueltig_bis": None}, False),
    ],
)  # fmt: skip
def test_only_finished_work_replaces(
    folder: Folder, successor: dict[str, Any], replaces: bool
) -> None:
    folder.add("bewertung", "alt", frueher=["aelter"])
    folder.add("bewertung", "neu", **successor)
    catalogue = folder.catalogue()
    judged = catalogue.validity(catalogue.records["alt"])
    assert (judged.state, judged.successor) == (
        ("ersetzt", "neu") if replaces else ("gueltig", None)
    )
    assert catalogue.validity(catalogue.records["neu"]).state != "ersetzt"


def test_replaced_outranks_expired(folder: Folder) -> None:
    folder.add("bewertung", "alt", stand="2020-01-01", gueltig_bis="2021-01-01")
    folder.add("bewertung", "neu", ersetzt=["alt"])
    catalogue = folder.catalogue()
    assert catalogue.validity(catalogue.records["alt"]).state == "ersetzt"


def test_other_records_replace_too(folder: Folder) -> None:
    folder.add("best-practice", "alt")
    folder.add("best-practice", "neu", bezug=[{"art": "ersetzt", "ziel": "alt"}])
    catalogue = folder.catalogue()
    assert catalogue.validity(catalogue.records["alt"]).successor == "neu"

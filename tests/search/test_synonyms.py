"""The synonym file is read with all its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.records.problems import Severity
from generator.search.synonym_file import parse_synonyms, read_synonyms
from generator.search.synonyms import (
    Group,
    merge_groups,
    phrase,
    phrases,
)
from tests.search.helpers import ROOT

HEAD = "themen:\n  it: IT\ngruppen:\n"


def test_groups_are_read() -> None:
    text = HEAD + (
        "  - begriff: Selbstbedienungsterminal\n"
        "    auch: [Kiosk, SB-Terminal]\n"
        "    siehe: [Kassenautomat]\n"
        "    thema: it\n"
        "  - begriff: Kassenautomat\n"
        "    auch: Zahlautomat\n"
    )
    groups, problems = parse_synonyms(text, "s.yml")
    assert problems == ()
    assert groups[0] == Group(
        "Selbstbedienungsterminal", ("Kiosk", "SB-Terminal"), ("Kassenautomat",)
    )
    assert groups[1].words == ("Kassenautomat", "Zahlautomat")


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [("  - auch: [Kiosk]\n", (4, 5), "synonyme-begriff"),
     ("  - begriff: Perso\n", (4, 14), "synonyme-leer"),
     ("  - begriff: Perso\n    auch: [Perso]\n", (5, 12), "synonyme-doppelt"),
     ("  - begriff: Perso\n    auch: [Ausweis, Ausweis]\n", (5, 21), "synonyme-doppelt"),
     ("  - begriff: Perso\n    aliase: [Ausweis]\n    auch: [A1]\n", (5, 13), "synonyme-feld"),
     ("  - begriff: Perso\n    auch: [Ausweis]\n    thema: x\n", (6, 12), "synonyme-thema"),
     ("  - begriff: Perso\n    auch: [Ausweis]\n    siehe: [Ausweis]\n", (6, 13),
      "synonyme-widerspruch"),
     ("  - begriff: Perso\n    auch: [Ausweis]\n    siehe: [Pass]\n", (6, 13), "synonyme-siehe"),
     ("  - begriff: Perso\n    auch: [Ausweis]\n  - begriff: Pass\n    auch: [ausweis]\n", (7, 12),
      "synonyme-kette"),
     ("  - begriff: Perso\n    auch: [a]\n", (5, 12), "synonyme-wort"),
     ("  - Perso\n", (4, 5), "synonyme-form"),
     ("  - begriff: [\n", (4, 15), "yaml")],
)  # fmt: skip
def test_mistakes(body: str, place: tuple[int, int], code: str) -> None:
    _, problems = parse_synonyms(HEAD + body, "s.yml")
    assert (code, *place) in {(p.code, p.line, p.column) for p in problems}
    assert all(p.path == "s.yml" and p.message.endswith(".") for p in problems)


def test_a_file_without_groups() -> None:
    assert [p.code for p in parse_synonyms("themen: {}\n", "s.yml")[1]] == ["synonyme-form"]
    assert parse_synonyms("", "s.yml") == ((), ())


def test_a_missing_file_has_no_groups(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path / "synonyme.yml") == ((), ())


def test_our_own_file_is_sound() -> None:
    groups, problems = read_synonyms(ROOT / "content/suche/synonyme.yml")
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert len(groups) >= 400


def test_later_groups_add_to_earlier_ones() -> None:
    merged = merge_groups(
        [Group("Perso", ("Ausweis",))],
        [Group("perso", ("nPA",), ("Pass",)), Group("Auto", ("Kfz",))],
    )
    assert merged == (Group("Perso", ("Ausweis", "nPA"), ("Pass",)), Group("Auto", ("Kfz",)))


def test_phrases_leave_out_stop_words() -> None:
    assert phrase("Warnung der Bevölkerung") == phrase("Warnung Bevölkerung")
    assert phrase("Einer für Alle") != ()
    assert phrase("UEM") == ("um",)
    assert phrases([Group("A B-Plan", ("Bebauungsplan",))])[("bebauungsplan",)] == (0,)

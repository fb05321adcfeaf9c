""" "Was Sie sonst noch interessieren könnte": why two records are akin, and who is left out."""

from __future__ import annotations

from generator.catalogue import related as kinship
from tests.helpers import Folder


def related(folder: Folder, ident: str) -> list[tuple[str, str]]:
    catalogue = folder.catalogue()
    return [(r.record.id, r.reason) for r in kinship.related(catalogue.records[ident], catalogue)]


def test_reasons(folder: Folder) -> None:
    folder.add("projekt", "p", schlagworte=["Bürgerbüro"], handlungsfeld=["mobilitaet"])
    folder.add("projekt", "wort", schlagworte=["bürgerbüro"])
    folder.add("projekt", "feld", schlagworte=None, handlungsfeld=["mobilitaet"])
    assert related(folder, "p") == [
        ("wort", "gleiches Schlagwort: Bürgerbüro"),
        ("feld", "gleiches Handlungsfeld: Mobilität"),
    ]


def test_a_shared_word_is_shown_as_written(folder: Folder) -> None:
    folder.add("projekt", "a", titel="Terminals im Foyer", schlagworte=None)
    folder.add(
        "projekt", "b", titel="Ganz anders", schlagworte=None, auch_gesucht_als=["neue Terminals"]
    )
    assert related(folder, "a") == [("b", "gemeinsames Wort: Terminals")]
    assert related(folder, "b") == [("a", "gemeinsames Wort: Terminals")]


def test_the_same_genus_and_the_same_reference(folder: Folder) -> None:
    folder.add("loesung", "eins", schlagworte=None)
    folder.add("loesung", "zwei", schlagworte=None)
    folder.add("bewertung", "b", schlagworte=None, gegenstand="eins")
    folder.add("projekt", "p", schlagworte=None, bezug=[{"art": "siehe_auch", "ziel": "zwei"}])
    folder.add("projekt", "q", schlagworte=None, bezug=[{"art": "siehe_auch", "ziel": "zwei"}])
    assert ("zwei", "gleiche Produktgattung: Terminvergabe") in related(folder, "b")
    assert ("q", "bezieht sich auch auf: Zwei") in related(folder, "p")


def test_what_is_linked_already_is_left_out(folder: Folder) -> None:
    folder.add("projekt", "p", bezug=[{"art": "siehe_auch", "ziel": "frueherer"}])
    folder.add("projekt", "q", frueher=["frueherer"])
    folder.add("projekt", "r")
    assert [i for i, _ in related(folder, "p")] == ["r"]
    assert [i for i, _ in related(folder, "q")] == ["r"]


def test_at_most_a_handful_in_a_stable_order(folder: Folder) -> None:
    for n in range(kinship.LIMIT + 3):
        folder.add("projekt", f"p{n}")
    folder.add("begriff", "wort")
    assert [i for i, _ in related(folder, "p3")] == ["p0", "p1", "p2", "p4", "p5"]
    assert related(folder, "wort") == []

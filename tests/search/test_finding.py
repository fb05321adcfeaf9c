"""`wissen find`: what the terminal says to hits, to merely similar hits and to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.search.build import build_index
from generator.search.finding import find, found_text
from generator.search.reader import IndexReader
from tests.helpers import Folder
from tests.search.helpers import CACHE, document

OFFICE = "Stabsstelle, Kreis Muster, wissen@kreis.example"


@pytest.fixture(scope="module")
def reader() -> IndexReader:
    topics = ("Hundesteuer", "Selbstbedienungsterminal", "Baumkataster")
    card = {"typ": "Projekt", "kontakt": "Bürgerbüro", "organisation": "Musterstadt"}
    documents = [
        document(t.casefold(), t, summary=f"Über {t}.", card=card, typ="projekt") for t in topics
    ]
    rejected = {
        "verdikt": "Nicht empfohlen", "verdikt_wert": "nicht_empfohlen", "gueltigkeit_wert": "gueltig",
        "grund": "Zu teuer.", "ausloeser": "Der Preis halbiert sich|Drei Kommunen fragen danach",
    }  # fmt: skip
    running = {"verdikt": "Läuft", "verdikt_wert": "laufend"}
    old = {**rejected, "gueltigkeit_wert": "ersetzt", "neu": "bewertungen/drohne-neu/ Drohne neu"}
    documents += [
        document("drohne-neu", "Drohne neu", card={**card, **rejected}),
        document("drohne-laufend", "Drohne laufend", card={**card, **running}, tier=1),
        document(
            "nachbar:drohne",
            "Drohne drüben",
            typ="partner",
            card={
                **card,
                **rejected,
                "typ": "Bewertung",
                "wesen": "bewertung",
                "herkunft": "Kreis N",
            },
            tier=1,
        ),
        document("drohne-alt", "Drohne alt", card={**card, **old}, tier=3),
    ]
    return IndexReader.from_files(build_index(documents, (), CACHE))


def said(reader: IndexReader, need: str) -> str:
    return found_text(find(reader, need), need, OFFICE)


def test_a_hit_tells_whom_to_ask(reader: IndexReader) -> None:
    text = said(reader, "Baumkataster")
    assert text.startswith("ERFAHRUNGEN UND PROJEKTE DAZU\n")
    assert "\n\n 1. Baumkataster\n    Projekt · " in text
    assert "Fragen: Bürgerbüro (Musterstadt)" in text
    assert OFFICE not in text


def test_hits_are_sorted_by_how_they_stand(reader: IndexReader) -> None:
    text = said(reader, "Drohne")
    parts = ["LÄUFT GERADE ODER IST GEPLANT", "Drohne laufend", "Mitmachen: Bürgerbüro", "GEPRÜFT UND VERWORFEN",
             "Drohne neu", "Warum: Zu teuer.", "Neu prüfen, wenn: Der Preis halbiert sich", "Drei Kommunen",
             "VERALTET, ERSETZT ODER OHNE ERGEBNIS", "Drohne alt", "Neuer Stand: Drohne neu (bewertungen/drohne-neu/)"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_other_wikis_know_stands_apart_sorted_alike(reader: IndexReader) -> None:
    text = said(reader, "Drohne")
    ours, _, theirs = text.partition("IN ANDEREN KREISEN: GEPRÜFT UND VERWORFEN")
    assert "Drohne drüben" not in ours
    assert "Drohne drüben\n    Bewertung · bei Kreis N · Nicht empfohlen" in theirs
    assert "AUCH DAZU" not in text


def test_a_word_that_nothing_is_about_is_named(reader: IndexReader) -> None:
    text = said(reader, "Baumkataster Qwxyz")
    assert text.startswith(
        "Zu „Qwxyz“ gibt es nichts; gefunden wurde der Rest der Anfrage.\n\nNUR ÄHNLICH\n"
    )


def test_hits_that_are_only_similar_are_called_so(reader: IndexReader) -> None:
    text = said(reader, "Hundehaufen")
    assert text.startswith("Vielleicht gibt es zu „Hundehaufen“ noch nichts: Diese Treffer sind nur entfernt ähnlich.\n\nNUR ÄHNLICH\n")  # fmt: skip
    assert "\n\n 1. Hundesteuer\n" in text
    assert "\n\nNicht das Gesuchte?\n" in text
    assert OFFICE in text


def test_without_a_hit_it_says_what_to_do_next(reader: IndexReader) -> None:
    text = said(reader, "Qwxyz\x1b[31m")
    assert text.startswith("Zu „Qwxyz\\x1b[31m“ gibt es noch keinen Eintrag.\n\nAnders suchen: ")
    assert f"\nFragen:         {OFFICE}\n" in text
    assert "„pruefstatus: geplant“" in text
    assert "die Redaktion dieses Wikis" in found_text(find(reader, "Qwxyz"), "Qwxyz")


def test_the_office_stands_in_the_settings_and_on_a_page(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.catalogue().office == ""
    folder.file("wiki.yml", "herausgeber: Kreis Muster\nredaktion: Stabsstelle\nkontakt: wissen@kreis.example\n")  # fmt: skip
    assert folder.catalogue().office == OFFICE
    folder.file("impressum.md", "# Impressum\n")
    assert folder.catalogue().office.endswith(", im Wiki: impressum/")
    folder.file("kontakt.md", "# Kontakt\n")
    assert folder.catalogue().contact_page == "kontakt/"
    folder.file("wiki.yml", "kontakt: keine Adresse\n")
    assert [p.code for p in folder.problems() if p.path.endswith("wiki.yml")] == ["kontakt"]

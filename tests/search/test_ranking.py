"""What a query finds, and in which order."""

from __future__ import annotations

import pytest

from generator.search.finding import find, found_text
from generator.search.synonyms import Group
from tests.search.helpers import Search, document

FILLER = [
    document(f"x{number}", title, "Ein Text über ganz andere Dinge, den niemand sucht.")
    for number, title in enumerate(
        [
            "Glasfaserausbau",
            "Hundesteuer",
            "Sperrmüllabfuhr",
            "Wahlhelfer",
            "Baumkataster",
            "Straßenbeleuchtung",
            "Musikschule",
            "Kreisarchiv",
            "Stadtbücherei",
            "Ratssitzung",
            "Gewerbeanmeldung",
            "Wohngeld",
        ]
    )
]


@pytest.fixture(scope="module")
def search() -> Search:
    groups = [
        Group("Selbstbedienungsterminal", ("Kiosk", "SB-Terminal"), ("Kassenautomat",)),
        Group("Kassenautomat", ("Zahlautomat",)),
        Group("Digitaler Zwilling", ("Stadtmodell",)),
        Group("Digital Signage", ("digitaler Schaukasten", "Infobildschirm")),
    ]
    documents = [
        document("terminal", "Selbstbedienungsterminals im Bürgerbüro", "Noch zu teuer."),
        document("kasse", "Kassenautomat", "Bürgerinnen und Bürger zahlen Gebühren."),
        document("zaehler", "Funkablesung von Wasserzählern", "Das Wasserwerk liest per Funk ab."),
        document("zahlen", "Zahlen, Daten, Fakten", "Zahl der Anträge."),
        document("friedhof", "Friedhofsverwaltung", "Grabkataster für den Friedhof."),
        document("bad", "Buchung für das Hallenbad", "Kurse im Bad."),
        document("dms", "Dokumentenmanagementsystem", "Elektronische Akten."),
        document("zwilling", "Dashboard", "Ein digitaler Zwilling zeigt den Energieverbrauch."),
        document("protokoll", "Sitzungsprotokolle automatisch erstellen", "Spracherkennung."),
        document("info", "Infotafeln im Rathaus", "Bildschirme ersetzen den Aushang."),
        document("kita", "Vormerkung für die Kita", "Eltern suchen einen Platz."),
        *FILLER,
    ]
    return Search(documents, groups)


@pytest.mark.parametrize(
    ("query", "first"),
    [("Selbstbedienungsterminal", "terminal"),
     ("terminal", "terminal"),
     ("Buergerbuero", "terminal"),
     ("Kiosk", "terminal"),
     ("Zähler", "zaehler"),
     ("Zahl", "zahlen"),
     ("Wasser Zähler", "zaehler"),
     ("Freidhof", "friedhof"),
     ("Friedof", "friedhof"),
     ("Bäder", "bad"),
     ("DMS", "dms"),
     ("Stadtmodell", "zwilling"),
     ("Schaukasten", "info"),
     ("Kitaplatz", "kita"),
     ("Hat schon jemand Terminals getestet?", "terminal"),
     ("Kann man Sitzungen automatisch protokollieren lassen?", "protokoll"),
     ("Selbstbedinungsterminal", "terminal"),
     ("Termin", "terminal")],
)  # fmt: skip
def test_first_hit(search: Search, query: str, first: str) -> None:
    assert search(query)[:1] == [first]


def test_more_of_the_query_is_better(search: Search) -> None:
    assert search("Gebühren Kassenautomat Bürger")[0] == "kasse"


def test_nothing_is_found_for_nonsense(search: Search) -> None:
    assert search("Qwxyzv") == []
    assert search("") == []
    assert search("?!") == []


def test_a_query_of_stop_words_is_taken_at_its_word(search: Search) -> None:
    assert isinstance(search("was ist das"), list)


def test_tiers_order_equal_hits_and_hide_none() -> None:
    text = "Ein Chatbot beantwortet Fragen."
    documents = [
        document("a-ersetzt", "Chatbot", text, tier=3),
        document("b-abgelaufen", "Chatbot", text, tier=2),
        document("c-laufend", "Chatbot", text, tier=1),
        document("d-gueltig", "Chatbot", text, tier=0),
        *FILLER,
    ]
    assert Search(documents)("Chatbot") == ["d-gueltig", "c-laufend", "b-abgelaufen", "a-ersetzt"]


def test_title_before_body() -> None:
    documents = [
        document("a", "Anderes", "Hier steht einmal Chatbot."),
        document("b", "Chatbot", "Hier steht anderes."),
        *FILLER,
    ]
    assert Search(documents)("Chatbot") == ["b", "a"]


def test_the_word_itself_before_its_synonym() -> None:
    documents = [document("a", "Kiosk"), document("b", "Terminal"), *FILLER]
    search = Search(documents, [Group("Terminal", ("Kiosk",))])
    assert search("Kiosk") == ["a", "b"]
    assert search("Terminal") == ["b", "a"]


def test_short_words_are_not_read_as_others() -> None:
    documents = [document("hand", "Erste Hand"), document("wand", "Die Wand"), *FILLER]
    search = Search(documents)
    assert search("Hund")[:1] != ["hand"]  # a German noun, only not one of this wiki
    assert search("Hahd")[:1] == ["hand"]
    assert search("Xand") == []  # begins with another letter


def test_the_reader_is_told(search: Search) -> None:
    findings = find(search.reader, "Kiosk", 3)
    assert findings.told.synonyms == ["Selbstbedienungsterminal", "SB-Terminal"]
    assert findings.told.related == ["Kassenautomat"]
    assert find(search.reader, "Freidhof").told.corrections == [("Freidhof", "Friedhof")]
    assert findings.hits[0].id == "terminal"
    assert findings.total >= len(findings.hits)


def test_an_empty_wiki_can_be_searched() -> None:
    assert Search([])("Chatbot") == []


@pytest.mark.parametrize(
    ("query", "vague"),
    [("Kiosk", False), ("Freidhof", False), ("Hat jemand Terminals?", False), ("Funkloch", True)],
)
def test_far_fetched_hits_are_called_so(search: Search, query: str, vague: bool) -> None:
    findings = find(search.reader, query)
    assert findings.hits
    assert findings.is_vague is vague


def test_a_name_that_no_entry_has_is_no_beginning_of_another_word() -> None:
    """ "Perso" is known from the synonyms: what speaks of persons only resembles it."""
    documents = [document("person", "Person und Personal"), *FILLER]
    known = Search(documents, [Group("Personalausweis", ("Perso",))])
    findings = find(known.reader, "Perso", 3)
    assert findings.is_vague
    assert [hit.near for hit in findings.hits] == [False]
    assert findings.told.corrections == []
    begun = find(Search(documents).reader, "Perso", 3)
    assert not begun.is_vague, "unknown: somebody is still typing"


def test_a_fragment_is_the_longest_one() -> None:
    search = Search([document("dear", "Das ist teuer"), document("tax", "Die Steuer"), *FILLER[2:]])
    findings = find(search.reader, "Hundesteuer", 3)
    assert [hit.id for hit in findings.hits] == ["tax"]
    assert findings.is_vague


def test_another_spelling_is_told_even_if_no_title_shows_it() -> None:
    search = Search([document("ufab", "Verfahren", body="Die Bewertung der Angebote."), *FILLER])
    findings = find(search.reader, "Bewerbung", 3)
    assert [hit.id for hit in findings.hits] == ["ufab"]
    assert findings.told.corrections == []
    assert findings.told.respelled == ["Bewerbung"]
    assert "„Bewerbung“ kommt so nicht vor" in found_text(findings, "Bewerbung")

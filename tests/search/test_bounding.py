"""What a query asks for in a large wiki."""

from __future__ import annotations

import pytest

from generator.search import settings
from generator.search.query import Planner, Variant
from generator.search.ranking import Engine
from generator.search.synonyms import Group
from tests.search.helpers import Search, document

PLACES = ["Rathaus", "Schule", "Bauhof", "Museum", "Freibad", "Archiv", "Theater"]
GROUPS = [Group(f"{place}tresen", ("Verwaltung", place)) for place in PLACES]


def wiki() -> Search:
    """A word that most documents have, with many synonyms; and one that few have."""
    documents = [
        document(
            f"d{n:03}",
            f"{PLACES[n % 7]} {n}",
            ("Die Verwaltung hilft. " if n % 10 else "")
            + ("Der Einkauf auch." if n % 25 == 3 else ""),
        )
        for n in range(300)
    ]
    return Search(documents, GROUPS)


def terms(variants: list[Variant]) -> list[tuple[str, int]]:
    return [
        *((v.term, v.size) for v in variants if v.term),
        *(term for v in variants for piece in v.pieces for term in terms(piece)),
    ]


def asked(search: Search, query: str) -> dict[str, int]:
    """Terms that a query asks for, and their sizes."""
    concepts = Engine(search.reader).search(query).concepts
    return dict(term for concept in concepts for term in terms(concept.variants))


def test_a_small_wiki_is_asked_for_everything() -> None:
    search = wiki()
    planned = [
        term
        for concept in Planner(search.reader).plan("Verwaltungseinkauf")
        for term in terms(concept.variants)
    ]
    assert asked(search, "Verwaltungseinkauf") == dict(planned)
    assert len(planned) > len(GROUPS)


def test_sizes_are_known_before_the_lists_are_loaded() -> None:
    search = wiki()
    for term, size in asked(search, "Verwaltungseinkauf").items():
        postings = search.reader.postings(term)
        assert postings is not None
        assert 0.8 * len(postings[0]) <= size <= len(postings[0])


def test_so_many_postings_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RANKING, "postings", 600)
    search = wiki()
    for query in ("Verwaltung", "Verwaltungseinkauf", "Einkauf der Verwaltung im Rathaus"):
        found = asked(search, query)
        assert sum(found.values()) <= 600
        assert "verwaltung" in found
        assert len(found) > 1
    # what has both pieces of the compound is still on top
    assert all(int(hit[1:]) % 25 == 3 for hit in search("Verwaltungseinkauf")[:6])


def test_the_words_of_the_query_are_always_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RANKING, "postings", 1)
    search = wiki()
    assert set(asked(search, "Verwaltung Rathaus Einkauf")) == {"verwaltung", "rathau", "einkauf"}

"""Search from the terminal: what ``wissen find`` shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.search.ranking import Engine
from generator.search.reader import IndexReader
from generator.search.told import Told, tell

_TEXTS_FOR_TELLING = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One hit with all that its result card shows."""

    id: str
    typ: str
    url: str
    title: str
    summary: str
    card: dict[str, str]
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer to a need."""

    total: int
    hits: list[Found]
    told: Told


def find(reader: IndexReader, need: str, limit: int = 10) -> Findings:
    """The best documents for a need in plain words, the same as on the search page."""
    answer = Engine(reader).search(need)
    hits = []
    for hit in answer.hits[: max(limit, _TEXTS_FOR_TELLING)]:
        card: dict[str, Any] = reader.card(hit.document)
        hits.append(
            Found(
                card["id"],
                card["typ"],
                card["url"],
                card["title"],
                card["summary"],
                card["card"],
                hit.score,
            )
        )
    texts = [text for found in hits for text in (found.title, found.summary)]
    told = tell(answer.concepts, reader, texts)
    return Findings(len(answer.hits), hits[:limit], told)

"""Search from the terminal: what ``wissen find`` shows."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from generator.records.problems import printable
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
    is_vague: bool
    """Even the best hit only resembles the need: probably there is no entry yet."""


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
    return Findings(len(answer.hits), hits[:limit], told, answer.is_vague)


def found_text(findings: Findings, need: str) -> str:
    """What the terminal shows: every hit with result, validity, whom to ask and where to read on."""
    if not findings.hits:
        return (
            f"Zu „{printable(need)}“ gibt es noch nichts.\n"
            "Sie wollen es prüfen? Kündigen Sie es an: eine Bewertung mit „pruefstatus: geplant“ "
            "(Anleitung: mitmachen/).\n"
        )
    lines = [f"{findings.total} Treffer" if findings.total > len(findings.hits) else ""]
    if findings.told.corrections:
        lines.append(
            "Gelesen als: " + ", ".join(f"{a} → {b}" for a, b in findings.told.corrections)
        )
    if findings.told.synonyms:
        lines.append("Ergebnisse auch für: " + ", ".join(findings.told.synonyms))
    lines = [*filter(None, lines), ""]
    for number, hit in enumerate(findings.hits, 1):
        card = hit.card
        states = [card[name] for name in ("verdikt", "gueltigkeit") if card.get(name)]
        lines.append(f"{number:>2}. {hit.title}")
        lines.append(
            "    " + " · ".join([card.get("typ", hit.typ), *states, card.get("datum", "")])
        )
        lines += (f"    {line}" for line in wrap(hit.summary, 92))
        lines.append(f"    Fragen: {card.get('kontakt', '')} ({card.get('organisation', '')})")
        lines += [f"    {hit.url}", ""]
    if findings.told.related:
        lines.append("Verwandte Begriffe: " + ", ".join(findings.told.related))
    return "\n".join(lines).rstrip() + "\n"

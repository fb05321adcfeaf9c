"""Search from the terminal: what ``wissen find`` shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from generator.records.problems import printable
from generator.search.ranking import Engine
from generator.search.reader import IndexReader
from generator.search.told import Told, tell

_TEXTS_FOR_TELLING = 10


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


def found_text(
    findings: Findings, need: str, office: str = "", reasons: Mapping[str, str] | None = None
) -> str:
    """What the terminal shows: every hit with result, validity, whom to ask and where to read on.

    `office`: whom to ask about the wiki, for needs without an entry; `reasons`: why an evaluation is
    about the same need, by its id.
    """
    said = f"„{printable(need)}“"
    if not findings.hits:
        return f"Zu {said} gibt es noch keinen Eintrag.\n\n{_next_steps(office)}\n"
    lines = [f"{findings.total} Treffer" if findings.total > len(findings.hits) else ""]
    if findings.is_vague:
        lines = [
            f"Vielleicht gibt es zu {said} noch nichts: Diese Treffer sind nur entfernt ähnlich.",
            *lines,
        ]
    elif findings.told.unknown:
        words = ", ".join(f"„{printable(word)}“" for word in findings.told.unknown)
        lines = [f"Zu {words} gibt es nichts; gefunden wurde der Rest der Anfrage.", *lines]
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
        if reasons and hit.id in reasons:
            lines.append(f"    Schon geprüft oder angekündigt, denn: {printable(reasons[hit.id])}")
        lines.append(f"    Fragen: {card.get('kontakt', '')} ({card.get('organisation', '')})")
        lines += [f"    {hit.url}", ""]
    if findings.told.related:
        lines += ["Verwandte Begriffe: " + ", ".join(findings.told.related), ""]
    if findings.is_vague:
        lines += ["Nicht das Gesuchte?", _next_steps(office)]
    return "\n".join(lines).strip("\n") + "\n"


def _next_steps(office: str) -> str:
    """The same advice as on the search page (theme/wissen/suche.html)."""
    return "\n".join(
        [
            "Anders suchen:  ein allgemeineres Wort, oder die Sache statt des Produktnamens",
            f"Fragen:         {printable(office) or 'die Redaktion dieses Wikis'}",
            "Selbst prüfen:  vorher ankündigen mit einer Bewertung mit „pruefstatus: geplant“; andere",
            "                schließen sich an, statt doppelt zu prüfen (im Wiki: mitmachen/)",
        ]
    )

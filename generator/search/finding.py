"""Search from the terminal: what ``wissen find`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from generator.catalogue.standing import GROUPS, standing
from generator.records.problems import printable
from generator.search.ranking import Engine
from generator.search.reader import IndexReader
from generator.search.told import Told, tell

_TEXTS_FOR_TELLING = 10
_OF_GUESTS = "Nach deren Maßstäben und für deren Verhältnisse; fragen Sie dort nach, bevor Sie darauf aufbauen."
OUTDATED = 3  # the tier of what is superseded or archived


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
    group: str = ""
    """How it stands (`catalogue/standing.py`), or "" if it says nothing about a need."""
    near: bool = True
    """Whether it is about the need, and not only similar."""

    @property
    def is_guest(self) -> bool:
        """Whether it is a record of another wiki; its group then follows the verdict of that wiki."""
        return "herkunft" in self.card


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
        labels = card["card"]
        group = standing(
            labels.get("wesen", card["typ"]),
            labels.get("verdikt_wert", ""),
            labels.get("gueltigkeit_wert", "gueltig"),
            outdated=reader.tiers[hit.document] == OUTDATED,
        )
        hits.append(
            Found(
                card["id"],
                card["typ"],
                card["url"],
                card["title"],
                card["summary"],
                labels,
                hit.score,
                group,
                hit.near,
            )
        )
    texts = [text for found in hits for text in (found.title, found.summary)]
    told = tell(answer.concepts, reader, texts)
    return Findings(len(answer.hits), hits[:limit], told, answer.is_vague)


def found_text(
    findings: Findings, need: str, office: str = "", reasons: Mapping[str, str] | None = None
) -> str:
    """What the terminal shows, sorted like "Schon geprüft?" in the wiki: every hit with its result, why,
    validity, whom to ask and where to read on; the numbers are those of the ranking.

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
    if findings.told.respelled and not findings.is_vague:
        words = ", ".join(f"„{printable(word)}“" for word in findings.told.respelled)
        lines.append(f"{words} kommt so nicht vor; gefunden wurde ähnlich Geschriebenes.")
    if findings.told.synonyms:
        lines.append("Ergebnisse auch für: " + ", ".join(findings.told.synonyms))
    lines = [*filter(None, lines), ""]
    for title, advice, numbered in _grouped(findings.hits):
        lines += [title.upper(), advice, ""]
        for number, hit in numbered:
            lines += _hit_lines(number, hit, (reasons or {}).get(hit.id, ""))
    if findings.told.related:
        lines += ["Verwandte Begriffe: " + ", ".join(findings.told.related), ""]
    if findings.is_vague:
        lines += ["Nicht das Gesuchte?", _next_steps(office)]
    return "\n".join(lines).strip("\n") + "\n"


def _grouped(hits: Sequence[Found]) -> Iterator[tuple[str, str, list[tuple[int, Found]]]]:
    """(title, advice, hits with their place in the ranking) of each group that has hits."""
    numbered = [*enumerate(hits, 1)]
    own = [(n, hit) for n, hit in numbered if not hit.is_guest]
    guests = [(n, hit) for n, hit in numbered if hit.is_guest]
    for group in GROUPS:
        those = [(n, hit) for n, hit in own if hit.near and hit.group == group.name]
        if those:
            yield group.title, group.advice, those
    for group in GROUPS:
        those = [(n, hit) for n, hit in guests if hit.near and hit.group == group.name]
        if those:
            yield f"In anderen Kreisen: {group.title}", _OF_GUESTS, those
    others = [(n, hit) for n, hit in numbered if hit.near and not hit.group]
    if others:
        yield "Auch dazu", "Begriffe, Stellen und anderes zum Nachschlagen.", others
    similar = [(n, hit) for n, hit in numbered if not hit.near]
    if similar:
        yield (
            "Nur ähnlich",
            "Diese Einträge haben nur einen Teil mit dem Bedarf gemeinsam.",
            similar,
        )


def _hit_lines(number: int, hit: Found, reason: str) -> list[str]:
    card = hit.card
    states = [f"bei {card['herkunft']}"] if hit.is_guest else []
    states += [card[name] for name in ("verdikt", "gueltigkeit") if card.get(name)]
    lines = [f"{number:>2}. {hit.title}"]
    lines.append("    " + " · ".join([card.get("typ", hit.typ), *states, card.get("datum", "")]))
    lines += _told("Warum: ", card["grund"]) if card.get("grund") else _told("", hit.summary)
    if reason:
        lines += _told("Schon geprüft oder angekündigt, denn: ", printable(reason))
    for trigger in filter(None, card.get("ausloeser", "").split("|")):
        lines += _told("Neu prüfen, wenn: ", trigger)
    if card.get("neu"):
        url, _, title = card["neu"].partition(" ")
        lines += [f"    Neuer Stand: {title} ({url})"]
    ask = "Mitmachen" if hit.group == "laeuft" else "Fragen"
    lines.append(f"    {ask}: {card.get('kontakt', '')} ({card.get('organisation', '')})")
    return [*lines, f"    {hit.url}", ""]


def _told(label: str, text: str) -> list[str]:
    return [f"    {line}" for line in wrap(label + text, 92, subsequent_indent=" " * len(label))]


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

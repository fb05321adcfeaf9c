"""The card of a record: what a result shows of it, in a script file of its own, and its plain text in another.

The files are called after their content, so they are made together with the record's page and stay what
they are when other records come or go.  The text is only needed where title and summary of a hit do not
show why it was found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from generator.search import settings
from generator.search.codec import compact_json, digest, script
from generator.search.documents import SearchDocument

FOLDER = "suche/index/"
_ALIKE = 60  # letters by which a passage is found


@dataclass(frozen=True, slots=True)
class Listed:
    """What the index as a whole knows of a document."""

    id: str
    typ: str
    title: str
    mark: str
    """In the name of its card."""
    tier: int
    facets: Mapping[str, tuple[str, ...]]

    def as_json(self) -> str:
        """As one line, to be kept between builds."""
        return compact_json([self.id, self.typ, self.title, self.mark, self.tier, self.facets])


def listed(text: str) -> Listed:
    """The inverse of `Listed.as_json`."""
    ident, typ, title, mark, tier, facets = json.loads(text)
    return Listed(ident, typ, title, mark, tier, {name: tuple(v) for name, v in facets.items()})


def card(
    document: SearchDocument,
    related: Iterable[tuple[str, str]],
    parts: Sequence[tuple[int, str, str]] = (),
) -> tuple[Listed, dict[str, str]]:
    """(what the index knows of it, file name → content).  `related`: titles and addresses.

    `parts`: number, address and text of what stands on other pages, if a record has several.
    """
    body = document.body[: settings.TEXT_LENGTH]
    further = document.body[len(body) :][: settings.FURTHER_LENGTH] if parts else ""
    # No two documents share a file.
    marks = [digest(f"{document.id}\n{text}") if text else "" for text in (body, further)]
    elsewhere = stretches(body + further, parts)
    text = compact_json(
        {
            **({"parts": elsewhere} if elsewhere else {}),
            **({"further": marks[1]} if further else {}),
            "id": document.id,
            "typ": document.typ,
            "url": document.url,
            "title": document.title,
            "summary": document.summary[: settings.SUMMARY_LENGTH],
            "card": dict(document.card),
            "more": [list(other) for other in related][: settings.RELATED],
            "text": marks[0],
        }
    )
    mark = digest(text)
    entry = Listed(document.id, document.typ, document.title, mark, document.tier, document.facets)
    files = {card_name(mark): script(f"d{mark}", text)}
    for name, words in zip(marks, (body, further), strict=True):
        if words:
            files[f"t.{name}.js"] = script(f"t{name}", words)
    return entry, files


def stretches(body: str, parts: Sequence[tuple[int, str, str]]) -> list[list[Any]]:
    """[from, to, part, address] for the stretches of a text that stand on other pages.

    Page and text are made of the same record in different ways, so only their letters are compared.
    """
    places = [at for at, letter in enumerate(body) if letter.isalnum()] if parts else []
    letters = "".join(body[at] for at in places)
    found: list[list[Any]] = []
    for number, address, text in parts:
        wanted = "".join(filter(str.isalnum, unescape(text)))
        start = letters.find(wanted[:_ALIKE]) if wanted else -1
        if start >= 0:
            end = min(start + len(wanted), len(places)) - 1
            found.append(
                [utf16(body, places[start]), utf16(body, places[end]) + 1, number, address]
            )
    return sorted(found)


def utf16(text: str, at: int) -> int:
    """A place in a text as JavaScript counts."""
    return at + sum(letter > "\uffff" for letter in text[:at])


def card_name(mark: str) -> str:
    return f"d.{mark}.js"

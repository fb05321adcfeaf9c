"""The card of a record: what a result shows of it, in a script file of its own, and its plain text in another.

The files are called after their content, so they are made together with the record's page and stay what
they are when other records come or go.  The text is only needed where title and summary of a hit do not
show why it was found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.search import settings
from generator.search.codec import compact_json, digest, script
from generator.search.documents import SearchDocument

FOLDER = "suche/index/"


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
    document: SearchDocument, related: Iterable[tuple[str, str]]
) -> tuple[Listed, dict[str, str]]:
    """(what the index knows of it, file name → content).  `related`: titles and addresses."""
    body = document.body[: settings.TEXT_LENGTH]
    body_mark = digest(f"{document.id}\n{body}") if body else ""  # no two documents share a file
    text = compact_json(
        {
            "id": document.id,
            "typ": document.typ,
            "url": document.url,
            "title": document.title,
            "summary": document.summary[: settings.SUMMARY_LENGTH],
            "card": dict(document.card),
            "more": [list(other) for other in related][: settings.RELATED],
            "text": body_mark,
        }
    )
    mark = digest(text)
    entry = Listed(document.id, document.typ, document.title, mark, document.tier, document.facets)
    files = {card_name(mark): script(f"d{mark}", text)}
    if body:
        files[f"t.{body_mark}.js"] = script(f"t{body_mark}", body)
    return entry, files


def card_name(mark: str) -> str:
    return f"d.{mark}.js"

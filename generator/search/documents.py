"""What the search knows of a record. The catalogue makes these; nothing here reads records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One findable page."""

    id: str
    typ: str
    url: str
    """Relative to the root of the site, without a leading slash."""
    title: str
    tags: tuple[str, ...] = ()
    """Keywords, everyday words, abbreviations, names of organisations and products."""
    summary: str = ""
    body: str = ""
    """Plain text, paragraphs separated by line breaks."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name → values, and the days in ``DAYS``."""
    card: Mapping[str, str] = field(default_factory=dict)
    """Label name → text for the result card (typ, verdikt, gueltigkeit, organisation, datum …);
    ``auch``: keywords, joined by "|", to show why it was found."""
    tier: int = 0
    """0 valid and finished, 1 running or due soon, 2 planned or expired, 3 superseded."""
    related: tuple[str, ...] = ()
    """Ids of related documents, for "Verwandte Begriffe"."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow down results."""

    name: str
    """Key in ``SearchDocument.facets`` and in the address of the search page."""
    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    """Value → what the reader sees; values without an entry are shown as they are."""
    typ: str = ""
    """The kind of documents that it is for, if not for all."""
    fields: tuple[str, ...] = ()
    """Fields of records that it stands for, so that they give no facet of their own."""


FACETS = (
    Facet("typ", "Art"),
    Facet("verdikt", "Ergebnis", fields=("verdikt", "pruefstatus")),
    Facet("gueltigkeit", "Gültigkeit"),
    Facet("handlungsfeld", "Handlungsfeld", fields=("handlungsfeld",)),
    Facet("kommune", "Kommune oder Kreis", fields=("durchgefuehrt_von",)),
    Facet("groessenklasse", "Größenklasse", fields=("groessenklassen",)),
    Facet("jahr", "Jahr"),
    Facet("organisation", "Weitere Organisationen"),
    Facet("herkunft", "Herkunft"),
)
"""The facets that all documents share, in their order on the search page."""

UNTIL, AS_OF = DAYS = ("bis", "stand")
"""Days that stand beside the facets of a document: the last one on which it holds, and the one it is of."""


def as_json(document: SearchDocument) -> str:
    """A document as one line of JSON, to be kept between builds."""
    return json.dumps(
        {field.name: getattr(document, field.name) for field in fields(document)},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str) -> SearchDocument:
    """The document that `as_json` wrote."""
    data = json.loads(text)
    data["facets"] = {name: tuple(values) for name, values in data["facets"].items()}
    return SearchDocument(
        **{**data, "tags": tuple(data["tags"]), "related": tuple(data["related"])}
    )

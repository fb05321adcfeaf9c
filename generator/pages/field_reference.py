"""The field reference of the wiki: what may stand in a record, read off the field table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.pages.page import Page
from generator.records.common import Record
from generator.records.fieldtable import Row, rows
from generator.records.types import TYPES


def field_reference() -> Iterator[Page]:
    """One page with the common fields, and one per type with its own."""
    base = "mitmachen/felder/"
    crumbs = (("Start", ""), ("Mitmachen", "mitmachen/"))
    models = tuple(TYPES.values())
    yield _page(base, "Felder aller Einträge", None, list(rows(Record)), crumbs, models)
    for model in models:
        own = list(rows(model, without=Record.model_fields))
        title = f"Felder: {model.mehrzahl}"
        yield _page(
            f"{base}{model.ordner}/", title, model, own, (*crumbs, ("Alle Felder", base)), models
        )


def _page(
    path: str, title: str, model: type[Record] | None, fields: list[Row], crumbs: Any, models: Any
) -> Page:
    return Page(
        path=path,
        kind="felder",
        area="mitmachen/",
        title=title,
        description="Was in einem Eintrag stehen kann: jedes Feld mit Bedeutung und Beispiel.",
        template="felder.html",
        context={
            "titel": title,
            "model": model,
            "zeilen": fields,
            "arten": models,
            "krumen": crumbs,
        },
    )

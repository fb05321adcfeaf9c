"""The history of a record for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.history.changes import Field
from generator.records.common import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed on one day; nothing is named where the record begins."""

    day: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The last changes, newest first, and the verdicts that held before: (day of the change, verdict)."""

    entries: tuple[Entry, ...]
    verdicts: tuple[tuple[str, str], ...]


def history(record: Record, catalogue: Catalogue) -> History | None:
    """None if nothing has changed since the record was made, or nothing is known."""
    told: list[Any] = catalogue.history(record)
    entries = tuple(Entry(day, tuple(Field(*field) for field in fields)) for day, fields in told)
    if not any(entry.fields for entry in entries):
        return None
    verdicts = tuple(
        (entry.day, field.before)
        for entry in entries
        for field in entry.fields
        if field.name == "verdikt" and field.before
    )
    return History(entries, verdicts)

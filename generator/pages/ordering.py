"""The orders in which lists are shown: what helps most stands first."""

from __future__ import annotations

from collections.abc import Iterable

from generator.catalogue.catalogue import Catalogue, R
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import collation_key
from generator.records.project_types import AgErgebnis
from generator.records.solution_types import Anbieter, Begriff, Loesung, Organisation

# Reference works are read alphabetically, everything else by validity and freshness.
_ALPHABETICAL = (Anbieter, Begriff, Loesung, Organisation)
_STATE = {"abgeschlossen": 0, "laufend": 1, "geplant": 2, "abgebrochen": 3}


def by_title(records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda r: (collation_key(r.titel), r.id))


def by_relevance(catalogue: Catalogue, records: Iterable[R]) -> list[R]:
    """Archived last; then finished before running before planned; valid before expired; newest first."""

    def key(record: Record) -> tuple[object, ...]:
        state = _STATE[record.pruefstatus] if isinstance(record, Bewertung) else 0
        age = -int(happened(record).replace("-", "").ljust(8, "0"))
        title = collation_key(record.titel)
        return (record.status == "archiviert", catalogue.validity(record).order, state, age, title)

    return sorted(records, key=key)


def by_default(catalogue: Catalogue, records: Iterable[R]) -> list[R]:
    """The order of a type's list."""
    records = list(records)
    if records and isinstance(records[0], _ALPHABETICAL):
        return by_title(records)
    return by_relevance(catalogue, records)


def happened(record: Record) -> str:
    """When it happened: a working group's result on its day, anything else as of `stand`."""
    return record.datum if isinstance(record, AgErgebnis) else str(record.stand)


def newest(records: Iterable[R]) -> list[R]:
    return sorted(
        records,
        key=lambda r: (-int(happened(r).replace("-", "").ljust(8, "0")), collation_key(r.titel)),
    )

"""Short lists in the orders of the catalogue's lists (`catalogue/entries.py`)."""

from __future__ import annotations

from collections.abc import Iterable

from generator.catalogue import entries
from generator.catalogue.catalogue import Catalogue, R


def by_title(records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda r: (entries.by_title(r), r.id))


def by_relevance(catalogue: Catalogue, records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda r: (entries.by_relevance(r, catalogue.validity(r)), r.id))


def newest(records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda r: (entries.by_newest(r), r.id))

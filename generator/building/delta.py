"""From changed files to changed facts.

The catalogue of the last build is in the store; the changed records are read from disk.  What a record
adds to the lists follows from it, its validity and its genus, so the delta takes out the old entries of
every record that is affected and puts the new ones in.  Affected are the changed records, those that
gained or lost a successor, evaluations of a solution whose genus changed, and whatever a new day ages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.building.store import Records, Store
from generator.catalogue.catalogue import Catalogue, catalogue_over, keyword_entry
from generator.catalogue.entries import Entry, first_entries
from generator.catalogue.indexes import Indexes, Place, Row
from generator.catalogue.peers import ALL as PARTNERS
from generator.catalogue.reading import ALL, changed_facts, changed_fields
from generator.catalogue.validity import state_on
from generator.records.common import Record
from generator.records.solution_types import Loesung
from generator.records.tree import ContentTree


@dataclass(slots=True)
class Delta:
    """The catalogue of today, and which facts are not as they were."""

    catalogue: Catalogue
    facts: dict[str, int] = field(default_factory=dict)
    removed: set[Entry] = field(default_factory=set)
    added: set[Entry] = field(default_factory=set)


class Edited(Mapping[str, Record]):
    """The stored records with those that are new or gone today."""

    def __init__(self, stored: Records, changes: Mapping[str, Record | None]) -> None:
        self._stored, self._changes = stored, changes

    def __getitem__(self, ident: str) -> Record:
        if ident not in self._changes:
            return self._stored[ident]
        record = self._changes[ident]
        if record is None:
            raise KeyError(ident)
        return record

    def __iter__(self) -> Iterator[str]:
        gone = {i for i, r in self._changes.items() if r is None}
        return iter(sorted({*self._stored, *self._changes} - gone))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def delta(
    store: Store, tree: ContentTree, old_day: date, today: date,
    old: Mapping[str, Record], new: Mapping[str, Record],
) -> Delta:  # fmt: skip
    """What follows from the records `old` (before) and `new` (now), by id, and from the day."""
    stored = store.records()
    indexes = Indexes(stored=store)
    before = catalogue_over(stored, indexes, old_day, tree)
    ids = old.keys() | new.keys()
    records = Edited(stored, {ident: new.get(ident) for ident in ids})

    first_old = {e for r in old.values() for e in first_entries(r)}
    first_new = {e for r in new.values() for e in first_entries(r)}
    affected = set(ids) | _aged(store, old_day, today)
    affected |= _around(indexes, first_old ^ first_new, (*old.values(), *new.values()))

    then = {i: r for i in affected if (r := stored.get(i)) is not None}
    judged_then = {i: before.validity(r) for i, r in then.items()}
    entries_then = {e for r in then.values() for e in before.entries(r)}
    lists: dict[Place, tuple[list[Row], list[Row]]] = indexes.change(
        first_old - first_new, first_new - first_old
    )
    after = catalogue_over(records, indexes, today, tree)
    now = {i: r for i in affected if (r := records.get(i)) is not None}
    judged_now = {i: after.validity(r) for i, r in now.items()}
    entries_now = {e for r in now.values() for e in after.entries(r)}
    rest_out = entries_then - entries_now - (first_old - first_new)
    rest_in = entries_now - entries_then - (first_new - first_old)
    _merge(lists, indexes.change(rest_out, rest_in))
    words = [(key, pair) for (index, key), pair in lists.items() if index == "schlagwort"]
    words_then = {keyword_entry(key, rows) for key, (rows, _) in words if rows}
    words_now = {keyword_entry(key, rows) for key, (_, rows) in words if rows}
    _merge(lists, indexes.change(words_then - words_now, words_now - words_then))

    result = Delta(catalogue_over(records, indexes, today, tree))
    result.removed = (entries_then - entries_now) | (words_then - words_now)
    result.added = (entries_now - entries_then) | (words_now - words_then)
    for ident in ids:
        result.facts[f"r {ident}"] = changed_fields(old.get(ident), new.get(ident))
    for ident in affected:
        if judged_then.get(ident) != judged_now.get(ident):
            result.facts[f"v {ident}"] = ALL
    result.facts |= dict.fromkeys(changed_facts(lists), ALL)
    if old_day != today:  # records of other wikis do not change but by their age
        for _, name, until in indexes.rows(PARTNERS):
            if until and _ages(date.fromisoformat(until), old_day, today):
                result.facts[f"v {name}"] = ALL
    for (index, key), (rows_then, rows_now) in lists.items():
        if index == "art" and bool(rows_then) != bool(rows_now):
            result.facts[f"used {key}"] = ALL
    return result


def _around(indexes: Indexes, entries: Iterable[Entry], records: Iterable[Record]) -> set[str]:
    """Who else is affected when these names, successions and records change."""
    found: set[str] = set()
    subjects: set[str] = set()
    for entry in entries:
        if entry.place == "ersetzt":
            found |= {ident for _, ident, _ in indexes.rows("name", entry.key)}
        else:
            subjects.add(entry.key)
    for record in records:
        if isinstance(record, Loesung):
            subjects |= {record.id, *record.frueher}
    for subject in subjects:
        found |= {ident for _, ident, _ in indexes.rows("gegenstand", subject)}
    return found


def _aged(store: Store, old_day: date, today: date) -> set[str]:
    """The records whose state the new day changes."""
    if old_day == today:
        return set()
    dates = ((ident, date.fromisoformat(until)) for ident, until in store.dates())
    return {i for i, until in dates if _ages(until, old_day, today)}


def _ages(until: date, old_day: date, today: date) -> bool:
    return state_on(until, old_day) != state_on(until, today)


def _merge(
    lists: dict[Place, tuple[list[Row], list[Row]]],
    more: Mapping[Place, tuple[list[Row], list[Row]]],
) -> None:
    """Join two steps of changes: before the first, after the second."""
    for place, (then, now) in more.items():
        lists[place] = (lists[place][0] if place in lists else then, now)

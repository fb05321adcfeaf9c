"""The lists of the catalogue: rows of (sort, id, detail), in order, by index and key.

They are all in memory after a full read.  In an incremental build they come from the store, one list at
a time, when somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias

from generator.catalogue.entries import Entry

Row: TypeAlias = tuple[str, str, str]
Place: TypeAlias = tuple[str, str]


class Stored(Protocol):
    """Where lists come from that are not in memory."""

    def rows(self, index: str, key: str) -> list[Row]: ...

    def length(self, index: str, key: str) -> int: ...


class Indexes:
    """Lists by index and key.  Do not change the lists it returns."""

    def __init__(self, entries: Iterable[Entry] = (), stored: Stored | None = None) -> None:
        self._lists: dict[str, dict[str, list[Row]]] = {}
        self._stored = stored
        for index, key, sort, ident, detail in entries:
            self._lists.setdefault(index, {}).setdefault(key, []).append((sort, ident, detail))
        for lists in self._lists.values():
            for rows in lists.values():
                rows.sort()

    def rows(self, index: str, key: str = "") -> list[Row]:
        """One list; an empty one if nothing stands in it."""
        try:
            return self._lists[index][key]
        except KeyError:
            return self._loaded(index, key)

    def _loaded(self, index: str, key: str) -> list[Row]:
        """A list that is not in memory yet."""
        lists = self._lists.setdefault(index, {})
        if self._stored is None:
            return []
        lists[key] = self._stored.rows(index, key)
        return lists[key]

    def length(self, index: str, key: str = "") -> int:
        """How long a list is, without reading it."""
        known = self._lists.get(index, {}).get(key)
        if known is None:
            return self._stored.length(index, key) if self._stored else 0
        return len(known)

    def lists(self, index: str) -> dict[str, list[Row]]:
        """All lists of an index that are in memory."""
        return self._lists.get(index, {})

    def entries(self) -> Iterator[Entry]:
        """Everything that is in memory, sorted."""
        for index, lists in sorted(self._lists.items()):
            for key in sorted(lists):
                for row in lists[key]:
                    yield Entry(index, key, *row)

    def change(
        self, removed: Iterable[Entry], added: Iterable[Entry]
    ) -> dict[Place, tuple[list[Row], list[Row]]]:
        """Take entries out and put others in.  Returns (before, after) of each list that differs."""
        before: dict[Place, list[Row]] = {}
        for adding, some in ((False, removed), (True, added)):
            for index, key, sort, ident, detail in some:
                rows = self.rows(index, key)
                if (index, key) not in before:
                    before[index, key] = list(rows)
                    self._lists[index][key] = rows
                if adding:
                    insort(rows, (sort, ident, detail))
                else:
                    del rows[bisect_left(rows, (sort, ident, detail))]
        return {
            place: (old, self._lists[place[0]][place[1]])
            for place, old in before.items()
            if old != self._lists[place[0]][place[1]]
        }

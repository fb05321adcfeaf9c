"""Who read what: the one mechanism behind the incremental build.

While a page (or feed, export, search entry) is made, the catalogue notes every *fact* that is asked
for: a field of a record, a validity, a list or a part of it.  `Seen` stands in for a record and notes
which of its fields are read.  After an edit, `changed_facts` says which facts are no longer what they
were; exactly the pages that read one of them are made again.  Nothing is declared by hand, so nothing
can be forgotten.

A fact is a text.  For records (`r <id>`) it comes with a mask: one bit per field, in the order of the
field table; `ALL` is every field.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from generator.catalogue.indexes import Place, Row
from generator.records.common import Record

ALL = (1 << 62) - 1
WHOLE, ORDER, COUNT, FEW, BESIDE = "=", "^", "#", "~", "<"
TODAY = "heute"
COMMON = 60
"""A list of which `few` is asked is not looked at beyond this length."""
PARTS = {
    "art": 20, "feld": 20, "schlagwort": 20, "neu": 20, "glossar": 32, "zustand": 20, "entschieden": 5, "laufend": 5,
    "urteil": 5,
    "von": 5, "einsatz": 5, "uebernahme": 5, "faellig": 5, "groesse": 6, "gattung": 6, "ort": 40,
    "alltagswort": 3, "worte": 120, "meldung": 40, "termin": 60, "versaeumt": 20, "vorhaben": 20,
    "matrix": 20, "verlauf": 20, "nutzung": 6, "ersparnis": 40, "ziel": 60,
}  # fmt: skip
"""How many rows of a list are shown at once: the length of its parts.  Full ones of them still make a page of
less than 25 KB; `tests/site/test_weight.py` holds them to that."""

Reads = dict[str, int]


class Noted(NamedTuple):
    """What somebody read, as rows of 64-bit numbers: a million facts as texts would take a gigabyte.

    A fact is told by eight bytes of its digest.  Should two facts ever have the same (at a million of
    them once in thirty million wikis), some pages would be made again without need.
    """

    facts: bytes
    masks: bytes

    def rows(self) -> Iterator[tuple[int, int]]:
        """(number of the fact, mask)"""
        return zip(array("q", self.facts), array("q", self.masks), strict=True)


NOTHING = Noted(b"", b"")


@lru_cache(maxsize=1 << 14)  # many pages read the same
def _digest(fact: str) -> bytes:
    return blake2b(fact.encode(), digest_size=8).digest()


def number_of(fact: str) -> int:
    """The number that stands for a fact."""
    return int.from_bytes(_digest(fact), sys.byteorder, signed=True)


def noted(reads: Reads) -> Noted:
    """Reads as numbers."""
    return Noted(b"".join(map(_digest, reads)), array("q", reads.values()).tobytes())


@cache
def field_bits(model: type[Record]) -> dict[str, int]:
    """Field → its bit.  Properties and methods count as every field, constants of the class as none."""
    bits = {name: 1 << number for number, name in enumerate(model.model_fields)}
    for name in dir(model):
        if name not in bits:
            value = getattr(model, name, None)
            derived = isinstance(value, property) or callable(value)
            bits[name] = ALL if derived and name != "page_url" else 0
    return bits


class Seen:
    """A record that notes which of its fields are read."""

    __slots__ = ("_bits", "_fact", "_reads", "_record")

    def __init__(self, record: Record, reads: Reads) -> None:
        self._record = record
        self._reads = reads
        self._fact = f"r {record.id}"
        self._bits = field_bits(type(record))
        reads.setdefault(self._fact, 0)

    def __getattr__(self, name: str) -> Any:
        self._reads[self._fact] |= self._bits.get(name, 0)
        return getattr(self._record, name)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """Passes for the record itself, with `isinstance` too."""
        return type(self._record)


def plain_record(record: Record, reads: Reads | None) -> Record:
    """The record behind a `Seen`, for somebody who reads all of it."""
    seen: Any = record
    if type(seen) is Seen:
        record = seen._record
    if reads is not None:
        reads[f"r {record.id}"] = ALL
    return record


def changed_fields(old: Record | None, new: Record | None) -> int:
    """The mask of the fields that differ."""
    if old is None or new is None or type(old) is not type(new):
        return ALL
    mask = 0
    for name, bit in field_bits(type(new)).items():
        if name in type(new).model_fields and getattr(old, name) != getattr(new, name):
            mask |= bit
    return mask


def changed_facts(lists: Mapping[Place, tuple[list[Row], list[Row]]]) -> Iterable[str]:
    """The facts about lists that are no longer true."""
    for (index, key), (old, new) in lists.items():
        name = f"{index} {key}"
        yield ORDER + name
        if len(old) <= COMMON or len(new) <= COMMON:
            yield FEW + name
        before, after = [row[1:] for row in old], [row[1:] for row in new]
        if before == after:
            continue
        yield WHOLE + name
        if len(before) != len(after):
            yield COUNT + name
        if index in PARTS:
            size = PARTS[index]
            for at in range(0, max(len(before), len(after)), size):
                if before[at : at + size] != after[at : at + size]:
                    yield f"{at // size + 1} {name}"
        if index == "art":
            former, present = _neighbours(before), _neighbours(after)
            for ident in former.keys() | present.keys():
                if former.get(ident) != present.get(ident):
                    yield BESIDE + ident


def _neighbours(rows: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    ids = ["", *(ident for ident, _ in rows), ""]
    return {ids[n]: (ids[n - 1], ids[n + 1]) for n in range(1, len(ids) - 1)}

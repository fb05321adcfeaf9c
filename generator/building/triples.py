"""What jobs have read, as numbers: texts of a million facts would take a gigabyte.

A fact is told by eight bytes of its digest.  Should two facts ever have the same (at a million of them
once in thirty million wikis), some pages would be made again without need.

Of a full build all rows are kept until the end and written in the order of their table: to find the
place of each would take longer than all pages together.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from generator.catalogue.reading import Reads

_SOME = 100_000  # rows that are made into numbers of Python at once


class Noted(NamedTuple):
    """What one job read: rows of 64-bit numbers."""

    facts: bytes
    masks: bytes

    def rows(self) -> Iterator[tuple[int, int]]:
        """(fact, mask)"""
        return zip(array("q", self.facts), array("q", self.masks), strict=True)


@lru_cache(maxsize=1 << 14)  # many pages read the same
def _digest(fact: str) -> bytes:
    return blake2b(fact.encode(), digest_size=8).digest()


def number_of(fact: str) -> int:
    """The number that stands for a fact."""
    return int.from_bytes(_digest(fact), sys.byteorder, signed=True)


def noted(reads: Reads) -> Noted:
    """Reads as numbers."""
    return Noted(b"".join(map(_digest, reads)), array("q", reads.values()).tobytes())


class Triples:
    """Which fact was read by which job, in which fields: three rows of numbers."""

    def __init__(self) -> None:
        self._facts, self._jobs, self._masks = array("q"), array("q"), array("q")

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, job: int, read: Noted) -> None:
        """What one job read."""
        before = len(self._facts)
        self._facts.frombytes(read.facts)
        self._masks.frombytes(read.masks)
        self._jobs.extend([job] * (len(self._facts) - before))

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """Sorted by fact, then by job."""
        columns = [np.frombuffer(a, np.int64) for a in (self._facts, self._jobs, self._masks)]
        order = np.lexsort((columns[1], columns[0]))
        for at in range(0, len(order), _SOME):
            some = order[at : at + _SOME]
            yield from zip(*(column[some].tolist() for column in columns), strict=True)

"""What a full build has read, until it is written: a million rows, which take little room as numbers.

The store writes them in the order of its table: to find the place of each would take longer than all
pages together.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np

from generator.catalogue.reading import Noted

_SOME = 100_000  # rows that are made into numbers of Python at once


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

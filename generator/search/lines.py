"""The dictionary of the index: a line for each term, in their order, and the shard files it is cut into.

The lines are cut into *stretches* where a term says so (its checksum), and each stretch into shards of
about the same size.  So a changed line changes the shards of its stretch alone, and a build that knows
the other stretches has nothing to do for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np

from generator.search import settings
from generator.search.codec import digest, pack_after, script, shared
from generator.search.index import GROUP_MARK
from generator.search.packing import pack_all
from generator.search.weighing import Bytes, Documents, Numbers

_EVERY, _EVERY_GROUP = 256, 8
"""Lines in a stretch, on average; those of synonym groups are long."""


class Line(NamedTuple):
    """What the index says of a term: `extras` are the columns behind its postings."""

    extras: str
    importance: int
    documents: Documents
    impacts: Bytes


_NOTHING = np.zeros(0, np.int64)
EMPTY = Line("", 0, np.zeros(0, np.int32), np.zeros(0, np.uint8))


@dataclass(frozen=True, slots=True)
class Lines:
    """Neighbouring lines; the postings of line n go from starts[n] to starts[n + 1]."""

    terms: list[str]
    extras: list[str]
    importance: Numbers
    starts: Numbers
    documents: Documents
    impacts: Bytes

    @property
    def sizes(self) -> Numbers:
        """In how many documents each term is."""
        sizes: Numbers = np.diff(self.starts)
        return sizes

    def line(self, number: int) -> Line:
        start, end = self.starts[number], self.starts[number + 1]
        return Line(
            self.extras[number],
            int(self.importance[number]),
            self.documents[start:end],
            self.impacts[start:end],
        )

    def stretches(self) -> Iterator[tuple[str, Lines]]:
        """The lines cut into stretches, each with its name: its first term, "" for the first of all."""
        borders = [n for n, term in enumerate(self.terms) if begins_stretch(term)]
        if not borders or borders[0]:
            yield "", self._part(0, borders[0] if borders else len(self.terms))
        for start, end in pairwise([*borders, len(self.terms)]):
            yield self.terms[start], self._part(start, end)

    def _part(self, first: int, last: int) -> Lines:
        low, high = self.starts[first], self.starts[last]
        return Lines(
            self.terms[first:last],
            self.extras[first:last],
            self.importance[first:last],
            self.starts[first : last + 1] - low,
            self.documents[low:high],
            self.impacts[low:high],
        )

    def edited(self, edits: Mapping[str, Line]) -> Lines:
        """The lines with some of them replaced or added; one that says nothing goes."""
        parts: list[Lines] = []
        at = 0
        for term, line in sorted(edits.items()):
            place = bisect_left(self.terms, term, at)
            parts.append(self._part(at, place))
            if line.extras or len(line.documents):
                parts.append(_alone(term, line))
            at = place + (self.terms[place : place + 1] == [term])
        return joined([*parts, self._part(at, len(self.terms))])


def _alone(term: str, line: Line) -> Lines:
    starts = np.array([0, len(line.documents)], np.int64)
    importance = np.array([line.importance], np.int64)
    return Lines([term], [line.extras], importance, starts, line.documents, line.impacts)


def joined(parts: Sequence[Lines]) -> Lines:
    """Lines that stand one after the other."""
    return Lines(
        [term for part in parts for term in part.terms],
        [extra for part in parts for extra in part.extras],
        np.concatenate([_NOTHING, *(part.importance for part in parts)]),
        np.concatenate(([0], np.cumsum(np.concatenate([_NOTHING, *(p.sizes for p in parts)])))),
        np.concatenate([EMPTY.documents, *(part.documents for part in parts)]),
        np.concatenate([EMPTY.impacts, *(part.impacts for part in parts)]),
    )


def begins_stretch(term: str) -> bool:
    return not crc32(term.encode()) % (_EVERY_GROUP if term[0] == GROUP_MARK else _EVERY)


class Place(NamedTuple):
    """A shard of the dictionary: the terms in it are not before `start`; `mark` is in its name."""

    start: str
    mark: str


def shards(stretches: Sequence[Lines]) -> Iterator[list[tuple[Place, str, str]]]:
    """(place, file name, content) of the shards of each stretch.  Packed together they take half the time."""
    every = joined(stretches)
    packed = pack_all(every.starts, every.documents, _coarsened(every))
    for lines in stretches:
        found = []
        for start, text in _texts(lines, islice(packed, len(lines.terms))):
            mark = digest(text)
            found.append((Place(start, mark), f"p.{mark}.js", script(f"p{mark}", text)))
        yield found


def _texts(lines: Lines, packed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(beginning, lines) of each shard; `packed`: the postings of each line."""
    start, size, last = "", 0, ""
    texts: list[str] = []
    for term, postings, extra in zip(lines.terms, packed, lines.extras, strict=True):
        rest = f"{postings}\t{extra}" if extra else postings
        if texts and size + len(rest) + len(term) > settings.SHARD_BYTES:
            yield start, "\n".join(texts)
            texts, size = [], 0
        if not texts:
            start = term[: shared(term, last) + 1] if last else term
        line = f"{pack_after(last if texts else '', term)}\t{rest}"
        texts.append(line)
        size += len(line) + 1
        last = term
    if texts:
        yield start, "\n".join(texts)


def _coarsened(lines: Lines) -> Bytes:
    """The impacts of long lists are rounded: they take half the space then."""
    sizes = lines.sizes
    impacts = lines.impacts.copy()
    of_long = np.repeat(sizes >= settings.COARSE_FROM, sizes)
    step = settings.COARSE
    impacts[of_long] = impacts[of_long] // step * step + step // 2
    return impacts

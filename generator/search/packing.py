"""All posting lists packed at once: the same bits as ``bits.pack_postings`` for each of them.

A Rice code is a row of ones, a zero and the lower digits.  The bits of a block of lists are set in one
long array: rows of ones as sums over a +1 where a row begins and a -1 behind its end, digits one place
at a time.  Each list begins at a multiple of 24 bits, so base 64 works on the whole array.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.bits import GAP_WIDTH, IMPACT_WIDTH, LONG, PARAMETER_WIDTH

Numbers = NDArray[np.int64]
_IMPACTS = 1 << IMPACT_WIDTH
_BLOCK = 50_000
"""So many postings are packed at a time."""


def pack_all(starts: Numbers, documents: Any, impacts: Any) -> Iterator[str]:
    """The packed text of each list; list n goes from starts[n] to starts[n + 1]."""
    first = 0
    while first < len(starts) - 1:
        last = int(np.searchsorted(starts, starts[first] + _BLOCK))
        last = min(max(last, first + 1), len(starts) - 1)
        low, high = starts[first], starts[last]
        yield from _pack(
            starts[first : last + 1] - low,
            documents[low:high].astype(np.int64),
            impacts[low:high].astype(np.int64),
        )
        first = last


class _Bits:
    """A long row of bits to be set."""

    def __init__(self, count: int) -> None:
        self._bits = np.zeros(count, np.uint8)
        self._steps = np.zeros(count + 1, np.int8)

    def ones(self, at: Numbers, counts: Numbers) -> None:
        """A row of ones at each place; rows never touch."""
        some = np.flatnonzero(counts)
        at = at[some]
        self._steps[at] = 1
        self._steps[at + counts[some]] = -1

    def digits(self, at: Numbers, values: Numbers, widths: Numbers) -> None:
        """Each value in so many digits."""
        for place in range(int(widths.max(initial=0))):
            wide = np.flatnonzero(widths > place)
            self._bits[at[wide] + widths[wide] - 1 - place] = values[wide] >> place & 1

    def text(self) -> str:
        """Base 64."""
        ones = np.cumsum(self._steps[:-1], dtype=np.int8).astype(np.uint8)
        return b64encode(np.packbits(self._bits | ones).tobytes()).decode()


def _pack(starts: Numbers, documents: Numbers, impacts: Numbers) -> Iterator[str]:
    counts = np.diff(starts)
    full = counts > 0
    begins, sizes = starts[:-1][full], counts[full]
    of_list = np.repeat(np.arange(len(sizes)), sizes)
    gaps = np.diff(documents, prepend=-1) - 1
    gaps[begins] = documents[begins]
    top = documents[begins + sizes - 1]
    gap_low = np.clip(_width((top + 1 - sizes) // sizes) - 1, 0, (1 << GAP_WIDTH) - 1)
    low = gap_low[of_list]
    long = sizes >= LONG
    tables = _Tables(of_list, impacts, sizes, long)
    upper = gaps >> low
    gap_bits = upper + 1 + low
    in_long = long[of_list]
    bits = gap_bits + np.where(in_long, tables.upper + 1 + tables.low, IMPACT_WIDTH)
    gamma = _width(sizes)
    head = 2 * gamma - 1 + GAP_WIDTH
    heads = head + np.where(long, PARAMETER_WIDTH + IMPACT_WIDTH * (1 + tables.entries), 0)
    total = np.add.reduceat(bits, begins) + heads if len(begins) else heads
    room = -(-total // 24) * 24
    offset = np.cumsum(room) - room
    out = _Bits(int(room.sum()))
    out.digits(offset + gamma - 1, sizes, gamma)
    out.digits(offset + 2 * gamma - 1, gap_low, np.full_like(gap_low, GAP_WIDTH))
    tables.write(out, offset + head)
    before = np.cumsum(bits) - bits
    at = before - np.repeat(before[begins] - offset - heads, sizes)
    out.ones(at, upper)
    out.digits(at + upper + 1, gaps & ((1 << low) - 1), low)
    at += gap_bits
    plain = at[~in_long]
    out.digits(plain, impacts[~in_long], np.full_like(plain, IMPACT_WIDTH))
    at, upper, low = at[in_long], tables.upper[in_long], tables.low[in_long]
    out.ones(at, upper)
    out.digits(at + upper + 1, tables.rank[in_long] & ((1 << low) - 1), low)
    text = out.text()
    ends = iter(zip((offset // 6).tolist(), (-(-total // 6)).tolist(), strict=True))
    for is_full in full.tolist():
        if is_full:
            start, size = next(ends)
            yield text[start : start + size]
        else:
            yield ""


class _Tables:
    """The numbers of the impacts of long lists, by how often they occur in the list."""

    def __init__(self, of_list: Numbers, impacts: Numbers, sizes: Numbers, long: Any) -> None:
        self.rank = np.zeros(len(impacts), np.int64)
        self.upper, self.low = self.rank.copy(), self.rank.copy()
        self.entries = np.zeros(len(sizes), np.int64)
        self._parameters = np.zeros(len(sizes), np.int64)
        self._long = long
        inside = long[of_list]
        keys = of_list[inside] * _IMPACTS + impacts[inside]
        found, back, times = np.unique(keys, return_inverse=True, return_counts=True)
        self._owner, value = np.divmod(found, _IMPACTS)
        order = np.lexsort((value, -times, self._owner))
        self._owner, self._value = self._owner[order], value[order]
        self.entries += np.bincount(self._owner, minlength=len(sizes))
        begin = np.cumsum(self.entries) - self.entries
        self._rank = np.arange(len(order)) - begin[self._owner]
        ranks = np.empty(len(order), np.int64)
        ranks[order] = self._rank
        self.rank[inside] = ranks[back.ravel()]
        sums = np.bincount(self._owner, self._rank * times[order], minlength=len(sizes))
        whole = sums.astype(np.int64) // sizes
        self._parameters = np.where(long, np.maximum(_width(whole) - 1, 0), 0)
        self.low = self._parameters[of_list]
        self.upper = self.rank >> self.low

    def write(self, out: _Bits, at: Numbers) -> None:
        """Parameter, length and values of each table."""
        start = at[self._long]
        parameters, entries = self._parameters[self._long], self.entries[self._long]
        out.digits(start, parameters, np.full_like(start, PARAMETER_WIDTH))
        out.digits(start + PARAMETER_WIDTH, entries, np.full_like(start, IMPACT_WIDTH))
        place = at[self._owner] + PARAMETER_WIDTH + IMPACT_WIDTH * (1 + self._rank)
        out.digits(place, self._value, np.full_like(place, IMPACT_WIDTH))


def _width(values: Numbers) -> Numbers:
    """How many binary digits each number has; none for 0.  Exact below 2**53."""
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)

"""What the words of documents weigh: from counted words to postings.

The words of all documents stand in one row of numbers, so numpy does the work.  Everything is counted in
whole numbers, so it is the same on every machine and in any order: weights are tenths, the length of a
field is compared with a rounded average, and what a field counts is a multiple of 1/``_UNIT``.  Documents
are weighed a block at a time, which keeps the arrays small.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from generator.search import settings
from generator.search.expansion import Expanded

Numbers = NDArray[np.int64]
Documents = NDArray[np.int32]
Bytes = NDArray[np.uint8]
_UNIT = 1 << 20
_TENTHS = 100  # a count in tenths times a weight in tenths
_ONE = _UNIT * _TENTHS
_FIELDS = len(settings.FIELDS)
_PROMINENT_FIELDS = 3
_BLOCK = 1_000
_FINE, _DIGITS = 64, 5
_LENGTH_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Weighed:
    """The postings of some documents.  Term n is in terms[n] and has those from starts[n] to
    starts[n + 1]."""

    terms: list[str]
    """Sorted."""
    starts: Numbers
    documents: Documents
    impacts: Bytes
    importance: Numbers
    """How often a term occurs in prominent fields and elsewhere."""

    def pairs(self, ids: Sequence[int]) -> dict[tuple[str, int], int]:
        """(term, ids[document]) → impact."""
        owners = np.repeat(np.arange(len(self.terms)), np.diff(self.starts)).tolist()
        rows = zip(owners, self.documents.tolist(), self.impacts.tolist(), strict=True)
        return {(self.terms[n], ids[d]): impact for n, d, impact in rows}


class Told:
    """The words of documents as numbers, in one row; `sizes` of them belong to each field."""

    def __init__(self, analysed: Iterable[str]) -> None:
        """`analysed` is JSON of ``DocumentTerms``."""
        self.words, self.phrases, self.runs = _numbering(), _numbering(), _numbering()
        words: list[Documents] = []
        counts: list[Documents] = []
        sizes: list[list[int]] = []
        lengths: list[list[int]] = []
        self._phrases: list[list[tuple[int, int]]] = []
        self._runs: list[list[int]] = []
        for text in analysed:
            texts, numbers, of_fields, phrases_, runs = json.loads(text)
            own = [n for told in texts for n in map(self.words.__getitem__, told.split())]
            words.append(np.array(own, np.int32))
            counts.append(np.array([n for times in numbers for n in times], np.int32))
            sizes.append([*map(len, numbers)])
            lengths.append(of_fields)
            self._phrases.append([(self.phrases[p], weight) for p, weight in phrases_.items()])
            self._runs.append([self.runs[run] for run in runs])
        self.count = len(words)
        self._words, self._counts = words, counts
        self._sizes = np.array(sizes, np.int64).reshape(-1, _FIELDS)
        self._lengths = np.array(lengths, np.int64).reshape(-1, _FIELDS)
        self.used = np.zeros(len(self.words), np.int64)
        """Word → in how many documents it stands."""
        self.prominent = np.zeros(len(self.words), np.int64)
        """Word → in how many documents it stands in a prominent field."""

    @property
    def totals(self) -> list[int]:
        """The lengths of each field, added up."""
        totals: list[int] = self._lengths.sum(axis=0).tolist()
        return totals

    @property
    def used_runs(self) -> list[int]:
        """Run → in how many documents it stands."""
        counts = np.bincount([*chain.from_iterable(self._runs)], minlength=len(self.runs))
        found: list[int] = counts.tolist()
        return found

    def weigh(self, expanded: Expanded, averages: Sequence[int]) -> Weighed:
        """All postings.  `expanded`: the terms of `words` and the names of `runs`, in their order;
        `averages` of the lengths of each field, as `average_of` gives them."""
        every = {*expanded.terms, *self.phrases, *chain.from_iterable(expanded.names)}
        terms = sorted(every)
        number = {term: at for at, term in enumerate(terms)}
        spread = _Spread(
            expanded.begins,
            expanded.sizes,
            np.array([*map(number.__getitem__, expanded.terms)], np.int64),
            expanded.weights,
        )
        phrases = np.array([number[p] for p in self.phrases], np.int64)
        names = [[number[name] for name in found] for found in expanded.names]
        del number, every
        blocks = list(self._blocks(spread, phrases, names, _factors(self._lengths, averages)))
        found, documents, impacts = (np.concatenate([b[n] for b in blocks]) for n in range(3))
        del blocks
        order = np.argsort(found, kind="stable")
        counts = np.bincount(found, minlength=len(terms))
        del found
        importance = counts + _PROMINENT_FIELDS * spread.summed(self.prominent, len(terms))
        starts = np.concatenate(([0], np.cumsum(counts)))
        return Weighed(terms, starts, documents[order], impacts[order], importance)

    def _blocks(
        self, spread: _Spread, phrases: Numbers, names: Sequence[Sequence[int]], factors: Numbers
    ) -> Iterator[tuple[Documents, Documents, Bytes]]:
        """(terms, documents, impacts) of all postings, a block of documents at a time, each
        sorted by term and document."""
        for start in range(0, max(1, self.count), _BLOCK):
            end = min(start + _BLOCK, self.count)
            words = np.concatenate([_NONE, *self._words[start:end]])
            counts = np.concatenate([_NONE, *self._counts[start:end]])
            sizes = self._sizes[start:end].ravel()
            scaled = counts * np.repeat(factors[start:end].ravel(), sizes)
            fields = np.repeat(np.tile(np.arange(_FIELDS), end - start), sizes)
            documents = np.repeat(np.repeat(np.arange(end - start), _FIELDS), sizes)
            self.used += self._documents_of(words, documents)
            seen = fields < _PROMINENT_FIELDS
            self.prominent += self._documents_of(words[seen], documents[seen])
            owner, place = spread.over(words)
            keys = spread.terms[place] * _BLOCK + documents[owner]
            keys, weights = _added(keys, scaled[owner] * spread.weights[place])
            more_keys, more_weights = self._others(start, end, phrases, names)
            place = np.minimum(np.searchsorted(keys, more_keys), len(keys) - 1)
            new = keys[place] != more_keys if len(keys) else np.ones(len(more_keys), bool)
            keys = np.concatenate((keys, more_keys[new]))
            weights = np.concatenate((weights, more_weights[new]))
            order = np.argsort(keys, kind="stable")
            keys, weights = keys[order], weights[order]
            terms, inside = np.divmod(keys, _BLOCK)
            yield (
                terms.astype(np.int32),
                (inside + start).astype(np.int32),
                _impacts(weights),
            )

    def _documents_of(self, words: Numbers, documents: Numbers) -> Numbers:
        """Word → in how many of these documents it stands."""
        keys = np.sort(words * _BLOCK + documents)
        once = keys[np.diff(keys, prepend=-1) > 0] // _BLOCK
        found: Numbers = np.bincount(once, minlength=len(self.used))
        return found

    def _others(
        self, start: int, end: int, phrases: Numbers, names: Sequence[Sequence[int]]
    ) -> tuple[Numbers, Numbers]:
        """Phrases, and abbreviations of names, which count little unless a word has them, too."""
        found: dict[int, int] = {}
        for document in range(start, end):
            for phrase, weight in self._phrases[document]:
                key = int(phrases[phrase]) * _BLOCK + document - start
                found[key] = weight * (_ONE // 10)
            for run in self._runs[document]:
                for name in names[run]:
                    found.setdefault(name * _BLOCK + document - start, _SATURATION)
        return np.array([*found], np.int64), np.array([*found.values()], np.int64)


@dataclass(frozen=True, slots=True)
class _Spread:
    """Word n counts for the terms from begins[n] on, sizes[n] of them, with these weights."""

    begins: Numbers
    sizes: Numbers
    terms: Numbers
    weights: Numbers

    def over(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """For every term of each of the words: the place of the word, the place of the term."""
        sizes = self.sizes[words]
        owner = np.repeat(np.arange(len(words)), sizes)
        first = np.repeat(self.begins[words] - (np.cumsum(sizes) - sizes), sizes)
        return owner, first + np.arange(len(owner))

    def summed(self, values: Numbers, count: int) -> Numbers:
        """What each of `count` terms gets when each word hands on its value."""
        out = np.zeros(count, np.int64)
        owner, place = self.over(np.arange(len(values)))
        np.add.at(out, self.terms[place], values[owner])
        return out


_NONE = np.array([], np.int64)
_SATURATION = round(10 * settings.SATURATION) * (_ONE // 10)


def _numbering() -> defaultdict[str, int]:
    """Gives each new text the next number."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def averages_of(totals: Sequence[int], count: int) -> list[int]:
    """The average length of each field."""
    return [average_of(total, count) for total in totals]


def average_of(total: int, count: int) -> int:
    """An average length in parts of ``_FINE``, of which only the first binary digits are kept: so
    an edit of one document hardly ever changes what words count in all others."""
    average = total * _FINE // max(1, count)
    if not average:
        return _FINE
    dropped = max(0, average.bit_length() - _DIGITS)
    return (average + (1 << dropped >> 1)) >> dropped << dropped


def _coarse(lengths: Numbers) -> Numbers:
    """Lengths of which only the first binary digits are kept (Lucene keeps as many): so a sentence more
    hardly ever changes what the other words of a document count."""
    digits = np.frexp(lengths)[1].astype(np.int64)  # as many as the number has; 0 has none
    dropped = np.maximum(0, digits - _LENGTH_DIGITS)
    rounded: Numbers = (lengths + (1 << dropped >> 1)) >> dropped << dropped
    return rounded


def _factors(lengths: Numbers, averages: Sequence[int]) -> Numbers:
    """What a word counts in each field of each document."""
    factors = np.empty_like(lengths)
    lengths = _coarse(lengths)
    for number, average in enumerate(averages):
        b = round(10 * settings.FIELD_LENGTH[number])
        weight = round(10 * settings.FIELD_WEIGHT[number])
        below = (10 - b) * average + b * _FINE * lengths[:, number]
        factors[:, number] = _UNIT * weight * average // below
    return factors


def _added(keys: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """The different keys, sorted, each with the sum of its values."""
    if not len(keys):
        return keys, values
    order = np.argsort(keys)
    keys, values = keys[order], values[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.add.reduceat(values, first)


def _impacts(weights: Numbers) -> Bytes:
    """Weights → 1 to ``LEVELS``, rounded half up."""
    below = weights + _SATURATION
    levels = (2 * settings.LEVELS * weights + below) // (2 * below)
    found: Bytes = np.maximum(levels, 1).astype(np.uint8)
    return found

"""From the words of all documents to postings: weighed (BM25F), quantised, sorted by term.

Document frequency is not part of an impact; the query engine derives it from the length of a posting
list.  All sums are made of whole numbers, so they are the same on every machine and in any order:
weights are tenths, the length of a field is compared with a rounded average, and what a field counts is
a multiple of 1/``_UNIT``.  Documents are weighed a block at a time, which keeps the arrays small.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search import settings
from generator.search.analysis import fold, stem_folded
from generator.search.compounds import Splitter
from generator.search.expansion import Expanded
from generator.search.index import GROUP_MARK, Phrases
from generator.search.lexicon import Lexicon
from generator.search.synonyms import Group, phrases

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Expand = Callable[[Sequence[str], Sequence[str]], Expanded]
_UNIT = 1 << 20
_TENTHS = 100  # a count in tenths times a weight in tenths
_ONE = _UNIT * _TENTHS
_FIELDS = len(settings.FIELDS)
_PROMINENT_FIELDS = 3
_LONG_WORD = 8
_BLOCK = 1_000
_FINE, _DIGITS = 64, 5


@dataclass(frozen=True)
class Postings:
    """Everything about all documents that a query can ask for.  Term n is in terms[n] and has the
    postings from starts[n] to starts[n + 1]."""

    terms: list[str]
    """Sorted."""
    starts: Numbers
    documents: Numbers
    impacts: Bytes
    importance: Numbers
    """How often a term occurs in prominent fields and elsewhere; 0 for the lists of groups."""
    redirects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Term of an irregular form → terms of its base forms."""
    correct: frozenset[str] = frozenset()
    """Short nouns that are no misspelling, though the wiki does not have them."""

    @cached_property
    def number(self) -> dict[str, int]:
        """Where a term is."""
        return {term: number for number, term in enumerate(self.terms)}

    def of(self, term: str) -> tuple[Numbers, Bytes]:
        """Documents and impacts of a term; empty if it is not known."""
        number = self.number.get(term)
        if number is None:
            return self.documents[:0], self.impacts[:0]
        start, end = self.starts[number], self.starts[number + 1]
        return self.documents[start:end], self.impacts[start:end]


def merge(
    analysed: Iterable[str], groups: Sequence[Group], lexicon: Lexicon, expand: Expand
) -> Postings:
    """Postings of all documents, in their order; `analysed` is JSON of ``DocumentTerms``."""
    told = _Told(analysed)
    words, runs = list(told.words), list(told.runs)
    expanded = expand(words, runs)
    every = {*expanded.terms, *told.phrases, *chain.from_iterable(expanded.names)}
    terms = sorted(every)
    del every
    number = {term: at for at, term in enumerate(terms)}
    spread = _Spread(
        expanded.begins,
        expanded.sizes,
        np.array([*map(number.__getitem__, expanded.terms)], np.int64),
        expanded.weights,
    )
    phrase_numbers = np.array([number[p] for p in told.phrases], np.int64)
    names_of = [[number[name] for name in found] for found in expanded.names]
    expander = expanded.expander
    del expanded
    blocks = list(told.blocks(spread, phrase_numbers, names_of))
    found, documents, impacts = (np.concatenate([b[n] for b in blocks]) for n in range(3))
    del blocks
    order = np.argsort(found, kind="stable")
    counts = np.bincount(found, minlength=len(terms))
    del found
    importance = counts + _PROMINENT_FIELDS * spread.summed(told.prominent, len(terms))
    starts = np.concatenate(([0], np.cumsum(counts)))
    plain = Postings(terms, starts, documents[order], impacts[order], importance)
    del order, documents, impacts
    known = phrases(groups)
    lists = _group_lists(groups, known, plain, expander.splitter, lexicon, told.count)
    all_of = _with_lists(plain, {f"{GROUP_MARK}{n}": postings for n, postings in lists})
    _coarsen(all_of)
    members = {key[0] for key in known if len(key) == 1}
    redirects = dict(lexicon.redirects({*all_of.terms, *members}))
    correct = lexicon.short - all_of.number.keys() - redirects.keys() - members
    return Postings(
        all_of.terms, all_of.starts, all_of.documents, all_of.impacts, all_of.importance,
        redirects, correct,
    )  # fmt: skip


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


class _Told:
    """The words of all documents as numbers, in one row; `sizes` of them belong to each field."""

    def __init__(self, analysed: Iterable[str]) -> None:
        self.words, self.phrases, self.runs = _numbering(), _numbering(), _numbering()
        words: list[NDArray[np.int32]] = []
        counts: list[NDArray[np.int32]] = []
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
        self._factors = _factors(np.array(lengths, np.int64).reshape(-1, _FIELDS))
        self.prominent = np.zeros(len(self.words), np.int64)
        """Word → in how many documents it stands in a prominent field."""

    def blocks(
        self, spread: _Spread, phrase_numbers: Numbers, names: Sequence[Sequence[int]]
    ) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], Bytes]]:
        """(terms, documents, impacts) of all postings, a block of documents at a time, each
        sorted by term and document."""
        for start in range(0, max(1, self.count), _BLOCK):
            end = min(start + _BLOCK, self.count)
            words = np.concatenate([_NONE, *self._words[start:end]])
            counts = np.concatenate([_NONE, *self._counts[start:end]])
            sizes = self._sizes[start:end].ravel()
            scaled = counts * np.repeat(self._factors[start:end].ravel(), sizes)
            fields = np.repeat(np.tile(np.arange(_FIELDS), end - start), sizes)
            documents = np.repeat(np.repeat(np.arange(end - start), _FIELDS), sizes)
            self._note_prominent(words, fields, documents)
            owner, place = spread.over(words)
            keys = spread.terms[place] * _BLOCK + documents[owner]
            keys, weights = _added(keys, scaled[owner] * spread.weights[place])
            more_keys, more_weights = self._others(start, end, phrase_numbers, names)
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

    def _note_prominent(self, words: Numbers, fields: Numbers, documents: Numbers) -> None:
        seen = fields < _PROMINENT_FIELDS
        keys = np.sort(words[seen] * _BLOCK + documents[seen])
        once = keys[np.diff(keys, prepend=-1) > 0] // _BLOCK
        self.prominent += np.bincount(once, minlength=len(self.prominent))

    def _others(
        self, start: int, end: int, phrase_numbers: Numbers, names: Sequence[Sequence[int]]
    ) -> tuple[Numbers, Numbers]:
        """Phrases, and abbreviations of names, which count little unless a word has them, too."""
        found: dict[int, int] = {}
        for document in range(start, end):
            for phrase, weight in self._phrases[document]:
                key = int(phrase_numbers[phrase]) * _BLOCK + document - start
                found[key] = weight * (_ONE // 10)
            for run in self._runs[document]:
                for name in names[run]:
                    found.setdefault(name * _BLOCK + document - start, _SATURATION)
        return np.array([*found], np.int64), np.array([*found.values()], np.int64)


_NONE = np.array([], np.int64)
_SATURATION = round(10 * settings.SATURATION) * (_ONE // 10)


def _numbering() -> defaultdict[str, int]:
    """Gives each new text the next number."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def _factors(lengths: Numbers) -> Numbers:
    """What a word counts in each field of each document."""
    factors = np.empty_like(lengths)
    for number in range(_FIELDS):
        of_field = lengths[:, number]
        average = average_of(int(of_field.sum()), len(of_field))
        b = round(10 * settings.FIELD_LENGTH[number])
        weight = round(10 * settings.FIELD_WEIGHT[number])
        below = (10 - b) * average + b * _FINE * of_field
        factors[:, number] = _UNIT * weight * average // below
    return factors


def average_of(total: int, count: int) -> int:
    """An average length in parts of ``_FINE``, of which only the first binary digits are kept: so
    an edit of one document hardly ever changes what words count in all others."""
    average = total * _FINE // max(1, count)
    if not average:
        return _FINE
    dropped = max(0, average.bit_length() - _DIGITS)
    return (average + (1 << dropped >> 1)) >> dropped << dropped


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


def _coarsen(postings: Postings) -> None:
    """Round the impacts of long lists: they take half the space then."""
    sizes = np.diff(postings.starts)
    of_long = np.repeat(sizes >= settings.COARSE_FROM, sizes)
    step = settings.COARSE
    rounded = postings.impacts // step * step + step // 2
    postings.impacts[of_long] = rounded[of_long]


def _with_lists(plain: Postings, lists: Mapping[str, tuple[Numbers, Bytes]]) -> Postings:
    """The same postings with further lists sorted in among the terms."""
    terms = sorted([*plain.terms, *lists])
    counts = np.zeros(len(terms), np.int64)
    importance = np.zeros(len(terms), np.int64)
    extra = np.fromiter((term in lists for term in terms), bool, len(terms))
    counts[~extra] = np.diff(plain.starts)
    importance[~extra] = plain.importance
    sizes = [len(lists[terms[n]][0]) for n in np.flatnonzero(extra)]
    counts[extra] = sizes
    documents = np.empty(counts.sum(), plain.documents.dtype)
    impacts = np.empty(len(documents), np.uint8)
    of_extra = np.repeat(extra, counts)
    documents[~of_extra], impacts[~of_extra] = plain.documents, plain.impacts
    if lists:
        own = [lists[terms[n]] for n in np.flatnonzero(extra)]
        documents[of_extra] = np.concatenate([d for d, _ in own])
        impacts[of_extra] = np.concatenate([i for _, i in own])
    starts = np.concatenate(([0], np.cumsum(counts)))
    return Postings(terms, starts, documents, impacts, importance)


def _group_lists(
    groups: Sequence[Group],
    known: Phrases,
    lists: Postings,
    splitter: Splitter,
    lexicon: Lexicon,
    count: int,
) -> Iterator[tuple[int, tuple[Numbers, Bytes]]]:
    """For each synonym group one list: the best impact of any of its words."""
    members: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for key, numbers in known.items():
        for number in numbers:
            members[number].append(key)
    for number in range(len(groups)):
        best = np.zeros(count, np.uint8)
        for key in members[number]:
            bases = lexicon.bases(key[0]) if len(key) == 1 else ()
            for term in ("_".join(key), *bases):
                documents, impacts = lists.of(term)
                best[documents] = np.maximum(best[documents], impacts)
        for text in groups[number].words:
            folded = fold(text)
            if not folded.isalpha() or len(folded) < _LONG_WORD:
                continue
            weakest = _all_pieces(splitter.pieces(folded), lists, count)
            scaled = np.maximum(1, np.rint(weakest * settings.GROUP_PARTS)) * (weakest > 0)
            best = np.maximum(best, scaled.astype(np.uint8))
        documents = np.flatnonzero(best)
        if len(documents):
            yield number, (documents, best[documents])


def _all_pieces(pieces: Sequence[str], lists: Postings, count: int) -> Bytes:
    """For every document the weakest impact of the direct pieces of a compound, if it has all."""
    found: Any = None
    for part in pieces:
        documents, impacts = lists.of(stem_folded(part))
        own = np.zeros(count, np.uint8)
        own[documents] = impacts
        found = own if found is None else np.minimum(found, own)
    return np.zeros(count, np.uint8) if found is None else found

"""Which terms a word counts for: its stem, its base forms, the pieces of a compound, its initials.

This depends on nothing but the word, the lexicon and the vocabulary of the wiki.  Cutting compounds
is the dearest part of the index, so the words are spread over the processors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator import workers
from generator.search import settings
from generator.search.analysis import stem_folded
from generator.search.compounds import Splitter
from generator.search.index import INITIALS_MARK
from generator.search.initials import initials
from generator.search.lexicon import Lexicon, load_lexicon
from generator.search.stopwords import STOP_WORDS

WHOLE = 10
BASE = round(WHOLE * settings.BASE_WEIGHT)
PART = round(WHOLE * settings.PART_WEIGHT)
Numbers = NDArray[np.int64]
Expansion = tuple[tuple[str, int], ...]
"""Terms with their weights in tenths."""


@dataclass(frozen=True, slots=True)
class Expander:
    """Knows the lexicon and the vocabulary."""

    splitter: Splitter
    lexicon: Lexicon

    def word(self, word: str) -> Expansion:
        """The terms that a word of a document counts for."""
        term = stem_folded(word)
        found = {term: WHOLE}
        for base in self.lexicon.bases(term):
            found.setdefault(base, BASE)
        for part in self.splitter.parts(word):
            if part in STOP_WORDS:
                continue
            term = stem_folded(part)
            for base in (term, *self.lexicon.bases(term)):
                found.setdefault(base, PART)
        for way in sorted(initials((word,), self.splitter)):
            found[INITIALS_MARK + way] = PART
        return tuple(found.items())

    def run(self, run: str) -> tuple[str, ...]:
        """The abbreviations that neighbouring words, joined by spaces, may have."""
        ways = initials(tuple(run.split(" ")), self.splitter)
        return tuple(sorted(INITIALS_MARK + way for way in ways))


@dataclass(frozen=True, slots=True)
class Expanded:
    """The terms of all words in one row: those of word n begin at begins[n], sizes[n] of them."""

    begins: Numbers
    sizes: Numbers
    terms: list[str]
    weights: Numbers
    names: list[tuple[str, ...]]
    """For each run its abbreviations."""

    def of_words(self) -> Iterator[tuple[str, bytes]]:
        """For each word its terms, joined by spaces, and their weights."""
        weights = self.weights.astype(np.uint8).tobytes()
        for begin, size in zip(self.begins.tolist(), self.sizes.tolist(), strict=True):
            yield " ".join(self.terms[begin : begin + size]), weights[begin : begin + size]


def expanded_of(words: Sequence[tuple[str, bytes]], names: Sequence[str]) -> Expanded:
    """The inverse of `Expanded.of_words`; `names` of each run, joined by spaces."""
    terms = [text.split(" ") for text, _ in words]
    sizes = np.array([*map(len, terms)], np.int64)
    weights = np.frombuffer(b"".join(w for _, w in words), np.uint8).astype(np.int64)
    every = [*chain.from_iterable(terms)]
    return Expanded(
        np.cumsum(sizes) - sizes, sizes, every, weights, [tuple(n.split()) for n in names]
    )


def expand(words: Sequence[str], runs: Sequence[str], cache_dir: Path | None = None) -> Expanded:
    """The terms of each word and the abbreviations of each run; `words` are the vocabulary."""
    make = partial(_expander, cache_dir, words)
    # Neighbours in the alphabet begin alike, and the splitter remembers beginnings.
    order = sorted(range(len(words)), key=words.__getitem__)
    items = [*(words[n] for n in order), *runs]
    terms: list[str] = []
    sizes, weights = bytearray(), bytearray()
    names: list[tuple[str, ...]] = []
    for part in workers.spread(_some, items, None, make, apart=True):
        if part[1]:
            terms += part[0].split(" ")
        sizes += part[1]
        weights += part[2]
        names += part[3]
    of_order = np.frombuffer(sizes, np.uint32).astype(np.int64)
    begins, all_sizes = np.empty_like(of_order), np.empty_like(of_order)
    begins[order] = np.cumsum(of_order) - of_order
    all_sizes[order] = of_order
    all_weights = np.frombuffer(weights, np.uint8).astype(np.int64)
    return Expanded(begins, all_sizes, terms, all_weights, names)


def _expander(cache_dir: Path | None, words: Collection[str]) -> Expander:
    lexicon = load_lexicon(cache_dir)
    return Expander(Splitter(lexicon, words), lexicon)


def _some(
    expander: Expander, items: Sequence[str]
) -> tuple[str, bytes, bytes, list[tuple[str, ...]]]:
    """Of words the terms, how many there are of each word, and their weights: one text and two rows of
    bytes are sent far quicker than a hundred thousand tuples.  Of runs, which have spaces, the names."""
    found = [expander.word(item) for item in items if " " not in item]
    every = [*chain.from_iterable(found)]
    return (
        " ".join([term for term, _ in every]),
        np.array([*map(len, found)], np.uint32).tobytes(),
        bytes([weight for _, weight in every]),
        [expander.run(item) for item in items if " " in item],
    )

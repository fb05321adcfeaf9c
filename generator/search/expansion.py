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


def expand(
    words: Sequence[str], runs: Sequence[str], lexicon: Lexicon, cache_dir: Path | None = None
) -> tuple[list[Expansion], list[tuple[str, ...]], Expander]:
    """The terms of each word and the abbreviations of each run, both in their order."""
    expander = Expander(Splitter(lexicon, words), lexicon)
    again = None
    if workers.start_method() != "fork":
        again = partial(_expander, cache_dir, words)
    # Neighbours in the alphabet begin alike, and the splitter remembers beginnings.
    order = sorted(range(len(words)), key=words.__getitem__)
    parts = workers.spread(_words, [words[n] for n in order], expander, again)
    of_words: list[Expansion] = [()] * len(words)
    for n, found in zip(order, chain.from_iterable(map(_unpacked, parts)), strict=True):
        of_words[n] = found
    names = list(chain.from_iterable(workers.spread(_runs, runs, expander, again)))
    return of_words, names, expander


def _expander(cache_dir: Path | None, words: Collection[str]) -> Expander:
    lexicon = load_lexicon(cache_dir)
    return Expander(Splitter(lexicon, words), lexicon)


def _words(expander: Expander, words: Sequence[str]) -> str:
    """One text is sent far quicker than a hundred thousand tuples."""
    return "\n".join(
        " ".join(chain.from_iterable((term, str(weight)) for term, weight in expander.word(word)))
        for word in words
    )


def _unpacked(text: str) -> Iterator[Expansion]:
    for line in text.split("\n"):
        told = line.split(" ")
        yield tuple(zip(told[::2], map(int, told[1::2]), strict=True))


def _runs(expander: Expander, runs: Sequence[str]) -> list[tuple[str, ...]]:
    return [*map(expander.run, runs)]

"""What the synonym groups add to the dictionary of the index: their own lists and marks at words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from generator.search import settings
from generator.search.analysis import fold, stem_folded
from generator.search.bits import pack_postings
from generator.search.codec import name_hash, pack_sorted, pack_values, size_code
from generator.search.compounds import SHORT_NOUNS, Splitter
from generator.search.index import GROUP_MARK, Phrases
from generator.search.lexicon import Lexicon
from generator.search.lines import Line
from generator.search.stopwords import QUESTION_WORDS, STOP_WORDS, WEAK_WORDS
from generator.search.synonyms import Group, phrase, phrases
from generator.search.weighing import Bytes

CORRECT = "="
"""Stands where the base forms of a term would, if it is a word that needs no correction."""
_SEPARATOR = "|"
_SHORTEST_LOOSE = 4
_MOST_LOOSE = 3
_LONG_WORD = 8
Sources = tuple[list[str], list[list[str]]]
"""Where the list of a group comes from: its terms, and the pieces of its compounds."""


class Meanings:
    """The synonym groups of a wiki, as the index sees them."""

    def __init__(self, groups: Sequence[Group], kept: Any = None) -> None:
        """`kept`: what `as_data` gave for the same groups; words are dear to take apart."""
        self.groups = groups
        if kept is None:
            self.known: Phrases = phrases(groups)
            self.related = _related(groups)
        else:
            self.known = {tuple(key): tuple(numbers) for key, numbers in kept[0]}
            self.related = kept[1]
        self.members = {"_".join(key): numbers for key, numbers in self.known.items()}
        """Word or phrase → numbers of its groups."""
        self.loose = _loose_words(self.members)
        self.words = {key[0] for key in self.known if len(key) == 1}

    def as_data(self) -> Any:
        """For JSON, to be kept between builds."""
        return [[*self.known.items()], self.related]

    @property
    def marked(self) -> set[str]:
        """The terms that have a line even if no document has them."""
        return {*self.members, *self.loose}

    def extras(self, term: str, told: str = "") -> str:
        """The columns behind the postings of a term; `told` is what stands in the first one."""
        if not told and term[0] == GROUP_MARK:
            words = self.groups[int(term[1:])].words
            told = _SEPARATOR.join(re.sub(r"[|\s]+", " ", word) for word in words)
        members = " ".join(map(str, self.members.get(term, ())))
        loose = " ".join(map(str, self.loose.get(term, ())))
        return f"{told}\t{members}\t{loose}".rstrip("\t")

    @cached_property
    def _of_group(self) -> dict[int, list[tuple[str, ...]]]:
        members: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for key, numbers in self.known.items():
            for number in numbers:
                members[number].append(key)
        return members

    def sources(self, number: int, splitter: Splitter, lexicon: Lexicon) -> Sources:
        """Where the list of a group comes from."""
        terms: list[str] = []
        for key in self._of_group[number]:
            terms += ["_".join(key), *(lexicon.bases(key[0]) if len(key) == 1 else ())]
        compounds = []
        for text in self.groups[number].words:
            folded = fold(text)
            if folded.isalpha() and len(folded) >= _LONG_WORD:
                compounds.append([stem_folded(piece) for piece in splitter.pieces(folded)])
        return terms, [pieces for pieces in compounds if pieces]

    def language(self, core: Iterable[str], size: Callable[[int], int]) -> dict[str, object]:
        """The file about the language; `size`: in how many documents a group is."""
        hashes = sorted({name_hash(member) for member in self.members if "_" in member})
        single = {member for member in self.members if "_" not in member}
        return {
            "stop": " ".join(sorted(STOP_WORDS)),
            "question": " ".join(sorted(QUESTION_WORDS)),
            "short": " ".join(sorted(SHORT_NOUNS)),
            "weak": " ".join(sorted(WEAK_WORDS)),
            "words": pack_sorted(sorted(single.difference(core))),
            "phrases": pack_postings(hashes, [0] * len(hashes)),
            "related": "\n".join(" ".join(map(str, numbers)) for numbers in self.related),
            "sizes": pack_values(size_code(size(n)) for n in range(len(self.groups))),
        }


def group_line(
    sources: Sources, line: Callable[[str], Line], count: int, extras: str
) -> Line | None:
    """The line of a synonym group: in each document the best impact of any of its words.

    `line` gives that of a term; `count` is the number of documents.  None if no document has one.
    """
    terms, compounds = sources
    best = np.zeros(count, np.uint8)
    for term in terms:
        of_term = line(term)
        best[of_term.documents] = np.maximum(best[of_term.documents], of_term.impacts)
    for pieces in compounds:
        weakest = _all_pieces(pieces, line, count)
        scaled = np.maximum(1, np.rint(weakest * settings.GROUP_PARTS)) * (weakest > 0)
        best = np.maximum(best, scaled.astype(np.uint8))
    documents = np.flatnonzero(best)
    if not len(documents):
        return None
    return Line(extras, 0, documents.astype(np.int32), best[documents])


def _all_pieces(pieces: Sequence[str], line: Callable[[str], Line], count: int) -> Bytes:
    """For every document the weakest impact of the pieces of a compound, if it has all."""
    found: Any = None
    for piece in pieces:
        of_piece = line(piece)
        own = np.zeros(count, np.uint8)
        own[of_piece.documents] = of_piece.impacts
        found = own if found is None else np.minimum(found, own)
    weakest: Bytes = found
    return weakest


def _related(groups: Sequence[Group]) -> list[list[int]]:
    """For each group the numbers of those that it points to."""
    main = {phrase(group.begriff): number for number, group in reversed([*enumerate(groups)])}
    return [
        sorted({main[key] for key in map(phrase, group.siehe) if key in main} - {number})
        for number, group in enumerate(groups)
    ]


def _loose_words(members: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Words inside the phrases of a few groups only: Schaukasten in digitaler Schaukasten."""
    found: dict[str, list[int]] = {}
    for member, numbers in members.items():
        for word in member.split("_") if "_" in member else ():
            if len(word) >= _SHORTEST_LOOSE:
                present = found.setdefault(word, [])
                present += [number for number in numbers if number not in present]
    return {word: numbers for word, numbers in found.items() if len(numbers) <= _MOST_LOOSE}

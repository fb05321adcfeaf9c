"""The words of one document, as the index counts them.

``analyse`` looks at one document only: its result is kept between builds and computed in parallel,
as one line of JSON.  ``merge`` (``merging.py``) brings all documents together.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.search import settings
from generator.search.analysis import CHUNK, chunk_words, normalise, stem_folded
from generator.search.documents import SearchDocument
from generator.search.initials import Run, runs
from generator.search.stopwords import is_stop_word

Phrases = Mapping[tuple[str, ...], tuple[int, ...]]
Starts = Mapping[str, Sequence[tuple[str, ...]]]
GROUP_MARK = "~"
"""Group lists stand beside the terms as ``~17``; ``~`` sorts behind all letters."""
INITIALS_MARK = "^"
"""Guessed abbreviations stand beside the terms as ``^dms``."""


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The words of one document, per field."""

    counts: tuple[dict[str, int], ...]
    """Folded word → tenths of occurrences; pieces of hyphenated words count as parts."""
    lengths: tuple[int, ...]
    phrases: dict[str, int]
    """Known phrases that occur, with the weights of their fields added up, in tenths."""
    runs: frozenset[Run]
    """Neighbouring words that may be known by their initials."""

    def as_json(self) -> str:
        """In the shape that is quick to read: lists of words as one text each."""
        return json.dumps(
            [
                [" ".join(count) for count in self.counts],
                [[*count.values()] for count in self.counts],
                self.lengths,
                self.phrases,
                sorted(" ".join(run) for run in self.runs),
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )


def phrase_starts(known: Phrases) -> dict[str, list[tuple[str, ...]]]:
    """Multi-word phrases by their first stem."""
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in known:
        if len(key) > 1:
            starts[key[0]].append(key)
    return dict(starts)


def analyse(source: SearchDocument, starts: Starts) -> DocumentTerms:
    """The words of a document: a pure function of the document and the known phrases."""
    texts = (source.title, " \n".join(source.tags), source.summary, source.body)
    counts: list[dict[str, int]] = []
    lengths: list[int] = []
    found: dict[str, int] = {}
    named: set[Run] = set()
    for text, weight in zip(texts, settings.FIELD_WEIGHT, strict=True):
        text = normalise(text)
        named |= runs(text[: settings.NAMES_LENGTH])
        chunks = CHUNK.findall(text)
        count: dict[str, int] = {}
        length = 0
        stems: dict[str, str] = {}
        for chunk, times in Counter(chunks).items():
            term, folded, parts = _terms_of(chunk)
            if term:
                length += times
                stems[chunk] = term
            if folded:
                count[folded] = count.get(folded, 0) + _WHOLE * times
            for part in parts:
                count[part] = count.get(part, 0) + _PART * times
        for key, occurrences in _phrases(chunks, stems, starts):
            name = "_".join(key)
            found[name] = found.get(name, 0) + round(10 * weight) * occurrences
        counts.append(count)
        lengths.append(length)
    return DocumentTerms(tuple(counts), tuple(lengths), found, frozenset(named))


def _phrases(
    chunks: Sequence[str], stem_of: Mapping[str, str], starts: Starts
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The known phrases in a text and how often each occurs."""
    present = {*stem_of.values()}
    possible = [
        key for first in starts.keys() & present for key in starts[first] if present.issuperset(key)
    ]
    if not possible:
        return
    stems = [stem_of[chunk] for chunk in chunks if chunk in stem_of]
    told = f"{_BREAK}{_BREAK.join(stems)}{_BREAK}"
    places: dict[str, list[int]] = defaultdict(list)
    firsts = {key[0] for key in possible}
    for at, stem in enumerate(stems):
        if stem in firsts:
            places[stem].append(at)
    for key in possible:
        # Looking through the whole text as one string is quicker, and mostly the answer is no.
        if f"{_BREAK}{_BREAK.join(key)}{_BREAK}" in told:
            size = len(key)
            yield key, sum(tuple(stems[at : at + size]) == key for at in places[key[0]])


_BREAK = " "
_WHOLE, _PART = 10, round(10 * settings.PART_WEIGHT)  # of a word and of a part of it, in tenths


@lru_cache(maxsize=1 << 15)
def _terms_of(chunk: str) -> tuple[str, str, tuple[str, ...]]:
    """Of a written word: its term and its folded form as a whole (empty for a stop word), and its
    folded parts."""
    term = whole_form = ""
    parts = []
    for surface, folded, whole in chunk_words(chunk):
        if is_stop_word(surface, folded):
            continue
        if whole:
            term, whole_form = stem_folded(folded), folded
        else:
            parts.append(folded)
    return term, whole_form, tuple(parts)

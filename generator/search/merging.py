"""All documents together: the whole dictionary of the index, and what later edits must know of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from generator.search import settings
from generator.search.codec import pack_sorted
from generator.search.expansion import Expanded
from generator.search.index import GROUP_MARK, INITIALS_MARK
from generator.search.lexicon import Lexicon
from generator.search.lines import EMPTY, Line, Lines
from generator.search.meanings import CORRECT, Meanings, Sources, group_line
from generator.search.vocabulary import keys
from generator.search.weighing import Numbers, Told, Weighed, averages_of

MARKS = (GROUP_MARK, INITIALS_MARK)


@dataclass(frozen=True, slots=True)
class Merged:
    """The dictionary and where it comes from."""

    lines: Lines
    told: Told
    expanded: Expanded
    sources: list[Sources]
    """Of the list of each synonym group."""
    census: Census


@dataclass(slots=True)
class Census:
    """All terms that documents have, sorted: how important each is, and in how many documents."""

    terms: list[str]
    importance: Numbers
    sizes: Numbers
    core_at: Numbers
    """The places of the most important terms."""
    packed: str = ""
    """These terms as the index has them, once somebody asked for it."""

    @classmethod
    def of(cls, lines: Lines) -> Census:
        there = lines.sizes > 0
        terms = [*compress(lines.terms, there.tolist())]
        importance = lines.importance[there]
        return cls(terms, importance, lines.sizes[there], core_terms(terms, importance))

    @property
    def core(self) -> list[str]:
        """The most important terms, sorted; all of them while the wiki is small."""
        return [self.terms[at] for at in self.core_at.tolist()]

    def packed_core(self) -> str:
        if not self.packed:
            self.packed = pack_sorted(self.core)
        return self.packed

    def edited(self, lines: Mapping[str, Line]) -> Census:
        """With other lines in place of some."""
        kept = np.ones(len(self.terms), bool)
        for term in lines:
            at = self._at(term)
            if at is not None:
                kept[at] = False
        new = sorted(term for term, line in lines.items() if len(line.documents))
        rest = [*compress(self.terms, kept.tolist())]
        places = [bisect_left(rest, term) for term in new]
        importance = np.insert(self.importance[kept], places, [lines[t].importance for t in new])
        sizes = np.insert(self.sizes[kept], places, [len(lines[t].documents) for t in new])
        for at, term in zip(reversed(places), reversed(new), strict=True):
            rest.insert(at, term)
        census = Census(rest, importance, sizes, core_terms(rest, importance))
        census.packed = self.packed if census.core == self.core else ""
        return census

    def prominent(self, term: str) -> bool:
        """Is a term important, but not in the core?"""
        at = self._at(term)
        return (
            at is not None
            and bool(self.importance[at] > settings.PROMINENT)
            and not self._in_core(at)
        )

    def size(self, term: str) -> int:
        """In how many documents a term is."""
        at = self._at(term)
        return 0 if at is None else int(self.sizes[at])

    def core_sizes(self) -> Numbers:
        """In how many documents each term of the core is: so many binary digits has the number."""
        digits: Numbers = np.frexp(self.sizes[self.core_at])[1].astype(np.int64)
        return digits

    def _in_core(self, at: int) -> bool:
        found = int(np.searchsorted(self.core_at, at))
        return found < len(self.core_at) and int(self.core_at[found]) == at

    def _at(self, term: str) -> int | None:
        at = bisect_left(self.terms, term)
        return at if at < len(self.terms) and self.terms[at] == term else None


def merge(
    told: Told, expanded: Expanded, meanings: Meanings, lexicon: Lexicon, sources: list[Sources]
) -> Merged:
    """The dictionary of all documents; `sources` of the lists of the synonym groups."""
    weighed = told.weigh(expanded, averages_of(told.totals, told.count))
    lists: dict[str, Line] = {}
    line = _Lookup(weighed)
    for number, of_group in enumerate(sources):
        name = f"{GROUP_MARK}{number}"
        found = group_line(of_group, line, told.count, meanings.extras(name))
        if found:
            lists[name] = found
    first = first_columns(weighed, meanings, lexicon)
    known = {weighed.terms[at] for at in core_terms(weighed.terms, weighed.importance).tolist()}
    for number in (weighed.importance > settings.PROMINENT).nonzero()[0].tolist():
        term = weighed.terms[number]
        if not sounds(term) or term in known:
            continue
        for key in keys(term):
            first[key] = f"{first[key]} {term}" if key in first else term
    marked = {
        term: meanings.extras(term, first.get(term, "")) for term in {*first, *meanings.marked}
    }
    lines = _with_lines(weighed, lists, marked)
    return Merged(lines, told, expanded, sources, Census.of(lines))


def first_columns(weighed: Weighed, meanings: Meanings, lexicon: Lexicon) -> dict[str, str]:
    """What stands in the first column of terms: base forms, or that they are right as they are."""
    known = {*weighed.terms, *meanings.words}
    first = {form: " ".join(bases) for form, bases in lexicon.redirects(known)}
    right = lexicon.short - set(weighed.terms) - first.keys() - meanings.words
    return first | dict.fromkeys(right, CORRECT)


def core_terms(terms: Sequence[str], importance: Numbers) -> Numbers:
    """The places of the most important terms, in order."""
    core: list[int] = []
    for number in (-importance).argsort(kind="stable").tolist():
        term = terms[number]
        if term[0] not in MARKS and "_" not in term and not term.isdigit():
            core.append(number)
            if len(core) == settings.CORE_TERMS:
                break
    return np.sort(np.array(core, np.int64))


def sounds(term: str) -> bool:
    """May a typing error look for a term by sound?  It does for prominent ones outside the core."""
    return len(term) >= settings.SHORTEST_RARE and term.isalpha()


class _Lookup:
    """The postings of a term."""

    def __init__(self, weighed: Weighed) -> None:
        self._weighed = weighed

    def __call__(self, term: str) -> Line:
        weighed = self._weighed
        at = bisect_left(weighed.terms, term)
        if at == len(weighed.terms) or weighed.terms[at] != term:
            return EMPTY
        start, end = weighed.starts[at], weighed.starts[at + 1]
        return Line("", 0, weighed.documents[start:end], weighed.impacts[start:end])


def _with_lines(weighed: Weighed, lists: Mapping[str, Line], marked: Mapping[str, str]) -> Lines:
    """All lines: the postings of terms, the lists of groups and what is marked, in order."""
    terms = sorted({*weighed.terms, *lists, *marked})
    number = {term: at for at, term in enumerate(terms)}
    extras = [""] * len(terms)
    for term, extra in marked.items():
        extras[number[term]] = extra
    sizes = np.zeros(len(terms), np.int64)
    importance = np.zeros(len(terms), np.int64)
    own = np.fromiter((number[t] for t in weighed.terms), np.int64, len(weighed.terms))
    sizes[own] = np.diff(weighed.starts)
    importance[own] = weighed.importance
    for term, line in lists.items():
        sizes[number[term]] = len(line.documents)
        extras[number[term]] = line.extras
    starts = np.concatenate(([0], np.cumsum(sizes)))
    documents = np.empty(starts[-1], np.int32)
    impacts = np.empty(starts[-1], np.uint8)
    of_terms = np.ones(starts[-1], bool)
    for term, line in lists.items():
        start, end = starts[number[term]], starts[number[term] + 1]
        documents[start:end], impacts[start:end] = line.documents, line.impacts
        of_terms[start:end] = False
    documents[of_terms], impacts[of_terms] = weighed.documents, weighed.impacts
    return Lines(terms, extras, importance, starts, documents, impacts)

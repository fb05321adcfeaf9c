"""The dictionary after an edit: the same lines as if it were made anew, by changing only some.

The words of the edited documents are weighed twice, as they were and as they are; what differs goes out
of the lines and into them.  A word that is new to the wiki, or gone, may change how other words are cut
(`compounds.helps`): those that have it inside.  Documents with such words count as edited.

Where too much changes at once (another average length, a tenth of the documents), `revise` gives up: then
everything is merged anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from generator.search.index import GROUP_MARK
from generator.search.kept import Kept, Known
from generator.search.lexicon import Lexicon
from generator.search.lines import EMPTY, Line, Lines, joined
from generator.search.meanings import CORRECT, Meanings, group_line
from generator.search.merging import MARKS, Census, sounds
from generator.search.rewording import Rewording
from generator.search.vocabulary import keys
from generator.search.weighing import Documents, Told, Weighed, averages_of


class Texts(Protocol):
    """The words of all documents (JSON of ``DocumentTerms``) as they are today, by the documents' names."""

    def __call__(self, name: str) -> str: ...

    def with_run(self, run: str) -> Iterable[str]:
        """Names of documents with these neighbouring words."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What has changed."""

    before: Sequence[str]
    """The names of all documents as they were numbered."""
    after: Sequence[str]
    old: Mapping[str, str]
    """The words of edited and deleted documents as they were."""
    new: Mapping[str, str]
    """Those of edited and new documents as they are."""


@dataclass(slots=True)
class Revised:
    """Stretches that are new or changed, and names of those that are no more."""

    census: Census
    stretches: dict[str, Lines] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


class TooMuch(Exception):
    """Better to merge everything anew."""


def revise(kept: Kept, known: Known, edit: Edit, texts: Texts, meanings: Meanings, lexicon: Callable[[], Lexicon]) -> Revised:  # fmt: skip
    """What an edit changes.  Brings `known`, and the words and the census in `kept` up to date, not the stretches.

    Raises `TooMuch`; then `kept` is of no use any more.
    """
    most = max(40, len(edit.after) // 10)
    totals = _totals(edit, known.totals)
    averages = averages_of(totals, len(edit.after))
    if averages != averages_of(known.totals, len(edit.before)) or len(edit.new) > most:
        raise TooMuch
    words = Rewording(kept, meanings, lexicon)
    words.count(edit.old.values(), edit.new.values())
    old, new = dict(edit.old), dict(edit.new)
    lines = _Lines(kept, edit)
    for name in _with_changed_words(words, lines, edit, texts, most):
        if name not in old:
            old[name] = new[name] = texts(name)
    before, after = Told(old.values()), Told(new.values())
    was = before.weigh(words.as_they_were(before), averages)
    now = after.weigh(words.as_they_are(after), averages)
    changes = _Changes(lines, meanings, lexicon)
    changes.postings(was, lines.numbers(old), now, lines.numbers(new))
    changes.groups(known, words, len(edit.after))
    changes.first_columns()
    census = changes.sounds()
    known.totals = totals
    words.keep()
    kept.set_census(census)
    return lines.revised(census)


def _totals(edit: Edit, totals: Sequence[int]) -> list[int]:
    """The lengths of each field, added up, after the edit."""
    less, more = Told(edit.old.values()).totals, Told(edit.new.values()).totals
    return [total - out + into for total, out, into in zip(totals, less, more, strict=True)]


def _with_changed_words(words: Rewording, lines: _Lines, edit: Edit, texts: Texts, most: int) -> Iterable[str]:  # fmt: skip
    """The documents with words that count for other terms now."""
    found: set[str] = set()
    candidates: dict[str, set[str]] = {}
    for word, stem in words.changed.items():
        for name in lines.documents_of(stem):
            candidates.setdefault(name, set()).add(f" {word} ")
        if len(candidates) > 4 * most:
            raise TooMuch
    for name, wanted in candidates.items():
        if name not in edit.new and name not in edit.old:
            spaced = texts(name).replace('"', " ")
            if any(word in spaced for word in wanted):
                found.add(name)
    for run in words.changed_runs:
        found.update(texts.with_run(run))
    if len(found) > most:
        raise TooMuch
    return sorted(found)


class _Lines:
    """The lines of the dictionary, taken out of `kept` by stretches when somebody asks."""

    def __init__(self, kept: Kept, edit: Edit) -> None:
        self.kept = kept
        self._names = kept.names()
        self._edit = edit
        self._number = {name: n for n, name in enumerate(edit.after)}
        same = list(edit.before) == list(edit.after)
        self._moved: Documents | None = None if same else self._mapping()
        self._loaded: dict[str, Lines] = {}
        self._places: dict[str, dict[str, int]] = {}
        self.edits: dict[str, dict[str, Line]] = {}

    def _mapping(self) -> Documents:
        return np.array([self._number.get(name, -1) for name in self._edit.before], np.int32)

    def numbers(self, names: Iterable[str]) -> list[int]:
        """The numbers of documents today; those that are no more have numbers below zero."""
        return [self._number.get(name, -1 - at) for at, name in enumerate(names)]

    def documents_of(self, term: str) -> list[str]:
        """The names of the documents that have a term, today or until now; all are there today."""
        return [self._edit.after[n] for n in self[term].documents.tolist() if n >= 0]

    def _stretch(self, term: str) -> str:
        at = bisect_right(self._names, term) - 1
        return self._names[at] if at >= 0 else ""

    def _load(self, name: str) -> Lines:
        if name not in self._loaded:
            lines = self.kept.stretch(name) if name in self._names else joined([])
            if self._moved is not None:
                moved = self._moved[lines.documents]
                lines = Lines(
                    lines.terms, lines.extras, lines.importance, lines.starts, moved, lines.impacts
                )
            self._loaded[name] = lines
        return self._loaded[name]

    def __getitem__(self, term: str) -> Line:
        """A line as it is by now; empty if there is none."""
        name = self._stretch(term)
        edited = self.edits.get(name, {}).get(term)
        if edited is not None:
            return edited
        lines = self._load(name)
        if name not in self._places:
            self._places[name] = {t: n for n, t in enumerate(lines.terms)}
        at = self._places[name].get(term)
        return EMPTY if at is None else lines.line(at)

    def __setitem__(self, term: str, line: Line) -> None:
        self.edits.setdefault(self._stretch(term), {})[term] = line

    def edited(self) -> dict[str, Line]:
        return {term: line for edits in self.edits.values() for term, line in edits.items()}

    def revised(self, census: Census) -> Revised:
        """The stretches that differ now."""
        touched = set(self._names) if self._moved is not None else set()
        pending = {
            name: self._load(name).edited(self.edits[name])
            if name in self.edits
            else self._load(name)
            for name in sorted(touched | self.edits.keys())
        }
        revised = Revised(census)
        for name in sorted(pending, reverse=True):
            lines = pending[name]
            if name and (not lines.terms or lines.terms[0] != name):  # its first term is gone
                at = bisect_right(self._names, name) - 2
                before = self._names[at] if at >= 0 else ""
                pending[before] = joined([pending.get(before) or self._load(before), lines])
                del pending[name]
                revised.gone.add(name)
        for name, lines in pending.items():
            parts = dict(lines.stretches())
            revised.stretches |= parts
            if name not in parts and name in self._names:
                revised.gone.add(name)
        return revised


class _Changes:
    """Carries changes from postings on to whatever follows from them."""

    def __init__(self, lines: _Lines, meanings: Meanings, lexicon: Callable[[], Lexicon]) -> None:
        self._lines, self._meanings, self._lexicon = lines, meanings, lexicon
        self._changed: set[str] = set()
        self._come_or_gone: set[str] = set()

    def postings(self, was: Weighed, old: Sequence[int], now: Weighed, new: Sequence[int]) -> None:
        """Postings out and in.  `old` and `new`: the numbers of the documents weighed."""
        before, after = was.pairs(old), now.pairs(new)
        out: dict[str, list[int]] = {}
        into: dict[str, list[tuple[int, int]]] = {}
        for (term, document), impact in before.items():
            if after.get((term, document)) != impact:
                out.setdefault(term, []).append(document)
        for (term, document), impact in after.items():
            if before.get((term, document)) != impact:
                into.setdefault(term, []).append((document, impact))
        importance = dict(zip(now.terms, now.importance.tolist(), strict=True))
        for term, less in zip(was.terms, was.importance.tolist(), strict=True):
            importance[term] = importance.get(term, 0) - less
        for term in out.keys() | into.keys() | {t for t, more in importance.items() if more}:
            line = self._lines[term]
            keep = (line.documents >= 0) & ~np.isin(line.documents, out.get(term, ()))
            more = sorted(into.get(term, ()))
            documents = np.concatenate(
                (line.documents[keep], np.array([d for d, _ in more], np.int32))
            )
            impacts = np.concatenate((line.impacts[keep], np.array([i for _, i in more], np.uint8)))
            order = np.argsort(documents, kind="stable")
            weight = line.importance + importance.get(term, 0)
            self._lines[term] = Line(line.extras, weight, documents[order], impacts[order])
            self._changed.add(term)
            if bool(len(line.documents)) != bool(len(documents)):
                self._come_or_gone.add(term)

    def groups(self, known: Known, words: Rewording, count: int) -> None:
        """The lists of synonym groups that come from changed terms."""
        again = words.changed_sources(known)
        for number, (terms, compounds) in enumerate(known.sources):
            every = {*terms, *(piece for pieces in compounds for piece in pieces)}
            if number in again or not self._changed.isdisjoint(every):
                name = f"{GROUP_MARK}{number}"
                extras = self._meanings.extras(name)
                line = group_line((terms, compounds), self._lines.__getitem__, count, extras)
                self._lines[name] = line or EMPTY

    def first_columns(self) -> None:
        """Where a form of a word leads, and which words are right as they are."""
        terms = {t for t in self._come_or_gone if t[0] not in MARKS and "_" not in t}
        if not terms:
            return
        lexicon = self._lexicon()
        forms = terms | lexicon.forms_of(terms)
        known = self._meanings.words
        for form in forms:
            line = self._lines[form]
            bases = [b for b in lexicon.bases(form) if b in known or len(self._lines[b].documents)]
            if bases and lexicon.is_typed(form):
                told = " ".join(bases)
            else:
                right = form in lexicon.short and not len(line.documents) and form not in known
                told = CORRECT if right else ""
            extras = self._meanings.extras(form, told)
            if extras != line.extras:
                self._lines[form] = line._replace(extras=extras)

    def sounds(self) -> Census:
        """Where typing errors look for prominent terms outside the core, which may have changed."""
        before = self._lines.kept.census()
        edited = self._lines.edited()
        census = before.edited(edited)
        places: dict[str, set[str]] = {}
        after = set()
        for term in filter(sounds, edited.keys() | set(before.core) ^ set(census.core)):
            now = census.prominent(term)
            if now:
                after.add(term)
            for key in keys(term) if now != before.prominent(term) else ():
                places.setdefault(key, set()).add(term)
        for key, terms in places.items():
            line = self._lines[key]
            present = set(line.extras.split(" ")) - {""}
            told = " ".join(sorted((present - terms) | (terms & after)))
            self._lines[key] = line._replace(extras=told)
        return census

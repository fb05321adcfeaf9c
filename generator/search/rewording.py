"""How an edit changes the words of the wiki, and what its words count for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain

from generator.search.analysis import fold, stem_folded
from generator.search.compounds import Splitter, helps
from generator.search.expansion import Expanded, Expander, expanded_of
from generator.search.kept import Kept, Known, Run, Vocabulary, Word
from generator.search.lexicon import Lexicon
from generator.search.meanings import Meanings
from generator.search.weighing import Told


class Rewording:
    """Words and runs as they were and as they are.  `lexicon` is called only when it is needed."""

    def __init__(self, kept: Kept, meanings: Meanings, lexicon: Callable[[], Lexicon]) -> None:
        self._kept, self._meanings, self._lexicon = kept, meanings, lexicon
        self._words: dict[str, Word | None] = {}  # those that are not as they were
        self._runs: dict[str, Run | None] = {}
        self._needles: set[str] = set()
        self._known: Vocabulary | None = None
        self._made: Expander | None = None
        self.changed: dict[str, str] = {}
        """Word that stood in the wiki before and counts for other terms now → its stem."""
        self.changed_runs: set[str] = set()

    def count(self, old: Iterable[str], new: Iterable[str]) -> None:
        """Take out the words of the old texts and put in those of the new ones."""
        words, runs = _counted(new)
        words_then, runs_then = _counted(old)
        words.subtract(words_then)
        runs.subtract(runs_then)
        known = self._kept.words(word for word, times in words.items() if times)
        known_runs = self._kept.runs(run for run, times in runs.items() if times)
        come = {w for w, times in words.items() if times > 0 and w not in known}
        gone = {w for w, row in known.items() if row.used + words[w] == 0}
        self._words = dict.fromkeys(gone)
        self._words |= {
            w: row._replace(used=row.used + words[w]) for w, row in known.items() if w not in gone
        }
        self._runs = {
            run: row._replace(used=row.used + runs[run]) if row.used + runs[run] else None
            for run, row in known_runs.items()
        }
        new_runs = [r for r, times in runs.items() if times > 0 and r not in known_runs]
        if come or gone:
            self._note_needles(come, gone)
        for word in sorted(come):
            self._words[word] = self._word(word, words[word])
        for run in new_runs:
            self._runs[run] = self._run(run, runs[run])
        self._look_inside()

    @property
    def _expander(self) -> Expander:
        """Cuts words by the vocabulary of today."""
        if self._made is None:
            lexicon, words = self._lexicon(), self._vocabulary
            splitter = Splitter.over(lexicon, words, frozenset(words.stems))
            self._made = Expander(splitter, lexicon)
        return self._made

    @property
    def _vocabulary(self) -> Vocabulary:
        if self._known is None:
            self._known = self._kept.vocabulary()
        return self._known

    def _note_needles(self, come: set[str], gone: set[str]) -> None:
        """What other words may be cut by now, or not any more."""
        words = self._vocabulary
        for word in gone:
            words.remove(word)
        turned = {word: stem_folded(word) for word in filter(helps, come | gone)}
        lasting = set(turned.values()).intersection(words.stems)
        self._needles = {word if stem in lasting else stem for word, stem in turned.items()}
        for word in sorted(come):
            words.add(word, stem_folded(word))

    def _word(self, word: str, used: int) -> Word:
        terms = self._expander.word(word)
        weights = bytes(weight for _, weight in terms)
        return Word(word, used, " ".join(term for term, _ in terms), weights)

    def _run(self, run: str, used: int) -> Run:
        return Run(run, used, " ".join(self._expander.run(run)))

    def _look_inside(self) -> None:
        """Find the other words that are cut differently now."""
        if not self._needles:
            return
        words = self._vocabulary
        every = chain(words.words, words.others)
        found = _having(every, self._needles) - self._words.keys()
        found |= {w for w, row in self._words.items() if row and _has(w, self._needles)}
        for word, row in (
            self._kept.words(found) | {w: r for w in found if (r := self._words.get(w))}
        ).items():
            now = self._word(word, row.used)
            if now != row:
                self._words[word] = now
                self.changed[word] = row.terms.partition(" ")[0]
        runs = self._kept.all_runs()
        for run, told in self._kept.runs(_having(runs, self._needles)).items():
            current = self._runs.get(run, told)
            if current is not None:
                now_run = self._run(run, current.used)
                if now_run.names != told.names:
                    self.changed_runs.add(run)
                    self._runs[run] = now_run

    def changed_sources(self, known: Known) -> set[int]:
        """Groups whose lists come from elsewhere now; `known` is told where."""
        again = set()
        for number, group in enumerate(self._meanings.groups if self._needles else ()):
            if any(_has(fold(word), self._needles) for word in group.words):
                sources = self._meanings.sources(number, self._expander.splitter, self._lexicon())
                if list(sources) != list(known.sources[number]):
                    known.sources[number] = sources
                    again.add(number)
        return again

    def as_they_were(self, told: Told) -> Expanded:
        """The terms of the words of documents before the edit."""
        words, runs = self._kept.words(told.words), self._kept.runs(told.runs)
        return expanded_of(
            [(words[w].terms, words[w].weights) for w in told.words],
            [runs[r].names for r in told.runs],
        )

    def as_they_are(self, told: Told) -> Expanded:
        """Those after it."""
        words: dict[str, Word | None] = {**self._kept.words(told.words), **self._words}
        runs: dict[str, Run | None] = {**self._kept.runs(told.runs), **self._runs}
        rows = [row for word in told.words if (row := words[word])]
        names = [of_run.names for run in told.runs if (of_run := runs[run])]
        return expanded_of([(row.terms, row.weights) for row in rows], names)

    def keep(self) -> None:
        """Write what has changed."""
        if self._known is not None:
            self._kept.set_vocabulary(self._known)
        self._kept.drop_words(word for word, row in self._words.items() if row is None)
        self._kept.set_words(row for row in self._words.values() if row)
        self._kept.drop_runs(run for run, row in self._runs.items() if row is None)
        self._kept.set_runs(row for row in self._runs.values() if row)


def _counted(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """In how many documents each word stands, and each run."""
    words: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    for text in texts:
        fields, _, _, _, own_runs = json.loads(text)
        words.update({*chain.from_iterable(told.split() for told in fields)})
        runs.update(set(own_runs))
    return words, runs


def _having(words: Iterable[str], needles: Iterable[str]) -> set[str]:
    """The words with one of the needles inside."""
    text = "\n" + "\n".join(words) + "\n"
    found = set()
    for needle in needles:
        at = text.find(needle)
        while at >= 0:
            end = text.index("\n", at)
            found.add(text[text.rindex("\n", 0, at) + 1 : end])
            at = text.find(needle, end)
    return found


def _has(word: str, needles: Iterable[str]) -> bool:
    return any(needle in word for needle in needles)

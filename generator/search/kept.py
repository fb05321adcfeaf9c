"""What the index leaves for the next build, in tables of the build's database: words with their terms,
and the dictionary by stretches.  Nothing here decides anything."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from generator.search.compounds import helps
from generator.search.lines import Lines, Place
from generator.search.meanings import Sources

TABLES = """
create table words (word text primary key, used integer, terms text, weights blob) without rowid;
create table runs (run text primary key, used integer, names text) without rowid;
create table vocabulary (words text, stems text, others text);
create table stretches (name text primary key, terms text, extras text, importance blob, sizes blob, documents blob, impacts blob, shards text) without rowid;
"""
NAMES = ("words", "runs", "vocabulary", "stretches")


class Word(NamedTuple):
    """A word of the wiki: in how many documents it is, and what it counts for."""

    word: str
    used: int
    terms: str
    weights: bytes


class Run(NamedTuple):
    """Neighbouring words: in how many documents they are, and what they may be called for short."""

    run: str
    used: int
    names: str


@dataclass(slots=True)
class Vocabulary:
    """Every word of the wiki; each part is sorted."""

    words: list[str]
    """Those that count when others are cut (`compounds.helps`)."""
    stems: list[str]
    """Theirs."""
    others: list[str]

    def __contains__(self, word: object) -> bool:
        assert isinstance(word, str)
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at] == word

    def add(self, word: str, stem: str) -> None:
        if not helps(word):
            insort(self.others, word)
            return
        at = bisect_left(self.words, word)
        self.words.insert(at, word)
        self.stems.insert(at, stem)

    def remove(self, word: str) -> None:
        words = self.words if helps(word) else self.others
        at = bisect_left(words, word)
        del words[at]
        if words is self.words:
            del self.stems[at]


@dataclass(slots=True)
class Known:
    """What is kept beside the tables."""

    totals: list[int]
    """The lengths of each field, added up."""
    sources: list[Sources]
    """Of the list of each synonym group."""
    core: list[str]


class Kept:
    """The tables; `db` is the database of the build, with its transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def clear(self) -> None:
        for table in NAMES:
            self._db.execute(f"delete from {table}")

    # Words

    def words(self, wanted: Iterable[str]) -> dict[str, Word]:
        """Those that are known."""
        query = "select * from words where word = ?"
        rows = (self._db.execute(query, (word,)).fetchone() for word in wanted)
        return {row[0]: Word(*row) for row in rows if row}

    def vocabulary(self) -> Vocabulary:
        """Every word."""
        row = self._db.execute("select words, stems, others from vocabulary").fetchone()
        if row:
            return Vocabulary(*([*filter(None, text.split("\n"))] for text in row))
        found = Vocabulary([], [], [])
        for word, terms in self._db.execute("select word, terms from words order by word"):
            if helps(word):
                found.words.append(word)
                found.stems.append(terms.partition(" ")[0])
            else:
                found.others.append(word)
        self.set_vocabulary(found)
        return found

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Keep all words in one piece, which is read quickly."""
        self._db.execute("delete from vocabulary")
        texts = map("\n".join, (vocabulary.words, vocabulary.stems, vocabulary.others))
        self._db.execute("insert into vocabulary values (?, ?, ?)", [*texts])

    def set_words(self, words: Iterable[Word]) -> None:
        self._db.executemany("insert or replace into words values (?, ?, ?, ?)", words)

    def drop_words(self, words: Iterable[str]) -> None:
        self._db.executemany("delete from words where word = ?", ((word,) for word in words))

    # Runs

    def runs(self, wanted: Iterable[str]) -> dict[str, Run]:
        """Those that are known."""
        query = "select * from runs where run = ?"
        rows = (self._db.execute(query, (run,)).fetchone() for run in wanted)
        return {row[0]: Run(*row) for row in rows if row}

    def all_runs(self) -> list[str]:
        return [run for (run,) in self._db.execute("select run from runs")]

    def set_runs(self, runs: Iterable[Run]) -> None:
        self._db.executemany("insert or replace into runs values (?, ?, ?)", runs)

    def drop_runs(self, runs: Iterable[str]) -> None:
        self._db.executemany("delete from runs where run = ?", ((run,) for run in runs))

    # Stretches

    def names(self) -> list[str]:
        """The stretches in their order."""
        return [name for (name,) in self._db.execute("select name from stretches order by name")]

    def stretch(self, name: str) -> Lines:
        row = self._db.execute(
            "select terms, extras, importance, sizes, documents, impacts from stretches where name = ?",
            (name,),
        ).fetchone()
        terms, extras, importance, sizes, documents, impacts = row
        return Lines(
            terms.split("\n") if terms else [],
            extras.split("\n") if terms else [],
            np.frombuffer(importance, np.int64),
            np.concatenate(([0], np.cumsum(np.frombuffer(sizes, np.int32), dtype=np.int64))),
            np.frombuffer(documents, np.int32),
            np.frombuffer(impacts, np.uint8),
        )

    def set_stretches(self, stretches: Iterable[tuple[str, Lines, Sequence[Place]]]) -> None:
        rows = (
            (
                name, "\n".join(lines.terms), "\n".join(lines.extras), lines.importance.tobytes(),
                lines.sizes.astype(np.int32).tobytes(), lines.documents.tobytes(), lines.impacts.tobytes(),
                json.dumps(places),
            )
            for name, lines, places in stretches
        )  # fmt: skip
        self._db.executemany(
            "insert or replace into stretches values (?, ?, ?, ?, ?, ?, ?, ?)", rows
        )

    def drop_stretches(self, names: Iterable[str]) -> None:
        self._db.executemany("delete from stretches where name = ?", ((name,) for name in names))

    def places(self) -> list[Place]:
        """All shards in their order."""
        rows = self._db.execute("select shards from stretches order by name")
        return [Place(*place) for (text,) in rows for place in json.loads(text)]

    def census(self) -> Iterator[tuple[list[str], Any, Any]]:
        """(terms, importance, sizes) of each stretch, in their order."""
        rows = self._db.execute("select terms, importance, sizes from stretches order by name")
        for terms, importance, sizes in rows:
            if terms:
                yield (
                    terms.split("\n"),
                    np.frombuffer(importance, np.int64),
                    np.frombuffer(sizes, np.int32),
                )

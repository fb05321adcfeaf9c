"""What the index leaves for the next build, in tables of the build's database: words with their terms,
the dictionary by stretches, its census and the directory of documents.  Nothing here decides anything.

What every edit asks for stands together in one piece or a table of its own: between long texts it would
have to be looked for all over the database.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from generator.search.compounds import helps
from generator.search.lines import Lines, Place
from generator.search.meanings import Sources
from generator.search.merging import Census
from generator.search.weighing import Numbers

TABLES = """
create table words (word text primary key, used integer, terms text, weights blob) without rowid;
create table runs (run text primary key, used integer, names text) without rowid;
create table vocabulary (words text, stems text, others text);
create table stretches (name text primary key, terms text, extras text, importance blob, sizes blob, documents blob, impacts blob) without rowid;
create table shards (name text primary key, places text) without rowid;
create table census (terms text, importance blob, sizes blob, core blob, packed text);
create table directory (name text primary key, typ text, id text, mark text, tier integer, told text) without rowid;
"""
NAMES = ("words", "runs", "vocabulary", "stretches", "shards", "census", "directory")


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


class Document(NamedTuple):
    """What the directory says of a document."""

    name: str
    """Of its page."""
    typ: str
    id: str
    mark: str
    tier: int
    told: str
    """Stands for what else lists say of it."""


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

    def set_stretches(self, stretches: Sequence[tuple[str, Lines, Sequence[Place]]]) -> None:
        rows = (
            (
                name, "\n".join(lines.terms), "\n".join(lines.extras), lines.importance.tobytes(),
                lines.sizes.astype(np.int32).tobytes(), lines.documents.tobytes(), lines.impacts.tobytes(),
            )
            for name, lines, _ in stretches
        )  # fmt: skip
        self._db.executemany("insert or replace into stretches values (?, ?, ?, ?, ?, ?, ?)", rows)
        told = ((name, json.dumps(places)) for name, _, places in stretches)
        self._db.executemany("insert or replace into shards values (?, ?)", told)

    def drop_stretches(self, names: Iterable[str]) -> None:
        for name in names:
            self._db.execute("delete from stretches where name = ?", (name,))
            self._db.execute("delete from shards where name = ?", (name,))

    def places(self) -> list[Place]:
        """All shards in their order."""
        rows = self._db.execute("select places from shards order by name")
        return [Place(*place) for (text,) in rows for place in json.loads(text)]

    def census(self) -> Census:
        """All terms, as `set_census` kept them."""
        row = self._db.execute("select * from census").fetchone()
        terms, importance, sizes, core, packed = row or ("", b"", b"", b"", "")
        return Census(
            terms.split("\n") if terms else [], _wide(importance), _wide(sizes), _wide(core), packed
        )

    def set_census(self, census: Census) -> None:
        columns = (census.importance, census.sizes, census.core_at)
        numbers = (column.astype(np.int32).tobytes() for column in columns)
        self._db.execute("delete from census")
        row = ("\n".join(census.terms), *numbers, census.packed_core())
        self._db.execute("insert into census values (?, ?, ?, ?, ?)", row)

    # Documents

    def directory(self) -> list[Document]:
        """All documents in the order of the index."""
        return [*map(Document._make, self._db.execute("select * from directory order by typ, id"))]

    def change_directory(self, gone: Iterable[str], documents: Iterable[Document]) -> None:
        self._db.executemany("delete from directory where name = ?", ((name,) for name in gone))
        self._db.executemany(
            "insert or replace into directory values (?, ?, ?, ?, ?, ?)", documents
        )


def _wide(numbers: bytes) -> Numbers:
    return np.frombuffer(numbers, np.int32).astype(np.int64)

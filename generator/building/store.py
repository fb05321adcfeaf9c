"""What a build leaves for the next one: a small SQLite database in the cache folder.

It holds the data of every record, by the stamp and digest of its file; the entries of the catalogue's
lists; what every page read; what every file of the site looked like; and the pieces that the files about
all records are made of.  Data are JSON and text, never pickled objects, and records are validated again
when they are taken out.

SQLite lets one build write at a time, and a build that dies leaves the state before it.  A database that
cannot be read is thrown away: the next build is a full one.  `place.py` says which database is whose.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from generator.building.looking import state_of, written
from generator.building.output import Stamp, State
from generator.building.place import PATIENCE
from generator.building.triples import Triples
from generator.catalogue.entries import Entry
from generator.catalogue.indexes import Row
from generator.catalogue.reading import NOTHING, Noted, number_of
from generator.records.common import Record
from generator.records.files import revived
from generator.search.kept import NAMES, TABLES

_SOME = 2_000  # entries that are written in one step
_TABLES = """
create table meta (key text primary key, value text) without rowid;
create table files (path text primary key, stamp text, digest blob, id text, until text, warnings integer) without rowid;
create unique index by_id on files (id) where id is not null;
create table contents (path text primary key, data text) without rowid;
create table entries (list text, key text, sort text, id text, detail text, primary key (list, key, sort, id, detail)) without rowid;
create table lengths (list text, key text, length integer, primary key (list, key)) without rowid;
create table jobs (id integer primary key, name text unique, facts blob, masks blob);
create table reads (fact integer, job integer, mask integer, primary key (fact, job)) without rowid;
create table outputs (path text primary key, job text, size integer, mtime integer) without rowid;
create index by_job on outputs (job);
create table pieces (kind text, job text, text text, primary key (kind, job)) without rowid;
"""


class Store:
    """The database of one site; see `place.Lock` for who may use it."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the database; None is one of our own that vanishes, for a build that keeps nothing."""
        self.path = path
        self.db = _opened(path)
        self._numbers: dict[str, int] = {}  # of jobs, as far as asked for
        # The last number, if there was none before: whoever is not in `_numbers` is new then.
        self._last: int | None = None
        self._reads = Triples()  # what fresh jobs read, not yet in the database

    def close(self) -> None:
        self.db.close()

    def reopen(self) -> None:
        """A connection of its own for a forked process.  The inherited one must not even be closed: that
        would take back what the other process is writing."""
        self._inherited = self.db
        self.db = _opened(self.path)

    def alone(self) -> None:
        """Nobody else reads until the end: what is written need not wait in memory.  The rows of a full
        build come in nearly the order of their tables, so a small cache is enough.  To be said before
        `begin`: within a transaction SQLite does not take it in."""
        self.db.execute("pragma mmap_size = 0")
        self.db.execute("pragma cache_size = -40000")
        self.db.execute("pragma cache_spill = on")

    def begin(self) -> None:
        self.db.execute("begin immediate")

    def commit(self) -> None:
        self._write_reads()
        self._last = None
        self.db.execute(f"pragma user_version = {self.state + 1}")
        self.db.execute("commit")

    @property
    def state(self) -> int:
        """Another number after each commit."""
        return state_of(self.db)

    def rollback(self) -> None:
        self.db.execute("rollback")
        self._numbers.clear()
        self._last = None
        self._reads = Triples()

    def clear(self) -> None:
        """Forget everything."""
        for table in (
            "meta",
            "files",
            "contents",
            "entries",
            "lengths",
            "jobs",
            "reads",
            "outputs",
            "pieces",
            *NAMES,
        ):
            self.db.execute(f"delete from {table}")
        self._numbers.clear()
        self._last = 0
        self._reads = Triples()

    # Meta

    def meta(self, key: str) -> Any:
        """A value that `set_meta` kept, or None."""
        row = self.db.execute("select value from meta where key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def set_meta(self, key: str, value: Any) -> None:
        self.db.execute("insert or replace into meta values (?, ?)", (key, _json(value)))

    # Files and records

    def files(self) -> dict[str, tuple[str, bytes]]:
        """Path → (stamp, digest) of every content file."""
        rows = self.db.execute("select path, stamp, digest from files")
        return {path: (stamp, digest) for path, stamp, digest in rows}

    def set_file(self, path: str, stamp: str, digest: bytes, record: Record | None = None,
                 data: str = "", until: str = "", warnings: int = 0) -> None:  # fmt: skip
        row = (path, stamp, digest, record.id if record else None, until, warnings)
        self.db.execute("insert or replace into files values (?, ?, ?, ?, ?, ?)", row)
        if data:
            self.db.execute("insert or replace into contents values (?, ?)", (path, data))
        else:
            self.db.execute("delete from contents where path = ?", (path,))

    def touch(self, path: str, stamp: str) -> None:
        """The file is newer, but says the same."""
        self.db.execute("update files set stamp = ? where path = ?", (stamp, path))

    def drop_file(self, path: str) -> None:
        self.db.execute("delete from files where path = ?", (path,))
        self.db.execute("delete from contents where path = ?", (path,))

    def record_at(self, path: str) -> Record | None:
        """The record that a file held at the last build."""
        row = self.db.execute("select data from contents where path = ?", (path,)).fetchone()
        return revived(row[0]) if row else None

    def path_of(self, ident: str) -> str | None:
        """The file of a record."""
        row = self.db.execute("select path from files where id = ?", (ident,)).fetchone()
        return row[0] if row else None

    def warnings(self) -> int:
        """How many warnings the files gave when they were read."""
        (count,) = self.db.execute("select coalesce(sum(warnings), 0) from files").fetchone()
        return int(count)

    def records(self) -> Records:
        return Records(self)

    def dates(self) -> list[tuple[str, str]]:
        """(id, last day on which it holds) of every record."""
        return list(self.db.execute("select id, until from files where id is not null"))

    # Lists

    def rows(self, index: str, key: str) -> list[Row]:
        """One list of the catalogue."""
        found = self.db.execute(
            "select sort, id, detail from entries where list = ? and key = ? order by sort, id, detail",
            (index, key),
        )
        return found.fetchall()

    def length(self, index: str, key: str) -> int:
        """How long a list of the catalogue is."""
        query = "select length from lengths where list = ? and key = ?"
        row = self.db.execute(query, (index, key)).fetchone()
        return row[0] if row else 0

    def set_entries(self, entries: Iterator[Entry]) -> Iterator[None]:
        """The entries of all lists, of which there are none yet; in small steps."""
        while some := [*islice(entries, _SOME)]:
            self.db.executemany("insert or replace into entries values (?, ?, ?, ?, ?)", some)
            yield
        counted = "select list, key, count(*) from entries group by list, key"
        self.db.execute(f"insert into lengths {counted}")

    def change_entries(self, removed: Collection[Entry], added: Collection[Entry]) -> None:
        self.db.executemany(
            "delete from entries where list = ? and key = ? and sort = ? and id = ? and detail = ?",
            removed,
        )
        self.db.executemany("insert or replace into entries values (?, ?, ?, ?, ?)", added)
        counted = "select ?1, ?2, count(*) from entries where list = ?1 and key = ?2"
        places = {(entry[0], entry[1]) for entry in (*removed, *added)}
        self.db.executemany(f"insert or replace into lengths {counted}", places)

    # Jobs

    def jobs(self) -> set[str]:
        return {name for (name,) in self.db.execute("select name from jobs")}

    def jobs_that_read(self, facts: Mapping[str, int]) -> set[str]:
        """The jobs that read one of the facts, in one of the fields of its mask."""
        self._write_reads()
        found: set[str] = set()
        for fact, mask in facts.items():
            found |= {
                name
                for name, read in self.db.execute(
                    "select jobs.name, reads.mask from reads join jobs on jobs.id = reads.job "
                    "where reads.fact = ?",
                    (number_of(fact),),
                )
                if read & mask
            }
        return found

    def set_jobs(self, done: Iterable[tuple[str, Noted]], *, fresh: bool = False) -> None:
        """Keep what jobs read.  With `fresh` the store does not know these jobs yet."""
        done = list(done)
        jobs = self._ids({name for name, _ in done})
        for name, read in done:
            if fresh:
                self._reads.add(jobs[name], read)
            else:
                self._change_reads(jobs[name], read)
        self.db.executemany(
            "update jobs set facts = ?, masks = ? where id = ?",
            ((*read, jobs[name]) for name, read in done),
        )

    def _change_reads(self, job: int, read: Noted) -> None:
        """Most of what a page reads is what it read before: to write all of it anew would take longer
        than to make the page."""
        self._write_reads()
        then, now = dict(self._read_by(job).rows()), dict(read.rows())
        self.db.executemany(
            "delete from reads where fact = ? and job = ?",
            ((fact, job) for fact in then.keys() - now.keys()),
        )
        self.db.executemany(
            "insert or replace into reads values (?, ?, ?)",
            ((fact, job, mask) for fact, mask in now.items() if then.get(fact) != mask),
        )

    def _read_by(self, job: int) -> Noted:
        query = "select coalesce(facts, x''), coalesce(masks, x'') from jobs where id = ?"
        row = self.db.execute(query, (job,)).fetchone()
        return Noted(*row) if row else NOTHING

    def _write_reads(self) -> None:
        """In the order of the table: of a full build they are a million, and finding the place of each
        would take longer than all pages."""
        if self._reads:
            rows, self._reads = self._reads.rows(), Triples()
            self.db.executemany("insert or replace into reads values (?, ?, ?)", rows)

    def drop_jobs(self, names: Iterable[str], kinds: Collection[str] = ()) -> None:
        """Forget jobs, and their pieces of these kinds."""
        names = list(names)
        for name in names:
            for (job,) in self.db.execute("select id from jobs where name = ?", (name,)).fetchall():
                self._change_reads(job, NOTHING)
            self._numbers.pop(name, None)
        self.db.executemany("delete from jobs where name = ?", ((n,) for n in names))
        self.db.executemany("delete from outputs where job = ?", ((n,) for n in names))
        for kind in kinds:
            self.drop_pieces(kind, names)

    def _ids(self, names: set[str]) -> dict[str, int]:
        """The number of each job; new ones are added."""
        known = self._numbers
        unknown = sorted(names - known.keys())
        if self._last is not None:
            new = list(enumerate(unknown, self._last + 1))
            self._last += len(new)
            self.db.executemany("insert into jobs (id, name) values (?, ?)", new)
            known.update((name, number) for number, name in new)
            return known
        self.db.executemany("insert or ignore into jobs (name) values (?)", ((n,) for n in unknown))
        for name in unknown:
            found = self.db.execute("select id from jobs where name = ?", (name,))
            known[name] = found.fetchone()[0]
        return known

    # Outputs and pieces

    def written(self) -> set[State]:
        """Every file of the site as it was written."""
        return written(self.db)

    def job_of(self, path: str) -> str | None:
        """The job that wrote a file of the site."""
        row = self.db.execute("select job from outputs where path = ?", (path,)).fetchone()
        return row[0] if row else None

    def output(self, path: str) -> Stamp | None:
        """How a file looked when a job wrote it; None if none does."""
        query = "select size, mtime from outputs where path = ?"
        row = self.db.execute(query, (path,)).fetchone()
        return Stamp(*row) if row else None

    def outputs_like(self, pattern: str) -> list[str]:
        """The files whose path fits a pattern with `*`, in order."""
        rows = self.db.execute(
            "select path from outputs where path glob ? order by path", (pattern,)
        )
        return [path for (path,) in rows]

    def outputs_of(self, job: str) -> list[str]:
        """The paths that a job wrote."""
        return [p for (p,) in self.db.execute("select path from outputs where job = ?", (job,))]

    def set_outputs(self, job: str, stamps: Mapping[str, Stamp]) -> list[str]:
        """Keep what a job wrote; returns the paths that it wrote before, but not now."""
        gone = [path for path in self.outputs_of(job) if path not in stamps]
        self.db.executemany("delete from outputs where path = ?", ((path,) for path in gone))
        self.add_outputs((path, job, *stamp) for path, stamp in stamps.items())
        return gone

    def add_outputs(self, rows: Iterable[tuple[str, str, int, int]]) -> None:
        self.db.executemany("insert or replace into outputs values (?, ?, ?, ?)", rows)

    def pieces(self, kind: str) -> dict[str, str]:
        """Job → piece."""
        return dict(self.db.execute("select job, text from pieces where kind = ?", (kind,)))

    def raw_pieces(self, kind: str) -> dict[str, bytes]:
        """Job → piece in UTF-8: for megabytes that are only copied."""
        query = "select job, cast(text as blob) from pieces where kind = ?"
        return dict(self.db.execute(query, (kind,)))

    def piece(self, kind: str, job: str) -> str | None:
        row = self.db.execute(
            "select text from pieces where kind = ? and job = ?", (kind, job)
        ).fetchone()
        return row[0] if row else None

    def pieces_with(self, kind: str, text: str) -> list[str]:
        """The jobs with pieces that have a text inside."""
        query = "select job from pieces where kind = ? and instr(text, ?)"
        return [job for (job,) in self.db.execute(query, (kind, text))]

    def drop_pieces(self, kind: str, jobs: Iterable[str]) -> None:
        query = "delete from pieces where kind = ? and job = ?"
        self.db.executemany(query, ((kind, job) for job in jobs))

    def set_pieces(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """(kind, job, text)"""
        self.db.executemany("insert or replace into pieces values (?, ?, ?)", rows)


class Records(Mapping[str, Record]):
    """Records by id, taken out of the database when somebody asks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Record] = {}

    def __getitem__(self, ident: str) -> Record:
        if ident not in self._known:
            query = "select data from files join contents using (path) where id = ?"
            row = self._store.db.execute(query, (ident,)).fetchone()
            if row is None:
                raise KeyError(ident)
            self._known[ident] = revived(row[0])
        return self._known[ident]

    def __iter__(self) -> Iterator[str]:
        rows = self._store.db.execute("select id from files where id is not null order by id")
        return iter([ident for (ident,) in rows])

    def __len__(self) -> int:
        found = self._store.db.execute("select count(*) from files where id is not null").fetchone()
        return int(found[0])


def _opened(path: Path | None) -> sqlite3.Connection:
    # Without a name it is a temporary file that nobody else sees: in memory it would take half a gigabyte.
    db = sqlite3.connect(path or "", timeout=PATIENCE, isolation_level=None)
    db.execute("pragma page_size = 8192")  # of a new database; many pieces are longer than 4 KB
    db.execute("pragma synchronous = off")
    db.execute("pragma cache_size = -200000")
    db.execute("pragma cache_spill = off")  # who writes into the file early locks out who reads
    db.execute("pragma mmap_size = 1073741824")  # an edit asks for a thousand things in many places
    if not db.execute("select 1 from sqlite_master where name = 'pieces'").fetchone():
        db.executescript(f"begin immediate; {TABLES} {_TABLES} commit;")
    return db


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

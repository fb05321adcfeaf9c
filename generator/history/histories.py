"""The history of every record: its last changes, newest first, as JSON texts by path.

A history follows from the commit that is checked out and nothing else; what is not committed is noted
nowhere.  A later build takes the histories of the last one and adds the commits since (`after`).  What
two versions differ in is kept in the cache folder by the names that git gives to their contents, so it
is worked out once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.history.changes import compared, version
from generator.history.git import Log, NoGit, Step, contents, follows, head, read_log
from generator.records.tree import is_record

SHOWN = 10  # changes of a record
ROUND = SHOWN + 2  # steps that are looked at before asking whether there is enough
KEPT = 100_000  # comparisons in the cache
CACHE = Path(".cache")
Entry = list[Any]  # [day, [[field, label, before, now], …]]; no fields where the record begins


class Histories(Mapping[str, str]):
    """Path → history of the records of a content folder, read when somebody first asks."""

    def __init__(self, content: Path, *, public: bool = False, cache: Path = CACHE) -> None:
        self.content, self.public, self.cache = content, public, cache
        self._mark: str | None = None
        self._texts: dict[str, str] | None = None

    @property
    def mark(self) -> str:
        """What they are the histories of; "" if nothing is known of the past."""
        if self._mark is None:
            self._mark = head(self.content)
        return self._mark

    def after(self, mark: str, texts: Mapping[str, str]) -> None:
        """Start from the histories at an earlier commit, if today's follows from it."""
        if mark and self.mark and follows(self.content, mark, self.mark):
            with suppress(NoGit):
                self._texts = self._told(read_log(self.content, mark, self.mark), texts)

    def __getitem__(self, path: str) -> str:
        return self._all()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, str]:
        if self._texts is None:
            self._texts = {}
            if self.mark:
                with suppress(NoGit):
                    self._texts = self._told(read_log(self.content, "", self.mark), {})
        return self._texts

    def _told(self, log: Log, texts: Mapping[str, str]) -> dict[str, str]:
        """The histories after the steps of a log; `texts` are those before them."""
        told: dict[str, list[Entry]] = {}
        for path, text in texts.items():
            today = log.today(path)
            if today is not None and is_record(today):
                told[today] = json.loads(text)
        new: dict[str, list[Entry]] = {path: [] for path in log.steps}
        rest = {path: iter(steps) for path, steps in log.steps.items()}
        with _Comparisons(self.content, self.cache) as comparisons:
            while rest:
                batch = {path: _some(steps) for path, steps in rest.items()}
                asked = [s for path, steps in batch.items() for s in self._asked(steps, path, log)]
                found = comparisons.of(asked)
                for path, steps in batch.items():
                    new[path] += self._entries(steps, found)
                rest = {p: s for p, s in rest.items() if batch[p] and len(new[p]) < SHOWN}
        for path, entries in new.items():
            told[path] = (entries + told.get(path, []))[:SHOWN]
        return {
            path: json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
            for path, entries in told.items()
            if entries
        }

    def _asked(self, steps: list[Step], path: str, log: Log) -> list[Step]:
        """The steps that must be looked at: the beginning of a record only if it may be confidential."""
        if not self.public or len(log.steps[path]) == 1:
            return [step for step in steps if step.old]
        return steps

    def _entries(self, steps: list[Step], found: Mapping[Step, dict[str, Any]]) -> Iterator[Entry]:
        for step in steps:
            if step not in found:
                if not step.old and not self.public:
                    yield [step.day, []]
                continue
            fields = found[step]["fields"]
            if self.public:
                if not (found[step]["old"] and found[step]["new"]):
                    continue
                fields = [field for field in fields if field[0] != "intern"]
            if fields or not step.old:
                yield [step.day, fields]


def _some(steps: Iterator[Step]) -> list[Step]:
    return [step for _, step in zip(range(ROUND), steps, strict=False)]


class _Comparisons:
    """What steps differ in, from the cache or from the versions themselves."""

    def __init__(self, content: Path, cache: Path) -> None:
        self.content = content
        self.path = cache / f"verlauf-{_code()}.sqlite"
        self.db: sqlite3.Connection | None = None

    def __enter__(self) -> _Comparisons:
        return self

    def __exit__(self, *_: object) -> None:
        if self.db is not None:
            with suppress(sqlite3.Error):
                (count,) = self.db.execute("select count(*) from steps").fetchone()
                if count > KEPT:
                    self.db.execute("delete from steps where rowid <= (select max(rowid) from steps) - ?", (KEPT,))  # fmt: skip
                self.db.commit()
            self.db.close()

    def of(self, steps: Iterable[Step]) -> dict[Step, dict[str, Any]]:
        steps = list(steps)
        known = self._known({_key(step) for step in steps})
        unknown = {_key(step): step for step in steps if _key(step) not in known}
        names = {name for step in unknown.values() for name in (step.old, step.new) if name}
        raw = contents(self.content, names) if names else {}
        made = {key: _difference(step, raw) for key, step in unknown.items()}
        self._keep(made)
        known |= made
        return {step: json.loads(known[_key(step)]) for step in steps}

    def _known(self, keys: set[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with suppress(sqlite3.Error, OSError):
            self._open()
            assert self.db is not None
            for key in keys:
                row = self.db.execute("select text from steps where key = ?", (key,)).fetchone()
                if row:
                    found[key] = row[0]
        return found

    def _keep(self, made: Mapping[str, str]) -> None:
        if self.db is not None:
            with suppress(sqlite3.Error):
                self.db.executemany("insert or replace into steps (key, text) values (?, ?)", made.items())  # fmt: skip

    def _open(self) -> None:
        if self.db is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            for old in self.path.parent.glob("verlauf-*.sqlite"):
                if old != self.path:
                    old.unlink(missing_ok=True)  # of another version of the generator
            self.db = sqlite3.connect(self.path, timeout=5)
            self.db.execute("create table if not exists steps (key text unique, text text)")


def _key(step: Step) -> str:
    return f"{step.old} {step.new} {step.before} {step.after}"


def _difference(step: Step, raw: Mapping[str, bytes]) -> str:
    """Fields that differ, and whether both versions are public, as JSON."""
    old, new = version(raw.get(step.old), step.before), version(raw.get(step.new), step.after)
    fields = compared(old, new, step.before, step.after) if step.old else []
    said = {
        "fields": [astuple(field) for field in fields],
        "old": old.public if step.old else True,
        "new": new.public,
    }
    return json.dumps(said, ensure_ascii=False)


@cache
def _code() -> str:
    """Digest of what comparisons depend on: this room and the field table."""
    mark = blake2b(digest_size=6)
    room = Path(__file__).parent
    for path in sorted((*room.glob("*.py"), *room.parent.joinpath("records").glob("*.py"))):
        mark.update(path.read_bytes())
    return mark.hexdigest()

"""The versions of every record in a git repository: one look at the log, one at the contents.

The log is read along the first parents: each file has one line of versions, the one that the wiki went
through, and a merge counts on the day of the merge.  Renamed files are followed.  Whatever keeps git from
answering (no git, no repository, no commit, a shallow clone, somebody else's folder) gives no versions.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.records.source import MAX_BYTES
from generator.records.tree import is_record

# Set by git for its hooks; they would lead elsewhere.
_FOREIGN = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX",
    "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
)  # fmt: skip
_LOG = (
    "log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M50%", "-l2000", "--relative", "--no-color",
    "--no-ext-diff", "--no-show-signature", "--no-notes", "--no-mailmap", "--date=short", "--format=tformat:%x01%H %ad",
)  # fmt: skip
_BATCH = 2000  # contents that are read at a time


class NoGit(Exception):
    """Git does not answer."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the log."""

    status: str  # A, M, D, R or T
    old: str
    new: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a file.  `old` and `new` name its contents; `old` is "" where the file begins."""

    day: str
    old: str
    new: str
    before: str  # its path before and after
    after: str


@dataclass(slots=True)
class Log:
    """The steps of each file, by its path today, newest first.

    The log is read backwards.  `lines` says to which file of today a path belonged before the steps that
    are read so far; one of `closed` belonged to none, any other to the file that is called so today.
    """

    steps: dict[str, list[Step]] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def today(self, path: str) -> str | None:
        """What a file is called today that was called so before all steps; None if it is no more."""
        return self.lines.get(path, None if path in self.closed else path)

    def take(self, day: str, changes: list[Change]) -> None:
        """The changes of one commit, which all happened at once."""
        owners = [self.today(change.after) for change in changes]
        for change in changes:
            self.lines.pop(change.after, None)
            self.closed.add(change.after)
        for change, today in zip(changes, owners, strict=True):
            if change.status == "D":
                continue
            if today is None:  # what it became was deleted later
                self.lines.pop(change.before, None)
                self.closed.add(change.before)
                continue
            begins = change.status == "A" or not is_record(change.before)
            if is_record(today):
                old = "" if begins else change.old
                step = Step(day, old, change.new, change.before, change.after)
                self.steps.setdefault(today, []).append(step)
            if not begins:
                self.lines[change.before] = today
                self.closed.discard(change.before)


def head(content: Path) -> str:
    """The commit that is checked out, with the place of the folder in it; "" without a history."""
    try:
        said = _git(content, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    except NoGit:
        return ""
    shallow, prefix, commit = said.decode("utf-8", "surrogateescape").split("\n")[:3]
    return f"{commit} {prefix}" if shallow == "false" else ""


def follows(content: Path, old: str, new: str) -> bool:
    """Does the line of first parents lead from `new` back to `old`?"""
    commits = [mark.partition(" ")[0] for mark in (old, new)]
    if old.partition(" ")[2] != new.partition(" ")[2]:
        return False
    try:
        said = _git(
            content, "rev-list", "--first-parent", "--parents", f"{commits[0]}..{commits[1]}"
        )
    except NoGit:
        return False
    lines = said.decode().splitlines()
    return bool(lines) and lines[-1].split()[1:2] == [commits[0]]


def read_log(content: Path, since: str, until: str) -> Log:
    """The steps of all records up to the commit `until`; only those after `since` unless it is ""."""
    commits = [mark.partition(" ")[0] for mark in (since, until) if mark]
    said = _git(content, *_LOG, "..".join(commits), "--", ".")
    log = Log()
    for day, changes in _commits(said):
        log.take(day, changes)
    return log


def _commits(said: bytes) -> Iterator[tuple[str, list[Change]]]:
    """(day, changes) of each commit."""
    tokens = iter(said.decode("utf-8", "surrogateescape").split("\0"))
    day, changes = "", list[Change]()
    for token in tokens:
        token = token.lstrip("\n")
        if token.startswith("\x01"):
            yield day, changes
            day, changes = token.rpartition(" ")[2], []
        elif token.startswith(":"):
            _, _, old, new, status = token.split(" ")
            before = after = next(tokens)
            if status[0] in "RC":
                after = next(tokens)
            changes.append(Change(status[0], old, new, before, after))
    yield day, changes


def contents(content: Path, names: Iterable[str]) -> dict[str, bytes]:
    """What the files with these names hold; those that are missing or too large are left out."""
    wanted = sorted(set(names))
    found: dict[str, bytes] = {}
    for at in range(0, len(wanted), _BATCH):
        batch = wanted[at : at + _BATCH]
        said = _git(content, "cat-file", "--batch-check", told="\n".join((*batch, "")).encode())
        small = [
            words[0]
            for line in said.decode().splitlines()
            if len(words := line.split()) == 3 and words[1] == "blob" and int(words[2]) <= MAX_BYTES
        ]
        said = _git(content, "cat-file", "--batch", told="\n".join((*small, "")).encode())
        start = 0
        while start < len(said):
            end = said.index(b"\n", start)
            name, _, size = said[start:end].decode().split(" ")
            found[name] = said[end + 1 : end + 1 + int(size)]
            start = end + int(size) + 2
    return found


def _git(content: Path, *arguments: str, told: bytes = b"") -> bytes:
    environment = {k: v for k, v in os.environ.items() if k not in _FOREIGN}
    environment |= {"LC_ALL": "C", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}  # fmt: skip
    try:
        done = subprocess.run(
            ["git", "-C", str(content), *arguments],
            input=told, capture_output=True, env=environment, check=False,
        )  # fmt: skip
    except OSError as error:
        raise NoGit(str(error)) from None
    if done.returncode:
        raise NoGit(done.stderr.decode("utf-8", "replace"))
    return done.stdout

"""Whether the files of a site are as the last build left them.

To ask that of 60,000 files takes as long as loading the modules that a build needs, so a command begins
with it before it loads them.  This module therefore loads little.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator import workers
from generator.building import output
from generator.building.place import PATIENCE, store_path


class Found(NamedTuple):
    """What was found."""

    state: int  # of the store that it was compared with
    damaged: set[str]  # files that are not as they were written
    strays: set[str]  # files that are not known


# Waits for what is found.
Looking: TypeAlias = Callable[[], Found]


def begin(cache: Path, content: Path, site: Path) -> Looking | None:
    """Begin to look, beside what follows; None if nothing is known of the site."""
    path = store_path(cache, content, site)
    return look(path, site) if path.exists() else None


def look(path: Path, site: Path) -> Looking:
    """The same, with the database at `path`."""
    return workers.beside(partial(_compared, path, site))


def _compared(path: Path, site: Path) -> Found:
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        db.execute("begin")
        state, files = state_of(db), written(db)
        db.execute("commit")
    finally:
        db.close()
    return Found(state, *output.compare(site, files))


def state_of(db: sqlite3.Connection) -> int:
    """Another number after each commit."""
    (number,) = db.execute("pragma user_version").fetchone()
    return int(number)


def written(db: sqlite3.Connection) -> set[output.State]:
    """Every file of the site as it was written."""
    return set(db.execute("select path, size, mtime from outputs"))

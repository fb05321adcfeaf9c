"""Which database in the cache folder belongs to a site, who may use it, and how long it stays.

A database belongs to one content folder, one site folder, one way to build and one version of its format.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

FORMAT = "7"
KEPT = 8  # databases in a cache folder; the oldest go
PATIENCE = 600  # seconds to wait for another build of the same site


def store_path(cache: Path, content: Path, site: Path) -> Path:
    """Where the database of a site is kept."""
    name = blake2b(f"{content.resolve()}\0{site.resolve()}".encode(), digest_size=8).hexdigest()
    return cache / f"bau-{FORMAT}-{name}.sqlite"


def tidy(cache: Path) -> None:
    """Keep the newest databases only, and none that an older version made."""
    every = sorted(cache.glob("bau-*.sqlite"), key=lambda p: p.stat().st_mtime, reverse=True)
    current = [path for path in every if path.name.startswith(f"bau-{FORMAT}-")]
    for path in {*every} - {*current[:KEPT]}:
        path.unlink(missing_ok=True)
    yesterday = time.time() - 86_400  # no build waits that long for a lock
    for path in cache.glob("bau-*.lock"):
        if not path.with_suffix(".sqlite").exists() and path.stat().st_mtime < yesterday:
            path.unlink(missing_ok=True)


class Lock:
    """Keeps two builds of the same site apart, on every system and even if one of them dies.

    `waiting` is called once if another build holds the lock.
    """

    def __init__(self, path: Path, waiting: Callable[[], None]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=0.2, isolation_level=None)
        self._waiting = waiting

    def __enter__(self) -> None:
        try:
            self._db.execute("begin exclusive")
        except sqlite3.OperationalError:
            self._waiting()
            self._db.execute(f"pragma busy_timeout = {PATIENCE * 1000}")
            self._db.execute("begin exclusive")

    def __exit__(self, *_: object) -> None:
        self._db.close()

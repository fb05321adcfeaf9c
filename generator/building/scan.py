"""What has changed on disk since the last build.

A file whose size, times and number are as they were is taken for unchanged; any other is read, and its
digest decides.  A file that was changed in the very moment of the last build is always read again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_RACY = 2_000_000_000  # ns; some file systems count whole seconds
# Packages whose version shapes the site.
_PACKAGES = (
    "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "markupsafe", "pydantic", "pyyaml",
    "comrak", "nh3", "rapidfuzz", "simplemma",
)  # fmt: skip


@dataclass(slots=True)
class Changes:
    """The difference between a folder and what is known of it."""

    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    stamps: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Path → (stamp, digest) of every file that was read."""


def changes(
    root: Path, files: Iterable[str], known: Mapping[str, tuple[str, bytes]], now: int
) -> Changes:
    """Compare the files below `root` with what is known; `now` is the time in nanoseconds."""
    found = Changes()
    seen = set()
    base = f"{root}{os.sep}"
    for path in files:
        seen.add(path)
        state = os.stat(base + path)
        stamp = f"{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}:{state.st_ino}"
        before = known.get(path)
        if before and before[0] == stamp:
            continue
        digest = blake2b((root / path).read_bytes(), digest_size=16).digest()
        fresh = max(state.st_mtime_ns, state.st_ctime_ns) > now - _RACY
        found.stamps[path] = ("" if fresh else stamp, digest)
        if before is None:
            found.added.add(path)
        elif before[1] != digest:
            found.changed.add(path)
    found.removed = known.keys() - seen
    return found


def fingerprint(watched: Iterable[Path]) -> str:
    """Digest of everything but the content that shapes a site: code, theme, settings, versions."""
    mark = blake2b(digest_size=16)
    mark.update(f"{sys.version} {sys.platform}".encode())
    for name in _PACKAGES:
        mark.update(f"{name} {_version(name)}\n".encode())
    for place in (Path(__file__).parents[1], *watched):
        for path in sorted(_below(place)):
            mark.update(f"{path}\n".encode())
            mark.update(Path(path).read_bytes())
    return mark.hexdigest()


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _below(place: Path) -> Iterable[str]:
    if place.is_file():
        yield str(place)
    for folder, folders, files in os.walk(place):
        folders[:] = [f for f in folders if f != "__pycache__" and not f.startswith(".")]
        yield from (os.path.join(folder, f) for f in files)

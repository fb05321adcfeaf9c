"""Writing into the site's folder: only what differs, never half a file, and nothing left over."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple, TypeAlias

_BINARY = getattr(os, "O_BINARY", 0)  # on Windows


State: TypeAlias = tuple[str, int, int]  # path, size, time in nanoseconds


class Stamp(NamedTuple):
    """How a file looked when it was written."""

    size: int
    mtime: int  # nanoseconds


def write(site: Path, files: Mapping[str, str | bytes]) -> dict[str, Stamp]:
    """Write files below `site`; one with the same content stays as it is."""
    stamps = {}
    for path, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        stamps[path] = _write(f"{site}/{path}", data)
    return stamps


def _write(target: str, data: bytes) -> Stamp:
    try:
        there = os.open(target, os.O_RDONLY | _BINARY)
    except FileNotFoundError:
        try:
            return _create(target, data)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            return _create(target, data)
    try:
        state = os.fstat(there)
        if state.st_size == len(data) and os.read(there, len(data) + 1) == data:
            return _stamp(state)
    finally:
        os.close(there)
    partial = f"{target}.neu"
    with open(partial, "wb") as file:
        file.write(data)
    os.replace(partial, target)
    return _stamp(os.stat(target))


def _create(target: str, data: bytes) -> Stamp:
    """A new file.  A site has many small ones: asking the system directly takes half the time of `open`."""
    there = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(there, rest) :]
        return _stamp(os.fstat(there))
    finally:
        os.close(there)


def as_written(site: Path, path: str, stamp: Stamp) -> bytes | None:
    """The content of a file, if it still looks as it was written."""
    try:
        with open(site / path, "rb") as file:
            return file.read() if _stamp(os.fstat(file.fileno())) == stamp else None
    except FileNotFoundError:
        return None


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path: (folder / path).read_bytes() for path, _, _ in _files(folder)}


def compare(site: Path, written: AbstractSet[State]) -> tuple[set[str], set[str]]:
    """(files that are not as they were written, files that are not known)"""
    there = set(_files(site))
    damaged = {path for path, _, _ in written - there}
    return damaged, {path for path, _, _ in there - written} - damaged


def delete(site: Path, paths: Iterable[str]) -> None:
    """Delete files, and folders that are empty then."""
    folders = set()
    for path in paths:
        (site / path).unlink(missing_ok=True)
        folders.add((site / path).parent)
    for folder in folders:  # each once: a folder may have thousands of files
        while folder != site and folder.is_dir() and not any(os.scandir(folder)):
            folder.rmdir()
            folder = folder.parent


def sweep(site: Path, wanted: Collection[str]) -> None:
    """Delete every other file.  Hidden entries of the root stay."""
    delete(site, [path for path, _, _ in _files(site) if path not in wanted])


def _files(site: Path) -> list[State]:
    """Every file, but hidden entries of the root.  A site has many, so there are no detours here."""
    found: list[State] = []
    folders = [("", str(site))]
    while folders:
        below, folder = folders.pop()
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if not below and name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{below}{name}/", entry.path))
                else:
                    state = entry.stat(follow_symlinks=False)
                    found.append((below + name, state.st_size, state.st_mtime_ns))
    return found


def _stamp(state: os.stat_result) -> Stamp:
    return Stamp(state.st_size, state.st_mtime_ns)

"""Writing into the site's folder: only what differs, never half a file, and nothing left over."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_BINARY = getattr(os, "O_BINARY", 0)  # on Windows


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
    return {path: (folder / path).read_bytes() for path, _ in _files(str(folder), "")}


def compare(site: Path, outputs: Mapping[str, tuple[str, Stamp]]) -> tuple[set[str], set[str]]:
    """(jobs of which a file is not as it was written, files that no job wrote)"""
    there = {path: _stamp(state) for path, state in _files(str(site), "")}
    damaged = {job for path, (job, stamp) in outputs.items() if there.get(path) != stamp}
    return damaged, there.keys() - outputs.keys()


def delete(site: Path, paths: Iterable[str]) -> None:
    """Delete files, and folders that are empty then."""
    for path in paths:
        (site / path).unlink(missing_ok=True)
        for folder in (site / path).parents:
            if folder == site or not folder.is_dir() or any(os.scandir(folder)):
                break
            folder.rmdir()


def sweep(site: Path, wanted: Collection[str]) -> None:
    """Delete every other file.  Hidden entries of the root stay."""
    delete(site, [path for path, _ in _files(str(site), "") if path not in wanted])


def _files(folder: str, below: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if not below and entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry.stat(follow_symlinks=False)


def _stamp(state: os.stat_result) -> Stamp:
    return Stamp(state.st_size, state.st_mtime_ns)

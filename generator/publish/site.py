"""The finished site on this machine: what it holds, and its files ready to travel.

Digests are remembered by size and time of change, so that a look at tens of thousands of files takes
a moment.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from generator.publish.manifest import Entry, Manifest, is_safe
from generator.publish.plan import source_of
from generator.publish.problems import PublishError
from generator.records.blanks import blanks_of_page

STATEMENT = "api/v1/ausgabe.json"  # in which a build says for whom it is
_PACKABLE = (".html", ".css", ".js", ".json", ".svg", ".csv", ".xml", ".ics", ".txt", ".map", ".md")
_SMALLEST = 1024  # bytes; packing less is not worth a file
_RACY = 2_000_000_000  # nanoseconds in which a file may change without showing it
GZIP, BROTLI = ".gz", ".br"
_LEVEL = {GZIP: 9, BROTLI: 9}


class Site:
    """A finished site.  `packed`: offer text files packed too, for servers that hand these out."""

    def __init__(self, folder: Path, cache: Path | None = None, *, packed: bool = False) -> None:
        self.folder = folder
        self.packed = packed
        mark = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
        self.memory = cache / "publish" / f"{mark}.json" if cache else None

    def manifest(self) -> Manifest:
        """What the site holds.  Raises PublishError if this is no finished site."""
        public, created = self._statement()
        files = self._digests()
        if self.packed:
            files |= dict(_variants(files))
        return Manifest(files, public, created)

    def read(self, path: str, entry: Entry) -> bytes:
        """The content of a file, which must be the one that the manifest promised."""
        source = source_of(path) if "." in entry.sha else None
        try:
            data = (self.folder / (source or path)).read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != entry.sha.partition(".")[0]:
            raise PublishError(
                f"„{source or path}“ hat sich eben geändert: Das Wiki wird wohl gerade neu gebaut. "
                "Bitte danach noch einmal veröffentlichen."
            )
        return pack(path, data) if source else data

    def blanks(self, manifest: Manifest) -> dict[str, int]:
        """Pages near the root whose publisher has left blanks, and how many: imprint, privacy …"""
        found = {}
        for path in manifest.files:
            name = path.removesuffix(".html").removesuffix("/index")
            if path.endswith(".html") and "/" not in name:
                page = (self.folder / path).read_text(encoding="utf-8", errors="replace")
                if number := blanks_of_page(page):
                    found[name] = number
        return found

    def _statement(self) -> tuple[bool, str]:
        if not (self.folder / "api/v1/records.json").is_file():
            raise PublishError(
                f"In „{self.folder}“ liegt kein fertiges Wiki. Zuerst bauen: wissen build"
            )
        try:
            said = json.loads((self.folder / STATEMENT).read_text(encoding="utf-8"))
            if isinstance(said["oeffentlich"], bool):
                return said["oeffentlich"], str(said["erzeugt"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        raise PublishError(
            f"Dem Wiki in „{self.folder}“ ist nicht anzusehen, für wen es bestimmt ist "
            f"({STATEMENT} fehlt oder ist beschädigt). Bitte neu bauen: wissen build"
        )

    def _digests(self) -> dict[str, Entry]:
        known, now = self._remembered(), time.time_ns()
        found: dict[str, Entry] = {}
        memory: dict[str, tuple[int, int, str]] = {}
        for path, full, state in sorted(_files(str(self.folder), "")):
            if not is_safe(path):
                raise PublishError(
                    f"„{path}“: So darf keine Datei heißen, die veröffentlicht wird."
                )
            size, changed = state.st_size, state.st_mtime_ns
            before = known.get(path)
            if before and (before[0], before[1]) == (size, changed):
                sha = str(before[2])
            else:
                with open(full, "rb") as file:
                    sha = hashlib.file_digest(file, "sha256").hexdigest()
            found[path] = Entry(sha, size)
            if max(changed, state.st_ctime_ns) < now - _RACY:
                memory[path] = (size, changed, sha)
        self._remember(memory)
        return found

    def _remembered(self) -> dict[str, list[object]]:
        try:
            data = json.loads(self.memory.read_text(encoding="utf-8")) if self.memory else {}
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def _remember(self, memory: dict[str, tuple[int, int, str]]) -> None:
        if self.memory:
            self.memory.parent.mkdir(parents=True, exist_ok=True)
            partial = self.memory.with_suffix(f".{os.getpid()}")
            partial.write_text(json.dumps(memory), encoding="utf-8")
            partial.replace(self.memory)


def _variants(files: dict[str, Entry]) -> Iterator[tuple[str, Entry]]:
    for path, entry in files.items():
        if path.endswith(_PACKABLE) and entry.size >= _SMALLEST:
            for suffix, level in _LEVEL.items():
                if path + suffix not in files:
                    yield path + suffix, Entry(f"{entry.sha}{suffix}{level}", -1)


def pack(path: str, data: bytes) -> bytes:
    """The packed form that the name of the variant promises."""
    if path.endswith(GZIP):
        return gzip.compress(data, _LEVEL[GZIP], mtime=0)
    import brotli

    return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=_LEVEL[BROTLI]))


def digest(path: str, data: bytes, entry: Entry) -> str:
    """What a file's entry would say of this content; "" if a variant cannot be unpacked."""
    name, _, how = entry.sha.partition(".")
    if name and how:
        try:
            if path.endswith(GZIP):
                data = gzip.decompress(data)
            else:
                import brotli

                data = brotli.decompress(data)
        except Exception:
            return ""
        return f"{hashlib.sha256(data).hexdigest()}.{how}"
    return hashlib.sha256(data).hexdigest()


def _files(folder: str, below: str) -> Iterator[tuple[str, str, os.stat_result]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if not below and entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{below}{entry.name}/")
        elif entry.is_file(follow_symlinks=False):
            yield f"{below}{entry.name}", entry.path, entry.stat(follow_symlinks=False)

"""Small sites whose pages say what they refer to, and a store that can be watched and can break off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.publish.inplace import InPlace, Options
from generator.publish.manifest import Entry, Manifest
from generator.publish.problems import Transient

Files = dict[str, bytes]


def files_of(version: str, pages: Mapping[str, str], *, public: bool = False) -> Files:
    """A site: each page refers to a style sheet, to a script named by its content and to the next page.

    `pages`: name → text.  The root refers to an index file of the search through its manifest.
    """
    said = json.dumps({"erzeugt": f"2026-07-01T00:00:0{len(version) % 10}Z", "oeffentlich": public})
    files = {
        "api/v1/ausgabe.json": said.encode(),
        "api/v1/records.json": f'{{"version": "{version}"}}'.encode(),
        "assets/stil.css": f"/* {version} */".encode(),
    }
    shard = _hashed("suche/index/p0", version)
    files[shard] = version.encode()
    files["suche/index/manifest.js"] = f"ref:{shard}\n".encode()
    for name, text in pages.items():
        script = _hashed("assets/x", text)
        files[script] = text.encode()
        files[f"{name}/index.html"] = f"{text}\nref:{script}\nref:assets/stil.css\n".encode()
    links = "".join(f"ref:{name}/index.html\n" for name in pages)
    files["index.html"] = f"{version}\n{links}ref:suche/index/manifest.js\n".encode()
    return files


def _hashed(stem: str, text: str) -> str:
    return f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:6]}.js"


def write_site(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def manifest_of(files: Mapping[str, bytes], *, public: bool = False) -> Manifest:
    entries = {p: Entry(hashlib.sha256(d).hexdigest(), len(d)) for p, d in files.items()}
    return Manifest(entries, public, "2026-07-01T00:00:00Z")


def missing(files: Mapping[str, bytes], root: str = "index.html") -> list[str]:
    """What pages refer to and is not there.  Deleted pages may be linked for a moment, assets not."""
    return [
        f"{path} → {line[4:]}"
        for path, data in files.items()
        if not path.startswith(".wissen/") and path.endswith((".html", "manifest.js"))
        for line in data.decode().splitlines()
        if line.startswith("ref:") and line[4:] not in files
    ]


def shown(files: Mapping[str, bytes]) -> Files:
    """What readers see: not our notes, nor assets kept for a while."""
    return {p: d for p, d in files.items() if not p.startswith(".wissen/")}


class Crash(BaseException):
    """The process is killed."""


class Memory:
    """A store in memory.  `crash_at`: the change (counted from 0) that no longer happens."""

    parallel = 1
    name = "Gedächtnis"

    def __init__(self, watch: Callable[[Files], None] | None = None) -> None:
        self.files: Files = {}
        self.folders: set[str] = set()
        self.watch = watch
        self.changes = 0
        self.crash_at: int | None = None
        self.shaky: set[int] = set()  # changes before which the network fails once

    def _change(self) -> None:
        if self.crash_at is not None and self.changes >= self.crash_at:
            raise Crash
        if self.changes in self.shaky:
            self.shaky.discard(self.changes)
            raise Transient("Die Verbindung ist abgerissen")
        self.changes += 1

    def _changed(self) -> None:
        if self.watch:
            self.watch(self.files)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def exists(self, path: str) -> bool:
        return path in self.files

    def write(self, path: str, data: bytes) -> None:
        self._change()
        self.files[path] = data
        self._changed()

    def copy(self, source: str, target: str) -> None:
        self._change()
        self.files[target] = self.files[source]
        self._changed()

    def delete(self, path: str) -> None:
        self._change()
        self.files.pop(path, None)
        self._changed()

    def claim(self, folder: str) -> bool:
        self._change()
        taken = folder in self.folders
        self.folders.add(folder)
        return not taken

    def release(self, folder: str) -> None:
        self._change()
        self.folders.discard(folder)
        for path in [p for p in self.files if p.startswith(f"{folder}/")]:
            del self.files[path]

    def tidy(self) -> None:
        """Nothing is ever half written."""

    def close(self) -> None:
        """Nothing is open."""


def publish(store: Memory, files: Files, **options: bool) -> None:
    target = InPlace(store, Options(break_lock=True, **options))  # type: ignore[arg-type]
    target.publish(manifest_of(files), lambda path, entry: files[path])

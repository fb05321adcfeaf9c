"""Sveltia's script, as `make cms` has bundled it (`tools/cms/`), in the folder for interim results.

The bundle says of what it was made.  If that is no longer what stands in `tools/cms/`, it is not used.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3] / "tools" / "cms"
FOLDER = "redaktion"  # below the folder for interim results
CONTENTS = "inhalt.json"


class NotMade(Exception):
    """There is no usable bundle; the message is German and says what to do."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A finished bundle: its folder, its files with their digests, and one digest of everything."""

    folder: Path
    files: tuple[tuple[str, str], ...]
    digest: str

    def read(self) -> dict[str, bytes]:
        """Every file by its name; each is what it was when the bundle was made."""
        found = {}
        for name, digest in self.files:
            data = (self.folder / name).read_bytes()
            if hashlib.sha256(data).hexdigest() != digest:
                raise NotMade(f"Die Datei „{name}“ der Redaktion ist beschädigt. {_NEXT}")
            found[name] = data
        return found


_NEXT = (
    "Bitte im Ordner des Wissensspeichers „make cms“ aufrufen (braucht Node.js) und dann neu bauen."
)


def inputs_digest(sources: Path = SOURCES) -> str:
    """One digest of everything that the bundle is made of: the locked packages and our own scripts."""
    whole = hashlib.sha256()
    names = [p for p in sources.iterdir() if p.suffix in (".json", ".mjs")] + list((sources / "src").iterdir())  # fmt: skip
    for path in sorted(names, key=lambda p: p.relative_to(sources).as_posix()):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(sources).as_posix()} {len(text)}\n".encode() + text)
    return whole.hexdigest()


def find_bundle(cache: Path, sources: Path = SOURCES) -> Bundle:
    """The bundle in the folder for interim results.  Raises `NotMade`."""
    folder = cache / FOLDER
    try:
        data = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        files = tuple(sorted((str(n), str(d)) for n, d in data["dateien"].items()))
        inputs = data["eingaben"]
    except (OSError, ValueError, KeyError, AttributeError):
        raise NotMade(f"Die Redaktion ist noch nicht vorbereitet. {_NEXT}") from None
    if inputs != inputs_digest(sources):
        raise NotMade(f"Die Redaktion ist älter als dieser Wissensspeicher. {_NEXT}")
    bundle = Bundle(folder, files, hashlib.sha256(repr(files).encode()).hexdigest())
    try:
        bundle.read()
    except OSError:
        raise NotMade(f"Von der Redaktion fehlen Dateien. {_NEXT}") from None
    return bundle


def note_bundle(folder: Path, sources: Path = SOURCES) -> None:
    """Write down what a bundle consists of and what it was made of."""
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != CONTENTS
    }
    data = {"eingaben": inputs_digest(sources), "dateien": found}
    text = json.dumps(data, indent=1, sort_keys=True) + "\n"
    (folder / CONTENTS).write_text(text, encoding="utf-8", newline="\n")

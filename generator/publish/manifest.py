"""What a site holds: every file with its SHA-256.  The same list lies at the target, for the next run."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

VERSION = 1


class Entry(NamedTuple):
    """The content of a file.

    Of a packed variant (`x.html.gz`) the digest is the one of the source and how it was packed: so
    nothing need be packed to know whether it has changed.
    """

    sha: str
    size: int


UNKNOWN = Entry("", -1)  # something else than whatever is wanted


@dataclass(slots=True)
class Manifest:
    """The files of a site, or of a target.  The last ones are about targets only."""

    files: dict[str, Entry] = field(default_factory=dict)
    public: bool = False
    created: str = ""  # when the site was built
    published: str = ""
    kept: dict[str, Entry] = field(default_factory=dict)  # of the release before, until the next
    unknown: set[str] = field(default_factory=set)  # a run broke off: these may hold anything
    backups: set[str] = field(default_factory=set)  # digests of files kept to go back
    parent: str = ""  # of a release: the one that it replaced

    def entry(self, path: str) -> Entry | None:
        """What certainly lies at the target under this path."""
        return None if path in self.unknown else self.files.get(path) or self.kept.get(path)

    def dump(self) -> bytes:
        data = {
            "version": VERSION,
            "oeffentlich": self.public,
            "erzeugt": self.created,
            "veroeffentlicht": self.published,
            "dateien": dict(sorted(self.files.items())),
            "aufgehoben": dict(sorted(self.kept.items())),
            "ungewiss": sorted(self.unknown),
            "sicherungen": sorted(self.backups),
            "vorher": self.parent,
        }
        return packed(data)


def load(data: bytes) -> Manifest:
    """Raises ValueError if this is no manifest."""
    raw = unpacked(data)
    if not isinstance(raw, dict) or raw.get("version") != VERSION:
        raise ValueError("no manifest, or one of another version")
    try:
        return Manifest(
            _entries(raw["dateien"]),
            bool(raw["oeffentlich"]),
            str(raw["erzeugt"]),
            str(raw["veroeffentlicht"]),
            _entries(raw["aufgehoben"]),
            set(_paths(raw["ungewiss"])),
            {str(sha) for sha in raw["sicherungen"]},
            str(raw["vorher"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("damaged manifest") from error


def packed(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 6, mtime=0)


def unpacked(data: bytes) -> Any:
    """Raises ValueError if the data is damaged."""
    try:
        return json.loads(gzip.decompress(data))
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise ValueError("damaged") from error


def _entries(raw: Any) -> dict[str, Entry]:
    pairs = zip(_paths(raw), raw.values(), strict=True)
    return {path: Entry(str(sha), int(size)) for path, (sha, size) in pairs}


def _paths(raw: Iterable[Any]) -> Iterable[str]:
    """What lies at a target may have been changed by others: no path leaves its folder."""
    for path in raw:
        if not isinstance(path, str) or not is_safe(path):
            raise ValueError(f"unsafe path {path!r}")
        yield path


def is_safe(path: str) -> bool:
    """Is this a plain relative path of a file of a site?"""
    steps = path.split("/")
    return (
        not path.startswith(".")
        and "\\" not in path
        and ":" not in path
        and "\0" not in path
        and not {"", ".", ".."} & set(steps)
    )

"""From what lies at a target and what shall lie there to steps in a safe order.  Pure.

At every moment between two steps each page must find what it refers to.  So what is referred to comes
first: assets (index files of the search, whose names hold their hash, among them), then data, then pages,
then what lists all pages, then the pages of the root that lead into all of it; of each kind the new names before the replaced files.
Deletions come after everything else, in the opposite order.  Assets that fall away stay until the next run, for readers who
have opened a page just before.  Steps of one stage do not depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from generator.publish.manifest import UNKNOWN, Entry, Manifest


class Kind(IntEnum):
    """What a file is for, in the order of travel."""

    ASSET = 0
    DATA = 1
    PAGE = 2
    LIST = 3  # what names all pages: the manifest of the search, the API, feeds
    ENTRY = 4


class Step(NamedTuple):
    """`entry`: what to put there; None: delete.  `new`: nothing of this name is there yet."""

    stage: int
    path: str
    entry: Entry | None
    new: bool = False


DELETE = 99  # the last stage of deletions
PACKED = (".gz", ".br")
_DATA = (".json", ".csv", ".xml", ".ics", ".txt", ".xlsx", ".md", ".yml", ".zip")
_LISTS = {
    "suche/index/manifest.js",
    "api/v1/ausgabe.json",
    "api/v1/records.json",
    "api/v1/records.csv",
}


def kind(path: str) -> Kind:
    """What a file of a site is for."""
    path = source_of(path) or path
    if path in _LISTS or ("/" not in path and path.endswith(_DATA)):
        return Kind.LIST
    if "/" not in path and path.endswith(".html"):
        return Kind.ENTRY
    if path.endswith(".html"):
        return Kind.PAGE
    if path.startswith("api/") or path.endswith(_DATA):
        return Kind.DATA
    return Kind.ASSET


def source_of(path: str) -> str | None:
    """The file that a packed variant is made of."""
    return path[:-3] if path.endswith(PACKED) else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps, in order, and what lies at the target when all are done."""

    steps: list[Step]
    after: Manifest

    @property
    def puts(self) -> list[Step]:
        return [step for step in self.steps if step.entry]

    @property
    def deletions(self) -> list[Step]:
        return [step for step in self.steps if not step.entry]


def plan(old: Manifest, new: Manifest, *, keep: bool = True) -> Plan:
    """How to get from the target as it is (`old`) to the site as it shall be (`new`).

    Without `keep` nothing of the old site stays, not even for a while.
    """
    steps = []
    for path, entry in new.files.items():
        if old.entry(path) != entry:
            known = path in old.files
            steps.append(Step(2 * kind(path) + known, path, entry, not known))
    kept: dict[str, Entry] = {}
    names = {path.casefold() for path in new.files}  # some disks know no capitals
    for path in sorted({*old.files, *old.kept, *old.unknown} - new.files.keys()):
        if path.casefold() in names:
            continue
        fresh = path in old.files or bool(old.unknown)  # a page of the broken run may be open
        if keep and fresh and kind(path) is Kind.ASSET:
            kept[path] = old.entry(path) or UNKNOWN
        else:
            steps.append(Step(DELETE - kind(path), path, None))
    after = Manifest(new.files, new.public, new.created, new.published, kept)
    return Plan(sorted(steps), after)


def stages(steps: Iterable[Step]) -> list[list[Step]]:
    """Steps that may be done at the same time, in order."""
    found: dict[int, list[Step]] = {}
    for step in steps:
        found.setdefault(step.stage, []).append(step)
    return [found[stage] for stage in sorted(found)]

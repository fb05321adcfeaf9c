"""Drafts: records that are not written yet, checked as if they were.

A draft is the text of a file.  It is read like any file (from a folder of its own), linked with the
records that are there, and passes all rules.  So `wissen new`, `wissen import` and the commands for
evaluations say the very same as `wissen check`, and say it *before* anything is written: personal data
and secrets of a procurement do not even reach the disk of the repository.

Files are written all or none, each in one step; none is ever overwritten unless that was asked for.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.catalogue.catalogue import Catalogue, build_catalogue
from generator.catalogue.rules import check_each
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.files import RESERVED, read_record
from generator.records.problems import Problem, Severity, has_errors
from generator.records.tree import ContentTree
from generator.records.value_rules import slug

GUARD_CODES = frozenset({"personenbezug", "telefonnummer", "vergabe"})
"""What must not even be written: it would stay in the history for ever."""
GUARD_REASON = (
    "Nichts wurde geschrieben. Namen, persönliche Adressen und Telefonnummern verletzen den Datenschutz "
    "(Art. 5 DSGVO), Angebote, Bietende und laufende Vergabeverfahren sind vertraulich (§ 5 VgV). Einmal "
    "gespeichert, blieben sie in der Versionsgeschichte stehen, auch wenn man sie später löscht."
)


@dataclass(slots=True)
class Drafts:
    """Some drafts among the records of a folder, and what the checks say."""

    catalogue: Catalogue  # with the drafts
    records: dict[str, Record] = field(default_factory=dict)  # by path
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return has_errors(self.problems)

    @property
    def is_guarded(self) -> bool:
        """Is there something that must not be written at all?"""
        return any(p.code in GUARD_CODES for p in self.problems)


def check_drafts(tree: ContentTree, drafts: Mapping[str, str], today: date) -> Drafts:
    """Check texts as the files `drafts` (path below the content folder → text) of a folder."""
    with tempfile.TemporaryDirectory(prefix="wissen-entwurf-") as name:
        folder = Path(name)
        records: dict[str, Record] = {}
        problems: list[Problem] = []
        for datei, text in drafts.items():
            file = folder / datei
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            result = read_record(file, datei, tree.shown(datei))
            problems += result.problems
            if result.record is not None:
                records[datei] = result.record
        kept = [r for r in tree.records if r.datei not in drafts]
        together = ContentTree(
            folder, [*kept, *records.values()], tree.pages, tree.assets, tree.categories, tree.settings
        )  # fmt: skip
        together._shown_root = tree.shown("").rstrip("/") or "."
        broken = {Path(d).stem for d in drafts if d not in records}
        catalogue = build_catalogue(together, today)
        catalogue.unreadable = frozenset(tree.unreadable | broken)
        problems += _twice(records, kept, tree)
        names = sorted(r.id for r in records.values())
        for _, checkup in check_each(catalogue, together, names):
            problems += checkup.problems
        problems += _around(tree, catalogue, records, today)
    return Drafts(catalogue, records, sorted(set(problems), key=lambda p: p.sort_key))


def _twice(
    records: Mapping[str, Record], kept: Iterable[Record], tree: ContentTree
) -> Iterable[Problem]:
    there = {r.id: r for r in kept}
    seen: dict[str, str] = {}
    for datei, record in records.items():
        other = there[record.id].datei if record.id in there else seen.get(record.id)
        seen.setdefault(record.id, datei)
        if other:
            message = f"Die Kennung „{record.id}“ gibt es schon: {other}. Bitte einen anderen Namen wählen."
            yield Problem(tree.shown(datei), 1, 1, Severity.ERROR, "doppelte-kennung", message)


def _around(
    tree: ContentTree, after: Catalogue, records: Mapping[str, Record], today: date
) -> list[Problem]:
    """What the drafts break in records that are there already: the same title, or a successor."""
    touched: set[str] = set()
    new = {r.id for r in records.values()}
    for record in records.values():
        names = [("titel", f"{record.typ} {record.titel.casefold()}")]
        names += [("name", b.ziel) for b in record.bezug if b.art == "ersetzt"]
        if isinstance(record, Bewertung):
            names += [("name", old) for old in record.ersetzt]
            names += [("gegenstand", record.gegenstand.casefold())]
        for index, key in names:
            touched |= {row[1] for row in after.rows(index, key)[:200]}
    touched -= new
    if not touched:
        return []
    before = build_catalogue(tree, today)
    names_before = sorted(touched & before.records.keys())
    old = {p for _, c in check_each(before, tree, names_before) for p in c.problems}
    found = {p for _, c in check_each(after, tree, sorted(touched)) for p in c.problems}
    return [p for p in found - old if p.severity is Severity.ERROR]


def free_id(title: str, taken: Iterable[str], ident: str = "") -> str:
    """An id made from the title that nobody has; a number is added if need be."""
    taken = {*taken, *RESERVED}
    base = (ident or slug(title))[:80].strip("-") or "eintrag"
    number, found = 2, base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def suggestions(ident: str, taken: Iterable[str], words: Iterable[str]) -> list[str]:
    """Other ids if one is taken: with the organisation or the year, rather than a number."""
    taken = {*taken, *RESERVED}
    found = [f"{ident}-{slug(word)}"[:100].strip("-") for word in words if slug(word)]
    return [*dict.fromkeys(i for i in found if i not in taken)][:3] or [free_id("", taken, ident)]


def _create(partial: Path, target: Path) -> None:
    """Give a finished file its name; fails if somebody else was quicker."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with target.open("xb") as stream:
            stream.write(partial.read_bytes())
    partial.unlink()


class CannotWrite(Exception):
    """Nothing was written; the German reason."""


def write_files(root: Path, files: Mapping[str, str], replace: Iterable[str] = ()) -> None:
    """Write all of these files below `root`, or none.  Only those in `replace` may exist already."""
    replace = set(replace)
    prepared: list[tuple[Path, Path]] = []
    made: list[tuple[Path, bytes | None]] = []
    try:
        for datei, text in files.items():
            target = root / datei
            if target.is_symlink() or (target.exists() and datei not in replace):
                raise CannotWrite(f"Die Datei „{datei}“ gibt es schon. Sie bleibt, wie sie ist.")
            if not target.resolve().is_relative_to(root.resolve()):
                raise CannotWrite(f"„{datei}“ liegt nicht im Ordner der Einträge.")
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(
                dir=target.parent, prefix=f".{target.stem}.", suffix=".neu"
            )
            prepared.append((Path(name), target))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(name).chmod(0o644)
        for partial, target in prepared:
            before = target.read_bytes() if target.exists() else None
            if before is None:
                _create(partial, target)
            else:
                partial.replace(target)
            made.append((target, before))
    except (OSError, CannotWrite) as error:
        for target, before in made:
            with suppress(OSError):
                target.unlink() if before is None else target.write_bytes(before)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise CannotWrite(
                f"Das Schreiben ging nicht: {reason}. Nichts wurde geändert."
            ) from error
        raise
    finally:
        for partial, _ in prepared:
            partial.unlink(missing_ok=True)

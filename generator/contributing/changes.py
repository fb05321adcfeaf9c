"""What changed between two states of a content folder: records field by field, pages and pictures."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from generator.contributing.raw_data import raw_record
from generator.records.common import Record
from generator.records.tree import ContentTree, is_record

MAX_ARCHIVE = 500 * 1024 * 1024


class NoBase(Exception):
    """There is nothing to compare with; the German reason."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after; None where it was not there."""

    name: str
    before: Any
    after: Any


@dataclass(slots=True)
class RecordChange:
    """A record that came, went or changed.  `renamed_from` if it had another id before."""

    before: Record | None
    after: Record | None
    fields: list[FieldChange] = field(default_factory=list)
    renamed_from: str = ""

    @property
    def record(self) -> Record:
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(slots=True)
class Changes:
    """All changes of a folder; other files by path → "neu", "geändert" or "gelöscht"."""

    records: list[RecordChange] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def checkout(content: Path, revision: str, target: Path) -> None:
    """Put the content folder as it was in a revision into `target`.  Links are left out."""
    top = _git(content, "rev-parse", "--show-toplevel").decode().strip()
    if not _git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).strip():
        raise NoBase(f"Den Stand „{revision}“ gibt es in diesem Repository nicht.")
    commit = _git(content, "rev-parse", "--end-of-options", f"{revision}^{{commit}}").decode().split()[-1]  # fmt: skip
    inside = content.resolve().relative_to(Path(top).resolve()).as_posix()
    tree = f"{commit}:{'' if inside == '.' else inside}"
    if subprocess.run(["git", "-C", top, "cat-file", "-e", tree], capture_output=True).returncode:
        return  # the folder is new
    data = _git(Path(top), "archive", "--format=tar", tree)
    if len(data) > MAX_ARCHIVE:
        raise NoBase("Der frühere Stand ist zu groß zum Vergleichen.")
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive.getmembers():
            path = PurePosixPath(member.name)
            if not member.isfile() or path.is_absolute() or ".." in path.parts:
                continue
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            source = archive.extractfile(member)
            file.write_bytes(source.read() if source else b"")


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        result = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True)
    except FileNotFoundError:
        raise NoBase(
            "Für den Vergleich wird git gebraucht; es ist hier nicht installiert."
        ) from None
    if result.returncode:
        if "rev-parse" in arguments and "--verify" in arguments:
            return b""
        raise NoBase(f"„{folder}“ liegt in keinem git-Repository.")
    return result.stdout


def compare(old: ContentTree, new: ContentTree) -> Changes:
    """What is different, sorted by path."""
    changes = Changes()
    before, after = {r.id: r for r in old.records}, {r.id: r for r in new.records}
    gone = {i for i in before if i not in after and i not in new.unreadable}
    for ident, record in after.items():
        source = before.get(ident)
        former = ""
        if source is None:
            former = _former(record, before, gone)
            source = before.get(former)
            gone.discard(former)
        if source is None:
            changes.records.append(RecordChange(None, record))
        elif fields := list(_fields(source, record)):
            changes.records.append(RecordChange(source, record, fields, former))
        elif former or source.datei != record.datei:
            changes.records.append(RecordChange(source, record, [], former))
    changes.records += [RecordChange(before[ident], None) for ident in sorted(gone)]
    changes.records.sort(key=lambda c: c.record.datei)
    marks_before, marks_after = _digests(old.root), _digests(new.root)
    for path in sorted(marks_before.keys() | marks_after.keys()):
        if marks_before.get(path) != marks_after.get(path):
            kind = "neu" if path not in marks_before else "gelöscht" if path not in marks_after else "geändert"  # fmt: skip
            changes.files[path] = kind
    return changes


def _former(record: Record, before: dict[str, Record], gone: set[str]) -> str:
    """The id that a new record had before: named by itself, or everything else is the same."""
    named = next((old for old in record.frueher if old in gone), "")
    if named:
        return named
    data = raw_record(record)
    for ident in sorted(gone):
        other = before[ident]
        if other.typ == record.typ and (
            raw_record(other) == data or (other.titel == record.titel and other.text == record.text)
        ):
            return ident
    return ""


def _fields(before: Record, after: Record) -> Iterator[FieldChange]:
    old, new = raw_record(before), raw_record(after)
    names = [*type(after).model_fields, *old]
    for name in dict.fromkeys(names):
        if old.get(name) != new.get(name):
            yield FieldChange(name, old.get(name), new.get(name))
    if before.text.strip() != after.text.strip():
        yield FieldChange("text", before.text, after.text)


def _digests(root: Path) -> dict[str, str]:
    """Path → digest of the files that are no records."""
    found = {}
    for file in sorted(root.rglob("*")):
        relative = file.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in Path(relative).parts)
        if file.is_symlink() or not file.is_file() or hidden or is_record(relative):
            continue
        found[relative] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found

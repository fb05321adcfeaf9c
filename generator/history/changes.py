"""What changed from one version of a record to the next, as far as readers may see it.

Named are the fields, by their labels in the field table.  Values are shown of vocabularies and dates
only: what was taken out of a text, such as the name of a person, must not come back here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from generator.records.common import Record
from generator.records.fieldtable import rules_of, vocabulary_of
from generator.records.german import german_date
from generator.records.source import source_of
from generator.records.types import TYPES
from generator.records.value_rules import DateRule, LooseDateRule
from generator.records.vocabulary import Vocabulary

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")
PUBLIC = "oeffentlich"


@dataclass(frozen=True, slots=True)
class Field:
    """A changed field; `before` and `now` are words, or "" if they are not shown."""

    name: str
    label: str
    before: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was: its fields, or None if it could not be read."""

    fields: dict[str, Any] | None

    @property
    def public(self) -> bool:
        return self.fields is not None and self.fields.get("vertraulichkeit") == PUBLIC


def version(raw: bytes | None, path: str) -> Version:
    """A version from the bytes of its file."""
    if raw is None:
        return Version(None)
    source = source_of(raw, path)
    fields = source.document.root
    if source.errors or not isinstance(fields, dict):
        return Version(None)
    if path.endswith(".md"):
        fields = {**fields, "text": source.body}
    return Version(dict(fields))


def compared(old: Version, new: Version, before: str, after: str) -> list[Field]:
    """The fields that differ, in the order of the field table."""
    found = []
    if PurePosixPath(before).stem != PurePosixPath(after).stem:
        found.append(Field("id", "Kennung"))
    if old.fields is None or new.fields is None:
        return found
    model = TYPES.get(str(new.fields.get("typ")))
    if model is None:
        return found
    for name, label, words in _table(model):
        then, now = old.fields.get(name), new.fields.get(name)
        if _flat(then, name) != _flat(now, name):
            found.append(Field(name, label, _said(then, words), _said(now, words)))
    return found


def _flat(value: Any, name: str) -> Any:
    """Ways to write the same: an empty group, other line breaks in the body."""
    if name == "text":
        return str(value or "").split()
    return None if value in ("", [], {}) else value


def _said(value: Any, words: Vocabulary | bool) -> str:
    """A value in words if it may be shown."""
    if not isinstance(value, str):
        return ""
    if isinstance(words, Vocabulary):
        return words.label(value) if value in words.values else ""
    return german_date(value) if words and _DAY.fullmatch(value) else ""


@cache
def _table(model: type[Record]) -> list[tuple[str, str, Vocabulary | bool]]:
    """(field, label, its vocabulary or whether it is a date)"""
    return [*_rows(model), ("text", "Text", False)]


def _rows(model: type[Record]) -> Iterator[tuple[str, str, Vocabulary | bool]]:
    for name, info in model.model_fields.items():
        if info.title is not None:
            many = "tuple" in str(info.annotation)
            dated = any(isinstance(rule, DateRule | LooseDateRule) for rule in rules_of(info))
            yield name, info.title, False if many else vocabulary_of(info) or dated

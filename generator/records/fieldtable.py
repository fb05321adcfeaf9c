"""Reading the field table: each field as people see it, and the rules in its annotation."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.records.messages import nested_model
from generator.records.value_rules import Rule, VocabularyRule
from generator.records.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Row:
    """One field as people read it.  `depth` is 1 inside a group."""

    name: str
    label: str
    description: str
    example: str
    required: bool
    many: bool
    depth: int
    vocabulary: Vocabulary | None


def rows(model: type[BaseModel], depth: int = 0, without: Container[str] = ()) -> Iterator[Row]:
    """The fields of a type or group in their order, groups followed by their own fields."""
    for name, info in model.model_fields.items():
        if info.title is None or name in without:
            continue
        yield Row(
            name=name,
            label=info.title,
            description=info.description or "",
            example=_example((info.examples or [""])[0]),
            required=info.is_required(),
            many="tuple" in str(info.annotation),
            depth=depth,
            vocabulary=vocabulary_of(info),
        )
        inner = nested_model(info.annotation)
        if inner is not None and depth == 0:
            yield from rows(inner, depth + 1)


def vocabulary_of(info: FieldInfo) -> Vocabulary | None:
    """The vocabulary of a field's values, if it has one."""
    for rule in rules_of(info):
        if isinstance(rule, VocabularyRule):
            return rule.vocabulary
    return None


def rules_of(info: FieldInfo) -> Iterator[Rule]:
    """All rules in a field's annotation."""
    yield from (m for m in info.metadata if isinstance(m, Rule))
    yield from _rules(info.annotation)


def _rules(annotation: Any) -> Iterator[Rule]:
    yield from (m for m in getattr(annotation, "__metadata__", ()) if isinstance(m, Rule))
    for inner in get_args(annotation):
        yield from _rules(inner)


def _example(value: Any) -> str:
    """An example as it would stand in a file."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_example(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_example(v) for v in value) + "]"
    return str(value)

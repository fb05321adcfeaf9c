"""The field reference page, read off the field table."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.pages.page import Page
from generator.records.common import Record
from generator.records.fields import Rule, VocabularyRule
from generator.records.messages import nested_model
from generator.records.types import TYPES
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


def field_reference() -> Iterator[Page]:
    """One page with the common fields, and one per type with its own."""
    base = "mitmachen/felder/"
    crumbs = (("Start", ""), ("Mitmachen", "mitmachen/"))
    models = tuple(TYPES.values())
    yield _page(base, "Felder aller Einträge", None, list(rows(Record)), crumbs, models)
    for model in models:
        own = list(rows(model, without=Record.model_fields))
        title = f"Felder: {model.mehrzahl}"
        yield _page(
            f"{base}{model.ordner}/", title, model, own, (*crumbs, ("Alle Felder", base)), models
        )


def _page(
    path: str, title: str, model: type[Record] | None, fields: list[Row], crumbs: Any, models: Any
) -> Page:
    return Page(
        path=path,
        kind="felder",
        area="mitmachen/",
        title=title,
        description="Was in einem Eintrag stehen kann: jedes Feld mit Bedeutung und Beispiel.",
        template="felder.html",
        context={
            "titel": title,
            "model": model,
            "zeilen": fields,
            "arten": models,
            "krumen": crumbs,
        },
    )

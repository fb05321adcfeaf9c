"""Which fields of a record name other records: read off the field table, once per type.

`references(record)` walks those fields and yields every id with its path.  A free field (a solution's
id or plain words) counts as a reference only if its text looks like an id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from generator.records.common import Record
from generator.records.messages import nested_model
from generator.records.value_rules import ID_PATTERN, ReferenceRule
from generator.records.yaml_reader import Path


@dataclass(frozen=True, slots=True)
class Reference:
    """One id in one record.  `path[0]` is the field; `rule` says which types it may name."""

    source: str
    target: str
    path: Path
    rule: ReferenceRule

    @property
    def field(self) -> str:
        return str(self.path[0])


@dataclass(frozen=True, slots=True)
class _Place:
    steps: tuple[str, ...]
    rule: ReferenceRule


def references(record: Record) -> Iterator[Reference]:
    """Every reference of `record`, in field order."""
    for place in _places(type(record)):
        for path, value in _values(record, place.steps, ()):
            if not place.rule.free or ID_PATTERN.fullmatch(value):
                yield Reference(record.id, value, path, place.rule)


@cache
def _places(model: type[Any]) -> tuple[_Place, ...]:
    places = []
    for name, info in model.model_fields.items():
        rule = _rule(info.annotation) or next(
            (m for m in info.metadata if isinstance(m, ReferenceRule)), None
        )
        inner = nested_model(info.annotation)
        if rule is not None:
            places.append(_Place((name,), rule))
        elif inner is not None:
            places += [_Place((name, *p.steps), p.rule) for p in _places(inner)]
    return tuple(places)


def _rule(annotation: Any) -> ReferenceRule | None:
    """The reference rule inside `Annotated[…]`, `X | None` or `tuple[X, ...]`."""
    for meta in getattr(annotation, "__metadata__", ()):
        if isinstance(meta, ReferenceRule):
            return meta
    return next((rule for arg in get_args(annotation) if (rule := _rule(arg))), None)


def _values(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    if value is None:
        return
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _values(item, steps, (*path, index))
    elif steps:
        yield from _values(getattr(value, steps[0]), steps[1:], (*path, steps[0]))
    else:
        yield path, value

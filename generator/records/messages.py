"""Pydantic's errors → German problems with the place in the file.

Our own rules bring their German text along (`fields.complaint`); the few errors that pydantic finds
by itself (missing, unknown, wrong shape) are put into words here.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.records.common import Record
from generator.records.problems import allowed, nearest, quoted
from generator.records.value_rules import slug
from generator.records.wording import said
from generator.records.yaml_reader import Document, Path

INVISIBLE = re.compile("[^\\S \\t]|[\xad\u200b-\u200f\u2060]")


def explain(
    error: ValidationError, model: type[BaseModel], document: Document
) -> list[tuple[Path, str, str]]:
    """Each error as (path in the document, code, German message)."""
    found = []
    meant: set[Path] = set()  # fields that a misspelt field stands for
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *group, name = detail["loc"]
            names = _fields(_model_at(model, tuple(group)))
            meant.add((*group, _meant(str(name), names)))
    for detail in details:
        if detail["type"] == "missing" and tuple(detail["loc"]) in meant:
            continue
        found.append(_explain(detail, model, document))
    return found


def _explain(
    detail: ErrorDetails, model: type[BaseModel], document: Document
) -> tuple[Path, str, str]:
    path: Path = tuple(detail["loc"])
    kind = detail["type"]
    name = str(path[-1]) if path else ""
    if kind == "regel":
        context = detail.get("ctx", {})
        return path, str(context["code"]), str(context["message"])
    if kind == "missing":
        fields = _fields(_model_at(model, path[:-1]))
        label = fields.get(name, name)
        if path in document.keys:  # the key stands there without a value
            empty = said("pflicht-leer", feld=quoted(name), wort=label)
            return path, "pflichtfeld", empty + _example(detail, model, path)
        missing = said("pflicht-fehlt", feld=quoted(name), wort=label)
        return path[:-1], "pflichtfeld", missing + _example(detail, model, path)
    if kind == "extra_forbidden":
        return path, "unbekanntes-feld", _unknown_field(name, _fields(_model_at(model, path[:-1])))
    if kind == "tuple_type":
        return path, "liste", said("eine-liste") + _example(detail, model, path)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        group = _model_at(model, path)
        if group is not None and (short := getattr(group, "schreibweise", "")):
            return path, "gruppe", said("schreibweise", feld=name, beispiel=short)
        return path, "gruppe", said("eine-gruppe") + _example(detail, model, path)
    return path, "wert", "Dieser Wert passt hier nicht."


# What people like to store although it follows from other fields.
DERIVED = ("nutzwert", "gueltigkeit", "groessenklasse", "url")


def _unknown_field(name: str, fields: dict[str, str]) -> str:
    if INVISIBLE.search(name):
        return said("unsichtbar", feld=quoted(INVISIBLE.sub("", name)))
    unknown = said("unbekannt", feld=quoted(name))
    if name in DERIVED:
        return unknown + said("berechnet")
    if meant := _meant(name, fields):
        return unknown + said("meint", quoted(meant))
    own = sorted(fields, key=lambda n: n in Record.model_fields) if "typ" in fields else [*fields]
    return f"{unknown}{allowed(own, 60)}"


def _meant(name: str, fields: dict[str, str]) -> str:
    """The field that an unknown name stands for: by its label or a near spelling; "" if none."""
    name = INVISIBLE.sub("", name)
    labels = {slug(label): field for field, label in fields.items()}
    return labels.get(slug(name), "") or nearest(name, fields)


def _example(detail: ErrorDetails, model: type[BaseModel], path: Path) -> str:
    """An example in YAML: with the author's own words where a list of them is wanted."""
    field = _field_at(model, path)
    value, name = detail["input"], next((str(s) for s in reversed(path) if isinstance(s, str)), "")
    if field is None:
        return ""
    group = nested_model(field.annotation)
    if detail["type"] == "tuple_type" and isinstance(value, str) and group is None:
        lines = [line.strip("-* ") for line in value.strip().split("\n")]
        return said("schreiben-sie", feld=name, wert=_flow(lines))[:200]
    example = (field.examples or [None])[0]
    if path[-1] != name and isinstance(example, list):
        return said("beispiel-eintrag", wert=_flow(example[0]))
    return said("beispiel", feld=name, wert=_flow(example)) if example else ""


def _flow(value: Any) -> str:
    """Plain data on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return f'"{value}"' if re.search(r"[,:#\[\]{}]", str(value)) else str(value)


def _fields(model: type[BaseModel] | None) -> dict[str, str]:
    """Field name → label of what an author may write."""
    if model is None:
        return {}
    return {n: f.title or n for n, f in model.model_fields.items() if f.title or n == "text"}


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model class that describes the group at `path`."""
    field = _field_at(model, path)
    return nested_model(field.annotation) if field else (None if path else model)


def _field_at(model: type[BaseModel], path: Path) -> FieldInfo | None:
    """The row of the field table that describes the value at `path`."""
    current: type[BaseModel] | None = model
    field = None
    for step in path:
        if isinstance(step, str):
            field = current.model_fields.get(step) if current else None
            current = nested_model(field.annotation) if field else None
    return field


def nested_model(annotation: Any) -> type[BaseModel] | None:
    """The model class inside `X`, `X | None` or `tuple[X, ...]`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (model := nested_model(inner)) is not None:
            return model
    return None

"""Pydantic's errors → German problems with the place in the file.

Our own rules bring their German text along (`fields.complaint`); the few errors that pydantic finds
by itself (missing, unknown, wrong shape) are put into words here.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.records.problems import allowed, did_you_mean, quoted
from generator.records.yaml_reader import Document, Path


def explain(
    error: ValidationError, model: type[BaseModel], document: Document
) -> list[tuple[Path, str, str]]:
    """Each error as (path in the document, code, German message); one per path."""
    found: dict[Path, tuple[str, str]] = {}
    for detail in error.errors(include_url=False):
        path, code, message = _explain(detail, model, document)
        found.setdefault(path, (code, message))
    return [(path, code, message) for path, (code, message) in found.items()]


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
            return path, "pflichtfeld", f"Das Pflichtfeld {quoted(name)} ({label}) ist leer."
        return path[:-1], "pflichtfeld", f"Es fehlt das Pflichtfeld {quoted(name)} ({label})."
    if kind == "extra_forbidden":
        names = list(_fields(_model_at(model, path[:-1])))
        return (
            path,
            "unbekanntes-feld",
            f"Das Feld {quoted(name)} gibt es hier nicht.{did_you_mean(name, names)}{allowed(names, 60)}",
        )
    if kind == "tuple_type":
        value = detail["input"]
        example = (
            f" Schreiben Sie: {name}: [{value}]"
            if isinstance(value, str) and "\n" not in value[:80]
            else ""
        )
        return (
            path,
            "liste",
            f"Hier gehört eine Liste hin: eine Zeile je Eintrag, mit „- “ davor.{example[:120]}",
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        names = list(_fields(_model_at(model, path)))
        return path, "gruppe", f"Hier gehören eingerückte Felder hin.{allowed(names)}"
    return path, "wert", "Dieser Wert passt hier nicht."


def _fields(model: type[BaseModel] | None) -> dict[str, str]:
    """Field name → label of what an author may write."""
    if model is None:
        return {}
    return {n: f.title or n for n, f in model.model_fields.items() if f.title or n == "text"}


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model class that describes the group at `path`."""
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or current is None:
            continue
        field = current.model_fields.get(step)
        current = nested_model(field.annotation) if field else None
    return current


def nested_model(annotation: Any) -> type[BaseModel] | None:
    """The model class inside `X`, `X | None` or `tuple[X, ...]`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (model := nested_model(inner)) is not None:
            return model
    return None

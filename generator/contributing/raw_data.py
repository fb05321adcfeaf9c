"""A checked record → the raw data that a file with the same content would hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.records.common import Record


def raw_record(record: Record) -> dict[str, Any]:
    """The fields of a record as they would stand in its file; without `id`, `datei` and `text`."""
    return {
        name: raw
        for name, info in type(record).model_fields.items()
        if info.title is not None and (raw := raw_value(getattr(record, name))) not in (None, [])
    }


def raw_value(value: Any) -> Any:
    """Texts, lists and groups of texts: what YAML would give."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, BaseModel):
        fields = ((name, raw_value(getattr(value, name))) for name in type(value).model_fields)
        return {name: raw for name, raw in fields if raw is not None}
    if isinstance(value, Mapping):
        return {str(k): raw_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [raw_value(v) for v in value]
    return value


def number_text(value: Decimal) -> str:
    """11.50 → "11.5", 1E+3 → "1000"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

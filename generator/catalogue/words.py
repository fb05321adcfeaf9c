"""Any field of any record in plain words, by the field table: for tables, and for records of other wikis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.catalogue.catalogue import Catalogue
from generator.records.fieldtable import rules_of, vocabulary_of
from generator.records.german import german_date, german_number
from generator.records.value_rules import LooseDateRule, ReferenceRule


def words_of(value: Any, model: type[BaseModel], name: str, catalogue: Catalogue) -> Iterator[str]:
    """A field's value in words, an entry of a list each; references by the titles of what they name."""
    if value is None:
        return
    if isinstance(value, tuple | list):
        parts = [" ".join(words_of(v, model, name, catalogue)) for v in value]
        simple = not any(isinstance(v, BaseModel) for v in value)
        yield from [", ".join(parts)] if simple and parts else parts
    elif isinstance(value, BaseModel):
        fields = type(value).model_fields
        told = [
            f"{info.title}: {words}"
            for n, info in fields.items()
            if (words := " ".join(words_of(getattr(value, n), type(value), n, catalogue)))
        ]
        yield "; ".join(told)
    elif isinstance(value, bool):
        yield "ja" if value else "nein"
    elif isinstance(value, date):
        yield german_date(value)
    elif isinstance(value, int | float | Decimal):
        unit = " Personentage" if name.endswith("personentage") else ""
        yield f"{german_number(Decimal(value))}{unit}"
    elif isinstance(value, dict):
        yield "; ".join(f"{k}: {v}" for k, v in value.items())
    else:
        vocabulary = vocabulary_of(model.model_fields[name])
        text = str(value)
        if vocabulary is not None:
            yield vocabulary.label(text)
        elif any(isinstance(r, LooseDateRule) for r in rules_of(model.model_fields[name])):
            yield german_date(text)
        elif name == "kategorie" and text in catalogue.categories:
            yield catalogue.categories[text].name
        else:
            target = catalogue.get(text) if _is_reference(model, name) else None
            yield target.titel if target is not None else text


def _is_reference(model: type[BaseModel], name: str) -> bool:
    return any(isinstance(r, ReferenceRule) for r in rules_of(model.model_fields[name]))

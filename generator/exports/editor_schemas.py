"""JSON Schemas for editors: what may stand in a record's file, with German explanations.

`schemas.py` describes records as the API delivers them; these describe them as people write them:
without what is derived, with the short ways of writing, and with a word for every value of a list, so
that completion in an editor explains itself.  They are a little more tolerant than `wissen check`,
which has the last word: an editor must not complain where the check does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.records.common import Record
from generator.records.fieldtable import rules_of
from generator.records.messages import nested_model
from generator.records.types import TYPES
from generator.records.value_rules import (
    AnythingRule,
    BoolRule,
    DateRule,
    DetailsRule,
    LooseDateRule,
    NumberRule,
    PatternRule,
    ReferenceRule,
    Rule,
    TextRule,
    VocabularyRule,
)

DIALECT = "http://json-schema.org/draft-07/schema#"  # what editors know best
_FROM_FILE = ("id", "datei", "text")
_SCALAR = ["string", "number", "boolean"]  # 2027, ja and 5,5 need no quotes in a file


@cache
def editor_schema(typ: str) -> dict[str, Any]:
    """The schema of one type's files."""
    model = TYPES[typ]
    groups: dict[str, Any] = {}
    schema = _group(model, groups)
    schema["properties"]["typ"] = {"const": typ, "title": "Typ", "description": model.beschreibung}
    schema["properties"]["text"] = {
        "type": "string",
        "title": "Ausführlicher Text",
        "description": "Nur in .yml-Dateien: der Text in Markdown. In .md-Dateien steht er unter dem Kopf.",
    }
    return {
        "$schema": DIALECT,
        "title": model.einzahl,
        "description": model.beschreibung,
        **schema,
        "definitions": dict(sorted(groups.items())),
    }


def _group(model: type[BaseModel], groups: dict[str, Any]) -> dict[str, Any]:
    skipped = _FROM_FILE if issubclass(model, Record) else ()
    fields = {n: f for n, f in model.model_fields.items() if f.title and n not in skipped}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _field(info, groups) for name, info in fields.items()},
        "required": [name for name, info in fields.items() if info.is_required()],
    }


def _field(info: FieldInfo, groups: dict[str, Any]) -> dict[str, Any]:
    value = _value(info, groups)
    if "tuple" in str(info.annotation):
        value = {"type": ["array", "null"], "items": value}
    elif not info.is_required():
        value = {"anyOf": [value, {"type": "null"}]}  # an empty line is the same as none
    about: dict[str, Any] = {"title": info.title, "description": info.description}
    if info.examples:
        about["examples"] = info.examples
    return {**about, **value}


def _value(info: FieldInfo, groups: dict[str, Any]) -> dict[str, Any]:
    group = nested_model(info.annotation)
    if group is not None:
        return _reference(group, groups)
    rule = next(rules_of(info), None)
    return _rule(rule) if rule else {"type": "string"}


def _reference(model: type[BaseModel], groups: dict[str, Any]) -> dict[str, Any]:
    name = model.__name__
    if name not in groups:
        groups[name] = {}
        groups[name] = _group(model, groups)
    ways: list[dict[str, Any]] = [{"$ref": f"#/definitions/{name}"}]
    if getattr(model, "kurzform", None):
        ways.append({"type": _SCALAR})
    if short := getattr(model, "schreibweise", ""):
        ways.append({"type": [*_SCALAR, "array"], "description": f"Kurz: {short}"})
    if getattr(model, "kurzform", None) == "name":  # `Gebuchte Termine: 1200`
        ways.append({"type": "object", "maxProperties": 1})
    return ways[0] if len(ways) == 1 else {"anyOf": ways}


def _rule(rule: Rule) -> dict[str, Any]:
    match rule:
        case VocabularyRule():
            terms = rule.vocabulary.terms
            words = {
                "enum": [t.value for t in terms],
                "enumDescriptions": [_explained(t.label, t.description) for t in terms],
                "markdownEnumDescriptions": [_explained(t.label, t.description) for t in terms],
            }
            return words if rule.vocabulary.closed else {"anyOf": [words, {"type": "string"}]}
        case TextRule():
            return {"type": _SCALAR}
        case ReferenceRule():
            return {"type": _SCALAR} if rule.free else {"type": _SCALAR, "pattern": "^[a-z0-9-]+$"}
        case DateRule():
            return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
        case LooseDateRule():
            return {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
        case NumberRule():
            bounds = {"minimum": rule.low, "maximum": rule.high}
            return {"type": ["number", "string"], **{k: v for k, v in bounds.items() if v is not None}}  # fmt: skip
        case BoolRule():
            others = "^([Jj]a|[Nn]ein|[Tt]rue|[Ff]alse|[Ww]ahr|[Ff]alsch)$"
            plain: dict[str, Any] = {"enum": ["ja", "nein", True, False]}
            return {"anyOf": [plain, {"type": "string", "pattern": others}]}
        case PatternRule():
            return {"type": ["string", "integer"], "pattern": f"^(?:{rule.pattern})$"}
        case DetailsRule():
            known = {key: {"title": label, "type": [*_SCALAR, "array", "null"]} for key, label in rule.known}  # fmt: skip
            return {"type": "object", "properties": known}
        case AnythingRule():
            return {"type": "object"}
    raise TypeError(f"no schema for {type(rule).__name__}")


def _explained(label: str, description: str) -> str:
    return f"{label}: {description}" if description else label


def editor_schemas() -> Iterable[tuple[str, dict[str, Any]]]:
    """(file name, schema) of every type."""
    for typ in TYPES:
        yield f"{typ}.json", editor_schema(typ)

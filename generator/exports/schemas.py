"""JSON Schemas derived from the field table: for editors (front matter) and for readers of the API."""

from __future__ import annotations

from functools import cache
from typing import Any

from generator.records.types import TYPES
from generator.records.vocabulary import GROESSENKLASSE, GUELTIGKEIT

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def type_schema(typ: str) -> dict[str, Any]:
    """The JSON Schema of one type's records as the API delivers them.

    An editor may use it for front matter too: what is derived is optional there.
    """
    model = TYPES[typ]
    schema = model.model_json_schema()
    properties: dict[str, Any] = schema["properties"]
    properties.pop("datei")
    properties["typ"] = {**properties["typ"], "const": typ}
    properties["id"] = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "title": "Kennung"}
    if "url" in properties:
        properties["webauftritt"] = properties["url"]
    properties["url"] = {"type": "string", "title": "Adresse der Seite"}
    properties["gueltigkeit"] = {"enum": list(GUELTIGKEIT.values), "title": "Gültigkeit"}
    properties["gueltigkeit_bis"] = {"type": "string", "format": "date", "title": "Gültig bis"}
    properties["nutzwert"] = {
        "type": ["number", "null"],
        "minimum": 0,
        "maximum": 10,
        "title": "Nutzwert",
    }
    properties["ausgeschlossen"] = {
        "type": "boolean",
        "title": "Ein Ausschlusskriterium ist nicht erfüllt",
    }
    properties["ersetzt_durch"] = {"type": "string", "title": "Ersetzt durch"}
    if typ == "organisation":
        properties["groessenklasse"] = {
            "enum": list(GROESSENKLASSE.values),
            "title": "Größenklasse",
        }
    schema["required"] = [n for n in schema.get("required", []) if n not in ("id", "datei")]
    return {
        "$schema": DIALECT,
        **_without_internal(schema),
        "title": model.einzahl,
        "description": model.beschreibung,
    }


def _without_internal(value: Any) -> Any:
    """Drop pydantic's own titles of groups and our internal marks."""
    if isinstance(value, dict):
        return {
            k: _without_internal(v) for k, v in value.items() if k not in ("x-facette", "x-spalte")
        }
    if isinstance(value, list):
        return [_without_internal(v) for v in value]
    return value

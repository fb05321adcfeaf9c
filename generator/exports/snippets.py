"""Snippets for VS Code: fields and whole records to fill in, in the front matter of Markdown files too.

An editor's support for YAML does not reach into Markdown, where most records are written; its snippets do.
They are made of the editor's schemas: a field begins with its example, a closed list is a choice, and the
explanation stands beside.  Fields that several types share are one snippet that names them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from generator.exports.editor_schemas import editor_schema
from generator.records.types import TYPES

SCOPE = "markdown,yaml"
_QUOTED = (": ", " #")  # what plain text must not hold
_FIRST = "-?:,[]{}#&*!|>'\"%@`"
_LEFT_OUT = ("typ", "text")
_DATE = editor_schema("bewertung")["properties"]["stand"]["pattern"]


def code_snippets() -> str:
    """The content of a file `….code-snippets`."""
    found: dict[str, dict[str, Any]] = {}
    for typ, model in TYPES.items():
        schema = editor_schema(typ)
        found[f"{model.einzahl} anlegen"] = {
            "scope": "markdown",
            "prefix": [typ, f"neu-{typ}"],
            "description": f"Neuer Eintrag: {model.einzahl}. {model.beschreibung}",
            "body": ["---", f"typ: {typ}", *_required(schema), "---", "", "$0"],
        }
    for name, ways in sorted(_fields().items()):
        for number, ((body, about), types) in enumerate(ways.items()):
            found[name if not number else f"{name} ({', '.join(types)})"] = {
                "scope": SCOPE,
                "prefix": name,
                "description": f"{about} [{', '.join(types)}]",
                "body": [*json.loads(body), "$0"],
            }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _fields() -> dict[str, dict[tuple[str, str], list[str]]]:
    """Field → (body, explanation) → names of the types in which it is written like this."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for typ, model in TYPES.items():
        schema = editor_schema(typ)
        for name, about in schema["properties"].items():
            if name not in _LEFT_OUT:
                body = [*_field(name, about, schema["definitions"], count(1))]
                key = json.dumps(body, ensure_ascii=False), _explained(about)
                found.setdefault(name, {}).setdefault(key, []).append(model.einzahl)
    return found


def _required(schema: Mapping[str, Any]) -> Iterator[str]:
    """The fields without which a record is not complete."""
    stops = count(1)
    for name in schema["required"]:
        if name not in _LEFT_OUT:
            yield from _field(name, schema["properties"][name], schema["definitions"], stops)


def _explained(about: Mapping[str, Any]) -> str:
    words = _choices(about)
    ways = (about, *about.get("anyOf", ()))
    told: list[str] = next(
        (way["enumDescriptions"] for way in ways if "enumDescriptions" in way), []
    )
    values = [f"{value} = {text}" for value, text in zip(words, told, strict=False)]
    return " ".join([f"{about['title']}: {about['description']}", *values])


def _field(name: str, about: Mapping[str, Any], groups: Mapping[str, Any], stops: Iterator[int]) -> Iterator[str]:  # fmt: skip
    (example,) = about.get("examples") or ("",)
    lines = [*_value(example, about, groups, stops)]
    if len(lines) == 1 and not isinstance(example, dict | list):
        yield f"{name}: {lines[0]}"
    else:
        yield f"{name}:"
        yield from (f"  {line}" for line in lines)


def _value(value: Any, about: Mapping[str, Any], groups: Mapping[str, Any], stops: Iterator[int]) -> Iterator[str]:  # fmt: skip
    """Lines of an example with a stop at each of its values."""
    if isinstance(value, list):
        inner = _resolved(about.get("items", {}), groups)
        for item in value:
            first, *rest = _value(item, inner, groups, stops)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    elif isinstance(value, dict):
        known = _resolved(about, groups).get("properties", {})
        for name, part in value.items():
            described = {
                "title": name,
                "description": "",
                **known.get(name, {}),
                "examples": [part],
            }
            yield from _field(name, described, groups, stops)
    elif _DATE in (about.get("pattern"), *(way.get("pattern") for way in about.get("anyOf", ()))):
        yield f"${{{next(stops)}:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"
    elif words := _choices(about):
        yield f"${{{next(stops)}|{','.join(words)}|}}"
    else:
        text = str(value)
        if text[:1] in _FIRST or any(sign in text for sign in _QUOTED):
            text = json.dumps(text, ensure_ascii=False)
        for sign in ("\\", "$", "}"):
            text = text.replace(sign, f"\\{sign}")
        yield f"${{{next(stops)}:{text}}}"


def _resolved(about: Mapping[str, Any], groups: Mapping[str, Any]) -> Mapping[str, Any]:
    """What describes the parts of a value: a group, if it is one."""
    for way in (about, *about.get("anyOf", ())):
        if "$ref" in way:
            group: Mapping[str, Any] = groups[way["$ref"].rpartition("/")[2]]
            return group
    return next((way for way in about.get("anyOf", ()) if "properties" in way), about)


def _choices(about: Mapping[str, Any]) -> list[str]:
    """The words of a closed or open list, as they are written."""
    for way in (about, *about.get("anyOf", ())):
        if "enum" in way:
            return [str(word) for word in way["enum"] if isinstance(word, str)]
    return []

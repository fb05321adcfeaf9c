"""A field in one text box: how cells, prompts, options and issue forms write lists and groups.

    Schlagworte        Bürgerbüro, Termin                    several: comma, semicolon or one per line
    Zeitraum           2026-01 bis 2026-03                   groups that have a short form
    Quellen            titel: Strategie | art: strategie     one entry per line, `feld: Wert`, parted by |
    Wiedervorlage      Kosten sinken                         a first field may stand alone

A line break forces one entry per line, so texts with commas survive; `\\|` is a bar.  `parse` and `show`
are inverse for every value that a record can hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.contributing.yaml_text import field_lines
from generator.records.fieldtable import rules_of
from generator.records.messages import nested_model
from generator.records.value_rules import (
    AnythingRule,
    DetailsRule,
    PatternRule,
    ReferenceRule,
    TextRule,
    VocabularyRule,
    slug,
)
from generator.records.yaml_reader import YamlProblem, read_yaml

_BAR = re.compile(r"(?<!\\)\s*\|\s*")
_PAIR = re.compile(r"([^\W\d][\w -]*?)\s*:(?:\s+|$)(.*)", re.S)


def is_many(info: FieldInfo) -> bool:
    return "tuple" in str(info.annotation)


def is_short(info: FieldInfo) -> bool:
    """May a comma part the entries?  Yes for ids, words of a vocabulary and keywords."""
    rules = list(rules_of(info))
    if any(isinstance(r, VocabularyRule | PatternRule) for r in rules):
        return True
    if any(isinstance(r, ReferenceRule) and not r.free for r in rules):
        return True
    return any(isinstance(r, TextRule) and r.limit <= 300 for r in rules)


def parse(text: str, info: FieldInfo) -> Any:
    """The raw value that a text box says; "" is None.  Never fails: what is odd stays text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None
    group = nested_model(info.annotation)
    rule = next(iter(rules_of(info)), None)
    if isinstance(rule, AnythingRule):
        return _yaml(text)
    if isinstance(rule, DetailsRule):
        return _pairs(re.split(r"\n", text.strip()), {})
    if not is_many(info):
        return _group(text, group) if group else text.strip()
    if text.lstrip().startswith(("[", "- ")):
        flow = _yaml(text)
        if isinstance(flow, list):
            return flow
    if group:
        return [_group(line, group) for line in _lines(text)]
    if "\n" in text:
        return _lines(text)
    pattern = r"[;,]" if is_short(info) else r";"
    return [part.strip() for part in re.split(pattern, text) if part.strip()]


def _lines(text: str) -> list[str]:
    stripped = (re.sub(r"^[-•*]\s+", "", line.strip()) for line in text.split("\n"))
    return [line for line in stripped if line]


def _yaml(text: str) -> Any:
    try:
        return read_yaml(text).root
    except YamlProblem:
        return text


def _group(text: str, group: type[BaseModel]) -> Any:
    text = text.strip()
    parts = [part.replace("\\|", "|").strip() for part in _BAR.split(text.strip("\n"))]
    if len(parts) == 1 and "\n" in text:
        parts = [line.strip() for line in text.split("\n") if line.strip()]
    names = {slug(info.title or name): name for name, info in group.model_fields.items()}
    names |= {slug(name): name for name in group.model_fields}
    first = _PAIR.fullmatch(parts[0])
    if first is None or (slug(first[1]) not in names and getattr(group, "kurzform", None)):
        short = getattr(group, "kurzform", None)
        if len(parts) == 1 or short is None:
            return text if len(parts) == 1 else _pairs(parts, names)
        return {short: parts[0], **_pairs(parts[1:], names)}
    return _pairs(parts, names)


def _pairs(lines: list[str], names: Mapping[str, str]) -> Any:
    found: dict[str, Any] = {}
    for line in lines:
        pair = _PAIR.fullmatch(line.strip())
        if pair:
            name = names.get(slug(pair[1]), pair[1].strip())
            found[name] = pair[2].strip()
        elif line.strip():
            found[line.strip()] = None
    return {k: v for k, v in found.items() if v != ""} or None


def show(value: Any, info: FieldInfo) -> str:
    """The text box of a raw value."""
    if value in (None, [], {}):
        return ""
    rule = next(iter(rules_of(info)), None)
    if isinstance(rule, AnythingRule):
        return "\n".join(line for k, v in value.items() for line in field_lines(str(k), v))
    if isinstance(rule, DetailsRule):
        return "\n".join(f"{k}: {v}" for k, v in value.items())
    group = nested_model(info.annotation)
    if not is_many(info):
        return _shown_group(value, group) if group else str(value)
    entries = [_shown_group(v, group) if group else str(v) for v in value]
    text = "\n".join(entries)
    marks = r"[;,]" if is_short(info) else r";"
    if len(entries) == 1 and not group and re.search(marks, text):
        text += "\n"
    return text


def _shown_group(value: Any, group: type[BaseModel] | None) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    parts = [f"{k}: {_shown_value(v, group, str(k))}" for k, v in value.items() if v is not None]
    return " | ".join(parts)


def _shown_value(value: Any, group: type[BaseModel] | None, name: str) -> str:
    if isinstance(value, Mapping):  # a range within a group
        return f"{value.get('von')} bis {value.get('bis')}"
    return str(value).replace("|", "\\|")

"""Plain data → YAML as an editor would write it.  Far faster than PyYAML's dumper."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Data: TypeAlias = "str | int | float | Sequence[Data] | Mapping[str, Data]"

WIDTH = 96
_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüß](?:[\wÄÖÜäöüß ,;./()+%–?!&-]|:(?! |$))*")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def yaml_text(fields: Mapping[str, Data], indent: str = "") -> str:
    """The lines of a block mapping, each ended."""
    lines: list[str] = []
    _mapping(fields, indent, lines)
    return "\n".join(lines) + "\n"


def _mapping(fields: Mapping[str, Data], indent: str, lines: list[str]) -> None:
    for key, value in fields.items():
        if isinstance(value, Mapping):
            lines.append(f"{indent}{key}:")
            _mapping(value, indent + "  ", lines)
        elif isinstance(value, str | int | float):
            lines.append(f"{indent}{key}: {_scalar(value, indent)}")
        else:
            lines.append(f"{indent}{key}:")
            _list(value, indent + "  ", lines)


def _list(items: Sequence[Data], indent: str, lines: list[str]) -> None:
    for item in items:
        if isinstance(item, Mapping):
            start = len(lines)
            _mapping(item, indent + "  ", lines)
            lines[start] = f"{indent}- {lines[start].lstrip()}"
        else:
            assert isinstance(item, str | int | float)
            lines.append(f"{indent}- {_scalar(item, indent)}")


def _scalar(value: str | int | float, indent: str) -> str:
    if not isinstance(value, str):
        return str(value)
    if "\n" in value:
        return "|\n" + "\n".join(f"{indent}  {line}" if line else "" for line in value.split("\n"))
    if len(value) > WIDTH:
        return ">-\n" + "\n".join(f"{indent}  {line}" for line in _wrapped(value))
    if _PLAIN.fullmatch(value) or _DATE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _wrapped(text: str) -> list[str]:
    """Lines of at most `WIDTH` letters where words allow it."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= WIDTH:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]

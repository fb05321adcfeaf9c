"""Raw data → the text of a record's file: YAML that people like to read and edit.

Fields stand in the order of the field table, long texts are folded, lists have one line per entry.  With
`help`, every field of the type is explained in a comment, filled in or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

import yaml

from generator.records.fieldtable import Row, rows
from generator.records.types import TYPES

WIDTH = 96
_SKIPPED = ("id", "datei", "text")
_FOLDABLE = re.compile(r"\S+(?: \S+)*")  # single spaces only: folding loses no other


def record_text(
    data: Mapping[str, Any], body: str = "", *, suffix: str = ".md", help: bool = False
) -> str:
    """The file of a record.  `data` holds raw values; None and empty lists are left out."""
    typ = str(data["typ"])
    lines = [*_with_help(typ, data)] if help else [*_plain(typ, data)]
    if suffix == ".md":
        text = "\n".join(["---", *lines, "---", ""])
        return f"{text}\n{body.strip()}\n" if body.strip() else text
    if body.strip():
        lines += field_lines("text", body.strip())
    return "\n".join(lines) + "\n"


def _ordered(typ: str, names: Iterable[str]) -> list[str]:
    """Field names in the order of the field table; unknown ones last, as they came."""
    known = [n for n in TYPES[typ].model_fields if n not in _SKIPPED] if typ in TYPES else []
    names = list(names)
    return [n for n in known if n in names] + [
        n for n in names if n not in known and n not in _SKIPPED
    ]


def _plain(typ: str, data: Mapping[str, Any]) -> Iterator[str]:
    for name in _ordered(typ, data):
        if not _is_empty(data[name]):
            yield from field_lines(name, data[name])


def _with_help(typ: str, data: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {TYPES[typ].einzahl}: {TYPES[typ].beschreibung}"
    yield "# Zeilen mit # sind Hilfen und werden nicht gelesen. Zum Ausfüllen das # am Zeilenanfang löschen."
    table = [row for row in rows(TYPES[typ]) if row.depth or row.name not in _SKIPPED]
    groups: dict[str, list[Row]] = {}
    for row in table:
        if row.depth == 0:
            current = groups.setdefault(row.name, [])
        else:
            current.append(row)
    for row in (row for row in table if row.depth == 0):
        yield ""
        yield from _help(row)
        value = data.get(row.name)
        if not _is_empty(value):
            yield from field_lines(row.name, value)
        else:
            yield from _sample(row, groups[row.name])
    for name in data:
        if name not in groups and name not in _SKIPPED and not _is_empty(data[name]):
            yield from field_lines(name, data[name])


def _help(row: Row) -> Iterator[str]:
    must = " Pflichtfeld." if row.required else ""
    words = f"{row.label}: {row.description}{must}"
    if row.vocabulary:
        values = (f"{t.value} ({t.label})" for t in row.vocabulary.terms)
        words += f" {'Erlaubt' if row.vocabulary.closed else 'Üblich'}: {', '.join(values)}."
    yield from (f"# {line}" for line in wrap(words, WIDTH - 2, break_long_words=False))


def _sample(row: Row, inner: list[Row]) -> Iterator[str]:
    """What the field looks like, as a comment."""
    if inner:
        yield f"# {row.name}:"
        for number, part in enumerate(inner):
            mark = ("- " if number == 0 else "  ") if row.many else ""
            hint = "" if part.required else "  # freiwillig"
            yield f"#   {mark}{part.name}: {part.example or part.description}{hint}"
    else:
        example = row.example
        if row.many and not example.startswith("["):
            example = f"[{example}]"
        yield f"# {row.name}: {example}"


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value in ([], {}, ())


def field_lines(name: str, value: Any, indent: int = 0) -> list[str]:
    """`name: value` in as many lines as it needs."""
    pad = " " * indent
    if isinstance(value, Mapping):
        inner = [(k, v) for k, v in value.items() if not _is_empty(v)]
        if not inner:
            return [f"{pad}{name}: {{}}"]
        lines = [f"{pad}{key_text(name)}:"]
        for key, item in inner:
            lines += field_lines(str(key), item, indent + 2)
        return lines
    if isinstance(value, list | tuple):
        lines = [f"{pad}{key_text(name)}:"]
        for item in value:
            lines += item_lines(item, indent + 2)
        return lines if len(value) else [f"{pad}{key_text(name)}: []"]
    first, *rest = _scalar_lines(_as_text(value), indent + 2, len(name) + 2 + indent)
    return [f"{pad}{key_text(name)}: {first}", *rest]


def item_lines(item: Any, indent: int) -> list[str]:
    """One entry of a list: `- value`, or `- ` before the first line of a group."""
    pad = " " * indent
    if isinstance(item, Mapping):
        lines: list[str] = []
        for key, value in item.items():
            if not _is_empty(value):
                lines += field_lines(str(key), value, indent + 2)
        if not lines:
            return [f"{pad}- {{}}"]
        lines[0] = f"{pad}- {lines[0][indent + 2 :]}"
        return lines
    if isinstance(item, list | tuple):
        flow = yaml.safe_dump(list(item), default_flow_style=True, allow_unicode=True, width=10**6)
        return [f"{pad}- {flow.strip()}"]
    first, *rest = _scalar_lines(_as_text(item), indent + 2, indent + 2)
    return [f"{pad}- {first}", *rest]


def key_text(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) and not name.isdigit() else _one_line(name)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return "" if value is None else str(value)


def _scalar_lines(text: str, indent: int, used: int) -> list[str]:
    """A text after its field name: on that line, folded, or as a block of lines."""
    pad = " " * indent
    clean = not text.startswith((" ", "\n")) and not re.search(r"[^\S\n]$|\n\Z|\t|\r", text)
    if "\n" in text:
        if clean and all(not line or line == line.rstrip() for line in text.split("\n")):
            return ["|-", *(f"{pad}{line}" if line else "" for line in text.split("\n"))]
        return [_quoted(text)]
    one = _one_line(text)
    if used + len(one) <= WIDTH or not _FOLDABLE.fullmatch(text):
        return [one]
    lines = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [">-", *(pad + line for line in lines)]


def _one_line(text: str) -> str:
    """The scalar as YAML, quoted if it must be.  Whatever looks like a number or yes stays text."""
    if re.fullmatch(r"-?[0-9][0-9.,-]*|[0-9]{4}(-[0-9]{2}){1,2}|true|false|ja|nein", text):
        return text  # the reader keeps scalars as they are written
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10**6)
    dumped = dumped.removesuffix("\n").removesuffix("\n...")
    return dumped if "\n" not in dumped else _quoted(text)


def _quoted(text: str) -> str:
    dumped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)
    return dumped.strip()

"""Changes to single fields of a record's file: its comments, its order and all other lines stay.

The place of a field comes from the YAML reader; a field ends before the next line that is not indented
deeper (comments and blank lines before the next field stay with that one).  A new field goes where the
field table has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.contributing.yaml_text import field_lines, item_lines
from generator.records.source import Source, read_fields, split_front_matter
from generator.records.types import TYPES


class CannotEdit(Exception):
    """The text is no record that can be changed line by line."""


def with_fields(text: str, changes: Mapping[str, Any], *, markdown: bool) -> str:
    """The text with these top-level fields set; None removes a field."""
    for name, value in changes.items():
        text = _with_field(text, name, value, markdown)
    return text


def with_item(text: str, name: str, item: Any, *, markdown: bool) -> str:
    """The text with one more entry in a list of the top level."""
    source = _source(text, markdown)
    root = source.document.root
    assert isinstance(root, dict)
    present = root.get(name)
    if present is None:
        return _with_field(text, name, [item], markdown)
    if not isinstance(present, list):
        raise CannotEdit(name)
    lines = text.split("\n")
    start, end = _extent(source, name, lines)
    flow = re.search(r"\]\s*(#.*)?$", lines[end - 1])
    first = lines[start]
    if (
        not present
        or (isinstance(item, Mapping) and flow)
        or (flow and "[" in first and end - start > 1)
    ):
        return _with_field(text, name, [*present, item], markdown)
    if flow and "[" in first:
        at = lines[end - 1].rindex("]")
        value = item_lines(item, 0)[0].removeprefix("- ")
        if re.search(r"[,\[\]{}]", value) and not value.startswith(("'", '"')):
            value = f'"{value}"'
        lines[end - 1] = f"{lines[end - 1][:at].rstrip()}, {value}{lines[end - 1][at:]}"
    else:
        position = source.document.positions.get((name, 0))
        dash = next(
            (
                m.start(1)
                for line in lines[start + 1 : end]
                if (m := re.match(r"\s*(-)(?:\s|$)", line))
            ),
            position[1] if position else 2,
        )
        lines[end:end] = item_lines(item, dash)
    return "\n".join(lines)


def _source(text: str, markdown: bool) -> Source:
    source = Source("")
    if markdown:
        parts = split_front_matter(text, source)
        if parts is None:
            raise CannotEdit("Kopf")
        source.yaml_text, source.yaml_line = parts[0], 1
    else:
        source.yaml_text = text
    if not read_fields(source) or source.errors or not isinstance(source.document.root, dict):
        raise CannotEdit("YAML")
    if any(key[1] for path, key in source.document.keys.items() if len(path) == 1):
        raise CannotEdit("Einrückung")
    return source


def _with_field(text: str, name: str, value: Any, markdown: bool) -> str:
    source = _source(text, markdown)
    lines = text.split("\n")
    new = [] if value is None else field_lines(name, value)
    if (name,) in source.document.keys:
        start, end = _extent(source, name, lines)
        lines[start:end] = new
    elif new:
        at = _place_for(name, source, lines)
        lines[at:at] = new
    return "\n".join(lines)


def _extent(source: Source, name: str, lines: list[str]) -> tuple[int, int]:
    """First line of a field, and the one after its last."""
    start = source.document.keys[(name,)][0] + source.yaml_line
    stop = source.yaml_line + len(source.yaml_text.split("\n"))
    end = start + 1
    for at in range(start + 1, min(stop, len(lines))):
        line = lines[at]
        if not line.strip():
            continue
        # A list may stand in the column of its field; a comment belongs to what comes next.
        if not line.startswith((" ", "- ")) and line != "-":
            break
        if line.startswith((" ", "-")) and not line.lstrip().startswith("#"):
            end = at + 1
    return start, end


def _place_for(name: str, source: Source, lines: list[str]) -> int:
    """After the nearest field that stands before it in the field table."""
    root = source.document.root
    assert isinstance(root, dict)
    typ = root.get("typ")
    order = list(TYPES[typ].model_fields) if isinstance(typ, str) and typ in TYPES else []
    before = order[: order.index(name)] if name in order else []
    for field in reversed(before):
        if field in root:
            return _extent(source, field, lines)[1]
    return source.yaml_line + len(source.yaml_text.rstrip("\n").split("\n"))

"""Sheets → submissions: which sheet holds what, which column which field, and where a message belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from openpyxl.utils import get_column_letter

from generator.contributing.excel_reader import Sheet
from generator.contributing.excel_template import EXAMPLE, HEAD, HELP, MARK
from generator.contributing.importing import DELETE, Submission
from generator.contributing.notation import is_many, parse
from generator.records.fieldtable import vocabulary_of
from generator.records.messages import nested_model
from generator.records.types import TYPES
from generator.records.value_rules import slug

_NO_DATA = frozenset({MARK, HEAD, HELP, EXAMPLE})


def type_of(sheet: Sheet) -> str | None:
    """The record type whose records a sheet holds, by its name."""
    wanted = slug(sheet.title)
    for typ, model in TYPES.items():
        if wanted in (slug(model.mehrzahl), slug(model.einzahl), model.ordner, typ):
            return typ
    return None


def submissions(sheet: Sheet, typ: str) -> Iterator[Submission]:
    """The records of a sheet.  Columns are known by field name or heading, in any order."""
    heads, first = _columns(sheet, typ)
    if not heads:
        yield Submission(typ, {}, lambda _: f"Blatt „{sheet.title}“", complaints=[("", "Keine Spalte heißt wie ein Feld. Bitte die Vorlage verwenden: wissen export excel-vorlage " + typ)])  # fmt: skip
        return
    rows = {r for r in sheet.rows if r >= first} | {r for r, _ in sheet.formulas if r >= first}
    for row in sorted(rows):
        if sheet.text(row, 1).strip() in _NO_DATA and 1 not in heads:
            continue
        if any(sheet.text(row, c).strip() for c in heads) or any(
            (row, c) in sheet.formulas for c in heads
        ):
            yield _submission(sheet, typ, row, heads)


def _columns(sheet: Sheet, typ: str) -> tuple[dict[int, str], int]:
    """Column → field, and the first row of data."""
    model = TYPES[typ]
    fields = {n: i for n, i in model.model_fields.items() if i.title is not None and n != "typ"}
    names = {slug(str(info.title)): name for name, info in fields.items()}
    names |= {slug(name): name for name in (*fields, "id", "text")} | {"kennung": "id"}
    found: dict[int, str] = {}
    last = 0
    for row in sorted(sheet.rows)[:10]:
        here: dict[int, str] = {}
        for column, text in sheet.rows[row].items():
            name = names.get(slug(text.strip().rstrip("*")))
            if name and name not in here.values():
                here[column] = name
        if sheet.text(row, 1) == MARK or (len(here) >= 2 and not found):
            found, last = here, row
        elif found and sheet.text(row, 1) in _NO_DATA:
            last = row
    return found, last + 1


def _submission(sheet: Sheet, typ: str, row: int, heads: Mapping[int, str]) -> Submission:
    fields = TYPES[typ].model_fields
    places = {name: column for column, name in heads.items()}
    found = Submission(typ, {}, place_of(sheet, row, places, typ))
    for column, name in heads.items():
        if (row, column) in sheet.formulas:
            found.complaints.append((name, "Hier steht eine Formel. Bitte den Wert selbst eintragen (Kopieren, Inhalte einfügen: Werte)."))  # fmt: skip
            continue
        text = sheet.text(row, column)
        if name == "id":
            found.ident = text.strip()
        elif name == "text":
            found.body = text
        elif text.strip() == DELETE:
            found.values[name] = DELETE
        elif text.strip():
            found.values[name] = in_values(parse(text, fields[name]), fields[name])
    return found


def place_of(sheet: Sheet, row: int, places: Mapping[str, int], typ: str) -> Callable[[str], str]:
    """How a message names a cell: sheet, row and column as Excel shows them."""

    def place(name: str) -> str:
        where = f"Blatt „{sheet.title}“, Zeile {row}"
        info = TYPES[typ].model_fields.get(name)
        heading = {"id": "Kennung", "text": "Text"}.get(name) or (info.title if info else None)
        if name in places:
            return f"{where}, Spalte „{heading}“ ({get_column_letter(places[name])}{row})"
        return f"{where}, Spalte „{heading}“" if heading else where

    return place


def in_values(value: Any, info: Any) -> Any:
    """Values of a vocabulary from its words."""
    vocabulary = vocabulary_of(info)
    if vocabulary is None or nested_model(info.annotation):
        return value
    words = {term.label.casefold(): term.value for term in vocabulary.terms}
    if is_many(info) and isinstance(value, list):
        return [words.get(str(v).casefold(), v) for v in value]
    return words.get(str(value).casefold(), value)

"""A workbook to fill in: one column per field, with help, drop-downs and an example; perhaps with records.

    A1 wissen    field names (hidden): what `wissen import` reads
    A2 Feld      headings as people know them, with a note each
    A3 Hilfe     what belongs into the column
    A4 Beispiel  an example that is never read
    from row 5   one record per row

Rows 1 to 4 are protected without a password, so that nobody breaks them by accident.  Lists and groups in
a cell are written as `notation.py` says; the first sheet explains that.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from pydantic.fields import FieldInfo

from generator.contributing.notation import is_many, show
from generator.contributing.raw_data import raw_record
from generator.exports.workbook import timeless
from generator.records.common import Record
from generator.records.fieldtable import rows, vocabulary_of
from generator.records.messages import nested_model
from generator.records.types import TYPES

MARK, HEAD, HELP, EXAMPLE = "wissen", "Feld", "Hilfe", "Beispiel"
FIRST_ROW = 5
EMPTY_ROWS = 200
LONGEST = 32_000
LISTS = "Listen"
_HEAD_FILL = PatternFill("solid", fgColor="1F3A5F")
_MUST_FILL = PatternFill("solid", fgColor="7A2E0E")
_QUIET = PatternFill("solid", fgColor="EEF1F5")
_WRAP = Alignment(vertical="top", wrap_text=True)
_OPEN = Protection(locked=False)
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def columns(typ: str) -> list[tuple[str, str, FieldInfo | None]]:
    """(name, heading, field) of each column; the id first, the text last."""
    found: list[tuple[str, str, FieldInfo | None]] = [("id", "Kennung", None)]
    for name, info in TYPES[typ].model_fields.items():
        if info.title is not None and name != "typ":
            found.append((name, info.title, info))
    return [*found, ("text", "Text", None)]


def template(typ: str, created: datetime, records: Iterable[Record] = ()) -> bytes:
    """The workbook of a type, with these records filled in."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    _guide(guide, typ)
    sheet = book.create_sheet(TYPES[typ].mehrzahl)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    _head(sheet, typ)
    last = FIRST_ROW
    for last, record in enumerate(records, FIRST_ROW):
        _fill(sheet, last, record)
    _open_rows(sheet, typ, last + EMPTY_ROWS)
    _drop_downs(sheet, lists, typ, last + EMPTY_ROWS)
    sheet.freeze_panes = f"D{FIRST_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.insertRows = sheet.protection.deleteRows = False
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    return timeless(file.getvalue(), created)


def put(sheet: Any, row: int, column: int, value: str) -> Any:
    """Write a text that is never taken for a formula."""
    cell = sheet.cell(row, column)
    cell.value = _BAD.sub(" ", value)
    if value:
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
    cell.alignment = _WRAP
    return cell


def too_long(record: Record) -> bool:
    """Has it a text that does not fit into a cell?"""
    return any(len(text) > LONGEST for _, text in cells(record))


def cells(record: Record) -> Iterator[tuple[str, str]]:
    """(column, text) of a record."""
    raw = raw_record(record)
    for name, _, info in columns(record.typ):
        if name in ("id", "text"):
            yield name, str(getattr(record, name)).strip()
        elif info is not None and name in raw:
            yield name, show(_in_words(raw[name], info), info)


def _in_words(value: Any, info: FieldInfo) -> Any:
    """Words of a vocabulary instead of its values, if nothing gets lost."""
    vocabulary = vocabulary_of(info)
    if vocabulary is None or nested_model(info.annotation):
        return value
    if isinstance(value, list):
        return [vocabulary.label(v) for v in value]
    return vocabulary.label(str(value))


def _head(sheet: Any, typ: str) -> None:
    for row, word in enumerate((MARK, HEAD, HELP, EXAMPLE), 1):
        put(sheet, row, 1, word)
    sheet.row_dimensions[1].hidden = True
    sheet.row_dimensions[3].height = 75
    sheet.row_dimensions[4].height = 60
    sheet.column_dimensions["A"].width = 10
    for number, (name, heading, info) in enumerate(columns(typ), 2):
        must = info is not None and info.is_required()
        put(sheet, 1, number, name)
        cell = put(sheet, 2, number, f"{heading} *" if must else heading)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _MUST_FILL if must else _HEAD_FILL
        help_text, example = _explained(name, info)
        cell.comment = Comment(help_text + (" Pflichtfeld." if must else ""), "Wissensspeicher", height=220, width=320)  # fmt: skip
        put(sheet, 3, number, help_text).font = Font(italic=True, size=9)
        put(sheet, 4, number, example).font = Font(italic=True, color="666666")
        for row in (3, 4):
            sheet.cell(row, number).fill = _QUIET
        wide = name in ("text", "quellen") or (info is not None and nested_model(info.annotation))
        sheet.column_dimensions[get_column_letter(number)].width = 50 if wide else 28


def _explained(name: str, info: FieldInfo | None) -> tuple[str, str]:
    if name == "id":
        return "Der spätere Dateiname; bleibt sie leer, entsteht sie aus dem Titel.", ""
    if name == "text" or info is None:
        return "Freier Text, in Markdown.", "## Was geprüft wurde"
    said = info.description or ""
    group = nested_model(info.annotation)
    if group is not None and not getattr(group, "schreibweise", ""):
        parts = ", ".join(f"{row.name}{' *' if row.required else ''}" for row in rows(group))
        said += f" Schreibweise: feld: Wert | feld: Wert. Felder: {parts}."
    if is_many(info):
        said += " Mehrere: eine je Zeile (Alt+Eingabe)."
    example = (info.examples or [""])[0]
    vocabulary = vocabulary_of(info)
    if vocabulary is not None and not group:
        example = _in_words(example, info)
    return said, show(example, info)


def _fill(sheet: Any, row: int, record: Record) -> None:
    places = {name: number for number, (name, _, _) in enumerate(columns(record.typ), 2)}
    for name, text in cells(record):
        put(sheet, row, places[name], text)


def _open_rows(sheet: Any, typ: str, last: int) -> None:
    for row in range(FIRST_ROW, last + 1):
        for column in range(1, len(columns(typ)) + 2):
            cell = sheet.cell(row, column)
            cell.protection, cell.alignment = _OPEN, _WRAP
            cell.number_format = "@"  # „2026-03“ stays what it is


def _drop_downs(sheet: Any, lists: Any, typ: str, last: int) -> None:
    used = 0
    for number, (_, heading, info) in enumerate(columns(typ), 2):
        vocabulary = vocabulary_of(info) if info is not None else None
        if vocabulary is None or info is None or is_many(info) or nested_model(info.annotation):
            continue
        used += 1
        for row, term in enumerate(vocabulary.terms, 1):
            put(lists, row, used, term.label)
        letter = get_column_letter(used)
        rule = DataValidation(
            type="list", formula1=f"{LISTS}!${letter}$1:${letter}${len(vocabulary.terms)}", allow_blank=True,
            showErrorMessage=vocabulary.closed, errorTitle=heading, error="Bitte einen Wert aus der Liste wählen.",
        )  # fmt: skip
        column = get_column_letter(number)
        rule.add(f"{column}{FIRST_ROW}:{column}{last}")
        sheet.add_data_validation(rule)


def _guide(sheet: Any, typ: str) -> None:
    model = TYPES[typ]
    sheet.title = "Anleitung"
    lines = (
        f"Vorlage: {model.mehrzahl}", model.beschreibung, "",
        f"1. Auf dem Blatt „{model.mehrzahl}“ ab Zeile {FIRST_ROW} eine Zeile je Eintrag ausfüllen.",
        "2. Spalten mit * sind Pflicht. Status, Stand und Vertraulichkeit dürfen leer bleiben: entwurf, heute, interkommunal.",
        "3. Mehrere Werte in einer Zelle: einen je Zeile (Alt+Eingabe), bei Schlagworten auch mit Komma.",
        "4. Gruppen: feld: Wert | feld: Wert. Zum Beispiel eine Quelle: titel: Strategie 2030 | art: strategie | datum: 2026-03",
        "5. Verweise sind Kennungen: der Dateiname ohne Endung, zum Beispiel metelen.",
        "6. Keine Formeln. Keine Namen, Telefonnummern, persönlichen Adressen; nichts aus Angeboten oder laufenden Vergaben.",
        "7. Speichern und einlesen: wissen import DATEI.xlsx. Oder die Datei an die Redaktion schicken.",
        "8. Bestehende Einträge ändern: Kennung eintragen und mit --aktualisieren einlesen. Leere Zellen lassen alles, wie es ist; ein einzelnes - löscht den Wert.",
    )  # fmt: skip
    for row, line in enumerate(lines, 1):
        put(sheet, row, 1, line)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110

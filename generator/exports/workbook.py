"""All records as an Excel workbook: one sheet for everything, and one for each type with its own fields.

People read it, so headings are those of the field table and values of vocabularies stand in words.
The same records give the same bytes: openpyxl writes the time into the file, which is put right afterwards.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.words import words_of
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.types import TYPES
from generator.records.vocabulary import GUELTIGKEIT

ALL = "Alle Einträge"
LONGEST = 32_000  # characters; Excel takes 32,767
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Told in columns of their own, or nobody else's business.
_LEFT_OUT = frozenset({"id", "typ", "titel", "kurzfassung", "gueltig_bis", "intern"})
_SHARED = ("status", "stand", "herausgeber", "verantwortlich", "handlungsfeld", "schlagworte")
_WIDTHS = {"Titel": 45, "Kurz gesagt": 70, "Kennung": 30, "Verantwortlich": 30}
_HEAD = Font(bold=True)
_FILL = PatternFill("solid", fgColor="E6EBF2")
_TOP = Alignment(vertical="top", wrap_text=True)


def workbook(catalogue: Catalogue, created: datetime) -> bytes:
    """The workbook of all records of a catalogue."""
    book = Workbook(write_only=True)
    everything = list(catalogue.records.values())
    _sheet(book, ALL, _columns(Record, _SHARED), everything, catalogue, kind=True)
    for model in TYPES.values():
        records = [r for r in everything if type(r) is model]
        if records:
            names = [n for n in model.model_fields if n not in _LEFT_OUT]
            _sheet(book, model.mehrzahl, _columns(model, names), records, catalogue)
    file = io.BytesIO()
    book.save(file)
    return timeless(file.getvalue(), created)


def _columns(model: type[Record], names: Iterable[str]) -> dict[str, str]:
    """Field → heading.  Fields without one are no concern of people, but the text is."""
    fields = model.model_fields
    found = {n: str(fields[n].title) for n in names if fields[n].title is not None}
    return found | ({"text": "Text"} if "text" in names else {})


def _sheet(
    book: Any, title: str, columns: Mapping[str, str], records: Sequence[Record],
    catalogue: Catalogue, *, kind: bool = False,
) -> None:  # fmt: skip
    sheet = book.create_sheet(title)
    heads = ["Titel", *(["Art"] if kind else []), "Kurz gesagt", "Gültigkeit", "Gültig bis"]
    rated = any(isinstance(r, Bewertung) for r in records) and not kind
    heads += [*(["Nutzwert"] if rated else []), *columns.values(), "Kennung"]
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(head, 22)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(records) + 1}"
    sheet.append([_cell(sheet, head, heading=True) for head in heads])
    for record in records:
        judged = catalogue.validity(record)
        values: list[Any] = [record.titel]
        values += [record.einzahl] if kind else []
        values += [record.kurzfassung, GUELTIGKEIT.label(judged.state), judged.until]
        if rated and isinstance(record, Bewertung):
            score = catalogue.score(record)
            values.append(float(score.total) if score is not None else None)
        values += [_shown(record, name, catalogue) for name in columns]
        sheet.append([_cell(sheet, value) for value in (*values, record.id)])


def _cell(sheet: Any, value: Any, *, heading: bool = False) -> Any:
    """Text is always text: what begins like a formula must not become one."""
    cell = WriteOnlyCell(sheet, None)
    if isinstance(value, str):
        cell.value = _BAD.sub(" ", value)[:LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "DD.MM.YYYY"
    cell.alignment = _TOP
    if heading:
        cell.font, cell.fill = _HEAD, _FILL
    return cell


def _shown(record: Record, name: str, catalogue: Catalogue) -> Any:
    """A field as it stands in a cell: numbers and dates as such, everything else in words."""
    value = getattr(record, name)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | int) and not isinstance(value, bool):
        return value
    return "\n".join(words_of(value, type(record), name, catalogue)) or None


def timeless(data: bytes, created: datetime) -> bytes:
    """The same workbook with `created` instead of the moment when openpyxl wrote it."""
    moment = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    result = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>" + moment.encode(), content
                )
                content = content.replace(b"openpyxl", b"SIL-Wissensspeicher")
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, content)
    return result.getvalue()

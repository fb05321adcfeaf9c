"""Workbooks from strangers: looked at as an archive first, opened only if harmless, read only so far.

Refused with a German word: what is too large or unpacks to too much, XML with entities, macros, links to
other files, data connections, and password protection.  Formulas are never calculated; a cell that
holds one is reported by those who read it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

MAX_FILE = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 500
MAX_ROWS, MAX_COLUMNS = 3_000, 120
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_FORBIDDEN = (
    ("vbaproject", "Makros"), ("externallinks/", "Verknüpfungen zu anderen Dateien"),
    ("connections.xml", "Datenverbindungen"), ("querytables/", "Datenverbindungen"),
    ("embeddings/", "eingebettete Dateien"), ("activex/", "Steuerelemente"), ("customui/", "Makros"),
)  # fmt: skip


class CannotRead(Exception):
    """This workbook is not read; the German reason with the next step."""


@dataclass(slots=True)
class Sheet:
    """A sheet as texts.  Rows and columns count from 1; `formulas` are the places of formulas."""

    title: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)

    def text(self, row: int, column: int) -> str:
        return self.rows.get(row, {}).get(column, "")


def read_workbook(file: Path) -> list[Sheet]:
    """The sheets of a workbook, or `CannotRead`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise CannotRead(f"„{file}“ lässt sich nicht lesen: {error.strerror}.") from None
    if len(data) > MAX_FILE:
        raise CannotRead(f"Die Datei ist größer als {MAX_FILE // 1024 // 1024} MB. Bitte auf mehrere aufteilen.")  # fmt: skip
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise CannotRead(
            "Das ist eine alte (.xls) oder mit Kennwort geschützte Datei. Bitte ohne Kennwort als .xlsx speichern."
        )
    _inspect(data)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = [_sheet(s) for s in book.worksheets if s.sheet_state == "visible"]
        book.close()
    except CannotRead:
        raise
    except Exception:  # openpyxl has no error of its own for the many ways to be broken
        raise CannotRead(
            "Die Datei ist keine lesbare Excel-Arbeitsmappe. Bitte in Excel oder LibreOffice öffnen und als .xlsx neu speichern."
        ) from None
    return sheets


def _inspect(data: bytes) -> None:
    """Look at the archive before anything interprets it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise CannotRead("Die Arbeitsmappe besteht aus zu vielen Teilen. Bitte nur die Vorlage verwenden.")  # fmt: skip
            if not any(p.filename == "xl/workbook.xml" for p in parts):
                raise CannotRead("Das ist keine Excel-Arbeitsmappe (.xlsx).")
            left = MAX_UNPACKED
            for part in parts:
                _refuse_part(part)
                left -= _unpacked(archive, part, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise CannotRead(
            "Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx), oder sie ist beschädigt."
        ) from None


def _refuse_part(part: zipfile.ZipInfo) -> None:
    name = part.filename.casefold()
    for piece, what in _FORBIDDEN:
        if piece in name:
            raise CannotRead(f"Die Arbeitsmappe enthält {what}. Bitte Werte in die leere Vorlage kopieren und neu speichern.")  # fmt: skip
    if part.flag_bits & 1:
        raise CannotRead("Die Arbeitsmappe ist verschlüsselt. Bitte ohne Kennwort speichern.")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """The true size of a part, whatever the archive says, and a look for entities on the way."""
    size, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 16):
            size += len(chunk)
            if size > left:
                raise CannotRead("Die Arbeitsmappe ist entpackt ungewöhnlich groß und wird deshalb nicht gelesen.")  # fmt: skip
            if part.filename.endswith((".xml", ".rels", ".vml")):
                plain = (tail + chunk).replace(b"\0", b"")  # UTF-16 too
                if _DOCTYPE.search(plain):
                    raise CannotRead("Die Arbeitsmappe enthält XML mit eigenen Definitionen und wird deshalb nicht gelesen.")  # fmt: skip
                tail = chunk[-32:]
    return size


def _sheet(source: Any) -> Sheet:
    sheet = Sheet(source.title)
    source.reset_dimensions()  # what the file says about its size need not be true
    for row in source.iter_rows():
        for cell in row:
            value = getattr(cell, "value", None)
            if value is None:
                continue
            if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
                raise CannotRead(
                    f"Das Blatt „{source.title}“ ist zu groß: höchstens {MAX_ROWS} Zeilen und {MAX_COLUMNS} Spalten. "
                    "Steht irgendwo weit unten oder rechts noch etwas?"
                )
            if cell.data_type == "f":
                sheet.formulas.add((cell.row, cell.column))
                continue
            if text := as_text(value):
                sheet.rows.setdefault(cell.row, {})[cell.column] = text
    return sheet


def as_text(value: Any) -> str:
    """A cell as one would type it: dates as 2026-03-31, numbers without trailing zeros."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def data_rows(sheet: Sheet, first: int) -> Iterator[int]:
    """The numbers of rows that hold something, from `first` on."""
    yield from (row for row in sorted(sheet.rows) if row >= first)

"""Workbooks that mean harm: refused with a German word, quickly, and nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from generator.contributing.excel_reader import CannotRead, read_workbook
from generator.contributing.excel_template import put


def plain() -> bytes:
    book = Workbook()
    book.active["A1"] = "Titel"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A harmless workbook with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def huge_sheet() -> bytes:
    return with_part(
        "xl/worksheets/sheet1.xml",
        SHEET.format('<row r="1048576"><c r="A1048576"><v>1</v></c></row>').encode(),
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip-bombe": (lambda: with_part("xl/media/x.xml", b"0" * (61 * 1024 * 1024)), "ungewöhnlich groß"),
    "entitaeten": (lambda: with_part("xl/sharedStrings.xml", ENTITIES), "eigenen Definitionen"),
    "entitaeten-utf16": (lambda: with_part("xl/sharedStrings.xml", ENTITIES.decode().encode("utf-16")), "eigenen Definitionen"),
    "makros": (lambda: with_part("xl/vbaProject.bin", b"x"), "Makros"),
    "fremde-dateien": (lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "Verknüpfungen"),
    "datenverbindung": (lambda: with_part("xl/connections.xml", b"<x/>"), "Datenverbindungen"),
    "riesiges-blatt": (huge_sheet, "zu groß"),
    "kein-blatt": (lambda: with_part("xl/worksheets/sheet1.xml", b"<kaputt"), "keine lesbare"),
    "viele-teile": (lambda: with_parts(600), "zu vielen Teilen"),
    "nur-ein-archiv": (lambda: archive("liesmich.txt"), "keine Excel-Arbeitsmappe"),
    "altes-format": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "ohne Kennwort"),
    "kein-archiv": (lambda: b"PK\x03\x04 nur so getan", "keine lesbare"),
    "zu-gross": (lambda: b"0" * (5 * 1024 * 1024 + 1), "größer als 5 MB"),
}  # fmt: skip


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


def with_parts(number: int) -> bytes:
    return archive("xl/workbook.xml", *(f"xl/x{n}.xml" for n in range(number)))


@pytest.mark.parametrize("kind", HOSTILE)
def test_refused(kind: str, tmp_path: Path) -> None:
    make, said = HOSTILE[kind]
    file = tmp_path / "b.xlsx"
    file.write_bytes(make())
    with pytest.raises(CannotRead, match=said):
        read_workbook(file)


def test_a_lie_about_the_size_does_not_help(tmp_path: Path) -> None:
    """The true size counts, not what the archive says about itself."""
    data = with_part("xl/media/x.xml", b"0" * (61 * 1024 * 1024))
    size = (61 * 1024 * 1024).to_bytes(4, "little")
    file = tmp_path / "b.xlsx"
    file.write_bytes(data.replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(CannotRead):
        read_workbook(file)


def test_formulas_are_seen_and_never_written(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"], book.active["B1"] = "=HYPERLINK(1)", "harmlos"
    for row, text in enumerate(("=1+1", "+1", "-1", "@x", "\t=1"), 2):
        put(book.active, row, 1, text)
    book.save(tmp_path / "b.xlsx")
    sheet = read_workbook(tmp_path / "b.xlsx")[0]
    assert sheet.formulas == {(1, 1)}
    assert sheet.text(2, 1) == "=1+1"
    again = load_workbook(tmp_path / "b.xlsx").active
    assert [again.cell(r, 1).data_type for r in range(2, 7)] == ["s"] * 5
    assert all(again.cell(r, 1).quotePrefix for r in range(2, 7))

"""The scoring sheet of an evaluation: criteria × points × reasons, out to Excel and back.

Weights and the Nutzwert are live formulas, so a working group sees the result while it talks.  Read
back are only the white cells; the formulas are never trusted.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.contributing.excel_reader import Sheet
from generator.contributing.excel_template import put
from generator.contributing.importing import Submission
from generator.contributing.raw_data import number_text, raw_value
from generator.exports.workbook import timeless
from generator.records.evaluation_types import Bewertung, Kriterienkatalog

POINTS, MUSTS = "Punkte", "Ausschlusskriterien"
MARK = "wissen-punkte"
FIRST = 5
_HEADS = (
    "Kennung",
    "Kriterium",
    "Gewicht",
    "Punkte (0 bis 10)",
    "Begründung",
    "Nachweis",
    "Beitrag",
)
_FIELDS = ("id", "", "gewicht", "punkte", "begruendung", "nachweis", "")
_MUST_HEADS = ("Anforderung", "Erfüllt (ja oder nein)", "Nachweis")
_MUST_FIELDS = ("text", "erfuellt", "nachweis")
_OPEN = Protection(locked=False)
_FILL = PatternFill("solid", fgColor="E6EBF2")
SPARE = 10


def score_sheet(
    evaluation: Bewertung, catalogue: Kriterienkatalog | None, created: datetime
) -> bytes:
    """The workbook of one evaluation."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = POINTS
    for column, text in enumerate((MARK, evaluation.id), 1):
        put(sheet, 1, column, text)
    sheet.row_dimensions[1].hidden = True
    put(sheet, 2, 1, evaluation.titel).font = Font(bold=True, size=14)
    put(sheet, 3, 1, "Punkte von 0 (ungenügend) bis 10 (hervorragend), jede mit Begründung und Nachweis. Gewichte ergeben zusammen 100. Keine Namen, keine Angebote. Danach: wissen import DATEI.xlsx")  # fmt: skip
    sheet["A3"].alignment = Alignment(wrap_text=False)
    for column, head in enumerate(_HEADS, 1):
        cell = put(sheet, FIRST - 1, column, head)
        cell.font, cell.fill = Font(bold=True), _FILL
    rows = _rows(evaluation, catalogue)
    last = FIRST + max(len(rows) + (0 if catalogue else SPARE), 1) - 1
    for number in range(FIRST, last + 1):
        row = rows[number - FIRST] if number - FIRST < len(rows) else {}
        _score_row(sheet, number, row, own_ids=catalogue is None)
    put(sheet, last + 1, 2, "Summe und Nutzwert").font = Font(bold=True)
    for column, formula in ((3, f"=SUM(C{FIRST}:C{last})"), (7, f"=SUM(G{FIRST}:G{last})")):
        cell = sheet.cell(last + 1, column, formula)
        cell.font, cell.number_format = Font(bold=True), "0.00"
    sheet.cell(last + 2, 3, f'=IF(ROUND(C{last + 1},6)=100,"","Die Gewichte ergeben nicht 100.")')
    rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="10", allow_blank=True,
                          showErrorMessage=True, errorTitle="Punkte", error="Bitte eine Zahl von 0 bis 10.")  # fmt: skip
    rule.add(f"D{FIRST}:D{last}")
    sheet.add_data_validation(rule)
    for letter, width in zip("ABCDEFG", (22, 40, 10, 12, 60, 45, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"C{FIRST}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    _musts(book, evaluation, catalogue)
    file = io.BytesIO()
    book.save(file)
    return timeless(file.getvalue(), created)


def _rows(evaluation: Bewertung, catalogue: Kriterienkatalog | None) -> list[dict[str, str]]:
    """The criteria with what is known: those of the catalogue first, in its order."""
    known = {k.id: k for k in evaluation.kriterien}
    rows = []
    for criterion in catalogue.kriterien if catalogue else ():
        scored = known.pop(criterion.id, None)
        row = {
            "id": criterion.id,
            "name": criterion.name,
            "gewicht": number_text(criterion.gewicht),
        }
        rows.append(row | _scored(scored))
    rows += [{"id": k.id, "name": k.id} | _scored(k) for k in known.values()]
    return rows


def _scored(criterion: Any) -> dict[str, str]:
    raw = raw_value(criterion) if criterion is not None else {}
    return {k: v for k, v in raw.items() if k != "id"}


def _score_row(sheet: Any, number: int, row: Mapping[str, str], *, own_ids: bool) -> None:
    put(sheet, number, 1, row.get("id", ""))
    put(sheet, number, 2, row.get("name", ""))
    if own_ids:
        sheet.cell(number, 1).protection = _OPEN
    for column, name in ((3, "gewicht"), (4, "punkte")):
        cell = sheet.cell(number, column)
        if name in row:
            cell.value = float(row[name])
        cell.protection = _OPEN
    for column, name in ((5, "begruendung"), (6, "nachweis")):
        cell = put(sheet, number, column, row.get(name, ""))
        cell.protection, cell.number_format = _OPEN, "@"
    sheet.cell(number, 7, f"=C{number}*D{number}/100").number_format = "0.00"


def _musts(book: Any, evaluation: Bewertung, catalogue: Kriterienkatalog | None) -> None:
    sheet = book.create_sheet(MUSTS)
    for column, head in enumerate(_MUST_HEADS, 1):
        cell = put(sheet, 1, column, head)
        cell.font, cell.fill = Font(bold=True), _FILL
    entries = [raw_value(a) for a in evaluation.ausschlusskriterien]
    texts = {e["text"] for e in entries}
    if catalogue and not entries:
        entries += [{"text": t} for t in catalogue.ausschlusskriterien if t not in texts]
    last = len(entries) + SPARE + 1
    for number in range(2, last + 1):
        entry = entries[number - 2] if number - 2 < len(entries) else {}
        for column, name in enumerate(_MUST_FIELDS, 1):
            cell = put(sheet, number, column, entry.get(name, ""))
            cell.protection, cell.number_format = _OPEN, "@"
    rule = DataValidation(type="list", formula1='"ja,nein"', allow_blank=True, showErrorMessage=True, errorTitle="Erfüllt", error="ja oder nein")  # fmt: skip
    rule.add(f"B2:B{last}")
    sheet.add_data_validation(rule)
    for letter, width in zip("ABC", (60, 22, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True


def is_score_sheet(sheet: Sheet) -> bool:
    return sheet.text(1, 1) == MARK


def scores(sheet: Sheet, musts: Sheet | None, evaluation: Bewertung, catalogue: Kriterienkatalog | None) -> Submission:  # fmt: skip
    """The criteria of a filled sheet as a change of its evaluation."""
    weights = {k.id: k.gewicht for k in catalogue.kriterien} if catalogue else {}
    own = {k.id for k in evaluation.kriterien if k.gewicht is not None}
    found = Submission("bewertung", {}, _place(sheet), ident=evaluation.id)
    criteria = []
    for row in sorted(r for r in sheet.rows if r >= FIRST):
        if not sheet.text(row, 1).strip():
            continue
        values = {
            name: sheet.text(row, column).strip()
            for column, name in enumerate(_FIELDS, 1)
            if name and sheet.text(row, column).strip()
        }
        if any((row, c) in sheet.formulas for c in range(1, 7)):
            found.complaints.append(("kriterien", f"In Zeile {row} steht eine Formel statt eines Wertes."))  # fmt: skip
        if set(values) <= {"id", "gewicht"}:
            continue  # not scored yet
        base = weights.get(values["id"])
        if (
            base is not None
            and values["id"] not in own
            and _number(values.get("gewicht", "")) in (base, None)
        ):
            values.pop("gewicht", None)
        criteria.append(values)
    found.values["kriterien"] = criteria or None
    if musts is not None:
        found.values["ausschlusskriterien"] = _read_musts(musts) or None
    return found


def _read_musts(sheet: Sheet) -> list[dict[str, str]]:
    rows = []
    for row in sorted(r for r in sheet.rows if r >= 2):
        values = {
            name: sheet.text(row, column).strip() for column, name in enumerate(_MUST_FIELDS, 1)
        }
        if (
            values["text"] and values["erfuellt"]
        ):  # a must that nobody has looked at yet is left out
            rows.append({k: v for k, v in values.items() if v})
    return rows


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _place(sheet: Sheet) -> Any:
    return lambda name: f"Blatt „{MUSTS if name == 'ausschlusskriterien' else sheet.title}“"

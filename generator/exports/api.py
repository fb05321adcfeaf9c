"""`api/v1/`: all records as JSON and CSV, with the JSON Schema of each type.

A record in the API is the record as written plus what is derived from it.  `intern` is part of the
intercommunal build only; the public catalogue does not hold it in the first place.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.exports.editor_schemas import editor_schema
from generator.exports.schemas import type_schema
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.solution_types import Organisation
from generator.records.types import TYPES

SCHEMA_VERSION = "1"
ROOT = "api/v1/"
RECORDS_JSON, RECORDS_CSV = f"{ROOT}records.json", f"{ROOT}records.csv"
# How a spreadsheet's formula may begin, in full-width signs too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def issue(created: datetime, publisher: str, *, public: bool) -> dict[str, str | bytes]:
    """path → content of the file that says for whom the site is; `wissen publish` asks it."""
    return {f"{ROOT}ausgabe.json": dump({**_said(created, publisher), "oeffentlich": public})}


def collected(pieces: Iterable[bytes], created: datetime, publisher: str) -> bytes:
    """`RECORDS_JSON`, from the piece of each record."""
    return b"".join((_head(_said(created, publisher)), b",".join(pieces), b"]}\n"))


def edited(
    before: bytes, changes: Iterable[tuple[bytes, bytes]], created: datetime, publisher: str
) -> bytes | None:
    """`RECORDS_JSON` with other entries in place of some: (old, new) of each; None if one is not there.

    To copy megabytes is much quicker than to collect them again.
    """
    start = before.find(_LIST) + len(_LIST)
    places = sorted((before.find(old, start), old, new) for old, new in changes)
    text = memoryview(before)
    parts: list[bytes | memoryview] = [_head(_said(created, publisher))]
    for at, old, new in places:
        if at < start:
            return None
        parts += (text[start:at], new)
        start = at + len(old)
    return b"".join((*parts, text[start:]))


_LIST = b'"records":['  # inside a text its quotation marks would be escaped


def _said(created: datetime, publisher: str) -> dict[str, str]:
    return {
        "schema_version": SCHEMA_VERSION,
        "erzeugt": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "herausgeber": publisher,
    }


def _head(said: dict[str, str]) -> bytes:
    return dump({**said, "records": []})[:-3].encode()


def table(rows: Iterable[bytes]) -> bytes:
    """The table of all records (`RECORDS_CSV`), from the row of each."""
    return ("\ufeff" + csv_row(COLUMNS)).encode() + b"".join(rows)


def schema_files() -> dict[str, str]:
    """path → content of the JSON Schemas of each type: of the data, and for editors."""
    of_data = {f"{ROOT}schema/{typ}.json": dump(type_schema(typ)) for typ in TYPES}
    return of_data | {f"{ROOT}schema/eingabe/{t}.json": dump(editor_schema(t)) for t in TYPES}


def api_record(record: Record, catalogue: Catalogue, addresses: Addresses) -> dict[str, Any]:
    """One record as plain data.  `url` is the page's address below the site root."""
    record = catalogue.plain(record)
    data = {k: v for k, v in plain(record).items() if k != "datei" and v not in (None, [], {})}
    if "url" in data:  # a vendor's own web address
        data["webauftritt"] = data.pop("url")
    judged = catalogue.validity(record)
    data["url"] = addresses.public(record.page_url)
    data["gueltigkeit"] = judged.state
    data["gueltigkeit_bis"] = judged.until.isoformat()
    data["nutzwert"] = None
    if judged.successor:
        data["ersetzt_durch"] = judged.successor
    if isinstance(record, Bewertung):
        score = catalogue.score(record)
        if score is not None:
            data["nutzwert"] = plain(score.total)
            data["ausgeschlossen"] = bool(score.excluded)
    if isinstance(record, Organisation) and record.groessenklasse:
        data["groessenklasse"] = record.groessenklasse
    return data


def plain(value: Any) -> Any:
    """Pydantic models, dates and decimals as JSON data; whole decimals become integers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "model_fields_set"):
        fields = {name: plain(getattr(value, name)) for name in type(value).model_fields}
        return (
            {k: v for k, v in fields.items() if v is not None}
            if not isinstance(value, Record)
            else fields
        )
    return value


def _is_column(field: Any) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("x-spalte"))


COLUMNS = (
    *("id", "typ", "titel", "kurzfassung"),
    *dict.fromkeys(n for m in TYPES.values() for n, f in m.model_fields.items() if _is_column(f) and n not in ("id", "typ", "titel", "kurzfassung")),
    *("gueltigkeit", "nutzwert", "url"),
)  # fmt: skip
"""Of the table of all records."""


def csv_row(cells: Iterable[Any]) -> str:
    """A line of the table: semicolons, as German Excel expects."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def table_row(entry: Mapping[str, Any]) -> str:
    """A record as a line of the table.

    Cells that a spreadsheet would take for a formula get a leading apostrophe (CSV injection).
    """
    return csv_row(_cell(entry.get(name)) for name in COLUMNS)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, int | float):
        return text.replace(".", ",")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def dump(data: Any) -> str:
    """JSON on one line: json's C encoder does not indent, and machines read this."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

"""The export of another wiki (`api/v1/records.json`) → records that passed the rules of our own.

What comes from elsewhere is hostile until shown otherwise: sizes, depth and numbers are bounded, derived
and internal fields are dropped, and every record goes through the same field table and the same text rules
as a file of ours.  One that does not pass is left out with a message; nothing here ever raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from generator.records.common import Record
from generator.records.files import RESERVED
from generator.records.messages import explain
from generator.records.problems import Severity, quoted
from generator.records.record_rules import check_record, check_texts
from generator.records.types import TYPES
from generator.records.value_rules import ID_PATTERN
from generator.records.yaml_reader import CONTROL, Document

SCHEMA_VERSION = "1"
MOST_BYTES = 64_000_000
MOST_RECORDS = 20_000
MOST_VALUES = 5_000  # of one record
MOST_DEPTH = 12
MOST_MESSAGES = 20
LONGEST_ID = 100
# Derived by the other wiki, or no concern of ours.
_DROPPED = frozenset(
    {"id", "datei", "gueltigkeit", "gueltigkeit_bis", "nutzwert", "ausgeschlossen", "intern"}
)
_URL = re.compile(r"(?!/)(?!.*\.\.)[A-Za-z0-9._/-]{0,300}")


class _Bad(Exception):
    """A value that no record may hold; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A record from elsewhere: the record, its page below the other wiki's start page, its successor."""

    record: Record
    url: str
    successor: str | None
    data: dict[str, Any]  # what is stored of it


@dataclass(slots=True)
class PeerExport:
    """What an export gave.  `refused` says why nothing of it can be used, or is ""."""

    refused: str = ""
    herausgeber: str = ""
    erzeugt: str = ""  # 2026-06-21T00:00:00Z
    sha256: str = ""  # of the export that a copy was made of
    abgerufen: str = ""  # the day on which it was
    records: dict[str, Foreign] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    left_out: int = 0

    def leave_out(self, name: str, why: str) -> None:
        self.left_out += 1
        if len(self.messages) < MOST_MESSAGES:
            self.messages.append(f"{quoted(name, 80)}: {why}")


def read_export(raw: bytes) -> PeerExport:
    """Take an export, or a copy of one, apart."""
    export = PeerExport()
    if len(raw) > MOST_BYTES:
        export.refused = f"Die Datei ist größer als {MOST_BYTES // 1_000_000} MB."
        return export
    try:
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        export.refused = "Die Datei ist kein lesbares JSON."
        return export
    if not isinstance(data, dict) or not isinstance(data.get("records"), list):
        export.refused = "Die Datei ist kein Export eines Wissensspeichers: „records“ fehlt."
    elif data.get("schema_version") != SCHEMA_VERSION:
        export.refused = (
            f"Die Fassung des Exports ({quoted(str(data.get('schema_version')))}) ist unbekannt; gelesen wird "
            f"„{SCHEMA_VERSION}“. Vielleicht braucht dieses Wiki eine neuere Version des Programms."
        )
    elif len(data["records"]) > MOST_RECORDS:
        export.refused = f"Der Export hat mehr als {MOST_RECORDS} Einträge."
    if export.refused:
        return export
    export.herausgeber = _line(data.get("herausgeber"))
    export.erzeugt = _moment(data.get("erzeugt"))
    export.sha256 = _line(data.get("sha256"))
    export.abgerufen = _moment(data.get("abgerufen"))[:10]
    for number, entry in enumerate(data["records"], 1):
        _read_record(entry, number, export)
    return export


def _read_record(entry: Any, number: int, export: PeerExport) -> None:
    ident = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(ident, str):
        export.leave_out(f"Eintrag {number}", "Es fehlt die Kennung („id“).")
        return
    if not ID_PATTERN.fullmatch(ident) or len(ident) > LONGEST_ID or ident in RESERVED:
        export.leave_out(ident, "Das ist keine Kennung.")
    elif ident in export.records:
        export.leave_out(ident, "Diese Kennung kommt zweimal vor.")
    elif not isinstance(entry.get("typ"), str) or entry["typ"] not in TYPES:
        export.leave_out(ident, f"Den Typ {quoted(str(entry.get('typ')))} gibt es hier nicht.")
    else:
        try:
            export.records[ident] = _foreign(ident, entry)
        except _Bad as bad:
            export.leave_out(ident, str(bad))
        except (RecursionError, ValueError, OverflowError, ArithmeticError):
            export.leave_out(ident, "Der Eintrag lässt sich nicht lesen.")


def _foreign(ident: str, entry: dict[str, Any]) -> Foreign:
    model = TYPES[entry["typ"]]
    known = model.model_fields.keys()
    url = entry.get("url")
    if "webauftritt" in entry and "url" in known:
        entry = {**entry, "url": entry["webauftritt"]}
    else:
        entry = {k: v for k, v in entry.items() if k != "url"}
    budget = [MOST_VALUES]
    fields = {
        name: _plain(value, 1, budget)
        for name, value in entry.items()
        if name in known and name not in _DROPPED and value is not None
    }
    for _, _, _, message in check_texts(fields):
        raise _Bad(message)
    record = _record(model, fields, ident)
    for _, severity, _, message in check_record(record):
        if severity is Severity.ERROR:
            raise _Bad(message)
    address = url if isinstance(url, str) and _URL.fullmatch(url) else ""
    successor = entry.get("ersetzt_durch")
    known_successor = (
        successor if isinstance(successor, str) and ID_PATTERN.fullmatch(successor) else None
    )
    stored = {"id": ident, **fields, "url": address}
    if "url" in known and "url" in fields:
        stored |= {"webauftritt": fields["url"]}
    if known_successor:
        stored["ersetzt_durch"] = known_successor
    return Foreign(record, address, known_successor, stored)


def _record(model: type[Record], fields: dict[str, Any], ident: str) -> Record:
    """Validate; fields of groups that a newer version of the program may have added are dropped."""
    given: dict[str, Any] = {**fields, "id": ident, "datei": f"{model.ordner}/{ident}.md"}
    for last in (False, True):
        try:
            return model.model_validate(given)
        except ValidationError as error:
            details = error.errors(include_url=False)
            strange = [d["loc"] for d in details if d["type"] == "extra_forbidden"]
            if last or len(strange) < len(details):
                path, _, message = explain(error, model, Document())[0]
                place = ".".join(str(step) for step in path)
                raise _Bad(f"Feld {quoted(place)}: {message}" if place else message) from None
            for path in strange:
                _drop(given, path)
                _drop(fields, path)
    raise AssertionError


def _drop(value: Any, path: tuple[Any, ...]) -> None:
    for step in path[:-1]:
        value = value[step]
    value.pop(path[-1], None)


def _plain(value: Any, depth: int, budget: list[int]) -> Any:
    """A value as our own reader would give it: texts, lists and groups, of bounded size."""
    budget[0] -= 1
    if depth > MOST_DEPTH or budget[0] < 0:
        raise _Bad("Der Eintrag ist zu tief geschachtelt oder zu groß.")
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _checked(value)
    if isinstance(value, list):
        return [_plain(v, depth + 1, budget) for v in value if v is not None]
    if isinstance(value, dict):
        return {
            _checked(k): _plain(v, depth + 1, budget) for k, v in value.items() if v is not None
        }
    raise _Bad("Ein Wert ist weder Text noch Zahl.")


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(text) or any("\ud800" <= c <= "\udfff" for c in text):
        raise _Bad("Ein Text enthält unsichtbare Steuerzeichen.")
    return text


def _line(value: Any) -> str:
    """A text of the head on one line, or "" if it is none."""
    if not isinstance(value, str) or len(value) > 200:
        return ""
    try:
        return " ".join(_checked(value).split())
    except _Bad:
        return ""


def _moment(value: Any) -> str:
    text = _line(value)
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return ""
    return text


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def stored(export: PeerExport, sha256: str, day: str) -> str:
    """An export as it is kept in the content folder: only what passed, one value a line, so that a change
    reads well in a review."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "sha256": sha256,
        "abgerufen": day,
        "erzeugt": export.erzeugt,
        "herausgeber": export.herausgeber,
        "records": [export.records[ident].data for ident in sorted(export.records)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def differences(old: PeerExport, new: PeerExport) -> Iterator[tuple[str, str, str]]:
    """(what, id, title) of each record that is "neu", "geändert" or "entfallen"."""
    for ident in sorted(old.records.keys() | new.records.keys()):
        before, after = old.records.get(ident), new.records.get(ident)
        if before is None and after is not None:
            yield "neu", ident, after.record.titel
        elif after is None and before is not None:
            yield "entfallen", ident, before.record.titel
        elif before is not None and after is not None and before.data != after.data:
            yield "geändert", ident, after.record.titel

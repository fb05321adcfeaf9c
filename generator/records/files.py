"""One file → one checked record, or problems with line and column.

python-frontmatter splits a Markdown file; `yaml_reader` reads the front matter; the field table
validates; the rules within a record run.  Whatever the bytes are, the answer is a `FileResult`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from generator.records.common import Record
from generator.records.messages import explain
from generator.records.problems import Problem, Severity, allowed, did_you_mean, quoted
from generator.records.record_rules import check_record, check_texts
from generator.records.source import (
    FENCE,
    Source,
    read_fields,
    read_source,
    read_text,
    split_front_matter,
)
from generator.records.text_rules import check_text
from generator.records.types import FOLDERS, TYPES
from generator.records.value_rules import ID_PATTERN
from generator.records.value_rules import slug as slug  # pages ask for it here
from generator.records.wording import said
from generator.records.yaml_reader import (
    AT,
    BODY,
    Data,
)

SUFFIXES = (".md", ".yml", ".yaml")
PAGE_FIELDS = ("title", "description")  # front matter of static pages
LONGEST_NAME = 100  # characters of a file name without its ending
# `index` is the address of a type's own page; Windows cannot store the others.
RESERVED = frozenset(
    ["index", "con", "prn", "aux", "nul"]
    + [f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)]
)


@dataclass(slots=True)
class FileResult:
    """What one file gave: a record, or None with at least one error among the problems.

    `data` is the JSON of which `revived` makes the same record again, without checking texts.
    """

    record: Record | None
    problems: list[Problem]
    data: str = ""


def revived(text: str) -> Record:
    """The record of a `FileResult` from its `data`."""
    data = json.loads(text)
    return TYPES[data["typ"]].model_validate(data)


def read_record(file: FilePath, datei: str, shown: str) -> FileResult:
    """Read one record.  `datei` is the path below the content folder, `shown` the printed one."""
    source = read_source(file, shown)
    _check_file_name(file, source)
    root = source.document.root
    if not isinstance(root, dict):  # read_source has said why
        return FileResult(None, source.problems)
    if file.suffix == ".md" and "text" in root:
        source.add_at(
            ("text",),
            Severity.ERROR,
            "text-doppelt",
            said("text-doppelt"),
            key=True,
        )
    record, data = _validate(root, file.stem, datei, source)
    for path, offset, code, message in check_texts(root):
        source.add_at((*path, AT, offset), Severity.ERROR, code, message)
    if source.body:
        check_body(source)
    if record is not None:
        for path, severity, code, message in check_record(record):
            source.add_at(path, severity, code, message)
    problems = list(dict.fromkeys(source.problems))
    if source.errors:
        return FileResult(None, problems)
    return FileResult(record, problems, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def check_body(source: Source) -> None:
    """Run the text rules over the Markdown body."""
    for finding in check_text(source.body, markdown=True):
        source.add_at((BODY, AT, finding.offset), Severity.ERROR, finding.code, finding.message)


def read_static_page(file: FilePath, shown: str) -> list[Problem]:
    """Check a static Markdown page."""
    source = read_page(file, shown)
    check_body(source)
    root = source.document.root
    if isinstance(root, dict):
        _check_stray(f"---\n{source.yaml_text}", source)
        for path, offset, code, message in check_texts({**page_fields(source)}):
            source.add_at((*path, AT, offset), Severity.ERROR, code, message)
        if (unknown := [k for k in root if k not in PAGE_FIELDS]) and not source.problems:
            source.add_at(
                (unknown[0],),
                Severity.WARNING,
                "unbekanntes-feld",
                f"Auf einfachen Seiten wird {quoted(unknown[0])} nicht gelesen.{allowed(PAGE_FIELDS)}",
                key=True,
            )
    return source.problems


def read_page(file: FilePath, shown: str) -> Source:
    """A static Markdown page, taken apart.  Front matter is optional; see `page_fields`."""
    source = Source(shown)
    text = read_text(file, source)
    if text is not None and FENCE.match(text):
        parts = split_front_matter(text, source)
        if parts is not None:
            source.yaml_text, source.body, source.body_line = parts
            source.yaml_line = 1
            read_fields(source)
    elif text is not None:
        source.body = text
    return source


def page_fields(source: Source) -> dict[str, str]:
    """What the front matter of a static page may say.  It may not choose a template, say."""
    root = source.document.root
    fields = root.items() if isinstance(root, dict) else ()
    return {k: v for k, v in fields if k in PAGE_FIELDS and isinstance(v, str)}


def read_stray_file(file: FilePath, shown: str) -> list[Problem]:
    """Look into a YAML file outside the types' folders: is it a record that went astray?"""
    source = Source(shown)
    text = read_text(file, source)
    if text is not None:
        _check_stray(f"---\n{text}", source)
        return source.problems
    return []


def _check_stray(text: str, source: Source) -> None:
    """Warn about a record that stands where no records are read."""
    found = re.match(r"---[ \t]*\n(?:(?!---|typ:)[^\n]*\n)*typ:[ \t]*([a-z-]+)", text)
    if found and found[1] in TYPES:
        source.add(
            Severity.WARNING,
            "ordner",
            f"Das sieht nach einem Eintrag vom Typ {quoted(found[1])} aus, wird hier aber nicht als "
            f"Eintrag gelesen. Er gehört in den Ordner {quoted(TYPES[found[1]].ordner + '/')}.",
        )


def _check_file_name(file: FilePath, source: Source) -> None:
    if not ID_PATTERN.fullmatch(file.stem):
        suggestion = slug(file.stem)
        hint = said("dateiname-vorschlag", suggestion + file.suffix) if suggestion else ""
        source.add(
            Severity.ERROR,
            "dateiname",
            said("dateiname", wert=quoted(file.name), vorschlag=hint),
        )
    elif len(file.stem) > LONGEST_NAME:
        source.add(Severity.ERROR, "dateiname", said("dateiname-lang"))
    elif file.stem in RESERVED:
        source.add(
            Severity.ERROR,
            "dateiname",
            said("dateiname-vergeben", wert=quoted(file.stem), endung=file.suffix),
        )


def _validate(
    root: dict[str, Data], stem: str, datei: str, source: Source
) -> tuple[Record | None, dict[str, Any]]:
    typ = root.get("typ")
    folder = datei.split("/", 1)[0]
    folder_type = FOLDERS.get(folder, "")
    if not isinstance(typ, str) or typ not in TYPES:
        if not typ:
            wrong = (
                f"Es fehlt das Pflichtfeld „typ“. In diesem Ordner heißt es „typ: {folder_type}“."
            )
        elif isinstance(typ, str):
            wrong = f"{quoted(typ)} ist kein Typ.{did_you_mean(typ, TYPES)}{allowed(tuple(TYPES))}"
        else:
            wrong = f"Hier gehört ein einzelnes Wort hin.{allowed(tuple(TYPES))}"
        source.add_at(("typ",), Severity.ERROR, "typ", wrong)
        typ = folder_type  # report the other fields as well
    elif typ != folder_type:
        right = TYPES[typ].ordner
        source.add_at(
            ("typ",),
            Severity.ERROR,
            "ordner",
            f"Ein Eintrag vom Typ {quoted(typ)} gehört in den Ordner {quoted(right + '/')}, diese Datei "
            f"liegt in {quoted(folder + '/')}. Bitte die Datei verschieben oder den Typ ändern.",
        )
    model = TYPES.get(typ)
    if model is None:
        return None, {}
    filled: dict[str, Any] = _without_empty(root)
    for name in ("id", "datei"):
        if name in filled:
            source.add_at(
                (name,),
                Severity.ERROR,
                "unbekanntes-feld",
                said("feld-aus-datei", feld=quoted(name)),
                key=True,
            )
    filled.update(id=stem, datei=datei, typ=typ)
    if source.body:
        filled["text"] = source.body
    elif not isinstance(filled.get("text", ""), str):
        source.add_at(
            ("text",),
            Severity.ERROR,
            "text",
            said("text-ist-kein-text"),
        )
        filled["text"] = ""
    try:
        return model.model_validate(filled), filled
    except ValidationError as error:
        for path, code, message in explain(error, model, source.document):
            source.add_at(path, Severity.ERROR, code, message, key=code == "unbekanntes-feld")
        return None, {}


def _without_empty(data: Any) -> Any:
    """Drop fields without a value: an empty line is the same as none."""
    if isinstance(data, dict):
        return {k: _without_empty(v) for k, v in data.items() if v is not None}
    if isinstance(data, list):
        return [_without_empty(v) for v in data]
    return data

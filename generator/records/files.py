"""One file → one checked record, or problems with line and column.

python-frontmatter splits a Markdown file; `yaml_reader` reads the front matter; the field table
validates; the rules within a record run.  Whatever the bytes are, the answer is a `FileResult`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from generator.records.common import Record
from generator.records.fields import ID_PATTERN
from generator.records.messages import explain
from generator.records.problems import Problem, Severity, allowed, did_you_mean, quoted
from generator.records.record_rules import check_record, check_texts
from generator.records.text_rules import check_text
from generator.records.types import FOLDERS, TYPES
from generator.records.yaml_reader import Data, Document, Path, YamlProblem, read_yaml

MAX_BYTES = 256 * 1024
SUFFIXES = (".md", ".yml", ".yaml")
_SPLITTER = YAMLHandler()


@dataclass(slots=True)
class Source:
    """A file's text, taken apart.  Lines are 0-based here; `Problem` counts from 1."""

    shown: str  # path as printed
    body: str = ""
    body_line: int = 0
    document: Document = field(default_factory=Document)
    yaml_line: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, severity: Severity, code: str, message: str, line: int = 0, column: int = 0
    ) -> None:
        self.problems.append(Problem(self.shown, line + 1, column + 1, severity, code, message))

    def add_at(
        self, path: Path, severity: Severity, code: str, message: str, *, key: bool = False
    ) -> None:
        line, column = self.locate(path, key=key)
        self.add(severity, code, message, line, column)

    def locate(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Where the value (or key) at `path` stands; the nearest group around it if it is not there."""
        if path[:1] == ("\0text",):
            return self.body_line + (
                path[1] if len(path) > 1 and isinstance(path[1], int) else 0
            ), 0
        first, second = self.document.positions, self.document.keys
        if key:
            first, second = second, first
        while path:
            place = first.get(path) or second.get(path)
            if place:
                return place[0] + self.yaml_line, place[1]
            path = path[:-1]
        line, column = self.document.positions.get((), (0, 0))
        return line + self.yaml_line, column


@dataclass(slots=True)
class FileResult:
    """What one file gave: a record, or None with at least one error among the problems."""

    record: Record | None
    problems: list[Problem]


def read_source(file: FilePath, shown: str) -> Source:
    """Read and take apart one file; problems of bytes, front matter and YAML are noted in it."""
    source = Source(shown)
    text = _read_text(file, source)
    if text is None:
        return source
    if file.suffix == ".md":
        parts = _split(text, source)
        if parts is None:
            return source
        yaml_text, source.body, source.body_line = parts
        source.yaml_line = 1
    else:
        yaml_text = text
    try:
        source.document = read_yaml(yaml_text)
    except YamlProblem as problem:
        source.add(
            Severity.ERROR,
            problem.code,
            problem.message,
            problem.line + source.yaml_line,
            problem.column,
        )
        return source
    for path, (line, column) in source.document.duplicates:
        source.add(
            Severity.ERROR,
            "doppeltes-feld",
            f"Das Feld {quoted(str(path[-1]))} steht zweimal in derselben Gruppe. Bitte eines löschen.",
            line + source.yaml_line,
            column,
        )
    if not isinstance(source.document.root, dict):
        source.add(
            Severity.ERROR,
            "kein-eintrag",
            "Hier gehören Zeilen der Form „feld: Wert“ hin.",
            source.yaml_line,
        )
    return source


def read_record(file: FilePath, datei: str, shown: str) -> FileResult:
    """Read one record.  `datei` is the path below the content folder, `shown` the printed one."""
    source = read_source(file, shown)
    _check_file_name(file, source)
    if any(p.severity is Severity.ERROR for p in source.problems):
        return FileResult(None, source.problems)
    root = source.document.root
    assert isinstance(root, dict)  # read_source reports everything else
    if file.suffix == ".md" and "text" in root:
        source.add_at(
            ("text",),
            Severity.ERROR,
            "text-doppelt",
            "Der Text steht in einer .md-Datei unter der zweiten Zeile „---“, nicht im Feld „text“.",
            key=True,
        )
    record = _validate(root, file.stem, datei, source)
    for path, offset, code, message in check_texts(root):
        line, column = source.locate(path)
        line, column = _refine(root, path, offset, line, column)
        source.add(Severity.ERROR, code, message, line, column)
    if source.body:
        check_body(source)
    if record is not None:
        for path, severity, code, message in check_record(record):
            source.add_at(path, severity, code, message)
    if any(p.severity is Severity.ERROR for p in source.problems):
        record = None
    return FileResult(record, source.problems)


def check_body(source: Source) -> None:
    """Run the text rules over the Markdown body."""
    for finding in check_text(source.body, markdown=True):
        before = source.body[: finding.offset]
        line = source.body_line + before.count("\n")
        column = len(before) - before.rfind("\n") - 1
        source.add(Severity.ERROR, finding.code, finding.message, line, column)


def read_static_page(file: FilePath, shown: str) -> list[Problem]:
    """Check a static Markdown page (it has no front matter, or a small one)."""
    source = Source(shown)
    text = _read_text(file, source)
    if text is not None:
        source.body = text
        check_body(source)
    return source.problems


def _read_text(file: FilePath, source: Source) -> str | None:
    """The file's text with plain newlines and without a byte order mark, or None with a problem."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            source.add(
                Severity.ERROR,
                "zu-gross",
                f"Die Datei hat {size // 1024} KB, erlaubt sind {MAX_BYTES // 1024} KB.",
            )
            return None
        raw = file.read_bytes()
    except OSError as error:
        source.add(Severity.ERROR, "lesen", f"Die Datei lässt sich nicht lesen: {error.strerror}.")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n")
        source.add(
            Severity.ERROR,
            "zeichensatz",
            "Die Datei ist nicht in UTF-8 gespeichert. Bitte im Editor „Speichern unter … UTF-8“ wählen.",
            line,
        )
        return None
    if "\0" in text:
        source.add(
            Severity.ERROR,
            "zeichen",
            "Die Datei enthält Null-Zeichen; ist es wirklich eine Textdatei?",
            text[: text.index("\0")].count("\n"),
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(text: str, source: Source) -> tuple[str, str, int] | None:
    """(front matter, body, 0-based line of the body), or None with a problem."""
    if not re.match(r"-{3,}[ \t]*\n", text):
        source.add(
            Severity.ERROR,
            "kopf-fehlt",
            "Die Datei beginnt nicht mit einer Zeile „---“. Davor darf nichts stehen; danach kommen die Felder.",
        )
        return None
    try:
        head, body = _SPLITTER.split(text)
    except ValueError:
        source.add(
            Severity.ERROR,
            "kopf-offen",
            "Die Felder sind nicht mit einer zweiten Zeile „---“ abgeschlossen.",
        )
        return None
    head = head.removeprefix("\n")
    line = text[: len(text) - len(body)].count("\n")
    stripped = body.lstrip("\n")
    return head, stripped.rstrip(), line + len(body) - len(stripped)


def _check_file_name(file: FilePath, source: Source) -> None:
    if not ID_PATTERN.fullmatch(file.stem):
        suggestion = slug(file.stem)
        hint = f" Vorschlag: {suggestion}{file.suffix}" if suggestion else ""
        source.add(
            Severity.ERROR,
            "dateiname",
            f"Der Dateiname {quoted(file.name)} taugt nicht als Kennung: nur Kleinbuchstaben, Ziffern und Bindestriche.{hint}",
        )
    elif len(file.stem) > 100:
        source.add(Severity.ERROR, "dateiname", "Der Dateiname ist länger als 100 Zeichen.")


def slug(text: str) -> str:
    """An id made from any text: "Größe & Maß" → "groesse-mass"."""
    text = text.casefold()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, plain)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:100]


def _validate(root: dict[str, Data], stem: str, datei: str, source: Source) -> Record | None:
    typ = root.get("typ")
    folder_type = FOLDERS.get(datei.split("/", 1)[0], "")
    if not isinstance(typ, str) or typ not in TYPES:
        said = (
            (f"{quoted(typ)} ist kein Typ." + did_you_mean(typ, TYPES))
            if isinstance(typ, str)
            else "Es fehlt das Pflichtfeld „typ“."
        )
        source.add_at(("typ",), Severity.ERROR, "typ", f"{said}{allowed(tuple(TYPES))}")
        typ = folder_type  # report the other fields as well
    model = TYPES.get(typ)
    if model is None:
        return None
    filled: dict[str, Any] = _without_empty(root)
    for name in ("id", "datei"):
        if name in filled:
            source.add_at(
                (name,),
                Severity.ERROR,
                "unbekanntes-feld",
                f"Das Feld {quoted(name)} gibt es nicht; die Kennung ist der Dateiname.",
                key=True,
            )
    filled.update(id=stem, datei=datei)
    if source.body:
        filled["text"] = source.body
    elif not isinstance(filled.get("text", ""), str):
        source.add_at(
            ("text",),
            Severity.ERROR,
            "text",
            "Hier gehört ein Text hin. Mehrere Zeilen beginnen mit „text: |“.",
        )
        filled["text"] = ""
    try:
        return model.model_validate(filled)
    except ValidationError as error:
        for path, code, message in explain(error, model, source.document):
            source.add_at(path, Severity.ERROR, code, message, key=code == "unbekanntes-feld")
        return None


def _without_empty(data: Any) -> Any:
    """Drop fields without a value: an empty line is the same as none."""
    if isinstance(data, dict):
        return {k: _without_empty(v) for k, v in data.items() if v is not None}
    if isinstance(data, list):
        return [_without_empty(v) for v in data]
    return data


def _refine(root: Data, path: Path, offset: int, line: int, column: int) -> tuple[int, int]:
    """Move from the start of a value to the finding inside it, where its lines are plain."""
    value = root
    for step in path:
        value = value[step]  # type: ignore[index]
    if isinstance(value, str) and "\n" not in value:
        return line, column + offset
    return line, column

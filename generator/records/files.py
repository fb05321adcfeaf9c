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
from generator.records.fields import slug as slug  # pages ask for it here
from generator.records.messages import explain
from generator.records.problems import Problem, Severity, allowed, did_you_mean, quoted
from generator.records.record_rules import check_record, check_texts
from generator.records.text_rules import check_text
from generator.records.types import FOLDERS, TYPES
from generator.records.yaml_reader import (
    AT,
    BODY,
    CONTROL,
    CONTROL_MESSAGE,
    Data,
    Document,
    Path,
    YamlProblem,
    read_yaml,
)

MAX_BYTES = 256 * 1024
MAX_ERRORS = 100  # per file; nobody mends more at once
SUFFIXES = (".md", ".yml", ".yaml")
PAGE_FIELDS = ("title", "description")  # front matter of static pages
_FENCE = re.compile(r"-{3,}[ \t]*\n")
# Its own pattern takes blank lines along, which would shift every line number below.
_SPLITTER = YAMLHandler(fm_boundary=re.compile(r"^-{3,}[ \t]*$", re.MULTILINE))
_FORMER_BREAKS = re.compile("[\x85\u2028\u2029]")  # line breaks to YAML 1.1, to no editor
# `index` is the address of a type's own page; Windows cannot store the others.
RESERVED = frozenset(
    ["index", "con", "prn", "aux", "nul"]
    + [f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)]
)


@dataclass(slots=True)
class Source:
    """A file's text, taken apart.  Lines are 0-based here; `Problem` counts from 1."""

    shown: str  # path as printed
    body: str = ""
    body_line: int = 0
    document: Document = field(default_factory=Document)
    yaml_text: str = ""
    yaml_line: int = 0
    problems: list[Problem] = field(default_factory=list)
    errors: int = 0

    def add(
        self, severity: Severity, code: str, message: str, line: int = 0, column: int = 0
    ) -> None:
        if severity is Severity.ERROR:
            self.errors += 1
            if self.errors == MAX_ERRORS:
                code, message = "zu-viele", "Weitere Fehler zeigt erst die nächste Prüfung."
            elif self.errors > MAX_ERRORS:
                return
        self.problems.append(Problem(self.shown, line + 1, column + 1, severity, code, message))

    def add_at(
        self, path: Path, severity: Severity, code: str, message: str, *, key: bool = False
    ) -> None:
        line, column = self.locate(path, key=key) if self.errors < MAX_ERRORS else (0, 0)
        self.add(severity, code, message, line, column)

    def locate(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Where the value (or key) at `path` stands; the nearest group around it if it is not there."""
        if AT in path:
            return self._locate_inside(path[: path.index(AT)], int(path[-1]))
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

    def _locate_inside(self, path: Path, offset: int) -> tuple[int, int]:
        """Where character `offset` of a text stands.

        YAML folds, indents and quotes, so the words at `offset` are looked up in the source.
        """
        if path == (BODY,) and self.body:
            before = self.body[:offset]
            column = len(before) - before.rfind("\n") - 1
            return self.body_line + before.count("\n"), column
        if path == (BODY,):
            path = ("text",)  # a YAML file
        line, column = self.locate(path)
        value: Data = self.document.root
        for step in path:
            value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
        words = value[offset : offset + 80].split()[:3] if isinstance(value, str) else []
        if not isinstance(value, str) or not words:
            return line, column
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        earlier = sum(1 for _ in pattern.finditer(value, 0, offset))
        lines = self.yaml_text.split("\n")
        start = sum(len(t) + 1 for t in lines[: line - self.yaml_line]) + column
        for match in pattern.finditer(self.yaml_text, start):
            if earlier == 0:
                before = self.yaml_text[: match.start()]
                column = len(before) - before.rfind("\n") - 1
                return self.yaml_line + before.count("\n"), column
            earlier -= 1
        return line, column


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
        source.yaml_text, source.body, source.body_line = parts
        source.yaml_line = 1
    else:
        source.yaml_text = text
    if _read_fields(source) and not isinstance(source.document.root, dict):
        nothing = source.document.root is None
        source.add(
            Severity.ERROR,
            "kein-eintrag",
            "Die Datei enthält keine Felder. Sie braucht Zeilen der Form „feld: Wert“, zum Beispiel "
            "„typ: projekt“."
            if nothing
            else "Hier gehören Zeilen der Form „feld: Wert“ hin, zum Beispiel „typ: projekt“.",
            source.yaml_line,
        )
    return source


def _read_fields(source: Source) -> bool:
    """Read the YAML of a source; False if it cannot be read."""
    try:
        source.document = read_yaml(source.yaml_text)
    except YamlProblem as problem:
        source.add(
            Severity.ERROR,
            problem.code,
            problem.message,
            problem.line + source.yaml_line,
            problem.column,
        )
        return False
    for path, (line, column) in source.document.duplicates:
        source.add(
            Severity.ERROR,
            "doppeltes-feld",
            f"Das Feld {quoted(str(path[-1]))} steht zweimal in derselben Gruppe. Bitte eines löschen.",
            line + source.yaml_line,
            column,
        )
    for line, column in source.document.comments:
        source.add(
            Severity.WARNING,
            "kommentar",
            "Ab diesem „#“ gilt die Zeile als Kommentar und wird nicht gelesen. Gehört es zum Text, "
            "setzen Sie den ganzen Text in Anführungszeichen.",
            line + source.yaml_line,
            column,
        )
    return True


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
            "Der Text steht in einer .md-Datei unter der zweiten Zeile „---“, nicht im Feld „text“.",
            key=True,
        )
    record = _validate(root, file.stem, datei, source)
    for path, offset, code, message in check_texts(root):
        source.add_at((*path, AT, offset), Severity.ERROR, code, message)
    if source.body:
        check_body(source)
    if record is not None:
        for path, severity, code, message in check_record(record):
            source.add_at(path, severity, code, message)
    return FileResult(None if source.errors else record, list(dict.fromkeys(source.problems)))


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
    text = _read_text(file, source)
    if text is not None and _FENCE.match(text):
        parts = _split(text, source)
        if parts is not None:
            source.yaml_text, source.body, source.body_line = parts
            source.yaml_line = 1
            _read_fields(source)
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
    text = _read_text(file, source)
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


def _read_text(file: FilePath, source: Source) -> str | None:
    """The file's text with plain newlines and without a byte order mark, or None with a problem."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            size = file.stat().st_size
            source.add(
                Severity.ERROR,
                "zu-gross",
                f"Die Datei hat {-(-size // 1024)} KB, erlaubt sind {MAX_BYTES // 1024} KB.",
            )
            return None
    except OSError as error:
        source.add(Severity.ERROR, "lesen", f"Die Datei lässt sich nicht lesen: {why(error)}.")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        lines = raw[: error.start].split(b"\n")
        source.add(
            Severity.ERROR,
            "zeichensatz",
            "Die Datei ist nicht in UTF-8 gespeichert. Bitte im Editor „Speichern unter“ wählen und als "
            "Zeichensatz oder Kodierung UTF-8.",
            len(lines) - 1,
            len(lines[-1].decode("utf-8", "replace")),
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
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control is not None:
        text = _FORMER_BREAKS.sub(" ", text)
        control = CONTROL.search(text)
    if control is not None:
        before = text[: control.start()]
        column = len(before) - before.rfind("\n") - 1
        source.add(Severity.ERROR, "zeichen", CONTROL_MESSAGE, before.count("\n"), column)
        return None
    return text


def why(error: OSError) -> str:
    """The reason for a failed file access in German."""
    if isinstance(error, PermissionError):
        return "Die Leserechte fehlen"
    if isinstance(error, FileNotFoundError):
        return "Sie ist nicht mehr da"
    return error.strerror or str(error)


def _split(text: str, source: Source) -> tuple[str, str, int] | None:
    """(front matter, body, 0-based line of the body), or None with a problem."""
    if not _FENCE.match(text):
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
            "Hinter dem letzten Feld fehlt die zweite Zeile „---“.",
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
    elif file.stem in RESERVED:
        source.add(
            Severity.ERROR,
            "dateiname",
            f"Der Name {quoted(file.stem)} ist vergeben. Bitte nach dem Titel benennen, zum Beispiel online-termine{file.suffix}.",
        )


def _validate(root: dict[str, Data], stem: str, datei: str, source: Source) -> Record | None:
    typ = root.get("typ")
    folder = datei.split("/", 1)[0]
    folder_type = FOLDERS.get(folder, "")
    if not isinstance(typ, str) or typ not in TYPES:
        if not typ:
            said = (
                f"Es fehlt das Pflichtfeld „typ“. In diesem Ordner heißt es „typ: {folder_type}“."
            )
        elif isinstance(typ, str):
            said = f"{quoted(typ)} ist kein Typ.{did_you_mean(typ, TYPES)}{allowed(tuple(TYPES))}"
        else:
            said = f"Hier gehört ein einzelnes Wort hin.{allowed(tuple(TYPES))}"
        source.add_at(("typ",), Severity.ERROR, "typ", said)
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
    filled.update(id=stem, datei=datei, typ=typ)
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

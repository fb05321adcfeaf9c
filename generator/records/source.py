"""A file taken apart: text, front matter, YAML, and the places of its values.

python-frontmatter splits a Markdown file, `yaml_reader` reads the fields.  Whatever the bytes are,
the answer is a `Source` whose problems say what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from frontmatter.default_handlers import YAMLHandler

from generator.records.problems import Problem, Severity, quoted
from generator.records.value_rules import slug as slug  # pages ask for it here
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
FENCE = re.compile(r"-{3,}[ \t]*\n")
# Its own pattern takes blank lines along, which would shift every line number below.
_SPLITTER = YAMLHandler(fm_boundary=re.compile(r"^-{3,}[ \t]*$", re.MULTILINE))
_FORMER_BREAKS = re.compile("[\x85\u2028\u2029]")  # line breaks to YAML 1.1, to no editor


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


def read_source(file: FilePath, shown: str) -> Source:
    """Read and take apart one file; problems of bytes, front matter and YAML are noted in it."""
    source = Source(shown)
    text = read_text(file, source)
    if text is not None:
        take_apart(text, file.suffix, source)
    return source


def source_of(raw: bytes, shown: str) -> Source:
    """The same of bytes that are in no file."""
    source = Source(shown)
    text = _decoded(raw, source)
    if text is not None:
        take_apart(text, FilePath(shown).suffix, source)
    return source


def take_apart(text: str, suffix: str, source: Source) -> None:
    """Front matter, body and fields of a text."""
    if suffix == ".md":
        parts = split_front_matter(text, source)
        if parts is None:
            return
        source.yaml_text, source.body, source.body_line = parts
        source.yaml_line = 1
    else:
        source.yaml_text = text
    if read_fields(source) and not isinstance(source.document.root, dict):
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


def read_fields(source: Source) -> bool:
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


def read_text(file: FilePath, source: Source) -> str | None:
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
    return _decoded(raw, source)


def _decoded(raw: bytes, source: Source) -> str | None:
    """Bytes as text with plain newlines, or None with a problem."""
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


def split_front_matter(text: str, source: Source) -> tuple[str, str, int] | None:
    """(front matter, body, 0-based line of the body), or None with a problem."""
    if not FENCE.match(text):
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

"""YAML → plain data and positions, built from the parser's events in one pass.

PyYAML's C parser delivers events; this module turns them into dicts, lists, strings and None while
they arrive.  So limits on depth and size hold *before* anything is constructed, aliases and tags are
refused where they stand, duplicate keys are found, and the line and column of every value is kept.
Scalars stay what the author wrote (`NO`, `01067`, `12:30`, `1.10`); the field table converts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from generator.records.wording import said

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
Path: TypeAlias = tuple[str | int, ...]

# Steps of a path that lead into a text: `(BODY, AT, 12)` is character 12 of the Markdown body,
# `("ergebnis", AT, 12)` of that field.
BODY, AT = "\0text", "\0at"
MAX_DEPTH = 12
MAX_NODES = 20_000
NULLS = frozenset({"", "~", "null"})  # „Null“ is a German word
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
CONTROL_MESSAGE = said("steuerzeichen")
_HASH = re.compile(r"[ \t]+#[^\s#]")
_VALUES = frozenset(
    (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent)
)
_GLUED = re.compile(r"\s*(?:- )?[\w-]+:[^ \n]")  # „feld:wert“
Loader = getattr(yaml, "CLoader", yaml.Loader)


class YamlProblem(Exception):
    """The text is no YAML that a record may use.  `line` and `column` are 0-based in the text."""

    def __init__(self, code: str, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.column = code, message, line, column


@dataclass(slots=True)
class Document:
    """The root value, where each value and each key stands (0-based), and duplicate keys."""

    root: Data = None
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    duplicates: list[tuple[Path, tuple[int, int]]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)  # „Wert #kein Kommentar“


@dataclass(slots=True)
class _Frame:
    """One open group while events arrive; in a mapping, keys and values take turns."""

    value: dict[str, Data] | list[Data]
    path: Path
    awaits_key: bool
    key: str = ""
    key_path: Path = ()


# What libyaml says → what helps the author.
_COLON = (
    "Nach einem Doppelpunkt mit Leerzeichen kann kein zweiter folgen. Setzen Sie den Text in "
    'Anführungszeichen: feld: "…: …".'
)
_INDENT = (
    "Diese Zeile ist anders eingerückt als die darüber. Felder derselben Gruppe beginnen in "
    "derselben Spalte; nach jedem Feldnamen steht ein Doppelpunkt mit Leerzeichen."
)
_NO_SPACE = "Hinter diesem Doppelpunkt fehlt ein (gewöhnliches) Leerzeichen."
_UNEVEN = "Die Liste ist ungleich eingerückt: Jeder Eintrag beginnt in derselben Spalte mit „- “."
_OPEN_QUOTE = "Dieses Anführungszeichen wird nicht geschlossen."
_AFTER_QUOTE = (
    "Hinter dem schließenden Anführungszeichen darf nichts mehr stehen. Setzen Sie den ganzen Text "
    "in Anführungszeichen; Anführungszeichen darin bitte so: „…“. Oder fehlt weiter oben eines?"
)
_AFTER_BRACKET = (
    "Hinter der schließenden Klammer darf nichts mehr stehen. Text, der mit [ oder { beginnt, gehört "
    "in Anführungszeichen."
)
_NO_COLON = (
    "In dieser Zeile fehlt der Doppelpunkt mit Leerzeichen hinter dem Feldnamen. Gehört sie noch zum "
    "Text darüber, rücken Sie sie ein."
)
_REFERENCE = (
    "Text, der mit * oder & beginnt, gehört in Anführungszeichen. YAML-Verweise (&name, *name) sind "
    "nicht erlaubt."
)
_TAB = "Hier steht ein Tabulator. Bitte mit Leerzeichen einrücken."
_BACKSLASH = (
    "In doppelten Anführungszeichen ist der umgekehrte Schrägstrich ein Sonderzeichen. Nehmen Sie "
    "einfache Anführungszeichen: '…'."
)
_UNKNOWN = (
    "Das lässt sich nicht als YAML lesen. Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen "
    "in dieser und der vorigen Zeile."
)
_TAG = (
    "Text, der mit ! beginnt, gehört in Anführungszeichen. YAML-Typangaben (!…) sind nicht erlaubt."
)
_ONE_DOCUMENT = "Nur ein Dokument pro Datei: Die Zeile „---“ darf hier nicht noch einmal stehen."
_PLAIN_KEY = (
    "Ein Feldname muss ein einfaches Wort sein. Text mit geschweiften oder eckigen Klammern gehört "
    "in Anführungszeichen."
)
_TOO_DEEP = (
    f"Hier sind mehr als {MAX_DEPTH} Ebenen ineinander geschachtelt. Ist eine Klammer oder ein Strich "
    "zu viel?"
)
_SYNTAX = (
    ("scanning an alias", _REFERENCE),
    ("scanning an anchor", _REFERENCE),
    ("scanning a tag", "Text, der mit ! beginnt, gehört in Anführungszeichen."),
    ("parsing a tag", "Text, der mit ! beginnt, gehört in Anführungszeichen."),
    ("directive", "Eine Zeile darf nicht mit % beginnen."),
    ("incompatible YAML document", "Eine Zeile darf nicht mit % beginnen."),
    ("unknown escape character", _BACKSLASH),
    ("hexdecimal number", _BACKSLASH),
    ("invalid Unicode character escape", _BACKSLASH),
    ("scanning a quoted scalar", _OPEN_QUOTE),
    (
        "scanning a block scalar",
        "Hinter „|“ oder „>“ darf nichts mehr stehen. Der Text beginnt in der nächsten Zeile, "
        "eingerückt und ohne Tabulatoren.",
    ),
    ("expected ':'", _NO_COLON),
    (
        "block sequence entries are not allowed",
        "Ein Listeneintrag „- “ darf hier nicht stehen. Beginnen Sie die Liste in einer neuen Zeile.",
    ),
    (
        "parsing a flow",
        "In der Aufzählung fehlt ein Komma oder die schließende Klammer. Text, der mit [ oder { "
        "beginnt, gehört in Anführungszeichen.",
    ),
    (
        "expected <document start>",
        "Hier endet das YAML schon. Alle Zeilen haben die Form „feld: Wert“; eine Zeile „...“ gehört "
        "nicht hinein.",
    ),
)


def read_yaml(text: str) -> Document:
    """Read one YAML document.

    Raises `YamlProblem` for anything that is not plain, bounded, single-document YAML.
    """
    loader = Loader(text)
    try:
        return _compose(loader, text)
    except yaml.MarkedYAMLError as error:
        raise _syntax_problem(text, error) from None
    except yaml.reader.ReaderError:
        raise YamlProblem("zeichen", CONTROL_MESSAGE, 0, 0) from None
    finally:
        loader.dispose()


def _syntax_problem(text: str, error: yaml.MarkedYAMLError) -> YamlProblem:
    """A syntax error in German, at the place where the author can mend it."""
    said = f"{error.problem or ''} {error.context or ''}"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    while line > 0 and line >= len(lines) - 1 and not "".join(lines[line : line + 1]).strip():
        line -= 1  # the end of the text: the slip is in its last line
        column = len(lines[line])
    here = lines[line] if line < len(lines) else ""
    before, at = here[:column].rstrip(), here[column : column + 1]
    above = lines[line - 1] if 0 < line <= len(lines) else ""
    if at == "\t" or here[:column].endswith("\t"):
        return YamlProblem("yaml", _TAB, line, here.find("\t", max(column - 1, 0)))
    if "mapping values are not allowed" in said:
        if ": " in before:
            return YamlProblem("yaml", _COLON, line, column)
        if _GLUED.match(above):
            return YamlProblem("yaml", _NO_SPACE, line - 1, above.index(":"))
        return YamlProblem("yaml", _INDENT, line, len(here) - len(here.lstrip(" ")))
    start = error.context_mark
    opened = lines[start.line] if start and start.line < len(lines) else ""
    if start and "expected ':'" in said and _GLUED.match(opened):
        return YamlProblem("yaml", _NO_SPACE, start.line, opened.index(":"))
    if "cannot start any token" in said:
        message = f"Text, der mit „{at}“ beginnt, gehört in Anführungszeichen."
        return YamlProblem("yaml", message, line, column)
    if "expected key" in said or "expected '-' indicator" in said:
        message = _INDENT
        if before.endswith(("'", '"')):
            message = _AFTER_QUOTE
        elif before.endswith(("]", "}")):
            message = _AFTER_BRACKET
        elif at == "-":
            message = _UNEVEN
        elif at == ":":
            message = "Vor dem Doppelpunkt fehlt der Feldname."
        return YamlProblem("yaml", message, line, column)
    german = next((german for english, german in _SYNTAX if english in said), _UNKNOWN)
    if start and start.line < line:
        line, column = start.line, start.column  # where the quotation mark or bracket was opened
    return YamlProblem("yaml-verweis" if german is _REFERENCE else "yaml", german, line, column)


def _compose(loader: yaml.Loader, text: str) -> Document:
    document = Document()
    lines = text.split("\n")
    stack: list[_Frame] = []
    nodes = documents = 0
    while True:
        event = loader.get_event()  # type: ignore[no-untyped-call]
        kind = type(event)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            continue
        mark = event.start_mark
        place = (mark.line, mark.column)
        if kind not in _VALUES:
            if kind is yaml.StreamEndEvent:
                return document
            documents += kind is yaml.DocumentStartEvent
            if documents > 1:
                raise YamlProblem("yaml", _ONE_DOCUMENT, *place)
            continue
        if place[0] >= len(lines):  # an empty value at the end of the text
            place = (len(lines) - 1, len(lines[-1]))
        nodes += 1
        if nodes > MAX_NODES:
            raise YamlProblem("zu-gross", f"Mehr als {MAX_NODES} Werte in einer Datei.", *place)
        if kind is yaml.AliasEvent or event.anchor is not None:
            raise YamlProblem("yaml-verweis", _REFERENCE, *place)
        if event.tag is not None and event.tag != "!":
            raise YamlProblem("yaml-typ", _TAG, *place)
        frame = stack[-1] if stack else None
        if kind is yaml.ScalarEvent:
            _check_scalar(document, event, place, lines)
            if frame is not None and frame.awaits_key:
                _open_key(document, frame, event.value, place)
            else:
                value = event.value if event.style or event.value not in NULLS else None
                _put(document, frame, value, place)
        elif frame is not None and frame.awaits_key:
            raise YamlProblem("yaml", _PLAIN_KEY, *place)
        elif len(stack) >= MAX_DEPTH:
            raise YamlProblem("zu-tief", _TOO_DEEP, *place)
        else:
            group: dict[str, Data] | list[Data] = {} if kind is yaml.MappingStartEvent else []
            path = _put(document, frame, group, place)
            stack.append(_Frame(group, path, isinstance(group, dict)))


def _check_scalar(document: Document, event: Any, place: tuple[int, int], lines: list[str]) -> None:
    """What YAML takes in silence although the author meant something else."""
    if event.style:
        if event.style == '"' and CONTROL.search(event.value):
            raise YamlProblem("zeichen", CONTROL_MESSAGE, *place)
        return
    if " - " in event.value:
        for line in range(place[0] + 1, min(event.end_mark.line + 1, len(lines))):
            if lines[line].lstrip(" ").startswith("- "):
                raise YamlProblem("yaml", _UNEVEN, line, lines[line].index("-"))
    if " #" in lines[place[0]] or place[0] != event.end_mark.line:
        line, column = event.end_mark.line, event.end_mark.column
        rest = lines[line][max(column - 1, 0) :] if line < len(lines) else ""
        if comment := _HASH.match(rest) or _HASH.match(rest, 1):
            document.comments.append((line, max(column - 1, 0) + comment.end() - 2))


def _open_key(document: Document, frame: _Frame, key: str, place: tuple[int, int]) -> None:
    """A field's name: its value comes next."""
    path = (*frame.path, key)
    if key in frame.value:
        document.duplicates.append((path, place))
        path = (*path, "\0doppelt")  # the dropped value and its places stay out of the way
    else:
        document.keys[path] = place
    frame.key, frame.key_path, frame.awaits_key = key, path, False


def _put(document: Document, frame: _Frame | None, value: Data, place: tuple[int, int]) -> Path:
    """Put a value into the innermost open group; returns its path."""
    path: Path = ()
    if frame is None:
        document.root = value
    elif isinstance(frame.value, list):
        path = (*frame.path, len(frame.value))
        frame.value.append(value)
    else:
        path = frame.key_path
        frame.awaits_key = True
        if path[-1] == "\0doppelt":
            return path
        frame.value[frame.key] = value
    document.positions[path] = place
    return path

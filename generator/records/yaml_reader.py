"""YAML → plain data and positions, built from the parser's events in one pass.

PyYAML's C parser delivers events; this module turns them into dicts, lists, strings and None while
they arrive.  So limits on depth and size hold *before* anything is constructed, aliases and tags are
refused where they stand, duplicate keys are found, and the line and column of every value is kept.
Scalars stay what the author wrote (`NO`, `01067`, `12:30`, `1.10`); the field table converts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
Path: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 12
MAX_NODES = 20_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
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


@dataclass(slots=True)
class _Frame:
    """One open collection while events arrive."""

    value: dict[str, Data] | list[Data]
    path: Path
    key: str | None = None  # the key that waits for its value (mappings only)
    skip: bool = False  # that key is a duplicate: drop its value


# What libyaml says → what helps the author.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "Ein Doppelpunkt mit Leerzeichen steht mitten im Text oder "
        'die Einrückung stimmt nicht. Setzen Sie den Text in Anführungszeichen: "…: …".',
    ),
    (
        "cannot start any token",
        "Dieses Zeichen darf hier nicht stehen. Tabulatoren bitte durch "
        "Leerzeichen ersetzen; Text, der mit @, %, ` oder Tabulator beginnt, in Anführungszeichen.",
    ),
    ("could not find expected ':'", "Nach dem Feldnamen fehlt der Doppelpunkt mit Leerzeichen."),
    (
        "did not find expected key",
        "Die Einrückung passt nicht zu den Zeilen darüber, oder ein "
        "Anführungszeichen steht mitten im Text.",
    ),
    (
        "did not find expected '-' indicator",
        "Die Liste ist ungleich eingerückt: Jeder Eintrag beginnt in derselben Spalte mit „- “.",
    ),
    ("unexpected end of stream", "Ein Anführungszeichen wurde geöffnet, aber nicht geschlossen."),
    (
        "unexpected document indicator",
        "Ein Anführungszeichen wurde geöffnet, aber nicht geschlossen.",
    ),
    (
        "block sequence entries are not allowed",
        "Ein Listeneintrag „- “ darf hier nicht stehen. "
        "Beginnen Sie die Liste in einer neuen Zeile.",
    ),
    ("expected ',' or", "In der Aufzählung fehlt ein Komma oder die schließende Klammer."),
    (
        "unknown escape character",
        "In doppelten Anführungszeichen ist der umgekehrte Schrägstrich "
        "ein Sonderzeichen. Nehmen Sie einfache Anführungszeichen: '…'.",
    ),
)


def read_yaml(text: str) -> Document:
    """Read one YAML document.

    Raises `YamlProblem` for anything that is not plain, bounded, single-document YAML.
    """
    loader = Loader(text)
    try:
        return _compose(loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = f"{error.problem or ''} {error.context or ''}"
        hint = next(
            (german for english, german in _SYNTAX if english in said),
            "Das lässt sich nicht als YAML lesen. Prüfen Sie Einrückung, Doppelpunkte und "
            "Anführungszeichen in dieser und der vorigen Zeile.",
        )
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise YamlProblem("yaml", hint, line, column) from None
    except yaml.reader.ReaderError as error:
        line, column = _place(text, error.position)
        raise YamlProblem(
            "zeichen", "Hier steht ein unsichtbares Steuerzeichen. Bitte löschen.", line, column
        ) from None
    finally:
        loader.dispose()


def _place(text: str, position: int) -> tuple[int, int]:
    """0-based line and column of a character position."""
    before = text[: max(position, 0)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def _compose(loader: yaml.Loader) -> Document:
    document = Document()
    stack: list[_Frame] = []
    nodes = documents = 0
    while True:
        event = loader.get_event()  # type: ignore[no-untyped-call]
        kind = type(event)
        if kind is yaml.StreamEndEvent:
            return document
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                mark = event.start_mark
                raise YamlProblem(
                    "yaml",
                    "Nur ein Dokument pro Datei: Die Zeile „---“ darf hier "
                    "nicht noch einmal stehen.",
                    mark.line,
                    mark.column,
                )
        if kind in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent):
            continue
        if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
            continue
        mark = event.start_mark
        place = (mark.line, mark.column)
        nodes += 1
        if nodes > MAX_NODES:
            raise YamlProblem("zu-gross", f"Mehr als {MAX_NODES} Werte in einer Datei.", *place)
        if kind is yaml.AliasEvent or event.anchor is not None:
            raise YamlProblem(
                "yaml-verweis",
                "YAML-Verweise (&name, *name) sind nicht erlaubt. "
                "Schreiben Sie den Wert aus; Text, der mit * oder & beginnt, gehört "
                "in Anführungszeichen.",
                *place,
            )
        if event.tag is not None and event.tag != "!":
            raise YamlProblem(
                "yaml-typ",
                "YAML-Typangaben (!…) sind nicht erlaubt. Text, der mit "
                "! beginnt, gehört in Anführungszeichen.",
                *place,
            )
        _add(document, stack, event, place)


def _add(document: Document, stack: list[_Frame], event: Any, place: tuple[int, int]) -> None:
    """Put the value that `event` starts into the innermost open collection."""
    frame = stack[-1] if stack else None
    scalar = type(event) is yaml.ScalarEvent
    if frame is not None and isinstance(frame.value, dict) and frame.key is None:
        if not scalar:
            raise YamlProblem(
                "yaml",
                "Ein Feldname muss ein einfaches Wort sein. Text mit "
                "geschweiften oder eckigen Klammern gehört in Anführungszeichen.",
                *place,
            )
        key = event.value
        frame.skip = key in frame.value
        if frame.skip:
            document.duplicates.append(((*frame.path, key), place))
        else:
            document.keys[(*frame.path, key)] = place
        frame.key = key
        return
    value: Data
    if scalar:
        value = None if event.style is None and event.value in NULLS else event.value
    else:
        if len(stack) >= MAX_DEPTH:
            raise YamlProblem("zu-tief", f"Mehr als {MAX_DEPTH} Ebenen ineinander.", *place)
        value = {} if type(event) is yaml.MappingStartEvent else []
    path: Path = ()
    if frame is None:
        document.root = value
    elif isinstance(frame.value, list):
        path = (*frame.path, len(frame.value))
        frame.value.append(value)
    else:
        assert frame.key is not None  # set by the branch above
        path = (*frame.path, frame.key)
        if not frame.skip:
            frame.value[frame.key] = value
        frame.key = None
    if not (frame is not None and frame.skip):
        document.positions[path] = place
    elif not scalar:
        path = (*path, "\0doppelt")  # keep the positions of a dropped value out of the way
    if frame is not None:
        frame.skip = False
    if not scalar:
        assert isinstance(value, dict | list)
        stack.append(_Frame(value, path))

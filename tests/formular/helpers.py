"""The form's scripts in node, and what Python finds in the same record."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from generator.exports.form_data import form_data, script
from generator.records.files import read_record
from generator.records.problems import Severity
from generator.records.source import Source
from generator.records.types import FOLDERS, TYPES
from generator.records.yaml_reader import AT, BODY

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "theme/assets/javascripts/formular"
CHECKING = ("worte", "werte", "texte", "pruefung", "yaml", "bau", "ausgabe")
Finding = tuple[tuple[str | int, ...], str, str, str]  # path, severity, code, message


def has_node() -> bool:
    return shutil.which("node") is not None


@cache
def data_script() -> str:
    more = {"kategorien": [{"id": "terminvergabe"}, {"id": "e-akte"}], "wiki": {}}
    return script("felder", form_data() | more)


def in_node(**request: Any) -> Any:
    request |= {"scripts": [str(SCRIPTS / f"{n}.js") for n in CHECKING], "data": data_script()}
    done = subprocess.run(
        ["node", str(Path(__file__).parent / "in_node.mjs")],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@dataclass
class Read:
    """One file as Python sees it: its raw data, and every finding with its path."""

    root: Any = None
    body: str = ""
    findings: list[Finding] = field(default_factory=list)


@contextmanager
def _watched(read: Read) -> Iterator[None]:
    """Note the path of every finding; problems keep only line and column."""
    add_at, add = Source.add_at, Source.add
    inside: list[tuple[Any, ...]] = []

    def noting_at(self: Source, path: Any, severity: Any, code: str, message: str, *, key: bool = False) -> None:  # fmt: skip
        inside.append(path)
        add_at(self, path, severity, code, message, key=key)
        inside.pop()

    def noting(self: Source, severity: Severity, code: str, message: str, line: int = 0, column: int = 0) -> None:  # fmt: skip
        path = inside[-1] if inside else ()
        path = path[: path.index(AT)] if AT in path else path
        path = ("text",) if path == (BODY,) else tuple(path)
        read.findings.append((path, severity.value, code, message))
        add(self, severity, code, message, line, column)
        read.root, read.body = self.document.root, self.body

    Source.add_at, Source.add = noting_at, noting  # type: ignore[method-assign]
    try:
        yield
    finally:
        Source.add_at, Source.add = add_at, add  # type: ignore[method-assign]


def read_in_python(file: Path, datei: str) -> Read:
    """What `wissen check` finds in one file, each finding with the path of its field."""
    from generator.records.source import read_source

    read = Read()
    with _watched(read):
        read_record(file, datei, datei)
    source = read_source(file, datei)
    read.root, read.body = source.document.root, source.body
    return read


def for_node(read: Read, file: Path, datei: str) -> dict[str, Any]:
    """The same record as the form holds it."""
    folder_type = FOLDERS[datei.split("/")[0]]
    typ = read.root.get("typ")
    return {
        "typ": typ if isinstance(typ, str) and typ in TYPES else folder_type,
        "id": file.stem,
        "yml": file.suffix != ".md",
        "daten": read.root,
        "text": read.body,
    }


def findings_of(answer: list[dict[str, Any]]) -> set[Finding]:
    return {(tuple(f["path"]), f["severity"], f["code"], f["message"]) for f in answer}

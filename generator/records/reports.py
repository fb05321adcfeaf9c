"""Problems as text, JSON, SARIF 2.1.0, GitHub workflow commands and GitLab code quality."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from generator.records.problems import Problem, Severity, printable

_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_GITLAB_LEVEL = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text_report(problems: Sequence[Problem]) -> str:
    return "".join(f"{p}\n" for p in problems)


def json_report(problems: Sequence[Problem]) -> str:
    return _json(
        {
            "schema_version": "1",
            "fehler": sum(p.severity is Severity.ERROR for p in problems),
            "probleme": [
                {
                    "pfad": p.path,
                    "zeile": p.line,
                    "spalte": p.column,
                    "art": p.severity.value,
                    "code": p.code,
                    "meldung": p.message,
                }
                for p in problems
            ],
        }
    )


def sarif_report(problems: Sequence[Problem]) -> str:
    results = [
        {
            "ruleId": p.code,
            "level": _SARIF_LEVEL[p.severity],
            "message": {"text": p.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(p.path)},
                        "region": {"startLine": p.line, "startColumn": p.column},
                    }
                }
            ],
        }
        for p in problems
    ]
    rules = [{"id": code} for code in sorted({p.code for p in problems})]
    driver = {"name": "wissen", "informationUri": "https://opencode.de", "rules": rules}
    return _json(
        {
            "$schema": SARIF_SCHEMA,
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": results}],
        }
    )


def _uri(path: str) -> str:
    """A path as SARIF wants it: a relative reference, or a file URI."""
    escaped = quote(path, errors="replace")
    if path.startswith("/"):
        return f"file://{escaped}"
    return f"file:///{escaped}" if re.match(r"[A-Za-z]:/", path) else escaped


def github_report(problems: Sequence[Problem]) -> str:
    """Workflow commands; data is escaped so that a record cannot add a command of its own."""
    lines = []
    for p in problems:
        place = f"file={_github(p.path, True)},line={p.line},col={p.column},title={_github(p.code, True)}"
        lines.append(f"::{_GITHUB_LEVEL[p.severity]} {place}::{_github(p.message)}\n")
    return "".join(lines)


def _github(text: str, is_property: bool = False) -> str:
    text = printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def gitlab_report(problems: Sequence[Problem]) -> str:
    return _json(
        [
            {
                "description": p.message,
                "check_name": p.code,
                "fingerprint": hashlib.sha256(str(p).encode("utf-8", "replace")).hexdigest(),
                "severity": _GITLAB_LEVEL[p.severity],
                "location": {"path": p.path, "lines": {"begin": p.line}},
            }
            for p in problems
        ]
    )


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


REPORTS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": text_report,
    "json": json_report,
    "sarif": sarif_report,
    "github": github_report,
    "gitlab": gitlab_report,
}

"""The report formats: complete, well-formed, and deaf to what a record tries to smuggle in."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest

from generator.records.problems import Problem, Severity
from generator.records.reports import REPORTS

EVIL = "a\n::error::b\r%0A::stop-commands::x\x1b[31m\u2028 „<script>“ \N{RIGHT-TO-LEFT OVERRIDE}"
PROBLEMS = [
    Problem("content/glossar/wort.md", 5, 9, Severity.ERROR, "status", "„fertig“ ist kein Status."),
    Problem(f"content/{EVIL}, x:y.md", 1, 1, Severity.WARNING, "dateiname", EVIL),
    Problem("/tmp/Straße 1/a%20b.md", 2, 3, Severity.HINT, "allein", "Nichts ist verbunden."),
]


@pytest.mark.parametrize("form", REPORTS)
def test_no_problems(form: str) -> None:
    text = REPORTS[form]([])
    assert text == "" or json.loads(text) is not None


@pytest.mark.parametrize("form", ["text", "github"])
def test_one_line_each(form: str) -> None:
    text = REPORTS[form](PROBLEMS)
    assert len(text.splitlines()) == text.count("\n") == len(PROBLEMS)
    assert all(line.isprintable() for line in text.splitlines())


def test_text() -> None:
    first = REPORTS["text"](PROBLEMS).splitlines()[0]
    assert first == "content/glossar/wort.md:5:9: Fehler [status]: „fertig“ ist kein Status."


def test_github_commands_cannot_be_forged() -> None:
    lines = REPORTS["github"](PROBLEMS).splitlines()
    assert lines[0] == (
        "::error file=content/glossar/wort.md,line=5,col=9,title=status::„fertig“ ist kein Status."
    )
    forged = re.fullmatch(r"::warning file=([^,:]*),line=1,col=1,title=dateiname::(.*)", lines[1])
    assert forged is not None
    assert "%2C x%3Ay.md" in forged[1]
    assert "%250A" in forged[2]
    assert lines[2].startswith("::notice ")


def test_json() -> None:
    report = json.loads(REPORTS["json"](PROBLEMS))
    assert report["fehler"] == 1
    assert report["probleme"][0] == {
        "pfad": "content/glossar/wort.md",
        "zeile": 5,
        "spalte": 9,
        "art": "Fehler",
        "code": "status",
        "meldung": "„fertig“ ist kein Status.",
    }


def test_sarif_has_the_structure_that_readers_need() -> None:
    report = json.loads(REPORTS["sarif"](PROBLEMS))
    assert report["version"] == "2.1.0"
    assert report["$schema"].endswith("sarif-2.1.0.json")
    (run,) = report["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "wissen"
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    for result, problem in zip(run["results"], PROBLEMS, strict=True):
        assert result["ruleId"] in rules
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", uri)  # RFC 3986
        assert unquote(uri).removeprefix("file://") == problem.path
        assert place["region"] == {"startLine": problem.line, "startColumn": problem.column}


def test_gitlab_code_quality() -> None:
    report = json.loads(REPORTS["gitlab"](PROBLEMS))
    assert len({entry["fingerprint"] for entry in report}) == len(PROBLEMS)
    assert [entry["severity"] for entry in report] == ["major", "minor", "info"]
    assert report[0]["location"] == {"path": "content/glossar/wort.md", "lines": {"begin": 5}}
    assert all(entry["description"] and entry["check_name"] for entry in report)

"""`wissen check`: exit codes, paths, formats, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import wissen
from generator.records.reports import REPORTS
from tests.helpers import Folder, text

COMMAND = [sys.executable, "-c", "from generator.cli import main; main()"]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A valid content folder in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")  # 2026-07-01
    return Folder(tmp_path / "content")


def check(*arguments: str) -> Result:
    return CliRunner().invoke(wissen, ["check", *arguments])


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, "check", *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def test_a_valid_folder(content: Folder) -> None:
    result = check()
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Alles in Ordnung.\n")


def test_the_example_of_the_issue(content: Folder) -> None:
    record = text("bewertung", verdikt="empfolen")
    content.file("bewertungen/x.md", record)
    result = check()
    assert result.exit_code == 1
    line = record[: record.index("empfolen")].count("\n") + 1
    assert result.stdout == (
        f"content/bewertungen/x.md:{line}:10: Fehler [verdikt]: „empfolen“ ist kein Verdikt. "
        "Meinten Sie „empfohlen“? Erlaubt: empfohlen, bedingt_empfohlen, weiter_beobachten, "
        "derzeit_nicht_empfohlen, nicht_empfohlen, ohne_votum.\n"
    )
    assert result.stderr == "1 Fehler, 0 Warnungen, 0 Hinweise.\n"


def test_warnings_do_not_fail(content: Folder) -> None:
    content.add("begriff", "wort", verantwortlich="unbekannt")
    result = check()
    assert result.exit_code == 0
    assert "Warnung [ohne-verantwortung]" in result.stdout


def test_all_problems_of_all_files_in_one_run(content: Folder) -> None:
    content.file("glossar/a.md", text("begriff", status="fertig", stand="31.03.2026"))
    content.file("glossar/b.md", "kein Kopf")
    content.add("begriff", "c", bezug=[{"art": "siehe_auch", "ziel": "fehlt"}])
    codes = [line.split("[")[1].split("]")[0] for line in check().stdout.splitlines()]
    assert codes == ["status", "datum", "kopf-fehlt", "verweis"]


@pytest.mark.parametrize(
    ("paths", "lines"),
    [
        ([], 3),
        (["content"], 3),
        (["content/"], 3),
        (["content/glossar"], 2),
        (["./content/glossar/"], 2),
        (["content/../content/glossar"], 2),
        (["content/glossar/a.md"], 1),
        (["content/glossar/a.md", "content/projekte"], 2),
        (["content/organisationen/kreis-muster.md"], 0),
        (["content/gloss"], None),
    ],
)
def test_paths_limit_what_is_reported(content: Folder, paths: list[str], lines: int | None) -> None:
    for file in ("glossar/a.md", "glossar/ab.md", "projekte/p.md"):
        content.file(file, "kein Kopf")
    result = check(*paths)
    expected = (2, 0) if lines is None else (int(lines > 0), lines)
    assert (result.exit_code, result.stdout.count("\n")) == expected


def test_paths_may_be_absolute(content: Folder) -> None:
    content.file("glossar/a.md", "kein Kopf")
    result = check(str(content.root.resolve() / "glossar"))
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)


def test_the_whole_tree_is_read(content: Folder) -> None:
    content.add("begriff", "a", titel="Gleich")
    content.add("begriff", "b", titel="Gleich")
    assert "doppelter-titel" in check("content/glossar/b.md").stdout


@pytest.mark.parametrize(("path", "code"), [(".", 1), ("..", 1), ("anderswo", 2)])
def test_paths_around_the_content(content: Folder, path: str, code: int) -> None:
    content.file("glossar/a.md", "kein Kopf")
    Path("anderswo").mkdir()
    assert check(path).exit_code == code


def test_a_content_folder_elsewhere(
    content: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = Folder(tmp_path_factory.mktemp("anderswo"))
    elsewhere.file("glossar/a.md", "kein Kopf")
    result = check("--content", str(elsewhere.root))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{elsewhere.root.as_posix()}/glossar/a.md:1:1: Fehler")


def test_the_working_directory_as_content(content: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    content.file("glossar/a.md", "kein Kopf")
    monkeypatch.chdir(content.root)
    for arguments in ((), ("glossar",), ("glossar/a.md",)):
        result = check("--content", ".", *arguments)
        assert result.stdout.startswith("glossar/a.md:1:1: Fehler"), arguments


@pytest.mark.parametrize("form", REPORTS)
def test_formats(content: Folder, form: str) -> None:
    content.file("glossar/a.md", text("begriff", titel="x\n::error::y", status="a\n::error::b"))
    result = check("--format", form)
    assert result.exit_code == 1
    assert not any(line.startswith("::error::") for line in result.output.splitlines())
    if form in ("text", "github"):
        assert "„a ::error::b“ ist kein Bearbeitungsstatus." in result.stdout
    else:
        assert json.loads(result.stdout)
        assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--content", "fehlt"],
        ["--content", "content/kategorien.yml"],
        ["--content"],
        ["--format", "xml"],
        ["--unbekannt"],
        ["fehlt.md"],
    ],
)
def test_unusable_calls(content: Folder, arguments: list[str]) -> None:
    result = process(*arguments)
    said = result.stderr.decode()
    assert (result.returncode, result.stdout) == (2, b"")
    assert said.startswith("So geht der Aufruf nicht: ")
    assert said.endswith(" --help\n")


def test_help_is_german(content: Folder) -> None:
    result = check("--help")
    assert result.exit_code == 0
    assert "Prüft alle Einträge" in result.output
    assert not {"Usage", "Options", "Show this"} & set(result.output.split(":"))


def test_a_process_with_a_poor_terminal(content: Folder) -> None:
    content.file("glossar/a.md", text("begriff", status="größe"))
    result = process(PYTHONIOENCODING="ascii", LC_ALL="C")
    assert result.returncode == 1
    assert "„größe“ ist kein Bearbeitungsstatus" in result.stdout.decode("utf-8")
    assert b"Traceback" not in result.stderr


def test_hostile_files_together(content: Folder) -> None:
    content.file("glossar/tief.md", "---\n" + "[" * 30_000)
    content.file("glossar/bytes.md", bytes(range(256)) * 100)
    content.file("glossar/bombe.yml", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    content.file("kategorien.yml", "[" * 30_000)
    content.file("wiki.yml", "titel: [" * 3_000)
    content.file("seite.md", b"\xff" * 1_000)
    content.file("glossar/\U0001f600.md", text("begriff"))
    (content.root / "projekte").write_bytes(b"eine Datei, kein Ordner")
    (content.root / "glossar/ordner.md").mkdir()
    for form in REPORTS:
        result = process("--format", form)
        assert result.returncode == 1
        assert result.stderr.count(b"\n") == (form == "text")


@pytest.mark.parametrize("epoch", ["99999999999999999", "²"])
def test_an_odd_build_time(content: Folder, epoch: str) -> None:
    assert b"Traceback" not in process(SOURCE_DATE_EPOCH=epoch).stderr


def test_an_empty_folder(content: Folder) -> None:
    Path("leer").mkdir()
    assert check("--content", "leer").exit_code == 0

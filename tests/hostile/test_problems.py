"""Each hostile file ends in a clear problem (`fehler-…`) or is harmless text that builds (`harmlos-…`)."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path, PurePosixPath

import pytest

from generator.checking import check_content
from generator.records.problems import Problem, Severity
from tests.helpers import DAY, Folder
from tests.site.conftest import Call, call  # noqa: F401 (a fixture)

CONTENT = Path(__file__).parent / "content"
FILES = sorted(p.relative_to(CONTENT).as_posix() for p in CONTENT.rglob("*.*"))


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return check_content(CONTENT, DAY).problems


@pytest.mark.parametrize("name", FILES)
def test_problem_or_harmless(name: str, problems: list[Problem]) -> None:
    own = [p for p in problems if p.path.endswith(f"/{name}") and p.severity is Severity.ERROR]
    if PurePosixPath(name).name.startswith("fehler-"):
        assert own, "no error"
        lines = (CONTENT / name).read_text(encoding="utf-8").split("\n")
        for problem in own:
            assert 1 <= problem.line <= len(lines), problem
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
            assert problem.message.endswith((".", "?", "!")) or "Erlaubt: " in problem.message, (
                problem
            )
    else:
        assert own == []


def test_the_whole_folder_is_checked_in_one_run(call: Call) -> None:  # noqa: F811
    answer = call("check", "--content", CONTENT, "--format", "json")
    assert answer.code == 1
    report = json.loads(answer.out)
    assert len(str(report)) > 1000
    assert "Traceback" not in answer.err


def test_harmless_files_build_as_text(call: Call, tmp_path: Path) -> None:  # noqa: F811
    shutil.copytree(CONTENT, tmp_path / "inhalt", ignore=shutil.ignore_patterns("fehler-*"))
    answer = call("build", "--content", "inhalt", "--site-dir", "site")
    assert answer.code == 0, answer.out + answer.err
    page = (tmp_path / "site/glossar/harmlos-vorlagen/index.html").read_text(encoding="utf-8")
    assert page.count("{{ 7*7 }}") >= 2
    static = (tmp_path / "site/harmlos-seite/index.html").read_text(encoding="utf-8")
    assert "<h1" in static and "{{ config }}" in static, "front matter must not choose the template"
    assert "noindex" not in static


def test_symbolic_links_are_refused(folder: Folder, tmp_path: Path) -> None:
    secret = tmp_path.with_name(f"{tmp_path.name}-geheim")
    secret.mkdir()
    (secret / "geheim.md").write_text("# Geheim\n", encoding="utf-8")
    (secret / "bild.png").write_bytes(b"geheim")
    for link, target in (
        ("glossar", secret),
        ("seite.md", secret / "geheim.md"),
        ("bild.png", secret / "bild.png"),
        ("nirgends.md", tmp_path / "fehlt"),
        ("kreis", tmp_path),
        ("wiki.yml", secret / "geheim.md"),
    ):
        (tmp_path / link).symlink_to(target)
    found = folder.problems()
    codes = {(p.path.rpartition("/")[2], p.code) for p in found if p.severity is Severity.ERROR}
    assert codes == {
        (name, "verknuepfung")
        for name in ("glossar", "seite.md", "bild.png", "nirgends.md", "kreis", "wiki.yml")
    }


def test_a_linked_content_folder_itself_is_fine(call: Call, folder: Folder, tmp_path: Path) -> None:  # noqa: F811
    """The reader's own choice, unlike a link inside it."""
    link = tmp_path.with_name(f"{tmp_path.name}-verweis")
    link.symlink_to(tmp_path)
    assert call("check", "--content", link).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 30_000,
        "a: " + "{x: " * 30_000,
        "\n".join(" " * i + "a:" for i in range(2_000)),
        "- " * 30_000 + "x",
        "a: &a [*a]",
        "? " * 5_000,
        "a: " + "x" * 300_000,
        'a: "' + "\\u0041" * 40_000,
        "\0",
        "\ufeff\ufeff---",
        "%YAML 9.9\n---\na: b",
    ],
    ids=range(11),
)
@pytest.mark.parametrize(
    "place", ["glossar/a.md", "glossar/a.yml", "seite.md", "wiki.yml", "kategorien.yml"]
)
def test_bombs_are_answered_quickly(folder: Folder, place: str, text: str, call: Call) -> None:  # noqa: F811
    """Deep nesting, references, sizes: never a crash, whichever reader gets the file."""
    folder.file(place, f"---\n{text}\n---\n\n# Titel\n" if place.endswith(".md") else text)
    checked = call("check", "--content", ".")
    assert checked.code in (0, 1)
    assert "Traceback" not in checked.err
    if place == "seite.md":
        built = call(
            "build",
            "--content",
            ".",
            "--site-dir",
            folder.root.with_name(f"{folder.root.name}-site"),
        )
        assert built.code == checked.code, built.err
        assert "Traceback" not in built.err


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names itself")
def test_hostile_file_names(call: Call, folder: Folder) -> None:  # noqa: F811
    names = [
        '"><img src=x onerror=alert(1)>.md',
        "' onmouseover='alert(1).md",
        "a b.md",
        "ä&amp;.md",
        "{{ 7*7 }}.md",
        "a?b#c.md",
        "%2e%2e.md",
        "javascript:alert(1).md",
        "-f.md",
        "a\nb.md",
    ]
    for name in names:
        folder.file(name, "# Seite\n")
        folder.file(f"bilder/{name}.png", b"x")
        folder.file(f"{name.removesuffix('.md')}/{name}", "# Seite\n")
    for name in names[:3]:
        folder.file(f"glossar/{name}", "---\ntyp: begriff\n---\n")
    answer = call("check", "--content", ".")
    assert answer.code == 1
    assert answer.out.count("Fehler [dateiname]") >= 3
    assert all(
        line.count(": Fehler [") + line.count(": Warnung [") + line.count(": Hinweis [") >= 1
        for line in answer.out.splitlines()
    )
    for name in names[:3]:
        (folder.root / "glossar" / name).unlink()
    answer = call("check", "--content", ".")
    if answer.code == 0:
        assert (
            call(
                "build",
                "--content",
                ".",
                "--site-dir",
                folder.root.with_name(f"{folder.root.name}-site"),
            ).code
            == 0
        )

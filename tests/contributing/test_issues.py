"""Issue forms and description templates: as the field table wants them, and read back again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.contributing.issues import CannotReadIssue, read_issue
from generator.records.types import TYPES
from tests.site.conftest import Call
from tests.site.sites import COUNTY, ROOT, files
from tools.issue_forms import ASKED, gitlab_template, made

ANSWERS = {
    "Art des Eintrags": "Bewertung", "Titel": "Buchung von Räumen", "Kurz gesagt": "Wir suchen eine Lösung für Räume.",
    "Herausgeber": "birkenquell", "Verantwortlich": "Hauptamt", "Kontakt": "_No response_",
    "Gegenstand": "Raumbuchung", "Bedarf": "Freie Räume sollen sich finden lassen.", "Einsatzzweck": "Räume im Rathaus",
    "Prüfstatus": "Geplant", "Methode": "Markterkundung", "Durchgeführt von": "birkenquell\nsilberkoppel",
    "Handlungsfeld": "Digitale Verwaltung, Demografie", "Quellen": "titel: Eigene Planung | art: erfahrungsbericht",
    "Vertraulichkeit": "Interkommunal", "Text": "Wer mitmacht, meldet sich.\n\n### Bis wann\n\nBis Februar.",
}  # fmt: skip


def body(**changes: str) -> str:
    """As GitHub writes it."""
    return "\n\n".join(f"### {k}\n\n{v}" for k, v in {**ANSWERS, **changes}.items()).replace(
        "\n", "\r\n"
    )


def test_the_forms_are_as_the_field_table_wants_them() -> None:
    """Else: python -m tools.issue_forms"""
    for path, text in made().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, path
    folders = (ROOT / ".github/ISSUE_TEMPLATE", ROOT / ".gitlab/issue_templates")
    there = {p.relative_to(ROOT).as_posix() for folder in folders for p in folder.iterdir()}
    assert there - {".github/ISSUE_TEMPLATE/config.yml"} == made().keys()


def test_the_tool_says_what_is_stale() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tools.issue_forms", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stdout) == (0, "up to date\n")


@pytest.mark.parametrize("typ", ASKED)
def test_github_takes_the_form(typ: str) -> None:
    """The rules of GitHub's form schema that a form of ours could break."""
    form: dict[str, Any] = yaml.safe_load(made()[f".github/ISSUE_TEMPLATE/{typ}.yml"])
    assert {"name", "description", "body"} <= form.keys()
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for part in form["body"]:
        assert part["type"] in ("markdown", "input", "textarea", "dropdown")
        if part["type"] == "dropdown":
            options = part["attributes"]["options"]
            assert len(options) == len(set(options))
            assert "None" not in options
            if part["attributes"].get("multiple"):
                assert not any("," in option for option in options)
    required = {n for n, i in TYPES[typ].model_fields.items() if i.is_required() and i.title}
    assert required - set(ids) <= {
        "typ",
        "status",
        "stand",
        "vertraulichkeit",
    }  # these have defaults


def test_answers_become_a_record(call: Call, county: Path, tmp_path: Path) -> None:
    (tmp_path / "issue.md").write_text(body(), encoding="utf-8")
    answer = call("import", "--issue", "issue.md")
    assert answer.code == 0, answer.err
    text = (county / "bewertungen/buchung-von-raeumen.md").read_text(encoding="utf-8")
    assert "pruefstatus: geplant" in text
    assert "  - silberkoppel" in text
    assert "handlungsfeld:\n  - verwaltung\n  - demografie\n" in text
    assert text.endswith("Wer mitmacht, meldet sich.\n\n### Bis wann\n\nBis Februar.\n")
    assert "kontakt" not in text
    assert call("check").code == 0


def test_answers_of_a_gitlab_template(call: Call, county: Path, tmp_path: Path) -> None:
    text = gitlab_template("bewertung")
    for heading, answer in ANSWERS.items():
        if heading not in ("Kontakt", "Text"):
            text = text.replace(f"### {heading}\n\n", f"### {heading}\n\n{answer}\n\n")
    (tmp_path / "issue.md").write_text(text, encoding="utf-8")
    assert call("import", "--issue", "issue.md").code == 0
    assert (county / "bewertungen/buchung-von-raeumen.md").is_file()


def test_german_errors_at_their_sections(call: Call, county: Path, tmp_path: Path) -> None:
    before = files(county)
    wrong = body(Methode="geraten", Verantwortlich="Frau Erika Beispielsen", Farbe="blau")
    (tmp_path / "issue.md").write_text(
        wrong.replace("### Text", "### Wetter\r\n\r\nschön\r\n\r\n### Text"), encoding="utf-8"
    )
    answer = call("import", "--issue", "issue.md")
    assert answer.code == 1
    assert "Abschnitt „Wetter“: Diesen Abschnitt gibt es bei „Bewertung“ nicht." in answer.err
    (tmp_path / "issue.md").write_text(
        body(Methode="geraten", Verantwortlich="Frau Erika Beispielsen"), encoding="utf-8"
    )
    answer = call("import", "--issue", "issue.md")
    assert "Abschnitt „Methode“: „geraten“ ist keine Methode." in answer.err
    assert "Abschnitt „Verantwortlich“: „Frau Erika“ nennt eine Person" in answer.err
    assert files(county) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hallo",
        "### Titel\n\nx",
        "### Art des Eintrags\n\nQuatsch",
        "<!-- wissen:bewertung -->",
        "x" * 300_000,
    ],
)
def test_what_is_no_form(text: str) -> None:
    with pytest.raises(CannotReadIssue):
        read_issue(text)


def test_actions_are_pinned_and_foreign_code_gets_no_rights() -> None:
    import re

    text = (ROOT / ".github/workflows/pruefung.yml").read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", u) for u in uses)
    flow: dict[Any, Any] = yaml.safe_load(text)
    assert set(flow[True]) == {"pull_request", "push"}  # "on" is True to YAML 1.1
    assert flow["permissions"] == {}
    writing = [j for j in flow["jobs"].values() if "write" in j["permissions"].values()]
    assert [list(j["permissions"]) for j in writing] == [["pull-requests"]]
    for job in writing:
        assert not any("checkout" in step.get("uses", "") for step in job["steps"])
        assert "head.repo.full_name == github.repository" in job["if"]
    # nothing of the event is put into a script as text
    assert not any(
        "${{" in step.get("run", "") for j in flow["jobs"].values() for step in j["steps"]
    )
    gitlab: dict[Any, Any] = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["bericht"]["variables"]["GIT_STRATEGY"] == "none"
    assert "codequality" in gitlab["pruefen"]["artifacts"]["reports"]


def test_the_commands_in_the_workflows_exist(call: Call, county: Path) -> None:
    import re

    for name in (".github/workflows/pruefung.yml", ".gitlab-ci.yml", ".pre-commit-hooks.yaml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for command in set(re.findall(r"\bwissen (\w+) --", text)):
            help_text = call(command, "--help").out
            for line in re.findall(rf"wissen {command} ([^\n|>]*)", text):
                for option in re.findall(r"--[a-z-]+", line):
                    assert option in help_text, (command, option)
    assert call("check", "--content", "content", "content/glossar/fim.md").code == 0


@pytest.mark.parametrize(
    "text", ["<!--" * 60_000, "### Titel\n" + "<!-- " * 50_000, "### Titel\n\nx <!-- y"]
)
def test_comments_that_never_end(text: str) -> None:
    """Read in one pass: anybody may open an issue, and a machine reads it."""
    with pytest.raises(CannotReadIssue, match="welche Art von Eintrag"):
        read_issue(text)


@pytest.mark.parametrize("ident", ["a" * 300, "../../boese", "/etc/passwd", "index", "con", "a\nb"])
def test_a_hostile_id_is_refused(call: Call, tmp_path: Path, ident: str) -> None:
    file = tmp_path / "anfrage.md"
    file.write_text(f"### Kennung\n\n{ident}\n\n{body()}", encoding="utf-8")
    answer = call("import", "--issue", file, "--content", COUNTY, "--nur-pruefen")
    assert answer.code == 1, answer.out
    assert "keine Kennung" in answer.err or "ist vergeben" in answer.err
    assert len(answer.err) < 2000

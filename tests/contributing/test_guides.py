"""Documentation as a test: every command of the guides runs, every good example passes, every bad one not."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.contributing.excel_template import template
from generator.contributing.yaml_text import record_text
from generator.records.problems import Severity
from generator.records.types import TYPES
from generator.records.yaml_reader import read_yaml
from tests.contributing.test_excel import NOW, PLAN, filled
from tests.contributing.test_issues import body
from tests.helpers import COMMON, Folder
from tests.site.conftest import Call
from tests.site.sites import CONTENT, COUNTY, ROOT

GUIDES = ("erster-beitrag", "durchsicht", "redaktion")
# What the guides leave to the reader, in the two counties.
NAMES = {
    COUNTY: {"ihre-kommune": "birkenquell", "ihre-nachbarkommune": "silberkoppel"},
    CONTENT: {"ihre-kommune": "metelen", "ihre-nachbarkommune": "laer"},
}


def commands(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def prepare(folder: Path, words: list[str], names: dict[str, str]) -> None:
    """What the reader does between two commands: fill in a workbook, save an issue."""
    if words[1] != "import":
        return
    name = next((w for w in words[2:] if w.endswith((".xlsx", ".md"))), "")
    row = {**PLAN, "herausgeber": names["ihre-kommune"]}
    if name == "bewertungen.xlsx":
        filled(folder / name, "bewertung", row)
    elif name == "zugeschickt.xlsx":
        filled(folder / name, "bewertung", {**row, "titel": "Ladesäulen am Bauhof", "bedarf": "Dienstwagen sollen geladen werden."})  # fmt: skip
    elif name == "anfrage.md":
        changes = {"Titel": "Anfrage aus dem Formular", "Herausgeber": names["ihre-kommune"], "Durchgeführt von": names["ihre-kommune"]}  # fmt: skip
        (folder / name).write_text(body(**changes, Bedarf="Wände sollen gestrichen werden.", Gegenstand="Farbe"), encoding="utf-8")  # fmt: skip
    elif name.startswith("punkte-"):
        from openpyxl import load_workbook

        book = load_workbook(folder / name)
        for column, value in enumerate(("bedienung", "", 100, 7, "Leicht zu lernen."), 1):
            book["Punkte"].cell(5, column).value = value
        book.save(folder / name)


@pytest.mark.parametrize("county", [COUNTY, CONTENT], ids=["musterkreis", "steinfurt"])
@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_runs(call: Call, tmp_path: Path, county: Path, guide: str) -> None:
    shutil.copytree(county, tmp_path / "content")
    (ROOT / ".cache").mkdir(exist_ok=True)
    (tmp_path / ".cache").symlink_to(ROOT / ".cache")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@kreis.example", "-c", "commit.gpgsign=false"]  # fmt: skip
    for arguments in (["init", "-q"], ["add", "content"], ["commit", "-qm", "Anfang"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    lines = commands((county / "mitmachen" / f"{guide}.md").read_text(encoding="utf-8"))
    assert lines
    for line in lines:
        for placeholder, name in NAMES[county].items():
            line = re.sub(rf"\b{placeholder}\b", name, line)
        words = shlex.split(line)
        assert words[0] == "wissen", line
        prepare(tmp_path, words, NAMES[county])
        answer = call(*words[1:])
        # finding nothing is an answer, too
        assert answer.code == 0 or (words[1] == "find" and answer.code == 1), f"{line}\n{answer}"


def examples() -> list[Any]:
    text = (CONTENT / "mitmachen/gute-eintraege.md").read_text(encoding="utf-8")
    found = re.findall(r"^```yaml\n# (gut|schlecht): ([a-z-]+)\n(.*?)^```", text, re.M | re.S)
    return [pytest.param(*found_one, id=f"{found_one[1]}-{found_one[0]}") for found_one in found]


def test_there_is_a_good_and_a_bad_example_of_every_type() -> None:
    assert sorted(p.values[:2] for p in examples()) == sorted((word, typ) for typ in TYPES for word in ("gut", "schlecht"))  # fmt: skip


@pytest.mark.parametrize(("word", "typ", "yaml"), examples())
def test_good_examples_pass_and_bad_ones_do_not(folder: Folder, word: str, typ: str, yaml: str) -> None:  # fmt: skip
    for placeholder, name in (("ihre-kommune", "kreis-muster"), ("ihre-ag", "ag-muster"), ("ihre-gattung", "terminvergabe")):  # fmt: skip
        yaml = yaml.replace(placeholder, name)
    fields = read_yaml(yaml).root
    assert isinstance(fields, dict)
    text = record_text({"typ": typ, "titel": "Ein Beispiel", **COMMON, **fields})
    folder.file(f"{TYPES[typ].ordner}/beispiel.md", text)
    problems = [p for p in folder.problems() if p.severity is Severity.ERROR]
    assert bool(problems) is (word == "schlecht"), [str(p) for p in problems]


def test_other_counties_have_the_same_guides() -> None:
    for guide in (*GUIDES, "gute-eintraege"):
        name = f"mitmachen/{guide}.md"
        assert (COUNTY / name).read_bytes() == (CONTENT / name).read_bytes()
        assert f"({guide}.md)" in (CONTENT / "mitmachen/index.md").read_text(encoding="utf-8")
        assert f"({guide}.md)" in (COUNTY / "mitmachen/index.md").read_text(encoding="utf-8")


def test_the_template_of_the_guide_needs_only_five_cells() -> None:
    assert len(PLAN) == 5
    assert template("bewertung", NOW)

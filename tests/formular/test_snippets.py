"""Snippets for VS Code: what they leave behind can be read, and the repository has the current ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.exports.editor_schemas import editor_schema
from generator.exports.snippets import code_snippets
from generator.records.files import read_record
from generator.records.types import TYPES
from tests.site.sites import ROOT

KEPT = ROOT / ".vscode" / "eintraege.code-snippets"
STOP = re.compile(r"\$\{\d+(?::((?:\\.|\$[A-Z_]+|[^}\\])*)|\|([^|]*)\|)\}|\$0")
TODAY = {"$CURRENT_YEAR": "2026", "$CURRENT_MONTH": "07", "$CURRENT_DATE": "01"}
ALL: dict[str, dict[str, Any]] = json.loads(code_snippets())


def left_behind(body: list[str], choice: int = 0) -> str:
    """What stands in the file if every suggestion is taken, of lists the one with this number."""

    def value(found: re.Match[str]) -> str:
        if found[2] is not None:
            words = found[2].split(",")
            return words[choice % len(words)]
        text = found[1] or ""
        for variable, said in TODAY.items():
            text = text.replace(variable, said)
        return re.sub(r"\\(.)", r"\1", text)

    return STOP.sub(value, "\n".join(body))


def test_the_repository_has_the_current_snippets(request: pytest.FixtureRequest) -> None:
    """Renew with `wissen export snippets .vscode/eintraege.code-snippets` (or --update)."""
    if request.config.getoption("update"):
        KEPT.write_text(code_snippets(), encoding="utf-8", newline="\n")
    assert KEPT.read_text(encoding="utf-8") == code_snippets()


@pytest.mark.parametrize("typ", TYPES)
def test_a_new_record_lacks_nothing(typ: str, tmp_path: Path) -> None:
    snippet = ALL[f"{TYPES[typ].einzahl} anlegen"]
    file = tmp_path / "muster.md"
    file.write_text(left_behind(snippet["body"]) + "Text.\n", encoding="utf-8")
    result = read_record(file, f"{TYPES[typ].ordner}/muster.md", "muster.md")
    assert [str(p) for p in result.problems] == []
    assert result.record is not None


@pytest.mark.parametrize("name", [n for n in ALL if not n.endswith(" anlegen")])
def test_a_field_is_written_as_the_schema_wants_it(name: str) -> None:
    """In every type that the snippet names, and with every word of its lists."""
    from jsonschema import Draft7Validator

    snippet = ALL[name]
    types = snippet["description"].rpartition("[")[2].rstrip("]").split(", ")
    field = snippet["prefix"]
    for typ in (t for t, model in TYPES.items() if model.einzahl in types):
        schema = editor_schema(typ)
        of_field = {**schema["properties"][field], "definitions": schema["definitions"]}
        for choice in range(12):
            text = left_behind(snippet["body"], choice)
            value = yaml.load(text, yaml.BaseLoader)[field]
            errors = [e.message for e in Draft7Validator(of_field).iter_errors(value)]
            assert errors == [], text


def test_every_field_of_every_type_has_one() -> None:
    prefixes = {snippet["prefix"] for n, snippet in ALL.items() if not n.endswith(" anlegen")}
    for typ in TYPES:
        assert editor_schema(typ)["properties"].keys() - {"typ", "text"} <= prefixes


def test_values_explain_themselves() -> None:
    assert "bedingt_empfohlen = Bedingt empfohlen: Kann unter" in ALL["verdikt"]["description"]

"""Editors complete and explain: the schemas agree with what `wissen check` accepts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.exports.editor_schemas import editor_schema, editor_schemas
from generator.records.files import read_record
from generator.records.source import read_source
from generator.records.types import FOLDERS, TYPES
from tests.helpers import FIXTURES, data

ROOT = Path(__file__).resolve().parents[2]
VSCODE = ROOT / ".vscode"
VALID = [
    p
    for root in (ROOT / "content", ROOT / "examples/musterkreis", FIXTURES / "gueltig")
    for p in sorted(root.glob("*/*"))
    if p.parent.name in FOLDERS and p.suffix in (".md", ".yml")
]


class _Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates, and only true and false are booleans."""


_Editor.yaml_implicit_resolvers = {
    k: [(tag, r) for tag, r in v if not tag.endswith((":timestamp", ":bool"))]
    for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def test_no_editor_complains_about_a_valid_record() -> None:
    wrong = []
    for file in VALID:
        fields = yaml.load(read_source(file, file.name).yaml_text, _Editor)
        validator = Draft7Validator(editor_schema(FOLDERS[file.parent.name]))
        wrong += [f"{file}: {e.json_path}: {e.message[:80]}" for e in validator.iter_errors(fields)]
    assert wrong == []
    assert len(VALID) > 100


@pytest.mark.parametrize("typ", TYPES)
def test_typical_slips_are_marked(typ: str) -> None:
    validator = Draft7Validator(editor_schema(typ))
    Draft7Validator.check_schema(editor_schema(typ))
    assert validator.is_valid(data(typ))
    for slip in ({"status": "fertig"}, {"stand": "31.12.2026"}, {"tittel": "x"}, {"herausgeber": "Kreis X"}, {"quellen": "x"}):  # fmt: skip
        assert not validator.is_valid({**data(typ), **slip}), slip


def test_every_value_explains_itself() -> None:
    status = editor_schema("bewertung")["properties"]["verdikt"]["anyOf"][0]
    assert len(status["enum"]) == len(status["enumDescriptions"])
    assert status["enumDescriptions"][0].startswith("Empfohlen: ")


def test_vs_code_has_the_current_schemas(request: pytest.FixtureRequest) -> None:
    """Renew with `wissen export schema .vscode/schema` (or --update)."""
    kept = {p.name: p.read_text(encoding="utf-8") for p in (VSCODE / "schema").glob("*.json")}
    fresh = {n: json.dumps(s, ensure_ascii=False, indent=1) + "\n" for n, s in editor_schemas()}
    if request.config.getoption("update"):
        for name, text in fresh.items():
            (VSCODE / "schema" / name).write_text(text, encoding="utf-8", newline="\n")
    assert kept == fresh
    settings = json.loads((VSCODE / "settings.json").read_text(encoding="utf-8"))
    named = settings["yaml.schemas"]
    assert {p.rpartition("/")[2] for p in named} == fresh.keys()
    for typ, model in TYPES.items():
        assert f"content/{model.ordner}/**/*.yml" in named[f".vscode/schema/{typ}.json"]


def test_a_record_in_yaml_needs_no_front_matter(tmp_path: Path) -> None:
    """A .yml record with the line that tells an editor its schema passes the check."""
    head = "# yaml-language-server: $schema=../../.vscode/schema/begriff.json\n"
    file = tmp_path / "muster.yml"
    text = yaml.safe_dump(data("begriff"), allow_unicode=True, sort_keys=False)
    file.write_text(head + text + "text: |\n  Mehr dazu.\n", encoding="utf-8")
    assert read_record(file, "glossar/muster.yml", "muster.yml").problems == []

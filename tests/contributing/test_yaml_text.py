"""Raw data → YAML → the same data: for every record there is, and for awkward texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.contributing.notation import parse, show
from generator.contributing.raw_data import raw_record
from generator.contributing.yaml_text import field_lines, record_text
from generator.records.common import Record
from generator.records.files import read_record
from generator.records.tree import read_tree
from generator.records.types import TYPES
from generator.records.yaml_reader import read_yaml
from tests.site.sites import CONTENT, COUNTY

RECORDS = [r for folder in (CONTENT, COUNTY) for r in read_tree(folder).records]


@pytest.mark.parametrize("suffix", [".md", ".yml"])
@pytest.mark.parametrize("help", [False, True])
def test_every_record_comes_back(tmp_path: Path, suffix: str, help: bool) -> None:
    for record in RECORDS:
        file = tmp_path / f"{record.id}{suffix}"
        file.write_text(record_text(raw_record(record), record.text, suffix=suffix, help=help), encoding="utf-8")  # fmt: skip
        result = read_record(file, record.datei, record.id)
        assert result.record is not None, [str(p) for p in result.problems]
        assert same(result.record) == same(record), record.datei
        assert "kommentar" not in {p.code for p in result.problems}


def same(record: Record) -> Record:
    """A body ends without line breaks in one kind of file and with one in the other."""
    return record.model_copy(update={"text": record.text.strip()})


def test_every_field_of_every_record_fits_into_one_text_box() -> None:
    for record in RECORDS:
        fields = type(record).model_fields
        raw = raw_record(record)
        told = {name: parse(show(value, fields[name]), fields[name]) for name, value in raw.items()}
        again = type(record).model_validate(
            {**told, "id": record.id, "datei": record.datei, "text": record.text}
        )
        assert again == record


AWKWARD = [
    "NO", "01067", "1.10", "a: b", "- x", "x # y", "#x", "'x'", '"x"', "„x“", "[x", "{x}", "*a", "&a", "!a", "%a", "@a",
    "null", "~", "x:", "a\nb", "a\n\n  b", "--- x", "x\n---\ny", "| x", "> x", "?", "-", "a  b " * 30, "wort " * 60,
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts(text: str) -> None:
    text = text.strip()
    for value in (text, [text, "y"], {"a": text, "b": [text]}, [{"a": text, "b": "z"}]):
        assert read_yaml("\n".join(field_lines("feld", value))).root == {"feld": value}


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=200)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LETTERS.filter(lambda t: t == " ".join(t.split())))
def test_any_text(text: str) -> None:
    lines = "\n".join(field_lines("feld", {"a": text, "b": [text]}))
    assert read_yaml(lines).root == {"feld": {"a": text, "b": [text]}}


def field(typ: str, name: str) -> Any:
    return TYPES[typ].model_fields[name]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("schlagworte", "Bürgerbüro, Termin; Akte", ["Bürgerbüro", "Termin", "Akte"]),
        ("schlagworte", "Akte, elektronisch\n", ["Akte, elektronisch"]),
        ("schlagworte", "- a\n- b", ["a", "b"]),
        ("annahmen", "Erst, dann; zuletzt", ["Erst, dann", "zuletzt"]),
        ("zeitraum", "2026-01 bis 2026-03", "2026-01 bis 2026-03"),
        ("quellen", "Titel: A: B | Art: presse", [{"titel": "A: B", "art": "presse"}]),
        ("quellen", "titel: x \\| y | art: presse", [{"titel": "x | y", "art": "presse"}]),
        ("wiedervorlage", "Kosten sinken\nNeues Gesetz: bald", ["Kosten sinken", "Neues Gesetz: bald"]),
        ("wiedervorlage", "Kosten sinken | schwelle: 5", [{"ausloeser": "Kosten sinken", "schwelle": "5"}]),
        ("titel", "  ", None),
        ("intern", "akte: 10\nliste: [a, b]", {"akte": "10", "liste": ["a", "b"]}),
    ],
)  # fmt: skip
def test_how_people_write(name: str, text: str, value: Any) -> None:
    assert parse(text, field("bewertung", name)) == value


def test_the_help_names_every_field() -> None:
    for typ, model in TYPES.items():
        text = record_text({"typ": typ}, help=True)
        for name, info in model.model_fields.items():
            if info.title and name not in ("id", "datei", "typ"):
                assert f"\n# {name}:" in text
                assert f"# {info.title}:" in text

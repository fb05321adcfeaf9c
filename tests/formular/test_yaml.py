"""The file that the form writes reads back as the same record, whatever was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.records.files import read_record
from generator.records.source import read_source
from generator.records.types import TYPES
from generator.records.yaml_reader import CONTROL
from tests.formular.helpers import has_node, in_node
from tests.helpers import data
from tests.records.test_mutations import PIECES

pytestmark = pytest.mark.skipif(not has_node(), reason="needs node")

ODD = [*PIECES, "\n", "\n\n", "\n  ", "\n- ", " ", "  ", "\t", "ü", "a", "Wort", ": ", " #", "…", "😀", "\u200d", "\ufffd", "a: b", "- x", "? ", "''", '""', "\\n", "%YAML", "1e3", "0o7", "~", "Null", "null", "true", "=", "<<", "---", "\n---\n", "\n...\n"]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(ODD), max_size=12).map("".join),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=40),
).filter(lambda t: not CONTROL.search(t.replace("\u2028", "").replace("\u2029", "").replace("\x85", "")))  # fmt: skip
values = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(texts.filter(lambda t: t != ""), inner, max_size=3),
    ),
    max_leaves=6,
)


def clean(value: Any) -> Any:
    """What becomes of line ends that no file may hold."""
    if isinstance(value, dict):
        return {clean(k): clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [clean(v) for v in value]
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(st.lists(st.tuples(st.dictionaries(st.sampled_from(["titel", "bedarf", "kosten", "intern", "bezug"]), values, min_size=1), texts), min_size=250, max_size=250))  # fmt: skip
def test_any_text_survives(tmp_path: Path, records: list[tuple[dict[str, Any], str]]) -> None:
    """250 records at a time: starting node takes longer than writing them."""
    written = in_node(
        write=[{"typ": "bewertung", "daten": fields, "text": body} for fields, body in records]
    )["write"]
    file = tmp_path / "x.md"
    for (fields, body), text in zip(records, written, strict=True):
        file.write_bytes(text.encode())
        source = read_source(file, "x.md")
        assert source.problems == [], (text, source.problems)
        read = source.document.root
        assert isinstance(read, dict)
        assert read.pop("typ") == "bewertung"
        assert read == clean(fields), text
        assert source.body == clean(body).lstrip("\n").rstrip(), text


def test_a_record_of_each_type_passes_and_reads_well(tmp_path: Path) -> None:
    records = [{"typ": t, "daten": {k: v for k, v in data(t).items() if k != "typ"}} for t in TYPES]
    for record, text in zip(records, in_node(write=records)["write"], strict=True):
        file = tmp_path / "muster.md"
        file.write_text(text, encoding="utf-8")
        ordner = TYPES[str(record["typ"])].ordner
        result = read_record(file, f"{ordner}/muster.md", "muster.md")
        assert [str(p) for p in result.problems] == []
        assert '"' not in text, "nothing here needs quotes"
        assert text.startswith(f"---\ntyp: {record['typ']}\ntitel: Muster {record['typ']}\n")

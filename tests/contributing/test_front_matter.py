"""Changes to single fields: all other lines stay as they are."""

from __future__ import annotations

import pytest

from generator.contributing.front_matter import CannotEdit, with_fields, with_item
from generator.contributing.raw_data import raw_record
from generator.records.tree import read_tree
from tests.site.sites import COUNTY

TEXT = """\
---
# Kopf
typ: bewertung
titel: Eins  # bleibt
kurzfassung: >-
  Erste Zeile
  zweite Zeile

# Prüfstatus: wie weit
pruefstatus: geplant
durchgefuehrt_von: [metelen, rheine] # wer
ersetzt:
- alt
quellen:
  - titel: Q
    art: presse
  # noch eine?
---

Text: bleibt.
pruefstatus: steht auch im Text
"""


def changed(after: str) -> list[tuple[str, str]]:
    before, now = TEXT.split("\n"), after.split("\n")
    return [
        ("-", line) for line in before if line not in now
    ] + [("+", line) for line in now if line not in before]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"pruefstatus": "laufend"}, [("-", "pruefstatus: geplant"), ("+", "pruefstatus: laufend")]),
        ({"kurzfassung": "Neu."}, [("-", "kurzfassung: >-"), ("-", "  Erste Zeile"), ("-", "  zweite Zeile"), ("+", "kurzfassung: Neu.")]),
        ({"ersetzt": None}, [("-", "ersetzt:"), ("-", "- alt")]),
        ({"verdikt": "empfohlen"}, [("+", "verdikt: empfohlen")]),
    ],
)  # fmt: skip
def test_single_fields(fields: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert changed(with_fields(TEXT, fields, markdown=True)) == expected


def test_a_new_field_goes_where_the_field_table_has_it() -> None:
    lines = with_fields(TEXT, {"verdikt": "empfohlen"}, markdown=True).split("\n")
    assert lines[lines.index("verdikt: empfohlen") - 1] == "pruefstatus: geplant"


def test_lists() -> None:
    flow = with_item(TEXT, "durchgefuehrt_von", "lotte", markdown=True)
    assert "durchgefuehrt_von: [metelen, rheine, lotte] # wer" in flow
    block = with_item(TEXT, "ersetzt", "noch-aelter", markdown=True)
    assert "ersetzt:\n- alt\n- noch-aelter\nquellen:" in block
    groups = with_item(TEXT, "quellen", {"titel": "R", "art": "presse"}, markdown=True)
    assert "    art: presse\n  - titel: R\n    art: presse\n  # noch eine?\n---" in groups
    new = with_item(TEXT, "schlagworte", "Akte", markdown=True)
    assert "schlagworte:\n  - Akte\n" in new


def test_what_cannot_be_edited_line_by_line() -> None:
    for text in ("kein Kopf", "---\n{typ: bewertung}\n---\n", "---\n- a\n---\n"):
        with pytest.raises(CannotEdit):
            with_fields(text, {"titel": "x"}, markdown=True)


def test_every_field_of_every_record_can_be_set_again() -> None:
    """Writing a field's own value changes nothing for the reader."""
    from generator.contributing.drafts import check_drafts
    from tests.helpers import DAY

    tree = read_tree(COUNTY)
    for record in tree.records[::5]:
        text = (COUNTY / record.datei).read_text(encoding="utf-8")
        raw = raw_record(record)
        raw.pop("typ")
        again = with_fields(text, raw, markdown=record.datei.endswith(".md"))
        assert check_drafts(tree, {record.datei: again}, DAY).records[record.datei] == record

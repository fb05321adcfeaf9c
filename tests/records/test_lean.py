"""What crosses from one process to another: the same record, which shares what it has in common."""

from __future__ import annotations

import pickle

import pytest

from generator.records.common import Record
from generator.records.texts import Texts
from generator.records.types import TYPES
from tests.helpers import data


def record(typ: str, ident: str) -> Record:
    return TYPES[typ].model_validate({**data(typ), "id": ident, "datei": f"x/{ident}.md"})


def sent(one: Record) -> Record:
    found: Record = pickle.loads(pickle.dumps(one))
    return found


@pytest.mark.parametrize("typ", TYPES)
def test_a_record_that_was_sent_is_the_same(typ: str) -> None:
    one = record(typ, "eins")
    assert sent(one) == one
    assert repr(sent(one)) == repr(one)
    assert sent(one).model_dump(exclude_unset=True) == one.model_dump(exclude_unset=True)


def test_records_share_what_they_have_in_common() -> None:
    one, two = (sent(record("bewertung", ident)) for ident in ("eins", "zwei"))
    assert one.herausgeber is two.herausgeber
    assert one.model_fields_set is two.model_fields_set


def test_a_changed_copy_leaves_the_others_alone() -> None:
    one, two = (sent(record("bewertung", ident)) for ident in ("eins", "zwei"))
    before = set(two.model_fields_set)
    assert "lizenz" not in before
    copy = one.model_copy(update={"lizenz": "CC0-1.0"})
    assert "lizenz" in copy.model_fields_set
    assert one.model_fields_set == two.model_fields_set == before


def test_texts_come_back_from_the_file_they_are_kept_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.records.texts._IN_MEMORY", 100)
    texts = Texts()
    for number in range(50):
        texts[f"{number}"] = f"Grüße {number} " * number
    texts["7"] = "anders"
    del texts["8"]
    assert texts["7"] == "anders"
    assert texts["49"] == "Grüße 49 " * 49
    assert len(texts) == 49
    assert "8" not in texts
    texts.clear()
    assert not texts

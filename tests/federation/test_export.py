"""Reading exports of others: everything of ours passes, and nothing of theirs can do harm."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.addresses import Addresses
from generator.checking import check_content
from generator.exports.api import api_record
from generator.records.peer_export import MOST_RECORDS, differences, read_export, stored
from tests.federation.exports import Json, export_of
from tests.helpers import DAY, Folder
from tests.hostile.filled import MARKUP
from tests.site.sites import CONTENT, COUNTY


def raw(data: Any) -> bytes:
    return json.dumps(data).encode()


@pytest.mark.parametrize("content", [CONTENT, COUNTY])
def test_our_own_export_passes_whole(content: Path) -> None:
    """Every record of both wikis survives the way out and in again."""
    catalogue = check_content(content, DAY).catalogue
    records = [api_record(r, catalogue, Addresses()) for r in catalogue.records.values()]
    export = read_export(raw({"schema_version": "1", "records": records}))
    assert export.messages == []
    assert export.records.keys() == catalogue.records.keys()
    for ident, foreign in export.records.items():
        ours = catalogue.records[ident].model_copy(update={"intern": None})
        assert foreign.record.model_dump(exclude={"datei"}) == ours.model_dump(exclude={"datei"})


def test_the_copy_says_the_same(folder: Folder) -> None:
    folder.add("bewertung", "terminals", aufwand_personentage="2.5", intern={"a": "geheim"})
    export = read_export(raw(export_of(folder)))
    text = stored(export, "0" * 64, "2026-07-01")
    assert "geheim" not in text
    again = read_export(text.encode())
    assert again.records == export.records
    assert (again.sha256, again.abgerufen) == ("0" * 64, "2026-07-01")
    assert stored(again, "0" * 64, "2026-07-01") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kein lesbares JSON"),
        (b"\xff\xfe", "kein lesbares JSON"),
        (b"[" * 100_000, "kein lesbares JSON"),
        (b'{"records": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", ""),
        (b'{"schema_version": "1", "records": [NaN]}', "kein lesbares JSON"),
        (b"[]", "„records“ fehlt"),
        (b'{"schema_version": "1", "records": {}}', "„records“ fehlt"),
        (b'{"schema_version": "2", "records": []}', "„2“) ist unbekannt"),
        (b'{"records": []}', "ist unbekannt"),
        (raw({"schema_version": "1", "records": [0] * (MOST_RECORDS + 1)}), "mehr als"),
    ],
)  # fmt: skip
def test_useless_files_are_refused_whole(data: bytes, said: str) -> None:
    export = read_export(data)
    assert export.refused
    assert said in export.refused
    assert export.records == {}


def changed(record: Json, **changes: Any) -> Json:
    return {**record, **changes}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "../../etc"}, "keine Kennung"),
        ({"id": "a" * 101}, "keine Kennung"),
        ({"id": "con"}, "keine Kennung"),
        ({"id": 7}, "Es fehlt die Kennung"),
        ({"typ": "geheimnis"}, "gibt es hier nicht"),
        ({"typ": ["bewertung"]}, "gibt es hier nicht"),
        ({"titel": None}, "titel"),
        ({"titel": {"a": 1}}, "Feld „titel“"),
        ({"titel": "x" * 500}, "Zeichen"),
        ({"titel": "böse\u202egnp.exe"}, "Steuerzeichen"),
        ({"titel": "halb \ud800"}, "Steuerzeichen"),
        ({"verdikt": "prima"}, "Feld „verdikt“"),
        ({"stand": "gestern"}, "Feld „stand“"),
        ({"gueltig_bis": "1999-01-01"}, "gueltig"),
        ({"aufwand_personentage": 1e308}, "Feld"),
        ({"aufwand_personentage": "9" * 5000}, "Feld"),
        ({"kurzfassung": "Fragen an Frau Erika Mustermann, Tel. 02551 1234567"}, ""),
        ({"text": "<script>alert(1)</script>"}, ""),
        ({"text": "[x](javascript:alert(1))"}, ""),
        ({"schlagworte": ["x"] * 6000}, "zu groß"),
        ({"bezug": [[[[[[[[[[[[[[["tief"]]]]]]]]]]]]]]]}, "geschachtelt"),
        ({"kontakt": "erika.mustermann@kreis.example"}, ""),
    ],
)
def test_one_bad_record_is_left_out_and_the_rest_stays(
    folder: Folder, changes: Json, said: str
) -> None:
    folder.add("bewertung", "terminals")
    data = export_of(folder)
    good = len(data["records"]) - 1
    position = next(n for n, r in enumerate(data["records"]) if r["id"] == "terminals")
    data["records"][position] = changed(data["records"][position], **changes)
    export = read_export(raw(data))
    assert (len(export.records), export.left_out) == (good, 1)
    assert said in export.messages[0]


def test_fields_of_a_newer_version_are_no_obstacle(folder: Folder) -> None:
    folder.add("bewertung", "terminals")
    data = export_of(folder)
    for record in data["records"]:
        record["neues_feld"] = {"a": [1, 2]}
        for source in record["quellen"]:
            source["prüfsumme"] = "abc"
    export = read_export(raw(data))
    assert export.messages == []
    assert "prüfsumme" not in stored(export, "", "")


def test_an_id_counts_once(folder: Folder) -> None:
    data = export_of(folder)
    data["records"].append(changed(data["records"][0], titel="Ein anderer"))
    export = read_export(raw(data))
    assert export.left_out == 1
    assert all(f.record.titel != "Ein anderer" for f in export.records.values())


def test_what_changes_is_told(folder: Folder) -> None:
    folder.add("bewertung", "alt")
    folder.add("bewertung", "bleibt", titel="Vorher", gegenstand="Etwas")
    before = read_export(raw(export_of(folder)))
    (folder.root / "bewertungen/alt.md").unlink()
    folder.add("bewertung", "bleibt", titel="Nachher", gegenstand="Etwas")
    folder.add("bewertung", "neu", gegenstand="Neues")
    after = read_export(raw(export_of(folder)))
    assert [(kind, ident) for kind, ident, _ in differences(before, after)] == [
        ("entfallen", "alt"),
        ("geändert", "bleibt"),
        ("neu", "neu"),
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from([*MARKUP, "2026-01-01", "kreis-muster", "verwaltung"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Json:
    folder = Folder(tmp_path_factory.mktemp("export"))
    folder.add("bewertung", "terminals", kosten={"einmalig": "1000"}, zeitraum={"von": "2025"})
    folder.add("loesung", "kalender")
    return export_of(folder)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_it_nothing_raises(sample: Json, data: st.DataObject) -> None:
    """Random values in random places: each record passes the rules or is left out."""
    broken = copy.deepcopy(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        record = data.draw(st.sampled_from(broken["records"]))
        if isinstance(record, dict) and record:
            name = data.draw(st.sampled_from(sorted(record)))
            record[name] = data.draw(VALUES)
    text = json.dumps(broken, allow_nan=False) if _is_finite(broken) else json.dumps(broken)
    export = read_export(text.encode("utf-8", "surrogatepass"))
    if not export.refused:
        assert len(export.records) + export.left_out == len(broken["records"])
        again = read_export(stored(export, "", "").encode())
        assert again.records == export.records


def _is_finite(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
)
def test_no_bytes_raise(data: bytes) -> None:
    assert read_export(data).records == {}

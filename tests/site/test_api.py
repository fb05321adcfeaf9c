"""`api/v1/`: the contract that other programs rely on."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from generator.exports.api import collected, edited
from generator.records.types import TYPES
from tests.helpers import Folder
from tests.site.conftest import Call
from tests.site.sites import EPOCH, built

Json = dict[str, Any]


def test_the_file_of_all_records_is_edited_where_it_lies() -> None:
    created, publisher = datetime(2026, 7, 1, tzinfo=UTC), 'Kreis "records":['
    entries = [
        b'{"id":"a","titel":"Eins"}',
        b'{"id":"b","titel":"{\\"id\\":\\"a\\"}"}',
        b'{"id":"c"}',
    ]
    before = collected(entries, created, publisher)
    new = [b'{"id":"a","titel":"Eins und mehr"}', entries[1], b"{}"]
    later = datetime(2026, 7, 2, tzinfo=UTC)
    changes = [(entries[2], new[2]), (entries[0], new[0])]
    assert edited(before, changes, later, publisher) == collected(new, later, publisher)
    assert edited(before, [(b'{"id":"d"}', b"{}")], later, publisher) is None


def api(site: str) -> Json:
    document: Json = read(site, "records.json")
    return document


def read(site: str, name: str) -> Any:
    return json.loads((built(site) / "api/v1" / name).read_text(encoding="utf-8"))


def of_type(site: str, typ: str) -> list[Json]:
    return [r for r in api(site)["records"] if r["typ"] == typ]


@pytest.mark.parametrize("site", ["kreis", "muster", "muster-oeffentlich"])
def test_every_file_is_valid(site: str) -> None:
    schemas = {typ: read(site, f"schema/{typ}.json") for typ in TYPES}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    checks = {typ: jsonschema.Draft202012Validator(schema) for typ, schema in schemas.items()}
    document = api(site)
    for record in document["records"]:
        assert [e.message for e in checks[record["typ"]].iter_errors(record)] == [], record["id"]
        assert read(site, f"records/{record['id']}.json") == record
    present = {p.stem for p in (built(site) / "api/v1/records").iterdir()}
    assert present == {r["id"] for r in document["records"]}


def test_schemas_are_strict() -> None:
    """A misspelt field or value does not pass, so an editor can point at it."""
    record = next(r for r in of_type("muster", "bewertung") if r["pruefstatus"] == "abgeschlossen")
    check = jsonschema.Draft202012Validator(read("muster", "schema/bewertung.json"))
    for change in (
        {"verdikt": "empfolen"},
        {"gegenstnad": "x"},
        {"titel": None},
        {"typ": "projekt"},
        {"stand": 2026},
    ):
        assert list(check.iter_errors({**record, **change})), change
    for name in ("titel", "kurzfassung", "quellen", "bedarf"):
        assert list(check.iter_errors({k: v for k, v in record.items() if k != name})), name


def test_contract_keys() -> None:
    document = api("kreis")
    assert list(document) == ["schema_version", "erzeugt", "herausgeber", "records"]
    assert document["schema_version"] == "1"
    assert document["erzeugt"] == "2026-06-21T00:00:00Z" and EPOCH == "1782000000"
    assert document["herausgeber"] == "Kreis Steinfurt"
    ids = [r["id"] for r in document["records"]]
    assert ids == sorted(set(ids))
    for record in document["records"]:
        assert {
            "id",
            "typ",
            "url",
            "gueltigkeit",
            "nutzwert",
            "titel",
            "kurzfassung",
            "status",
        } <= set(record)
        assert "datei" not in record


def test_the_31_projects_of_the_strategy() -> None:
    projects = of_type("kreis", "projekt")
    assert len(projects) == 31
    assert Counter(p["einstufung"] for p in projects) == {"leitprojekt": 27, "potenzialprojekt": 4}
    assert all(p["handlungsfeld"] for p in projects)
    fields = Counter(f for p in projects for f in p["handlungsfeld"])
    assert set(fields) == {
        "verwaltung",
        "klimaschutz",
        "demografie",
        "mobilitaet",
        "bevoelkerungsschutz",
        "infrastruktur",
    }
    assert all(
        p["nutzwert"] is None and "relevanz" not in p and "realisierbarkeit" not in p
        for p in projects
    )


def test_the_24_municipalities() -> None:
    places = {
        o["ags"]: o
        for o in of_type("kreis", "organisation")
        if o.get("art") == "kommune" and o.get("ags", "").startswith("05566")
    }
    assert sorted(places) == [f"{number:08}" for number in range(5566004, 5566097, 4)]
    assert places["05566004"]["id"] == "altenberge"
    assert places["05566052"]["id"] == "metelen"
    assert places["05566096"]["id"] == "wettringen"
    for place in places.values():
        size = place["einwohner"]
        expected = (
            "gk4"
            if size >= 50_000
            else "gk5"
            if size >= 25_000
            else "gk6"
            if size >= 10_000
            else "gk7"
        )
        assert place["groessenklasse"] == expected, place["id"]


def test_the_terminal_evaluation() -> None:
    evaluation = next(
        r for r in of_type("kreis", "bewertung") if r["id"] == "selbstbedienungsterminals"
    )
    assert evaluation["pruefstatus"] == "abgeschlossen"
    assert evaluation["verdikt"] == "derzeit_nicht_empfohlen"
    assert any(
        "kosten" in w["ausloeser"].casefold() or "preis" in w["ausloeser"].casefold()
        for w in evaluation["wiedervorlage"]
    )
    assert evaluation["gegenstand"] not in {r["id"] for r in of_type("kreis", "loesung")}
    assert read("kreis", "records/terminals-entscheidung.json")["typ"] == "ag-ergebnis"


def test_scores_are_computed() -> None:
    evaluation = read("muster", "records/terminvergabe-terminblick-2026.json")
    total = sum(c["gewicht"] * c["punkte"] for c in criteria(evaluation)) / 100
    assert evaluation["nutzwert"] == pytest.approx(total)
    assert all(
        r["nutzwert"] is None
        for r in api("muster")["records"]
        if not r.get("kriterien") or r["typ"] != "bewertung"
    )


def criteria(evaluation: Json) -> list[Json]:
    catalogue = read("muster", f"records/{evaluation['kriterienkatalog']}.json")
    weights = {c["id"]: c["gewicht"] for c in catalogue["kriterien"]}
    return [{"gewicht": weights[c["id"]], **c} for c in evaluation["kriterien"]]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_table_opens_in_a_spreadsheet() -> None:
    raw = (built("muster") / "api/v1/records.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = table(raw.decode("utf-8"))
    assert [r["id"] for r in rows] == [r["id"] for r in api("muster")["records"]]
    assert list(rows[0])[:4] == ["id", "typ", "titel", "kurzfassung"]
    assert list(rows[0])[-3:] == ["gueltigkeit", "nutzwert", "url"]
    assert {
        "status",
        "stand",
        "herausgeber",
        "handlungsfeld",
        "schlagworte",
        "verdikt",
        "gueltig_bis",
    } <= set(rows[0])
    assert all(None not in row and None not in row.values() for row in rows), (
        "a row with too many or too few cells"
    )
    scored = next(r for r in rows if r["id"] == "terminvergabe-terminblick-2026")
    assert scored["nutzwert"] == "7,8"


FORMULAS = ("=", "+", "-", "@", "  =", "＝", "＋", "－", "＠")


def test_no_cell_becomes_a_formula(folder: Folder, call: Call) -> None:
    for number, formula in enumerate(FORMULAS):
        said = f"{formula} {number}"
        texts = {"titel": said, "kurzfassung": said, "verantwortlich": said, "schlagworte": [said]}
        folder.add("begriff", f"formel-{number}", **texts)
    site = folder.root.with_name("site-der-formeln")
    assert call("build", "--content", folder.root, "--site-dir", site).code == 0
    rows = table((site / "api/v1/records.csv").read_text(encoding="utf-8"))
    assert len([r for r in rows if r["typ"] == "begriff"]) == len(FORMULAS)
    cells = [cell for row in rows for cell in row.values()]
    assert [c for c in cells if c.lstrip().startswith(FORMULAS[:4] + FORMULAS[5:9])] == []

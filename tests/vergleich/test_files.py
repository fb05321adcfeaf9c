"""The data of the comparison and the method page as they stand in the finished site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.version import version
from generator.pages.comparing import FOLDER, compare_data, compare_files
from generator.pages.method import example
from generator.pages.paper import PROPOSALS
from generator.records.evaluation_types import Bewertung
from generator.records.solution_types import Loesung
from generator.records.vocabulary import PRUEFSTATUS, VERDIKT
from tests.helpers import Folder
from tests.site.sites import built, facts

LARGEST = 20 * 1024


def files(site: str) -> dict[str, Path]:
    return {p.stem: p for p in (built(site) / FOLDER).glob("*.js")}


def call(text: str) -> tuple[str, list[Any]]:
    """Name and arguments of the one call that a data file is."""
    found = re.fullmatch(r"wissenVergleich\.(\w+)\((.*)\);\n", text, re.DOTALL)
    assert found, text[:80]
    return found[1], json.loads(f"[{found[2]}]")


def test_every_evaluation_and_solution_has_its_data_and_nothing_else() -> None:
    api = json.loads((built("muster") / "api/v1/records.json").read_text(encoding="utf-8"))
    compared = [r for r in api["records"] if r["typ"] in ("bewertung", "loesung")]
    former = {old for r in compared for old in r.get("frueher", [])}
    found = files("muster")
    assert found.keys() == {r["id"] for r in compared} | former
    for ident, file in found.items():
        name, values = call(file.read_text(encoding="utf-8"))
        assert name == ("umzug" if ident in former else "laden")
        assert values[0] == ident


def test_the_public_site_holds_no_data_of_confidential_records() -> None:
    api = json.loads((built("muster-oeffentlich") / "api/v1/records.json").read_text("utf-8"))
    public = {r["id"] for r in api["records"]} | {
        old for r in api["records"] for old in r.get("frueher", [])
    }
    hidden = files("muster").keys() - public
    assert hidden, "there are confidential evaluations to leak"
    assert not files("muster-oeffentlich").keys() & hidden
    texts = "".join(f.read_text("utf-8") for f in files("muster-oeffentlich").values())
    assert not [ident for ident in hidden if f'"{ident}"' in texts]


def test_data_stay_small_however_long_the_texts(folder: Folder) -> None:
    long = "Ein sehr langer Satz über alles und jedes. " * 20
    criteria = [
        {"id": f"k{n}", "gewicht": "2.5", "punkte": "7.25", "begruendung": long} for n in range(40)
    ]
    folder.add("loesung", "s", datenschutz={f"angabe_{n}": long[:900] for n in range(50)})
    folder.add(
        "bewertung", "b", gegenstand="s", kriterien=criteria, rahmenbedingungen=long, bedarf=long,
        abweichende_voten=[{"text": long} for _ in range(10)],
        wiedervorlage=[{"ausloeser": long} for _ in range(10)],
        ausschlusskriterien=[{"text": f"Muss {n}", "erfuellt": "ja", "nachweis": long} for n in range(10)],
    )  # fmt: skip
    catalogue = folder.catalogue()
    record = catalogue.records["b"]
    text = compare_files(record, catalogue)[f"{FOLDER}b.js"]
    assert len(text.encode()) < LARGEST
    data = call(text)[1][1]
    assert [k[2:4] for k in data["kriterien"]] == [["2.5", "7.25"]] * 40, "numbers are never cut"


def test_texts_cannot_break_out_of_the_script(folder: Folder) -> None:
    text = "3 < 4 und \\ oder \" sowie ' ]);alert(1)//"
    folder.add("bewertung", "b", einsatzzweck=text)
    catalogue = folder.catalogue()
    script = compare_files(catalogue.records["b"], catalogue)[f"{FOLDER}b.js"]
    assert "<" not in script
    assert ["Prüfung", "Einsatzzweck", text] in call(script)[1][1]["angaben"]


def test_solutions_without_an_evaluation_say_so(folder: Folder) -> None:
    folder.add("loesung", "s")
    catalogue = folder.catalogue()
    record = catalogue.find("s", Loesung)
    assert record is not None
    assert ["Lösung", "Geprüft", "von niemandem"] in compare_data(record, catalogue)["angaben"]


def test_the_version_changes_with_what_is_said_and_only_with_that(folder: Folder) -> None:
    def of(**changes: Any) -> str:
        folder.add("bewertung", "b", **changes)
        return version(folder.catalogue().records["b"])

    base = of()
    assert re.fullmatch("[0-9a-f]{10}", base)
    assert of(intern={"notiz": "nur für uns"}) == base
    assert of(kurzfassung="Etwas anderes.") != base


def test_every_outcome_has_a_proposal() -> None:
    assert PROPOSALS.keys() == {*VERDIKT.values, *PRUEFSTATUS.values} - {"abgeschlossen"}


def test_the_example_of_the_method_page_is_computed(folder: Folder) -> None:
    assert example(folder.catalogue()) is None
    judged(folder, "a", "8", "2")
    assert example(folder.catalogue()) is None, "one alone is no ranking"
    judged(folder, "b", "6", "8")
    judged(folder, "c", "10", "10", excluded=True)
    found = example(folder.catalogue())
    assert found is not None
    assert [(r.name, r.rank) for r in found[2].ranked] == [("B", 1), ("A", 2), ("C", None)]
    assert [str(t.percent) for t in found[2].turns] == ["75", "25"]


def judged(folder: Folder, ident: str, *points: str, excluded: bool = False) -> None:
    if ident == "a":
        weights = ("60", "40")
        criteria = [{"id": f"k{n}", "name": f"K{n}", "gewicht": w} for n, w in enumerate(weights)]
        folder.add("kriterienkatalog", "katalog", kriterien=criteria)
    folder.add(
        "bewertung", ident, gegenstand=ident.upper(), kriterienkatalog="katalog", doppelt_weil="Vergleich",
        kriterien=[{"id": f"k{n}", "punkte": p} for n, p in enumerate(points)],
        ausschlusskriterien=[{"text": "Muss", "erfuellt": "nein" if excluded else "ja"}],
    )  # fmt: skip


def test_the_method_page_shows_real_numbers_of_the_example_county() -> None:
    page = facts("muster")["methode/index.html"].text
    for told in (
        "9 × 25 % = 2,25",
        "7,80, Rang 1",
        "7,45, Rang 2",
        "über 15,0 % liegt Offener Termin Muster vorn",
    ):
        assert told in page


def test_every_nutzwert_leads_to_the_method() -> None:
    scored = [p for p in facts("muster").values() if "Beitrag = Gewicht × Punkte" in p.text]
    assert len(scored) >= 5
    assert all(any(a.endswith("methode/") for _, a in page.addresses) for page in scored)


def test_the_catalogue_of_an_evaluation_is_read_once(folder: Folder) -> None:
    """An evaluation's page depends on the points of no other evaluation, only on what it links to."""
    judged(folder, "a", "8", "2")
    judged(folder, "b", "6", "8")
    catalogue: Catalogue = folder.catalogue()
    catalogue.reads = reads = {}
    record = catalogue.find("a", Bewertung)
    assert record is not None
    compare_files(record, catalogue, ["b"])
    assert "r b" not in reads

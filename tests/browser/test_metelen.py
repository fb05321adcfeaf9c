"""A clerk in Metelen: what was evaluated for larger municipalities is marked, wherever it stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import policy, served
from tests.browser.test_kommune import choose, marks
from tests.browser.watch import Watch, window
from tests.helpers import text
from tests.site.sites import CONTENT, build

MISMATCH = "Weicht ab: geprüft für 25.000 bis 100.000 Einwohner"
COUNTY = {"herausgeber": "kreis-steinfurt", "durchgefuehrt_von": ["kreis-steinfurt"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, and two evaluations that say for which size they hold."""
    folder = tmp_path_factory.mktemp("metelen")
    shutil.copytree(CONTENT, folder / "inhalt")
    for ident, sizes in (("raumbuchung-gross", ["gk4", "gk5"]), ("raumbuchung-klein", ["gk7"])):
        record = text(
            "bewertung", titel=f"Raumbuchung {sizes[0]}", gegenstand=f"Raumbuchung {sizes[0]}", groessenklassen=sizes,
            einsatzzweck=f"Räume, {sizes[0]}", bedarf="Räume im Rathaus online buchen.",
            kosten={"laufend_jahr": 1000, "basis": "Preisliste", "bezugsgroesse": "Kommune mit 10.000 Einwohnern"}, **COUNTY,
        )  # fmt: skip
        (folder / "inhalt/bewertungen" / f"{ident}.md").write_text(record, encoding="utf-8")
    build(folder / "inhalt", folder / "site")
    return folder / "site"


@pytest.fixture
def metelen(browser: Browser, site: Path) -> Iterator[Watch]:
    with served(site, policy()) as url, window(browser, url) as tab:
        choose(tab, "metelen")
        yield tab
    assert tab.faults == []


def test_the_size_mismatch_is_marked(metelen: Watch) -> None:
    page = metelen.page
    metelen.open("bewertungen/raumbuchung-gross/")
    assert MISMATCH in marks(page, "section.ws-passung")
    metelen.open("bewertungen/raumbuchung-klein/")
    assert "Passt: geprüft für Ihre Größenklasse" in marks(page, "section.ws-passung")

    metelen.open("bewertungen/")
    expect(page.locator("tr", has_text="Raumbuchung gk4").locator(".ws-z-anders")).to_have_text(
        MISMATCH
    )
    for path in ("suche/?q=", "schon-geprueft/?q="):
        metelen.open(path + quote("Räume online buchen"))
        page.wait_for_selector("[data-search-state=ready]", state="attached")
        hit = page.locator("[data-record-id=raumbuchung-gross]")
        expect(hit.locator(".ws-z-anders")).to_have_text(MISMATCH)


def test_the_comparison_knows_metelen(metelen: Watch) -> None:
    page = metelen.page
    metelen.open("vergleich/?ids=raumbuchung-gross,raumbuchung-klein")
    page.wait_for_selector("[data-vergleich=fertig]")
    size = page.locator("tr", has=page.get_by_role("rowheader", name="Größe"))
    expect(size.locator("td").nth(0)).to_have_text(MISMATCH)
    expect(size.locator("td").nth(1)).to_have_text("Passt: geprüft für Ihre Größenklasse")
    inhabitants = int(page.get_by_label("Einwohnerzahl").input_value())
    assert 5_000 < inhabitants < 8_000
    yearly = page.locator("tr", has_text="Im Jahr, für Ihre Größe").locator("td").first
    expect(yearly).to_contain_text(f"rund {round(inhabitants / 10)} €")

"""The comparison through the eyes of "Meine Kommune": what fits, what differs, and costs for its size."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_kind import too_wide
from tests.browser.test_kommune import choose
from tests.browser.watch import Watch
from tests.vergleich.test_in_browser import (
    EXCLUDED,
    LEADER,
    OTHER_CATALOGUE,
    READY,
    RIVAL,
    SMALL,
    THREE,
    axe_of,
    compared,
    here,
    pages_of,
)

FIVE = f"vergleich/?ids={LEADER},{RIVAL},{EXCLUDED},{SMALL},{OTHER_CATALOGUE}"


def fitting(page: Page) -> dict[str, list[str]]:
    """The rows of the part about the reader's municipality: name → cells."""
    part = page.locator("tbody").filter(
        has=page.locator(".ws-vgl__teil", has_text=re.compile("^Für "))
    )
    return {
        row.locator("th").inner_text().rpartition(":")[2].strip(" ≠\n"): [
            cell.inner_text().strip() for cell in row.locator("td").all()
        ]
        for row in part.locator("tr:not(.ws-vgl__teil)").all()
    }


def test_what_fits_the_own_municipality_and_what_differs(tab: Watch) -> None:
    choose(tab, "elsterwied")
    page = compared(tab, f"vergleich/?ids={LEADER},{RIVAL},{SMALL},muster-akte")
    rows = fitting(page)
    assert [text.split(":")[0] for text in rows["Größe"]] == [
        "Weicht ab", "Weicht ab", "Passt", "keine Angabe"
    ]  # fmt: skip
    assert "10.000 bis 100.000 Einwohner" in rows["Größe"][0]
    assert rows["Bei Ihnen"] == [
        "Bei Ihnen: Pilot",
        "nicht im Einsatz",
        "Bei Ihnen: Pilot",
        "nicht im Einsatz",
    ]
    assert rows["Betrieb"][0] == "bei Ihnen schon bekannt"
    assert rows["Betrieb"][1].startswith("Weicht ab: Betrieb als Eigener Betrieb")
    assert rows["Anschluss"][0] == "Kein Anschluss an Ihre Fachverfahren genannt"
    assert rows["Anschluss"][1] == "Passt: Anschluss an Muster-Meldewesen"
    assert rows["Wer wie Sie"][0] == "Genutzt in Ihrer Größe: Silberkoppel"
    marked = page.locator("[data-rang]", has_text="Andere Größe als Elsterwied")
    assert [m.get_attribute("data-id") for m in marked.all()] == [LEADER, RIVAL]
    assert axe_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page, 320) == []


def test_without_a_municipality_it_says_where_to_choose_one(tab: Watch) -> None:
    page = compared(tab, THREE)
    assert page.locator(".ws-z-anders, .ws-z-passt").count() == 0
    assert page.get_by_label("Einwohnerzahl").input_value() == ""
    page.get_by_role("link", name="Meine Kommune wählen").click()
    page.wait_for_url("**/meine-kommune/")


def test_costs_start_from_the_size_of_the_own_municipality(tab: Watch) -> None:
    choose(tab, "rabenwiehe")
    page = compared(tab, f"vergleich/?ids={LEADER},{RIVAL}")
    field = page.get_by_label("Einwohnerzahl")
    size = field.input_value()
    assert 5_000 <= int(size) <= 80_000
    expect(page.get_by_text("Eingetragen ist die Einwohnerzahl von Rabenwiehe.")).to_be_visible()
    costs = page.locator("tr", has_text="Im Jahr, für Ihre Größe").locator("td")
    expect(costs.first).to_contain_text(
        f"4.800 bis 6.500 € × {int(size):,} ÷ 20.000".replace(",", ".")
    )
    assert "einwohner" not in here(page), "the choice stays in this browser"

    field.fill("12000")
    expect(costs.first).to_contain_text("rund 2.880 bis 3.900 €")
    assert not page.get_by_text("Eingetragen ist").is_visible()
    assert here(page).endswith("&einwohner=12000")
    field.fill("")
    assert page.locator("tr", has_text="Im Jahr, für Ihre Größe").count() == 0, "as the reader says"

    compared(tab, f"vergleich/?ids={LEADER},{RIVAL}&einwohner=12000")
    assert page.get_by_label("Einwohnerzahl").input_value() == "12000", "the address has the word"


def test_the_decision_paper_too(tab: Watch) -> None:
    choose(tab, "rabenwiehe")
    tab.open(f"bewertungen/{LEADER}/?vorlage")
    tab.page.wait_for_selector("[data-vorlage]")
    expect(tab.page.locator("[data-vorlage]")).to_contain_text("; für Rabenwiehe rund ")


def test_another_choice_is_shown_at_once(tab: Watch) -> None:
    choose(tab, "elsterwied")
    page = compared(tab, THREE)
    assert fitting(page)
    other = page.context.new_page()
    other.goto(f"{tab.address}organisationen/rabenwiehe/")
    other.get_by_role("button", name="Das ist meine Kommune").click()
    expect(page.locator(".ws-vgl__teil", has_text="Für Rabenwiehe")).to_be_visible()
    assert page.get_by_label("Einwohnerzahl").input_value() not in ("", "4610")
    page.evaluate("wissenKommune.vergiss()")
    assert fitting(page) == {}
    assert page.get_by_label("Einwohnerzahl").input_value() == ""
    other.close()


def test_it_is_still_one_landscape_page(tab: Watch) -> None:
    choose(tab, "elsterwied")
    for path in (THREE, FIVE + "&einwohner=12000"):
        page = compared(tab, path)
        page.wait_for_selector(READY)
        sheets = pages_of(page.pdf(prefer_css_page_size=True, print_background=True))
        assert len(sheets) == 1, path
        assert sheets[0][0] > sheets[0][1]


SMALLEST = """() => Math.min(...[...document.querySelectorAll("#ws-vergleich table *, #ws-vergleich p")]
  .filter(each => each.getClientRects().length && !each.closest(".ws-unsichtbar")
    && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(each => parseFloat(getComputedStyle(each).fontSize) * .75))"""


CUT = """() => [...document.querySelectorAll("#ws-vergleich .ws-vgl tbody:first-of-type .ws-vgl__zelle")]
  .filter(cell => cell.getClientRects().length && cell.scrollHeight > cell.clientHeight + 2).map(cell => cell.innerText)"""


@pytest.mark.parametrize("own", ["", "elsterwied"])
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_on_paper_it_can_be_read(tab: Watch, own: str, number: int) -> None:
    """One page, no letters below 8 points, and what is missing is told."""
    if own:
        choose(tab, own)
    ids = [LEADER, RIVAL, EXCLUDED, SMALL, OTHER_CATALOGUE][:number]
    page = compared(tab, f"vergleich/?ids={','.join(ids)}&einwohner=12000")
    shown = page.locator("#ws-vergleich tbody tr:visible").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(SMALLEST) >= 8
    assert page.locator("tr:visible", has_text="Nutzwert").count() > 0
    assert page.locator("tr:visible", has_text="Gültigkeit").count() == 1
    if number > 2:
        assert page.locator("tr:visible .ws-verfehlt").count() > 0, "exclusion criteria decide"
    if own:
        assert page.locator("tr:visible", has_text="Weicht ab: geprüft für").count() == 1
    left_out = page.locator(".ws-vgl__fehlt").inner_text()
    assert left_out.startswith("Auf dieser Seite ist kein Platz für: ")
    assert "Informationssicherheit" in left_out or "weitere Angaben" in left_out
    assert page.evaluate(CUT) == [], "the result is told in full"
    alone = page.locator("tbody", has_text="Kriterien für interne Anwendungen").locator("tr")
    assert number < 5 or alone.count() > 1
    assert len({row.is_visible() for row in alone.all()}) <= 1, "no half catalogue"
    hidden = page.locator("tr:not(:visible)", has=page.locator(".ws-erfuellt"))
    missed = page.locator(".ws-verfehlt")
    met = sum(row.locator(missed).count() == 0 for row in hidden.all())
    assert ("erfüllt, soweit geprüft" in left_out) == (met > 0)
    if number == 3 and not own:  # room for reasons, and for where it runs
        assert page.get_by_text("Support rund um die Uhr").is_visible()
        assert page.locator("tr:visible", has_text="Betriebsmodell").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#ws-vergleich tbody tr:visible").count() == shown
    sheets = pages_of(page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(sheets) == 1
    assert sheets[0][0] > sheets[0][1]

"""Choosing what to compare where many stand: in lists that need no script, and in answers."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_every_kind import too_wide
from tests.browser.test_kommune import choose
from tests.browser.watch import Watch, window
from tests.site.sites import built
from tests.vergleich.test_in_browser import LEADER, READY, axe_of, here, order

BAR = "Zum Vergleich vorgemerkt"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("bewertungen/", "bewertungen"),
        ("loesungen/", "loesungen"),
        ("handlungsfelder/verwaltung/", ""),
    ],
)
def test_every_entry_of_a_list_can_be_chosen(tab: Watch, path: str, kind: str) -> None:
    tab.open(path)
    page = tab.page
    entries = page.locator("[data-passung]")
    buttons = page.locator("button[data-merken]")
    assert buttons.count() == entries.count() > 3
    chosen = []
    for number in (0, 1):
        address = entries.nth(number).locator("a").first.get_attribute("href") or ""
        assert kind in address
        chosen.append(address.rstrip("/").rpartition("/")[2])
        buttons.nth(number).press("Enter")
    expect(buttons.first).to_have_text("Nicht mehr vormerken")
    assert axe_of(page) == []
    page.get_by_role("complementary", name=BAR).get_by_role("link", name="Vergleichen").click()
    page.wait_for_selector(READY)
    assert here(page).endswith("?ids=" + ",".join(chosen))
    assert page.locator(".ws-vgl thead th").count() == 2


def test_lists_of_other_things_offer_no_comparison(tab: Watch) -> None:
    tab.open("projekte/")
    assert tab.page.locator("button[data-merken]").count() == 0


def test_a_list_with_buttons_fits_a_phone(tab: Watch) -> None:
    tab.page.set_viewport_size({"width": 320, "height": 640})
    for path in ("bewertungen/", "loesungen/"):
        tab.open(path)
        tab.page.locator("button[data-merken]").first.click()
        assert too_wide(tab.page, 320) == []


def test_answers_can_be_chosen_and_say_what_fits(tab: Watch) -> None:
    choose(tab, "elsterwied")
    tab.open("schon-geprueft/?q=" + quote("Termine online vergeben"))
    page = tab.page
    page.wait_for_selector("#ws-geprueft[data-search-state=ready]", state="attached")
    found = page.locator(f"[data-gruppe] [data-record-id={LEADER}]")
    expect(found.locator(".ws-z-anders")).to_contain_text("Weicht ab: geprüft für")
    found.get_by_role("button", name="Zum Vergleich vormerken").click()
    page.get_by_role("complementary", name=BAR).get_by_role("link").click()
    page.wait_for_selector(READY)
    assert order(page) == [LEADER]


def test_without_javascript_there_is_no_button(browser: Browser, address: str) -> None:
    with window(browser, address, java_script_enabled=False) as tab:
        tab.page.goto(f"{address}bewertungen/")
        assert tab.page.locator("tbody tr").count() > 3
        assert tab.page.locator("button:visible", has_text="vormerken").count() == 0


def test_from_a_disk(browser: Browser) -> None:
    for site, path in (
        ("muster-dateien", "/bewertungen.html"),
        ("muster", "/bewertungen/index.html"),
    ):
        with window(browser, built(site).as_uri()) as tab:
            tab.open(path)
            for number in (0, 1):
                tab.page.locator("button[data-merken]").nth(number).click()
            tab.page.get_by_role("link", name="Vergleichen").click()
            if site == "muster-dateien":
                tab.page.wait_for_selector(READY)
                assert tab.page.locator(".ws-vgl thead th").count() == 2
                assert tab.faults == []
            else:  # its pages name folders, but the ids are the same
                assert here(tab.page).count(",") == 1
                tab.page.wait_for_selector(READY)

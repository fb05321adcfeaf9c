"""\"Schon geprüft?\": from a need to what is known about it, by somebody who has five minutes."""

from __future__ import annotations

import itertools
from datetime import date
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Browser, Page, expect

from generator.catalogue.standing import EXPERIENCE, GROUPS, REJECTED, standing
from generator.records.types import TYPES
from tests.browser.test_every_kind import too_wide
from tests.browser.watch import Watch, window

READY = "#ws-geprueft[data-search-state=ready]"
NEED = "Gerät im Bürgerbüro, an dem man sich selbst bedient"
REJECTION = "bewertungen/selbstbedienungsterminals-buergerbuero/"


def asked(tab: Watch, need: str) -> Page:
    tab.open(f"schon-geprueft/?q={quote(need)}")
    tab.page.wait_for_selector(READY, state="attached")
    return tab.page


def test_from_a_need_to_a_rejection_and_its_reason(tab: Watch) -> None:
    page = tab.page
    tab.open("")
    page.get_by_role("searchbox").fill(NEED)
    page.keyboard.press("Enter")
    page.wait_for_url("**/schon-geprueft/?q=*")
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("status").filter(has_text="Ja, das ist schon geprüft.")).to_be_visible()
    rejected = page.locator(
        "[data-gruppe=verworfen] [data-record-id=selbstbedienungsterminals-buergerbuero]"
    )
    expect(rejected).to_contain_text("Derzeit nicht empfohlen")
    expect(rejected).to_contain_text("Warum nicht:")
    expect(rejected).to_contain_text("Das müsste sich ändern:")
    assert rejected.locator("li").count() >= 1
    expect(rejected).to_contain_text("Fragen:")
    expect(rejected.locator("a[href^='mailto:']")).to_have_count(1)
    rejected.get_by_role("link").first.click()
    page.wait_for_url(f"**/{REJECTION}")
    assert page.locator("[data-verdikt]").inner_text() == "Derzeit nicht empfohlen"
    page.go_back()
    expect(page.locator("#ws-bedarf")).to_have_value(NEED)


def test_the_groups_follow_the_clock(tab: Watch) -> None:
    tab.page.clock.set_fixed_time(f"{date(2029, 1, 1)}T09:00:00")
    page = asked(tab, "Selbstbedienungsterminal")
    expect(page.locator("[data-gruppe=verworfen]")).to_have_count(0)
    old = page.locator(
        "[data-gruppe=veraltet] [data-record-id=selbstbedienungsterminals-buergerbuero]"
    )
    expect(old).to_contain_text("Abgelaufen seit")
    expect(page.locator(".ws-antwort__satz")).to_contain_text("gilt heute nicht mehr")


def test_who_joins_is_told_whom_to_ask(tab: Watch) -> None:
    running = asked(tab, "Tablets für den Rat").locator("[data-gruppe=laeuft] li").first
    expect(running).to_contain_text("Mitmachen:")
    expect(running).to_contain_text("Geplant")


def test_hits_that_are_only_similar_stand_apart(tab: Watch) -> None:
    page = asked(tab, "Selbstbedienungsterminal Qwxyz Zyxwq")
    expect(page.locator("[data-gruppe=verworfen]")).to_have_count(0)
    similar = page.locator(
        "[data-gruppe=aehnlich] [data-record-id=selbstbedienungsterminals-buergerbuero]"
    )
    expect(similar.locator(".ws-marke").first).to_have_text("Nur ähnlich")
    expect(page.locator(".ws-antwort__satz")).to_contain_text("Die Treffer sind nur ähnlich")


def test_who_finds_nothing_announces_an_evaluation(tab: Watch) -> None:
    page = asked(tab, "Qwxyz & Zyxwq")
    expect(page.locator("#ws-geprueft [data-record-id]")).to_have_count(0)
    link = page.get_by_role("link", name="Kündigen Sie Ihre Prüfung an")
    given = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert given == {"typ": ["bewertung"], "pruefstatus": ["geplant"], "bedarf": ["Qwxyz & Zyxwq"]}  # fmt: skip
    expect(page.locator("[data-gruppe=weiter] a[href^='mailto:']")).to_have_count(1)


def test_another_need_on_the_same_page(tab: Watch) -> None:
    page = asked(tab, "Termin")
    page.locator("#ws-bedarf").fill("Tablets für den Rat")
    page.keyboard.press("Enter")
    expect(page.locator("[data-gruppe=laeuft]")).to_be_visible()
    expect(page.locator(".ws-antwort__satz")).to_be_focused()
    page.go_back()
    expect(page.locator("#ws-bedarf")).to_have_value("Termin")
    expect(page.locator("[data-gruppe=gilt]")).to_be_visible()


def test_it_fits_a_phone(tab: Watch) -> None:
    tab.page.set_viewport_size({"width": 320, "height": 700})
    assert too_wide(asked(tab, "Termine online"), 320) == []


def test_without_javascript_the_evaluations_stand_by_their_state(
    browser: Browser, address: str
) -> None:
    with window(browser, address, java_script_enabled=False) as tab:
        tab.page.goto(f"{address}schon-geprueft/")
        shown = tab.page.locator("#ws-geprueft-listen section:visible")
        assert shown.count() == len(GROUPS) - 1
        rejected = tab.page.locator("[data-liste=verworfen]")
        expect(rejected.get_by_role("link", name="Selbstbedienungsterminals")).to_be_visible()


def test_both_twins_sort_alike(tab: Watch) -> None:
    asked(tab, "Termin")
    results = [*REJECTED, "empfohlen", "ohne_votum", "laufend", "geplant", "abgebrochen", ""]
    states = ["gueltig", "bald_zu_pruefen", "abgelaufen", "ersetzt"]
    cases = [*itertools.product(TYPES, results, states, [False, True])]
    said = tab.page.evaluate(
        "cases => cases.map(([t, r, s, o]) => wissenSuche.urteil.standing(t, r, s, o))", cases
    )
    assert said == [standing(t, r, s, outdated=o) for t, r, s, o in cases]
    assert {*said} == {"", *(group.name for group in GROUPS)}
    assert set(EXPERIENCE) <= set(TYPES)

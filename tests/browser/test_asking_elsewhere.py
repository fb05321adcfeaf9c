"""\"Schon geprüft?\" and what other wikis know: sorted like ours, marked as theirs, never among ours."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from tests.browser.test_asking import READY, asked
from tests.browser.test_every_kind import ALL_RULES, AXE, axe, too_wide
from tests.browser.watch import Watch

THEIRS = "[data-gruppe=anderswo]"
TERMS = "nachbarkreis:terminvergabe-in-kleinen-rathaeusern"


def test_they_stand_apart_from_ours_and_are_sorted_alike(tab: Watch) -> None:
    page = asked(tab, "Terminvergabe im Rathaus")
    ours = page.locator(f"#ws-geprueft > section:not({THEIRS})")
    assert ours.locator("[data-record-id^='nachbarkreis:']").count() == 0
    assert ours.locator("[data-gruppe=gilt], [data-gruppe=verworfen]").count() == 0  # not nested
    expect(page.locator("[data-gruppe=gilt]")).to_be_visible()
    theirs = page.locator(f"{THEIRS} [data-stand=verworfen] [data-record-id='{TERMS}']")
    expect(theirs).to_contain_text("Bei Nachbarkreis")
    expect(theirs).to_contain_text("Nicht empfohlen")
    expect(theirs).to_contain_text("Warum nicht:")
    expect(theirs).to_contain_text("Fragen:")
    assert theirs.locator("button").count() == 0, "not to be ranked with ours"
    expect(page.locator(THEIRS).locator("h2")).to_contain_text("In anderen Kreisen")
    said = page.locator(".ws-antwort__satz").inner_text()
    assert said.startswith("Ja, das ist schon geprüft.")
    assert "wurde verworfen" not in said or page.locator("[data-gruppe=verworfen]").count() == 1
    page.evaluate(AXE)
    assert axe(page, ALL_RULES) == []
    theirs.get_by_role("link").first.click()
    page.wait_for_url("**/partner/nachbarkreis/terminvergabe-in-kleinen-rathaeusern/")


def test_where_only_they_know_something_the_answer_says_so(tab: Watch) -> None:
    page = asked(tab, "Lastenräder buchen")
    expect(page.locator(".ws-antwort__satz")).to_contain_text(
        "Hier noch nicht, aber bei Nachbarkreis ist etwas dazu geprüft oder in Arbeit."
    )
    assert page.locator("[data-gruppe=gilt]").count() == 0
    expect(page.locator(f"{THEIRS} [data-stand=gilt]")).to_contain_text("Lastenräder gemeinsam")
    expect(page.locator("[data-gruppe=weiter]")).to_contain_text("Hier hat das noch niemand")
    order = page.locator("#ws-geprueft > section").evaluate_all(
        "found => found.map(each => each.dataset.gruppe)"
    )
    assert order.index("anderswo") < order.index("weiter")
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page, 320) == []


def test_theirs_follow_the_clock_too(tab: Watch) -> None:
    tab.page.clock.set_fixed_time(f"{date(2029, 1, 1)}T09:00:00")
    page = asked(tab, "Lastenräder buchen")
    assert page.locator(f"{THEIRS} [data-stand=gilt]").count() == 0
    old = page.locator(f"{THEIRS} [data-stand=veraltet]")
    expect(old).to_contain_text("Lastenräder gemeinsam")
    expect(old).to_contain_text("Abgelaufen seit 30.06.2028")


def test_without_a_question_the_page_says_where_theirs_are(tab: Watch) -> None:
    tab.open("schon-geprueft/")
    tab.page.wait_for_selector(READY, state="attached")
    tab.page.get_by_role("link", name="Einträge anderer Wikis").click()
    tab.page.wait_for_url("**/partner/")

"""Pages age by the reader's clock, without a build."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from generator.catalogue.validity import ORDER, SENTENCES, state_on
from generator.records.german import german_date
from tests.browser.watch import Watch
from tests.site.sites import ROOT, facts

SCRIPT = ROOT / "theme/assets/javascripts/gueltigkeit.js"
DAY = date(2026, 6, 21)  # of the build
RECORD = "bewertungen/terminvergabe-terminblick-2026/"
OWN = ".ws-seite [data-gueltigkeit]"


def on(tab: Watch, day: date, path: str) -> Page:
    """A page as somebody sees it on some day."""
    tab.page.clock.set_fixed_time(f"{day}T09:00:00")
    tab.open(path)
    return tab.page


def test_both_twins_say_the_same(browser: Browser) -> None:
    days = [DAY + timedelta(days=n) for n in (-700, -1, 0, 1, 89, 90, 91, 400)]
    page = browser.new_page()
    page.add_script_tag(path=Path(SCRIPT))
    said = page.evaluate(
        """([day, days]) => days.map((until) => {
             const state = wissenGueltigkeit.stateWith(wissenGueltigkeit.daysTo(until, day));
             return [state, ...wissenGueltigkeit.STATES.flatMap((s) => ["bewertung", "angaben"].map(
                 (kind) => wissenGueltigkeit.told(kind, s, until)))];
           })""",
        [str(DAY), [str(d) for d in days]],
    )
    page.close()
    expected = [
        [state_on(d, DAY)]
        + [SENTENCES[k][s].format(german_date(d)) for s in ORDER for k in ("bewertung", "angaben")]
        for d in days
    ]
    assert said == expected


def test_an_evaluation_ages_on_its_page(tab: Watch) -> None:
    mark = on(tab, DAY, RECORD).locator(OWN)
    until = date.fromisoformat(mark.get_attribute("data-bis") or "")
    assert mark.inner_text() == f"Gilt bis {german_date(until)}"
    assert state_on(until, DAY) == "gueltig"
    mark = on(tab, until, RECORD).locator(OWN)
    assert mark.inner_text() == f"Gilt nur noch bis {german_date(until)}"
    assert mark.get_attribute("data-gueltigkeit") == "bald_zu_pruefen"
    mark = on(tab, until + timedelta(days=1), RECORD).locator(OWN)
    assert mark.inner_text() == f"Abgelaufen seit {german_date(until)}"
    assert "ws-z-abgelaufen" in (mark.get_attribute("class") or "")
    assert "ws-z-gueltig" not in (mark.get_attribute("class") or "")


def test_a_slow_clock_changes_nothing_and_what_is_superseded_stays_so(tab: Watch) -> None:
    for path in ("bewertungen/", "zu-pruefen/", RECORD):
        built_text = on(tab, DAY, path).locator("article").inner_text()
        assert (
            on(tab, DAY - timedelta(days=3000), path).locator("article").inner_text() == built_text
        )
    old = next(p for p, page in facts("muster").items() if "Der neuere Stand" in page.text and p.startswith("bewertungen/") and p.count("/") == 2)  # fmt: skip
    page = on(tab, DAY + timedelta(days=9000), old.removesuffix("index.html"))
    assert page.locator(OWN).inner_text() == "Ersetzt durch neueren Stand"


def test_every_mark_of_a_list_ages_and_a_silent_one_speaks_up(tab: Watch) -> None:
    late = DAY + timedelta(days=9000)
    page = on(tab, late, "bewertungen/")
    marks = page.locator("article [data-bis]").all_inner_texts()
    assert len(marks) > 5
    assert {m.split(" seit ")[0] for m in marks} <= {"Abgelaufen", "Ersetzt durch neueren Stand"}
    hidden = on(tab, DAY, "neu/").locator("article [data-bis][hidden]")
    count = hidden.count()
    assert count > 0
    page = on(tab, late, "neu/")
    assert page.locator("article [data-bis][hidden]").count() == 0
    assert page.get_by_text("Prüfung überfällig seit").count() >= count

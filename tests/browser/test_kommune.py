""" "Meine Kommune": chosen once, marked everywhere, forgotten at will."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.records.product_names import name_key
from generator.records.sizes import BOUNDS, size_words
from tests.browser.server import policy, served
from tests.browser.test_every_kind import ALL_RULES, AXE, axe, too_wide
from tests.browser.watch import Watch, window
from tests.catalogue.test_profiles import DIFFERENT, SAME
from tests.site.sites import built, facts

SMALL = "elsterwied"  # below 10,000 inhabitants
LARGE = "bewertungen/e-akte-muster-akte-2025/"  # evaluated for 25,000 and more
FITTING = "bewertungen/terminvergabe-terminblick-kleine-kommunen/"


def opened(browser: Browser, site: str, width: int = 1280) -> Iterator[Watch]:
    scripts = {script for page in facts(site).values() for script in page.scripts}
    size = {"width": width, "height": 900}
    with served(built(site), policy(scripts)) as url, window(browser, url, viewport=size) as tab:
        yield tab
    assert tab.faults == []


@pytest.fixture
def tab(browser: Browser) -> Iterator[Watch]:
    yield from opened(browser, "muster")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Watch]:
    yield from opened(browser, "muster", 320)


@pytest.fixture
def steinfurt(browser: Browser) -> Iterator[Watch]:
    yield from opened(browser, "kreis")


def choose(tab: Watch, ident: str) -> None:
    tab.open(f"organisationen/{ident}/")
    tab.page.get_by_role("button", name="Das ist meine Kommune").click()
    expect(tab.page.locator(".ws-gewaehlt")).to_be_visible()


def marks(page: Page, place: str = "main") -> list[str]:
    return page.locator(f"{place} .ws-passung__wort").all_inner_texts()


def accessible(page: Page) -> bool:
    page.evaluate(AXE)
    assert axe(page, ALL_RULES) == []
    return True


def test_nothing_is_marked_before(tab: Watch) -> None:
    for path in (LARGE, "bewertungen/", "loesungen/muster-terminblick/"):
        tab.open(path)
        assert marks(tab.page) == []
        assert not tab.page.locator(".ws-kommune").is_visible()


def test_a_size_mismatch_is_marked_and_forgotten(tab: Watch) -> None:
    choose(tab, SMALL)
    tab.open(LARGE)
    box = tab.page.locator("section.ws-passung")
    expect(box.get_by_role("heading")).to_have_text("Für Elsterwied")
    (said,) = [text for text in marks(tab.page, ".ws-passung") if "geprüft für" in text]
    assert said.startswith("Weicht ab: geprüft für ") and "25.000 bis 100.000 Einwohner" in said
    assert accessible(tab.page)

    tab.open(FITTING)
    assert "Passt: geprüft für Ihre Größenklasse" in marks(tab.page, ".ws-passung")

    expect(tab.page.locator(".ws-kommune")).to_have_text("Elsterwied")
    tab.page.locator(".ws-kommune").click()
    tab.page.wait_for_url("**/meine-kommune/")
    assert accessible(tab.page)
    tab.page.locator("#ws-kommune-wahl").get_by_role("button", name="Vergessen").click()
    assert not tab.page.locator(".ws-kommune").is_visible()
    assert tab.page.evaluate("localStorage.length") == 0
    tab.open(LARGE)
    assert marks(tab.page) == []


def test_solutions_tell_use_operation_connections_and_users(tab: Watch) -> None:
    choose(tab, SMALL)
    tab.open("loesungen/muster-terminblick/")
    said = marks(tab.page, "section.ws-passung")
    assert "Bei Ihnen: Pilot" in said
    assert "Kein Anschluss an Ihre Fachverfahren genannt" in said
    assert "Genutzt in Ihrer Größe: Silberkoppel" in said, "not oneself"
    choose(tab, "lindenfurt")
    tab.open("loesungen/beispiel-ablage-cloud/")
    (operation,) = [text for text in marks(tab.page, "section.ws-passung") if "Betrieb" in text]
    assert operation.startswith("Weicht ab: Betrieb als Cloud-Dienst, EU; bei Ihnen bisher ")
    tab.open("loesungen/muster-rechnungslauf/")
    (operation,) = [text for text in marks(tab.page, "section.ws-passung") if "Betrieb" in text]
    assert operation == "Passt: Betrieb, wie Sie ihn schon haben (Kommunaler IT-Dienstleister)"


def test_lists_and_hits_are_marked(tab: Watch) -> None:
    choose(tab, SMALL)
    tab.open("bewertungen/")
    row = tab.page.locator("tr, li").filter(has_text="Elektronische Akte mit Muster-Akte").first
    expect(row.locator(".ws-z-anders")).to_contain_text("Weicht ab")
    assert "Passt: geprüft für Ihre Größenklasse" in marks(tab.page)
    tab.open("suche/?q=termine%20online")
    tab.page.wait_for_selector("[data-search-state=ready]")
    hit = tab.page.locator("[data-record-id=terminvergabe-terminblick-kleine-kommunen]")
    expect(hit.locator(".ws-z-passt")).to_have_text("Passt: geprüft für Ihre Größenklasse")


def test_marks_fit_on_a_small_phone(phone: Watch) -> None:
    choose(phone, SMALL)
    for path in (
        "bewertungen/",
        LARGE,
        "meine-kommune/",
        "abonnieren/",
        "organisationen/elsterwied/",
    ):
        phone.open(path)
        assert too_wide(phone.page, 320) == []


def test_the_choice_is_made_by_keyboard_and_said(tab: Watch) -> None:
    tab.open("meine-kommune/")
    tab.page.get_by_role("button", name="Wählen: Haselmarkt").focus()
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("status")).to_contain_text("Haselmarkt")
    focused = tab.page.evaluate("document.activeElement.textContent")
    assert focused == "Vergessen", "the focus stays where the reader is"


def test_a_profile_does_not_go_stale(tab: Watch) -> None:
    """What the browser remembers is replaced by what the wiki says today."""
    choose(tab, SMALL)
    tab.page.evaluate(
        """() => { const key = Object.keys(localStorage)[0], old = JSON.parse(localStorage[key]);
        old.groessenklasse = "gk5"; old.name = "Alt"; localStorage[key] = JSON.stringify(old); }"""
    )
    tab.open(LARGE)
    expect(tab.page.locator(".ws-kommune")).to_have_text("Elsterwied")
    expect(tab.page.locator("section.ws-passung .ws-z-anders").first).to_contain_text("geprüft für")
    assert "Alt" not in tab.page.evaluate("JSON.stringify(localStorage)")


def test_sizes_side_by_side_are_told_as_one_range(tab: Watch) -> None:
    """And in the browser as on the pages."""
    choose(tab, SMALL)
    classes = [*BOUNDS, "kreis"]
    cases = [list(c) for n in range(1, 6) for c in combinations(classes, n)]
    said = tab.page.evaluate("cases => cases.map(wissenKommune.groessen)", cases)
    assert said == [size_words(case) for case in cases]
    assert size_words(["gk4", "gk6", "gk5", "kreis"]) == "10.000 bis 100.000 Einwohner; Kreis"
    assert size_words(["gk7", "gk5"]) == "unter 10.000 Einwohner; 25.000 bis unter 50.000 Einwohner"
    assert size_words(BOUNDS, "Einwohnern") == "bis 100.000 Einwohnern"


def test_damaged_memory_is_no_harm(tab: Watch) -> None:
    tab.open("")
    key = tab.page.evaluate("new URL('.', location.href).pathname + '.kommune'")
    for value in ('"x"', "{}", '{"id":"../../x","worte":{}}', "{", "null"):
        tab.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
        tab.page.evaluate("localStorage.length")
        if "worte" not in value:
            tab.open(LARGE)
            assert marks(tab.page) == []
    tab.page.evaluate("localStorage.clear()")


def test_another_script_may_ask(tab: Watch) -> None:
    choose(tab, SMALL)
    tab.page.evaluate(
        """() => { window.__told = 0; document.addEventListener("wissen-kommune", () => window.__told++);
        const item = document.createElement("p"); item.dataset.passung = '{"fuer":["gk4"]}'; item.id = "neu";
        document.querySelector("main article").append(item); wissenKommune.zeichne(item); }"""
    )
    assert marks(tab.page, "#neu") == ["Weicht ab: geprüft für 50.000 bis 100.000 Einwohner"]
    assert tab.page.evaluate("wissenKommune.urteile({fuer: []})") == [
        {"was": "groesse", "art": "offen", "text": "Keine Angabe zur Größe"}
    ]
    assert tab.page.evaluate("wissenKommune.profil().name") == "Elsterwied"
    tab.page.get_by_role("button", name="Vergessen").click()
    assert tab.page.evaluate("__told") == 1
    assert marks(tab.page, "#neu") == []
    assert tab.page.evaluate("wissenKommune.profil()") is None


def test_from_a_disk(browser: Browser) -> None:
    root = built("muster-dateien").as_uri()
    with window(browser, root, viewport={"width": 1280, "height": 900}) as tab:
        tab.open("/organisationen/elsterwied.html")
        tab.page.get_by_role("button", name="Das ist meine Kommune").click()
        tab.open("/bewertungen/e-akte-muster-akte-2025.html")
        expect(tab.page.locator("section.ws-passung .ws-z-anders").first).to_be_visible()
    assert tab.faults == []


def test_metelen_finds_no_word_on_size(steinfurt: Watch) -> None:
    """The real evaluation does not say for which size it holds, and nobody pretends."""
    choose(steinfurt, "metelen")
    steinfurt.open("bewertungen/selbstbedienungsterminals/")
    assert "Keine Angabe zur Größe" in marks(steinfurt.page, "section.ws-passung")


def test_addresses_of_a_subscription_can_be_copied(tab: Watch) -> None:
    tab.open("abonnieren/")
    tab.page.get_by_role("button", name="Adressen zeigen").first.click()
    values = [field.input_value() for field in tab.page.locator(".ws-abo input").all()]
    assert values == [f"{tab.address}kalender/alle.ics", f"{tab.address}feeds/alle.xml"]
    assert accessible(tab.page)


def test_names_of_software_are_compared_as_in_the_generator(tab: Watch) -> None:
    tab.open("loesungen/")
    names = [name for pair in (*SAME, *DIFFERENT) for name in pair] + ["", "…", "İ 3", "ﬁ", "e.V."]
    found = tab.page.evaluate("names => names.map(wissenKommune.namensform)", names)
    assert found == [name_key(name) for name in names]


def test_an_interface_is_found_by_a_former_name(tab: Watch) -> None:
    tab.open("loesungen/")
    data = {
        "id": "ort", "name": "Ort", "groessenklasse": "", "einwohner": "", "betriebsmodell": [], "loesungen": {},
        "grenzen": {}, "worte": {}, "fachverfahren": ["Musterterm Online", "Akte"],
        "namen": {"Musterterm Online": ["termin-alt"]},
    }  # fmt: skip
    told = tab.page.evaluate(
        "data => { wissenKommune.waehle('ort-den-es-nicht-gibt-ü'); wissenKommune.empfange(data);"
        " return [['Termin Alt GmbH'], ['Termin'], ['AKTE']].map(each => wissenKommune.urteile({ anschluss: each })[0].text); }",
        data,
    )
    assert told == [
        "Passt: Anschluss an Musterterm Online",
        "Kein Anschluss an Ihre Fachverfahren genannt",
        "Passt: Anschluss an Akte",
    ]

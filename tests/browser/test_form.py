"""The web form in Chromium: a clerk announces an evaluation with nothing but the page's own help."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.checking import check_content
from tests.browser.server import policy, served
from tests.browser.test_every_kind import ALL_RULES, AXE, COLOUR_RULES, axe, too_wide
from tests.browser.watch import Watch, window
from tests.helpers import DAY
from tests.site.sites import COUNTY, built

FORM = "mitmachen/formular/"
PLANNED = f"{FORM}?typ=bewertung&pruefstatus=geplant"


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watch]:
    options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
    with window(browser, address, **options) as watching:
        yield watching
    assert watching.faults == []


def open_form(tab: Watch, path: str, state: str = "offen") -> Page:
    tab.open(path)
    tab.page.wait_for_selector(f"[data-formular={state}]")
    return tab.page


def pick(page: Page, label: str, typed: str, option: str) -> None:
    """Choose a record by its name."""
    page.locator(label).press_sequentially(typed, delay=5)
    page.get_by_role("option", name=option).first.click()


def fill_planned(page: Page) -> None:
    page.fill("#f-titel", "Raumbuchung im Rathaus 2027")
    page.fill(
        "#f-kurzfassung", "Wir suchen eine Buchung für Besprechungsräume. Beginn im Frühjahr."
    )
    page.fill("#f-gegenstand", "Buchungssystem für Räume: Saal & Büro")
    page.fill("#f-bedarf", "Beschäftigte sollen freie Räume finden.")
    page.fill("#f-einsatzzweck", "Raumbuchung im Rathaus")
    page.get_by_label("Produktvorführung").check()
    pick(page, "#f-durchgefuehrt_von-feld", "Musterk", "Musterkreis")
    pick(page, "#f-herausgeber", "Musterk", "Musterkreis")
    page.fill("#f-verantwortlich", "Organisation und Digitalisierung")
    page.fill("#f-quellen-0-titel", "Eigene Planung")
    page.select_option("#f-quellen-0-art", label="Erfahrungsbericht")
    page.get_by_label("Interkommunal").check()
    page.get_by_label("Digitale Verwaltung").check()


def content_with(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """What `wissen check` says of the example county with these files more."""
    folder = tmp_path / "inhalt"
    shutil.copytree(COUNTY, folder)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    ids = [Path(name).stem for name in files]
    problems = check_content(folder, DAY).problems
    return [str(p) for p in problems if Path(p.path).stem in ids]


def downloads(page: Page, tmp_path: Path) -> dict[str, str]:
    found = {}
    for number, box in enumerate(page.locator(".ws-formular__datei").all()):
        name = box.locator("h3").inner_text()
        with page.expect_download() as waiting:
            box.get_by_role("button", name="Datei herunterladen").click()
        file = tmp_path / f"{number}.md"
        waiting.value.save_as(file)
        assert waiting.value.suggested_filename == Path(name).name
        found[name] = file.read_text(encoding="utf-8")
    return found


def test_an_evaluation_is_announced(tab: Watch, tmp_path: Path) -> None:
    page = open_form(tab, FORM, "wahl")
    page.get_by_role("button", name="Eine Prüfung ankündigen").click()
    page.get_by_role("button", name="Prüfen und fertigstellen").click()
    summary = page.locator(".ws-formular__fehlerliste")
    assert page.evaluate("document.activeElement.className") == "ws-formular__fehlerliste"
    assert "Es fehlt das Pflichtfeld „titel“ (Titel)." in summary.inner_text()
    summary.get_by_role("link", name="Titel", exact=True).first.click()
    assert page.evaluate("document.activeElement.id") == "f-titel"
    assert page.locator("#f-titel").get_attribute("aria-invalid") == "true"

    fill_planned(page)
    page.get_by_role("button", name="Prüfen und fertigstellen").click()
    page.wait_for_selector("[data-formular=fertig]")
    assert page.evaluate("document.activeElement.id") == "f-fertig"
    files = downloads(page, tmp_path)
    assert [*files] == ["bewertungen/raumbuchung-im-rathaus-2027.md"]
    assert content_with(tmp_path, files) == []


def test_a_solution_and_its_vendor_come_along(tab: Watch, tmp_path: Path) -> None:
    page = open_form(tab, PLANNED)
    fill_planned(page)
    page.fill("#f-gegenstand", "")
    pick(page, "#f-gegenstand", "Neue Raumbuchung", "neu anlegen")
    page.get_by_role("button", name="Lösung: Neue Raumbuchung").click()
    page.fill("#f-kurzfassung", "Ein Programm zum Buchen von Räumen.")
    page.select_option("#f-kategorie", index=1)
    page.fill("#f-quellen-0-titel", "Produktseite")
    page.select_option("#f-quellen-0-art", "herstellerangabe")
    page.locator("details[data-teil=eigene] summary").click()
    pick(page, "#f-anbieter", "Raum Beispiel GmbH", "neu anlegen")
    page.get_by_role("button", name="Anbieter: Raum Beispiel GmbH").click()
    page.fill("#f-kurzfassung", "Stellt Programme zur Raumbuchung her.")
    page.fill("#f-quellen-0-titel", "Internetauftritt")
    page.select_option("#f-quellen-0-art", "herstellerangabe")
    # A better title changes the id; the reference follows.
    page.fill("#f-titel", "Raum-Muster GmbH")
    page.get_by_role("button", name="Prüfen und fertigstellen").click()
    page.wait_for_selector("[data-formular=fertig]")
    files = downloads(page, tmp_path)
    assert [*files] == [
        "bewertungen/raumbuchung-im-rathaus-2027.md",
        "loesungen/neue-raumbuchung.md",
        "anbieter/raum-muster-gmbh.md",
    ]
    assert "gegenstand: neue-raumbuchung\n" in files["bewertungen/raumbuchung-im-rathaus-2027.md"]
    assert "anbieter: raum-muster-gmbh\n" in files["loesungen/neue-raumbuchung.md"]
    said = content_with(tmp_path, files)
    assert [s for s in said if "Hinweis [allein]" not in s] == []


def test_nothing_private_is_given_out(tab: Watch) -> None:
    page = open_form(tab, PLANNED)
    fill_planned(page)
    page.fill(
        "#f-bedarf",
        "Rückfragen an Frau Müller, Tel.: 02551 690. Das günstigste Angebot lag bei 12.000 Euro.",
    )
    page.locator("#f-bedarf").blur()
    told = page.locator("#f-bedarf-meldung").inner_text()
    assert "„Frau Müller“ nennt eine Person." in told
    page.get_by_role("button", name="Prüfen und fertigstellen").click()
    assert "Warum so streng?" in page.locator(".ws-formular__fehlerliste").inner_text()
    assert page.locator("[data-formular=fertig]").count() == 0
    assert page.get_by_role("button", name="Datei herunterladen").count() == 0


def test_what_there_is_already_is_shown(tab: Watch) -> None:
    page = open_form(tab, f"{PLANNED}&bedarf=Termine%20im%20B%C3%BCrgerb%C3%BCro%20online%20buchen")
    assert page.input_value("#f-bedarf") == "Termine im Bürgerbüro online buchen"
    assert page.get_by_label("Geplant").is_checked()
    page.wait_for_selector(".ws-formular__schon a")
    links = page.locator(".ws-formular__schon a").all()
    assert 1 <= len(links) <= 3
    assert "terminvergabe" in str(links[0].get_attribute("href")) + str(
        links[-1].get_attribute("href")
    )


def test_drafts_stay_on_the_device(tab: Watch) -> None:
    page = open_form(tab, PLANNED)
    page.fill("#f-titel", "Entwurf eins")
    pick(page, "#f-herausgeber", "Musterk", "Musterkreis")
    page.wait_for_timeout(700)
    page = open_form(tab, FORM, "wahl")
    page.get_by_role("button", name="Weiterschreiben: Entwurf eins").click()
    assert page.input_value("#f-titel") == "Entwurf eins"
    assert "Musterkreis" in page.locator("[data-pfad='[\"herausgeber\"]']").inner_text()
    page = open_form(tab, FORM, "wahl")
    assert "nur in diesem Browser" in page.locator(".ws-formular__entwuerfe").inner_text()
    page.get_by_role("button", name="Entwurf löschen: Entwurf eins").click()
    assert page.locator(".ws-formular__entwuerfe").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_a_finished_evaluation_takes_its_criteria_from_a_catalogue(tab: Watch) -> None:
    page = open_form(tab, PLANNED)
    assert not page.locator("#f-verdikt").is_visible()
    page.get_by_label("Abgeschlossen").check()
    assert page.locator("#f-verdikt").is_visible()
    assert page.evaluate("document.activeElement.value") == "abgeschlossen"
    page.locator("details[data-teil=eigene] summary").click()
    page.locator("#f-kriterienkatalog").click()
    page.locator("#f-kriterienkatalog-liste [role=option]").first.click()
    page.get_by_role("button", name=re.compile("Kriterien aus „.*“ eintragen")).click()
    assert page.locator("#f-kriterien-2-punkte").is_visible()
    assert page.input_value("#f-kriterien-0-id")
    assert page.evaluate("document.activeElement.id") == "f-kriterien-0-punkte"
    page.fill("#f-kriterien-0-punkte", "11")
    page.locator("#f-kriterien-0-punkte").blur()
    told = page.locator("#f-kriterien-0-punkte-meldung").inner_text()
    assert told.endswith("„11“ liegt außerhalb: Erlaubt ist eine Zahl zwischen 0 und 10.")


def test_an_adoption_gives_the_lines_for_the_record(tab: Watch, tmp_path: Path) -> None:
    tab.open("bewertungen/terminvergabe-terminblick-2026/")
    tab.page.get_by_role("link", name="Übernommen!").click()
    page = tab.page
    page.wait_for_selector("[data-formular=uebernahme]")
    page.locator("#ws-formular h2", has_text="Terminblick").wait_for()
    page.get_by_role("button", name="Zeilen für den Eintrag erzeugen").click()
    assert "Pflichtfeld „organisation“" in page.locator("#f-organisation-meldung").inner_text()
    pick(page, "#f-organisation", "Lindenf", "Lindenfurt")
    page.fill("#f-seit", "2026-05")
    page.fill("#f-ersparte_personentage", "6,5")
    page.get_by_role("button", name="Zeilen für den Eintrag erzeugen").click()
    lines = page.locator(".ws-formular__fertig pre").inner_text()
    assert lines.strip() == 'nachnutzung:\n  - organisation: lindenfurt\n    seit: 2026-05\n    ersparte_personentage: 6,5'  # fmt: skip


@pytest.mark.parametrize("path", [FORM, PLANNED, f"{FORM}?typ=loesung", f"{FORM}?uebernahme=bewertungen/terminvergabe-terminblick-2026.md"])  # fmt: skip
def test_the_form_is_accessible(tab: Watch, path: str) -> None:
    tab.open(path)
    page = tab.page
    page.wait_for_selector("[data-formular]")
    page.evaluate(
        "document.querySelectorAll('#ws-formular details').forEach(d => { d.open = true; })"
    )
    for _ in range(3):
        if (more := page.get_by_role("button", name=re.compile("Angabe hinzufügen"))).count():
            more.first.click()
    if page.locator("button[type=submit]:visible").count():
        page.locator("#ws-formular button[type=submit]").click()
    page.wait_for_timeout(200)
    page.evaluate(AXE)
    assert axe(page, ALL_RULES) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page, COLOUR_RULES) == []
    page.emulate_media(color_scheme="light")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert too_wide(page, width) == []


def test_the_form_is_used_by_keyboard_alone(tab: Watch) -> None:
    page = open_form(tab, PLANNED)
    keys = page.keyboard
    assert page.evaluate("document.activeElement.id") == "f-kopf"
    keys.press("Tab")
    keys.type("Per Tastatur")
    assert page.input_value("#f-titel") == "Per Tastatur"
    page.locator("#f-herausgeber").focus()
    keys.type("Musterk")
    page.wait_for_selector("#f-herausgeber-liste [role=option]")
    keys.press("ArrowDown")
    assert page.locator("#f-herausgeber").get_attribute("aria-activedescendant")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("entfernen")
    page.locator("#f-titel").focus()
    keys.press("Enter")  # submits
    assert page.evaluate("document.activeElement.className") == "ws-formular__fehlerliste"


def test_the_form_works_from_a_disk(browser: Browser, tmp_path: Path) -> None:
    address = built("muster-dateien").as_uri() + "/"
    with window(browser, address) as tab:
        page = open_form(tab, "mitmachen/formular.html?typ=begriff&titel=Probe")
        page.fill("#f-kurzfassung", "Ein Wort zur Probe.")
        page.fill("#f-definition", "Eine Erklärung: kurz & gut.\n\n- erstens\n- zweitens")
        pick(page, "#f-herausgeber", "Musterk", "Musterkreis")
        page.fill("#f-verantwortlich", "Redaktion")
        page.fill("#f-quellen-0-titel", "Eigene Erklärung")
        page.select_option("#f-quellen-0-art", "veroeffentlichung")
        page.locator("[name=f-vertraulichkeit][value=oeffentlich]").check()
        page.get_by_role("button", name="Prüfen und fertigstellen").click()
        page.wait_for_selector("[data-formular=fertig]")
        files = downloads(page, tmp_path)
        assert content_with(tmp_path, files) == []
    assert tab.faults == []


def test_without_javascript_the_page_names_other_ways(browser: Browser) -> None:
    with served(built("muster"), policy()) as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(address + FORM)
        said = page.locator("#inhalt").inner_text()
        assert "Das Formular braucht JavaScript." in said
        assert "redaktion@musterkreis.example" in said
        context.close()

"""A record that is too long for one page, as a reader meets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.paper import printed
from tests.browser.server import policy, served
from tests.browser.test_every_kind import ALL_RULES, AXE, axe
from tests.browser.watch import Watch
from tests.helpers import Folder
from tests.site.sites import build

LAST = "Abschnitt 29"
SHORT = "Dieser Ausdruck ist nicht vollständig"

PARAGRAPH = "Die Ämter haben das Verfahren gemeinsam geprüft und für gut befunden. " * 14
TEXT = "".join(f"## Abschnitt {n}\n\n{PARAGRAPH}\n\n" for n in range(30))
RARE = "Der Quittenbaumzähler blieb stehen."
LATE = "Zuletzt wurde der Mispelkorb gewogen."
RESULT = f"{PARAGRAPH}\n\n" * 18 + LATE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("teile")
    folder = Folder(root / "inhalt")
    body = TEXT.replace("## Abschnitt 25\n\n", f"## Abschnitt 25\n\n{RARE} ")
    folder.add("begriff", "lang", body, titel="Langer Begriff")
    folder.add(
        "bewertung", "gruendlich", TEXT, titel="Gründliche Prüfung", rahmenbedingungen=RESULT
    )
    folder.add("begriff", "sehr-lang", TEXT * 3, titel="Sehr langer Begriff")
    folder.add("projekt", "verweis", "Mehr [am Ende](lang.md#t-abschnitt-29).", titel="Verweis")
    build(folder.root, root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site, policy(set())) as url:
        yield url


def test_a_link_to_a_heading_arrives_where_it_moved(tab: Watch) -> None:
    page = tab.page
    page.goto(f"{tab.address}projekte/verweis/")
    page.get_by_role("link", name="am Ende").click()
    page.wait_for_url("**/glossar/lang/teil-*/#t-abschnitt-29")
    expect(page.get_by_role("heading", name="Abschnitt 29")).to_be_in_viewport()
    page.get_by_role("link", name="Ergebnis, Fakten und Inhalt").click()
    page.wait_for_url("**/glossar/lang/")


def test_reading_on_and_back(tab: Watch) -> None:
    page = tab.page
    page.goto(f"{tab.address}glossar/lang/")
    page.get_by_role("link", name="Weiterlesen in Teil 2").first.click()
    page.wait_for_url("**/glossar/lang/teil-2/#weiter-1")
    expect(page.get_by_text("Teil 2 von 2", exact=True)).to_be_visible()
    page.get_by_role("link", name="Zurück").click()
    page.wait_for_url("**/glossar/lang/")


def test_everything_on_one_page(tab: Watch) -> None:
    page = tab.page
    page.goto(f"{tab.address}glossar/lang/")
    expect(page.get_by_role("heading", name="Abschnitt 29")).to_have_count(0)
    page.get_by_role("button", name="Alles auf einer Seite zeigen").click()
    expect(page.get_by_role("heading", name="Abschnitt 29")).to_be_attached()
    headings = page.locator(".ws-text h2").all_text_contents()
    assert headings == [f"Abschnitt {n}" for n in range(30)]
    assert page.locator(".ws-weiter, .ws-teile").count() == 0


def test_the_decision_paper_holds_everything(tab: Watch) -> None:
    page = tab.page
    page.goto(f"{tab.address}bewertungen/gruendlich/?vorlage")
    expect(page.locator("[data-vorlage]")).to_be_visible()
    expect(page.get_by_text(LATE)).to_be_attached()
    assert page.locator(".ws-weiter").count() == 0


def loaded(page: Page) -> None:
    page.wait_for_function("document.querySelector('script[src$=\"ganz.js\"]')")
    page.wait_for_load_state("networkidle")


def test_a_print_from_the_menu_is_complete(tab: Watch) -> None:
    tab.open("glossar/lang/")
    loaded(tab.page)
    expect(tab.page.get_by_role("heading", name=LAST)).to_have_count(0)
    text = printed(tab.page)
    assert LAST in text
    assert SHORT not in text
    assert "So geht es weiter" not in text


def test_much_is_fetched_only_on_the_way_to_printing(tab: Watch) -> None:
    page = tab.page
    tab.open("glossar/sehr-lang/", wait="networkidle")
    page.wait_for_timeout(300)
    assert not [url for url in tab.visited if url.endswith("ganz.js")]
    page.get_by_role("heading", level=1).click(button="right")
    loaded(page)
    text = printed(page)
    assert SHORT not in text
    assert text.count(LAST) == 3


def test_ctrl_p_waits_until_everything_is_there(tab: Watch) -> None:
    page = tab.page
    tab.open("glossar/sehr-lang/")
    page.evaluate(
        "window.print = () => { window.found = document.querySelectorAll('.ws-text h2').length }"
    )
    page.keyboard.press("Control+p")
    page.wait_for_function("window.found")
    assert page.evaluate("window.found") == 90


def test_the_button_prints_everything(tab: Watch) -> None:
    page = tab.page
    tab.open("glossar/sehr-lang/")
    page.evaluate(
        "window.print = () => { window.found = document.querySelectorAll('.ws-text h2').length }"
    )
    page.get_by_role("button", name="Alles drucken").click()
    page.wait_for_function("window.found")
    assert page.evaluate("window.found") == 90


def test_an_incomplete_sheet_says_so_and_the_page_offers_another(tab: Watch) -> None:
    page = tab.page
    tab.open("glossar/sehr-lang/")
    assert not page.get_by_text(SHORT).is_visible()
    text = printed(page)
    assert LAST not in text.partition("So geht es weiter")[0]
    assert SHORT in text
    assert "Nur Teil 1 von " in text
    again = page.locator(".ws-teilnachdruck")
    expect(again).to_contain_text("Im Ausdruck fehlten")
    page.evaluate("window.print = () => { window.asked = true }")
    expect(again.get_by_role("button", name="Alles drucken")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function("window.asked")
    text = printed(page)
    assert text.count(LAST) == 3
    assert SHORT not in text
    assert "Im Ausdruck fehlten" not in text


def test_without_scripts_every_part_says_what_it_lacks(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for part, path in ((1, "glossar/lang/"), (2, "glossar/lang/teil-2/")):
        page.goto(address + path)
        text = printed(page)
        assert f"Nur Teil {part} von 2: {SHORT}" in text
    context.close()


def test_what_cannot_be_loaded_is_not_passed_over_on_paper(browser: Browser, address: str) -> None:
    page = browser.new_page()  # not watched, for here something fails
    page.route("**/ganz.js", lambda route: route.abort())
    page.goto(f"{address}glossar/lang/")
    page.evaluate("window.print = () => { window.asked = true }")
    page.keyboard.press("Control+p")
    page.wait_for_function("window.asked")
    assert SHORT in printed(page)
    page.close()


def test_a_hit_names_the_part_that_has_it(tab: Watch) -> None:
    page = tab.page
    page.goto(f"{tab.address}suche/?q=Quittenbaumzähler")
    hit = page.locator("[data-record-id=lang]")
    expect(hit).to_contain_text("Quittenbaumzähler")
    link = hit.get_by_role("link", name="Diese Stelle steht in Teil 2")
    link.click()
    page.wait_for_url("**/glossar/lang/teil-2/")
    expect(page.get_by_text(RARE)).to_be_attached()


def test_from_a_file_share(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'glossar/lang/index.html').as_uri()}#t-abschnitt-29")
    page.wait_for_url("**/teil-*/index.html#t-abschnitt-29")
    expect(page.get_by_role("heading", name="Abschnitt 29")).to_be_attached()
    page.get_by_role("link", name="Ergebnis, Fakten und Inhalt").click()
    page.wait_for_url("**/glossar/lang/index.html")
    page.get_by_role("button", name="Alles auf einer Seite zeigen").click()
    expect(page.get_by_role("heading", name="Abschnitt 29")).to_be_attached()
    page.reload(wait_until="networkidle")
    loaded(page)
    assert LAST in printed(page)
    page.close()


@pytest.mark.parametrize(
    "path", ["glossar/lang/", "glossar/lang/teil-2/", "bewertungen/gruendlich/"]
)
@pytest.mark.parametrize("width", [1280, 320])
def test_everybody_can_use_it(tab: Watch, path: str, width: int) -> None:
    page = tab.page
    page.set_viewport_size({"width": width, "height": 800})
    tab.open(path)
    page.evaluate(AXE)
    assert axe(page, ALL_RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""Using the wiki: by keyboard, on a phone, from a disk, without JavaScript, over a thin line."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.server import policy, served
from tests.browser.test_every_kind import too_wide
from tests.browser.watch import Watch, window
from tests.site.sites import SITE_URL, built, facts

RECORD = "bewertungen/terminvergabe-terminblick-2026/"
SCHEME = "data-md-color-scheme"
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const shown = element.labels?.[0]?.getBoundingClientRect?.().width ? getComputedStyle(element.labels[0]) : style;
  return {
    name: element.localName + "#" + element.id + "." + element.className,
    text: (element.textContent || element.getAttribute("aria-label") || "").trim().slice(0, 40),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none"
      || shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 1,
    inside: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watch]:
    options = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    with window(browser, address, **options) as watching:
        yield watching
    assert watching.faults == []


def test_the_skip_link_leads_to_the_content(tab: Watch) -> None:
    tab.open(RECORD)
    tab.page.keyboard.press("Tab")
    focus = tab.page.evaluate(FOCUS)
    assert focus["text"] == "Zum Inhalt"
    assert focus["inside"], "the skip link must be visible when it has the focus"
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_function(
        "document.activeElement.id === 'inhalt' || location.hash === '#inhalt'"
    )
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("!!document.activeElement.closest('#inhalt')")


@pytest.mark.parametrize("path", ["", RECORD, "bewertungen/", "mitmachen/"])
def test_the_focus_is_always_visible(tab: Watch, path: str) -> None:
    tab.open(path)
    hidden = []
    for _ in range(45):
        tab.page.keyboard.press("Tab")
        focus = tab.page.evaluate(FOCUS)
        if focus["name"].startswith("body"):
            break
        if not (focus["outlined"] and focus["inside"]):
            hidden.append(focus)
    assert hidden == []


def test_the_menu_of_a_phone_works_by_keyboard(phone: Watch) -> None:
    phone.open(RECORD)
    page = phone.page
    menu = page.locator("#ws-bereiche")
    assert not menu.is_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        if "Navigation" in page.evaluate(FOCUS)["text"]:
            break
    assert "Navigation" in page.evaluate(FOCUS)["text"]
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#ws-bereiche')")
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert "Navigation" in page.evaluate(FOCUS)["text"]


def test_the_menu_of_a_phone_works_by_touch(phone: Watch) -> None:
    phone.open("")
    phone.page.locator(".ws-menueknopf").tap()
    phone.page.locator("#ws-bereiche").get_by_role("link", name="Projekte").tap()
    phone.page.wait_for_url("**/projekte/")


def test_the_colour_scheme_is_chosen_by_keyboard_and_remembered(tab: Watch) -> None:
    tab.open("")
    page = tab.page
    page.emulate_media(color_scheme="light")
    page.locator(f"body[{SCHEME}=default]").wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.ws-farben')"):
            break
    button = page.locator(".ws-farben:focus")
    assert button.get_attribute("aria-label") == "Farben wie im System; zu hell wechseln"
    page.keyboard.press("Enter")
    page.emulate_media(color_scheme="dark")
    assert page.get_attribute("body", SCHEME) == "default", "light, whatever the system wants"
    page.emulate_media(color_scheme="light")
    page.keyboard.press("Enter")
    assert page.get_attribute("body", SCHEME) == "slate"
    for path in (RECORD, "mitmachen/"):  # the latter with Material's own script
        tab.open(path)
        assert page.get_attribute("body", SCHEME) == "slate"
    page.locator(".ws-farben").click()
    assert page.get_attribute("body", SCHEME) == "default"
    page.emulate_media(color_scheme="dark")
    page.locator(f"body[{SCHEME}=slate]").wait_for()  # as the system again


def test_the_colour_scheme_is_there_before_the_page_is_painted(tab: Watch) -> None:
    """No flash: the scheme is set while the page is parsed, before its content comes."""
    tab.page.add_init_script(
        """document.addEventListener("readystatechange", () => { window.__early = window.__early ??
        document.body?.getAttribute("data-md-color-scheme"); });"""
    )
    tab.page.emulate_media(color_scheme="dark")
    tab.open(RECORD)
    assert tab.page.evaluate("__early") == "slate"


def test_text_of_double_size_fits(browser: Browser, address: str) -> None:
    """For readers who set their browser's text to 200 %: no scrolling sideways on a desk."""
    settings = ["--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=executable(), args=[*ARGUMENTS, *settings])
    try:
        with window(large, address, viewport={"width": 1280, "height": 900}) as tab:
            wide = []
            for path in ("", RECORD, "bewertungen/", "mitmachen/", "mitmachen/felder/", "suche/?q=akte",
                         "organisationen/adlersbrueck/", "loesungen/muster-terminblick/"):  # fmt: skip
                tab.open(path)
                assert (
                    tab.page.evaluate("getComputedStyle(document.documentElement).fontSize")
                    >= "40px"
                )
                wide += [f"{path}: {what}" for what in too_wide(tab.page, 1280)]
    finally:
        large.close()
    assert wide == []


def test_without_javascript_everything_can_be_read(browser: Browser, address: str) -> None:
    with window(browser, address, java_script_enabled=False) as tab:
        tab.page.goto(f"{address}{RECORD}")
        assert tab.page.locator("[data-verdikt]").is_visible()
        assert tab.page.locator("[data-gueltigkeit]").is_visible()
        assert tab.page.locator(".ws-bereiche").get_by_role("link", name="Projekte").is_visible()
        tab.page.goto(f"{address}suche/")
        assert tab.page.locator("noscript p").is_visible()


def test_from_a_disk(browser: Browser) -> None:
    """Start page, list, record, by clicking; the site of files is made for this."""
    root = built("muster-dateien").as_uri()
    with window(browser, root, viewport={"width": 1280, "height": 900}) as tab:
        page = tab.page
        tab.open("/index.html")
        page.locator(".ws-bereiche").get_by_role("link", name="Bewertungen").click()
        page.wait_for_url("**/bewertungen.html")
        page.locator("#inhalt").get_by_role(
            "link", name="Terminvergabe mit Muster-Terminblick, Prüfung 2026"
        ).first.click()
        page.wait_for_url("**/terminvergabe-terminblick-2026.html")
        assert page.locator("[data-verdikt]").inner_text() == "Empfohlen"
        font = "document.fonts.ready.then(() => document.fonts.check('16px \"Fira Sans\"'))"
        assert page.evaluate(font)
        tab.settle("disk")
    assert tab.faults == []


def test_an_address_that_does_not_exist(browser: Browser) -> None:
    assert SITE_URL.endswith("/unter/pfad/")
    scripts = {script for page in facts("muster-adresse").values() for script in page.scripts}
    with served(built("muster-adresse"), policy(scripts)) as url, window(browser, url) as tab:
        tab.open("bewertungen/gibt-es-nicht/")
        assert tab.page.get_by_role("heading", level=1).inner_text() == "Diese Seite gibt es nicht"
        tab.page.locator("#inhalt").get_by_role("link", name="Startseite").click()
        tab.page.wait_for_url(url)
    assert tab.faults == []


@pytest.mark.parametrize("path", ["", RECORD])
def test_a_first_visit_is_light(browser: Browser, address: str, path: str) -> None:
    """At most 300 KB over the wire, as a server would send it (text compressed with gzip)."""
    with window(browser, address) as tab:
        bodies = {}
        tab.page.on("response", lambda r: bodies.setdefault(r.url, r))
        tab.page.goto(address + path, wait_until="networkidle")
        sizes = {
            url: wire_size(url, r.body()) for url, r in list(bodies.items()) if r.status == 200
        }
    assert sum(sizes.values()) <= 300 * 1024, sizes
    assert any(url.endswith(".woff2") for url in sizes), "fonts are part of the visit"


def wire_size(url: str, body: bytes) -> int:
    packed = url.endswith((".woff2", ".png", ".jpg", ".webp"))
    return len(body) if packed else len(gzip.compress(body, 6))


def test_the_demo_says_so_on_every_page() -> None:
    silent = [
        p
        for p, page in facts("muster").items()
        if not page.refresh and "Beispieldaten." not in page.text
    ]
    assert silent == []
    assert not [p for p, page in facts("kreis").items() if "Beispieldaten." in page.text]


@pytest.mark.parametrize("path", ["", RECORD])
def test_suggestions_lie_above_the_page(tab: Watch, path: str) -> None:
    tab.open(path)
    field = tab.page.locator("form[role=search] input[name=q]").first
    field.focus()
    tab.page.locator("input[role=combobox]:focus").wait_for()
    tab.page.keyboard.type("Termin")
    tab.page.get_by_role("option").last.click(trial=True)
    assert too_wide(tab.page, 1280) == []

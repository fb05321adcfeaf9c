"""The search page and the suggestions in a real browser, under a strict policy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.search.build import build_index
from generator.search.documents import Facet
from generator.search.synonyms import Group
from tests.browser.server import policy, served
from tests.browser.watch import Watch, window
from tests.search.helpers import CACHE, SCRIPTS, document

READY = "#ws-suche[data-search-state=ready]"
EVIL = "<img src=x onerror=alert(1)> Passwort & <b>Tresor</b>"
SHELL = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Suche – Wiki</title>
<link rel="icon" href="data:,"><body>{body}<script src="{root}assets/javascripts/suche/start.js"></script>"""
ADVICE = """<template id="ws-suche-rat"><ul><li><a href="../fragen/index.html" data-fragen>Kontakt</a>
<li><a href="mailto:redaktion@kreis.example">Redaktion</a>
<li><a href="../mitmachen/index.html?typ=bewertung&amp;pruefstatus=geplant" data-ankuendigen>Kündigen Sie Ihre Prüfung an</a></ul></template>"""
FIELD = (
    '<form class="ws-kopfsuche" role="search" action="suche/index.html" method="get">'
    '<input type="search" name="q" aria-label="Suche"></form>'
)
SETTLED = 2800
"""Milliseconds after which a query counts as meant, not as half typed."""
GROUPS = [
    Group("Selbstbedienungsterminal", ("Kiosk",), ("Kassenautomat",)),
    Group("Kassenautomat", ("Zahlautomat",)),
    Group("Feierabendsprechstunde", ("Termin am Abend",)),
]
TOPICS = [
    "Glasfaser",
    "Hundesteuer",
    "Sperrmüll",
    "Baumkataster",
    "Musikschule",
    "Kreisarchiv",
    "Bücherei",
    "Gewerbe",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site: a page with a search field, the search page, and a page per hit."""
    folder = tmp_path_factory.mktemp("suche")
    documents = [
        document(
            "terminal",
            "Selbstbedienungsterminals im Bürgerbüro",
            "Die Geräte waren noch zu teuer. Ein Passbild kostet 12 Euro.",
            summary="Was die Geräte können.",
            tags=("Abholfach", "Termin am Abend"),
            facets={"typ": ("bewertung",), "kommune": ("Metelen", "Rheine")},
            card={
                "typ": "Bewertung",
                "verdikt": "Empfohlen",
                "verdikt_wert": "empfohlen",
                "auch": "Abholfach|Termin am Abend",
            },
            related=("kasse",),
        ),
        document(
            "kasse",
            "Kassenautomat",
            typ="projekt",
            facets={"typ": ("projekt",), "kommune": ("Rheine",)},
        ),
        document(
            "evil",
            EVIL,
            summary=EVIL,
            typ="projekt",
            facets={"typ": ("projekt",)},
            card={"typ": EVIL},
        ),
        *(
            document(f"x{n:02}", f"Chatbot {topic}", typ="projekt", facets={"typ": ("projekt",)})
            for n, topic in enumerate(TOPICS * 3)
        ),
    ]
    facets = [
        Facet("typ", "Art", {"bewertung": "Bewertung", "projekt": "Projekt"}),
        Facet("kommune", "Kommune"),
    ]
    index = folder / "suche/index"
    index.mkdir(parents=True)
    for name, content in build_index(documents, GROUPS, CACHE, facets).items():
        (index / name).write_text(content, encoding="utf-8")
    shutil.copytree(SCRIPTS, folder / "assets/javascripts/suche")
    (folder / "index.html").write_text(SHELL.format(body=FIELD, root=""), encoding="utf-8")
    page = SHELL.format(body='<div id="ws-suche"></div>' + ADVICE, root="../")
    (folder / "suche/index.html").write_text(page, encoding="utf-8")
    hit = folder / "bewertungen/terminal"
    hit.mkdir(parents=True)
    (hit / "index.html").write_text(
        "<!doctype html><link rel=icon href='data:,'><title>Terminal</title>", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def large(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with so many places, and combinations of them, that these have a file of their own."""
    folder = tmp_path_factory.mktemp("gross")
    documents = [
        document(
            f"x{n:04}",
            f"Chatbot {n}",
            typ="projekt" if n % 5 else "begriff",
            facets={
                "typ": ("projekt",),
                "kommune": (f"Ort {n % 150}", f"Ort {n * 7 % 149}", "Kreis"),
            }
            if n % 5
            else {"typ": ("begriff",)},
            card={"typ": "Projekt"},
        )
        for n in range(1600)
    ]
    facets = [
        Facet("typ", "Art", {"projekt": "Projekt", "begriff": "Begriff"}),
        Facet("kommune", "Kommune"),
    ]
    shutil.copytree(site, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("index"))
    index = folder / "suche/index"
    index.mkdir(parents=True)
    for name, content in build_index(documents, GROUPS, CACHE, facets).items():
        (index / name).write_text(content, encoding="utf-8")
    assert list(index.glob("facette-kommune.*.js"))
    return folder


@pytest.fixture(params=["http", "file"])
def many(request: pytest.FixtureRequest, large: Path, browser: Browser) -> Iterator[Watch]:
    """A window on the site with many places."""
    with opened(request.param, large, browser) as watching:
        yield watching


@pytest.fixture(params=["http", "file"])
def seen(request: pytest.FixtureRequest, site: Path, browser: Browser) -> Iterator[Watch]:
    """A window on the site."""
    with opened(request.param, site, browser) as watching:
        yield watching


@contextmanager
def opened(way: str, folder: Path, browser: Browser) -> Iterator[Watch]:
    """A window on a site, over http below a folder or from the file system; it must see no fault."""
    if way == "file":
        with window(browser, folder.as_uri() + "/", bypass_csp=False) as watching:
            yield watching
            assert watching.faults == []
        return
    with served(folder, policy()) as address, window(browser, address) as watching:
        yield watching
        assert watching.faults == []


def hits(page: Page) -> list[str]:
    """The ids of the shown hits, once the answer is there."""
    page.wait_for_selector(READY, state="attached")
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('#ws-suche [data-record-id]')].map(e => e.dataset.recordId)"
    )
    return found


def ask(seen: Watch, query: str) -> list[str]:
    """Open the search page with a query (or parameters)."""
    seen.open(f"suche/index.html?{query}")
    return hits(seen.page)


def test_a_query_in_the_address(seen: Watch) -> None:
    assert ask(seen, "q=Kiosk")[0] == "terminal"
    assert seen.page.locator("[data-result-count]").get_attribute("data-result-count") == "2"
    expect(seen.page.locator(".ws-suche__auch")).to_contain_text("Selbstbedienungsterminal")
    after = seen.page.locator(".ws-suche__danach h2")
    expect(after).to_have_text(["Verwandte Begriffe"])
    expect(seen.page.locator("#ws-suche li a").first).to_have_attribute("href", seen.address + (
        "bewertungen/terminal/index.html" if seen.address.startswith("file") else "bewertungen/terminal/"
    ))  # fmt: skip


def test_search_as_you_type(seen: Watch) -> None:
    ask(seen, "")
    seen.page.fill("#ws-suche input", "selbstb")
    expect(seen.page.locator("[data-record-id=terminal] mark").first).to_have_text(
        "Selbstbedienungsterminals"
    )
    assert "q=selbstb" in seen.page.url


def test_a_corrected_spelling_is_told(seen: Watch) -> None:
    assert ask(seen, "q=Kassenautomatt")[0] == "kasse"
    seen.page.get_by_role("link", name="„Kassenautomat“").click()
    expect(seen.page.locator("#ws-suche input[name=q]")).to_have_value("Kassenautomat")


def test_a_snippet_shows_why(seen: Watch) -> None:
    ask(seen, "q=Passbild")
    expect(seen.page.locator(".ws-suche__stelle")).to_have_text("Ein Passbild kostet 12 Euro.")
    expect(seen.page.locator(".ws-suche__stelle mark")).to_have_text("Passbild")


def test_a_keyword_shows_why(seen: Watch) -> None:
    assert ask(seen, "q=Abholfach") == ["terminal"]
    expect(seen.page.locator(".ws-suche__stelle")).to_have_text("Stichwort: Abholfach")


def test_a_word_that_nothing_is_about_is_named(seen: Watch) -> None:
    assert ask(seen, "q=Kassenautomat Qwxyz")[0] == "kasse"
    expect(seen.page.locator(".ws-suche__auch")).to_contain_text("Zu „Qwxyz“ gibt es nichts.")


def test_phrases_are_marked_as_a_whole(seen: Watch) -> None:
    ask(seen, "q=Feierabendsprechstunde")
    expect(seen.page.locator(".ws-suche__stelle mark")).to_have_text(["Termin", "Abend"])


def test_facets_with_the_keyboard_and_the_back_button(seen: Watch) -> None:
    page = seen.page
    assert len(ask(seen, "")) == 10
    page.locator("summary").first.evaluate("e => { e.parentElement.open = true; }")
    box = page.get_by_label("Bewertung", exact=False).first
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-result-count]")).to_have_text("1")
    assert "typ=bewertung" in page.url
    assert hits(page) == ["terminal"]
    page.go_back()
    expect(page.locator("[data-result-count]")).not_to_have_text("1")
    page.go_forward()
    expect(page.locator("[data-result-count]")).to_have_text("1")
    chip = page.get_by_role("button", name="Eingrenzung „Art: Bewertung“ aufheben")
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(page.get_by_role("status")).to_be_focused()
    assert "typ=" not in page.url


def test_facets_on_a_phone_open_and_lead_back_to_the_hits(seen: Watch) -> None:
    page = seen.page
    page.set_viewport_size({"width": 360, "height": 740})
    ask(seen, "")
    sheet = page.locator("details.ws-filter")
    expect(sheet).not_to_have_attribute("open", "")
    page.get_by_text("Eingrenzen").click()
    page.get_by_role("checkbox", name="Bewertung 1").check()
    expect(sheet).to_have_attribute("open", "")
    expect(page.get_by_text("(1 gewählt)")).to_be_visible()
    page.get_by_role("button", name="1 Treffer zeigen").click()
    expect(sheet).not_to_have_attribute("open", "")
    expect(page.get_by_role("status")).to_be_focused()


def test_facets_without_a_hit_can_be_lifted(seen: Watch) -> None:
    page = seen.page
    for query in ("typ=projekt&kommune=Metelen", "q=Kiosk&typ=projekt&kommune=Metelen"):
        assert ask(seen, query) == []
        page.get_by_role("button", name="Eingrenzung aufheben", exact=True).click()
        expect(page.locator("[data-record-id]").first).to_be_visible()


def test_facets_in_the_address_alone_list_everything_that_fits(seen: Watch) -> None:
    assert set(ask(seen, "kommune=Rheine")) == {"terminal", "kasse"}
    assert ask(seen, "kommune=Rheine&kommune=Metelen&typ=bewertung") == ["terminal"]
    assert len(ask(seen, "typ=gibt-es-nicht")) == 10


def loaded(page: Page) -> list[str]:
    """The files of facets that the page has fetched."""
    script = "performance.getEntriesByType('resource').map(e => e.name)"
    return [name for name in page.evaluate(script) if "/facette-" in name]


def test_a_facet_of_many_places_is_loaded_when_it_is_opened(many: Watch) -> None:
    page = many.page
    ask(many, "typ=projekt")
    places = page.get_by_role("group", name="Kommune")
    expect(places.locator("summary")).to_have_text("Auswahl zeigen")
    expect(places.get_by_role("checkbox")).to_have_count(0)
    assert loaded(page) == []
    places.locator("summary").focus()
    page.keyboard.press("Enter")
    first = places.get_by_role("checkbox", name="Kreis 1.280")
    expect(first).to_be_focused()
    expect(places.get_by_role("checkbox")).to_have_count(7)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="aufheben").nth(1)).to_contain_text("Kommune: Ort")
    assert "kommune=Ort" in page.url
    page.go_back()
    expect(page.get_by_role("button", name="Eingrenzung „Kommune")).to_have_count(0)
    expect(places.get_by_role("checkbox")).to_have_count(7)


def test_a_facet_of_many_places_is_there_if_the_address_names_one(many: Watch) -> None:
    page = many.page
    found = ask(many, "kommune=Ort+3")
    assert "x0003" in found
    expect(page.get_by_role("checkbox", name=re.compile("^Ort 3 "))).to_be_checked()
    page.get_by_role("button", name="Eingrenzung „Kommune: Ort 3“ aufheben").click()
    expect(page.locator("[data-result-count]")).to_have_text("1.600")


def test_a_facet_without_a_choice_says_so(many: Watch) -> None:
    page = many.page
    ask(many, "typ=begriff")
    places = page.get_by_role("group", name="Kommune")
    places.locator("summary").click()
    expect(places).to_contain_text("Bei diesen Treffern gibt es hier nichts auszuwählen.")
    expect(places).to_be_focused()


def test_more_hits(seen: Watch) -> None:
    assert len(ask(seen, "q=Chatbot")) == 10
    seen.page.get_by_role("button", name="Weitere Treffer zeigen").click()
    expect(seen.page.locator("[data-record-id]")).to_have_count(20)
    expect(seen.page.locator("[data-record-id] a").nth(10)).to_be_focused()


def test_no_hit_says_what_to_do_and_is_remembered(seen: Watch) -> None:
    page = seen.page
    assert ask(seen, "q=Qwxyz") == []
    expect(page.locator(".ws-suche__leer h2")).to_have_text(
        "Zu „Qwxyz“ gibt es noch keinen Eintrag"
    )
    announce = page.get_by_role("link", name="Kündigen Sie Ihre Prüfung an")
    given = "?typ=bewertung&pruefstatus=geplant&bedarf=Qwxyz"
    expect(announce).to_have_attribute("href", f"{seen.address}mitmachen/index.html{given}")
    expect(page.get_by_role("link", name="Redaktion")).to_have_attribute(
        "href", "mailto:redaktion@kreis.example?subject=Wissensspeicher%3A%20Qwxyz"
    )
    page.wait_for_timeout(SETTLED)
    assert ask(seen, "q=Zyxwq") == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Liste speichern").click()
    assert "Qwxyz" in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name="Liste löschen").click()
    assert page.evaluate("localStorage.getItem('wissen-nulltreffer')") == "[]"


def test_hits_that_are_only_similar_are_called_so(seen: Watch) -> None:
    page = seen.page
    ask(seen, "q=Hundehaufen")
    expect(page.get_by_role("status")).to_contain_text("ähnliche Treffer für „Hundehaufen“")
    notice = page.locator(".ws-suche__vage")
    expect(notice).to_contain_text("Vielleicht gibt es zu „Hundehaufen“ noch nichts.")
    expect(notice.get_by_role("link")).to_have_text(["Prüfung ankündigen", "Redaktion fragen"])
    ask(seen, "q=Kiosk")
    expect(notice).to_have_count(0)


def test_texts_are_never_markup(seen: Watch) -> None:
    assert ask(seen, "q=Tresor") == ["evil"]
    expect(seen.page.locator("[data-record-id] h2")).to_have_text(EVIL)
    assert seen.page.locator("#ws-suche img").count() == 0


def test_suggestions(seen: Watch) -> None:
    page = seen.page
    seen.open("index.html")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Suche")
    expect(field).to_be_focused()
    page.keyboard.type("kiosk")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Terminal")


def test_no_suggestion_is_said_to_all(seen: Watch) -> None:
    page = seen.page
    seen.open("index.html")
    field = page.get_by_label("Suche")
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("Qwxyz")
    said = page.get_by_role("status")
    expect(said).to_have_text("Keine Vorschläge. Enter sucht im ganzen Wiki.")
    assert said.get_attribute("class") == "ws-suche__vorschlaege ws-suche__keine"
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(said).to_have_text("")
    page.keyboard.type("y")
    expect(said).to_contain_text("Keine Vorschläge.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/index.html?q=Qwxyzy")


def test_enter_without_a_choice_opens_the_search_page(seen: Watch) -> None:
    seen.open("index.html")
    seen.page.fill("input[name=q]", "Kiosk")
    seen.page.press("input[name=q]", "Enter")
    seen.page.wait_for_url("**/suche/index.html?q=Kiosk")
    assert hits(seen.page)[0] == "terminal"


def test_a_renewed_index_asks_to_reload(site: Path, browser: Browser, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    with served(copy, policy()) as address, window(browser, address) as watching:
        assert ask(watching, "q=Kiosk")
        for file in (copy / "suche/index").glob("p*.js"):
            file.unlink()
        watching.page.fill("#ws-suche input", "Baumkataster Chatbot Qwxyz")
        watching.page.wait_for_selector("#ws-suche[data-search-state=error], " + READY)


def test_a_file_that_is_missing_for_a_blink_is_asked_for_again(
    site: Path, browser: Browser
) -> None:
    """As while the site is being published over WebDAV."""
    missed: set[str] = set()

    def blink(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in missed:
            route.continue_()
        else:
            missed.add(name)
            route.fulfill(status=404, body="")

    with served(site, policy()) as address, browser.new_context() as context:
        page = context.new_page()
        page.route("**/suche/index/*.js", blink)
        page.goto(f"{address}suche/index.html?q=Kiosk")
        assert hits(page)[0] == "terminal"
    assert "manifest.js" in missed
    assert len(missed) > 3

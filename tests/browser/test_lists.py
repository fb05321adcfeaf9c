"""A list of records, narrowed down, ordered, as a table and as a file; all of it in the address."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.catalogue.validity import state_on
from generator.records.german import collation_key
from generator.records.types import TYPES
from generator.search.narrowing import own_facets
from tests.browser.test_every_kind import too_wide
from tests.browser.test_kommune import choose
from tests.browser.watch import Watch, window
from tests.site.sites import built

READY = "#ws-suche[data-search-state=ready]"


@cache
def records(typ: str) -> dict[str, dict[str, Any]]:
    data = json.loads((built("muster") / "api/v1/records.json").read_text(encoding="utf-8"))
    return {r["id"]: r for r in data["records"] if r["typ"] == typ}


def listed(tab: Watch, query: str) -> list[str]:
    """The shown ids of an address, in their order."""
    tab.open(f"suche/?{query}")
    return ids(tab.page)


def ids(page: Page) -> list[str]:
    page.wait_for_selector(READY, state="attached")
    found: list[str] = page.eval_on_selector_all(
        "#ws-suche [data-record-id]", "all => all.map(e => e.dataset.recordId)"
    )
    return found


def offered(page: Page) -> dict[str, int]:
    """Facet value (id of its box) → promised count, for those that are not chosen yet."""
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        ".ws-filter label:has(input:not(:checked))",
        "all => Object.fromEntries(all.map(l => [l.querySelector('input').id, Number(l.lastChild.textContent)]))",
    )


@pytest.mark.parametrize("typ", list(TYPES))
def test_every_kind_has_the_facets_of_its_fields(tab: Watch, typ: str) -> None:
    listed(tab, f"typ={typ}")
    expect(tab.page.locator("[data-result-count]")).to_have_text(str(len(records(typ))))
    legends = tab.page.locator(".ws-filter legend").all_inner_texts()
    for name, info in own_facets(typ).items():
        values = {v for r in records(typ).values() for v in many(r.get(name))}
        assert (info.title in legends) == (len(values) > 1), name


def many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def test_from_a_list_to_a_choice_that_another_browser_sees_too(
    tab: Watch, browser: Browser, address: str
) -> None:
    page = tab.page
    tab.open("bewertungen/")
    page.get_by_role("link", name="eingrenzen").click()
    page.wait_for_selector(READY, state="attached")
    page.get_by_role("checkbox", name="Pilotbetrieb").check()
    expected = {i for i, r in records("bewertung").items() if r["methode"] == "pilot"}
    expect(page.locator("[data-result-count]")).to_have_text(str(len(expected)))
    page.get_by_label("Sortieren").select_option("neu")
    page.get_by_role("button", name="Als Tabelle zeigen").click()
    expect(page.locator("#ws-suche table")).to_be_visible()
    shown = ids(page)
    assert set(shown) == expected
    assert shown == sorted(shown, key=lambda i: records("bewertung")[i]["stand"], reverse=True)
    where = urlsplit(page.url)
    assert where.query == "typ=bewertung&methode=pilot&sort=neu&ansicht=tabelle"
    with window(browser, address) as other:
        assert listed(other, where.query) == shown
        assert other.page.get_by_role("checkbox", name="Pilotbetrieb").is_checked()
        assert other.page.locator("th[aria-sort=descending]").inner_text() == "Stand"


def test_what_is_offered_is_there(tab: Watch) -> None:
    page = tab.page
    listed(tab, "typ=bewertung&kommune=adlersbrueck")
    promises = offered(page)
    assert promises and all(promises.values())
    assert any(name.startswith("ws-f-methode-") for name in promises)
    within = {n: c for n, c in promises.items() if not n.startswith(("ws-f-typ-", "ws-f-kommune-"))}
    for name, count in list(within.items())[:8]:
        page.locator(f"#{name}").check(force=True)
        expect(page.locator("[data-result-count]")).to_have_text(str(count))
        page.locator(f"#{name}").uncheck(force=True)


def test_a_facet_of_a_kind_goes_with_the_kind(tab: Watch) -> None:
    page = tab.page
    listed(tab, "typ=bewertung&methode=pilot")
    page.get_by_role("button", name="Eingrenzung „Art: Bewertungen“ aufheben").click()
    expect(page.locator(".ws-filter legend", has_text="Methode")).to_have_count(0)
    assert urlsplit(page.url).query == ""


def test_orders(tab: Watch) -> None:
    for typ in ("bewertung", "organisation"):
        shown = listed(tab, f"typ={typ}&sort=titel&ansicht=tabelle")
        titles = {i: r["titel"] for i, r in records(typ).items()}
        assert shown == sorted(titles, key=lambda i: collation_key(titles[i]))
    shown = listed(tab, "typ=bewertung&sort=frist&ansicht=tabelle")
    until = {i: r["gueltigkeit_bis"] for i, r in records("bewertung").items() if r["gueltigkeit"] != "ersetzt"}  # fmt: skip
    coming = sorted((u, i) for i, u in until.items() if u >= "2026-06-21")
    assert shown[: len(coming)] == [i for _, i in coming]
    tab.page.get_by_role("columnheader", name="Titel").get_by_role("button").click()
    expect(tab.page.locator("th[aria-sort]")).to_have_text("Titel")
    assert "sort=titel" in tab.page.url


def test_the_choice_as_a_file(tab: Watch) -> None:
    shown = listed(
        tab, "typ=bewertung&sort=titel&ansicht=tabelle&verdikt=empfohlen&verdikt=laufend"
    )
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Auswahl speichern").click()
    assert download.value.suggested_filename == "wissensspeicher-bewertung-2026-06-21.csv"
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [row["Kennung"] for row in rows] == shown
    for row in rows:
        record = records("bewertung")[row["Kennung"]]
        assert row["Titel"] == record["titel"]
        assert row["Adresse"] == tab.address + record["url"]
        assert row["Gilt bis"] == ".".join(reversed(record["gueltigkeit_bis"].split("-")))
        assert row["Stand"] == ".".join(reversed(record["stand"].split("-")))
    assert {row["Ergebnis"] for row in rows} == {"Empfohlen", "Läuft"}


def test_everything_as_a_file_with_every_address(tab: Watch) -> None:
    listed(tab, "")
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Auswahl speichern").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    addresses = {tab.address + r["url"] for typ in TYPES for r in records(typ).values()}
    site = built("muster")
    for page in site.glob("partner/*/*/index.html"):  # those of the neighbour are found, too
        addresses.add(f"{tab.address}{page.parent.relative_to(site).as_posix()}/")
    assert {row["Adresse"] for row in rows} == addresses


def test_cells_are_quoted_and_no_formulas(tab: Watch) -> None:
    listed(tab, "ansicht=tabelle")
    cells = ["=1+1", "+49", "-3", "@SUM(A1)", "\tx", "＝1", 'sagt "ja"; nein', "zwei\nZeilen", "", "normal"]  # fmt: skip
    text = tab.page.evaluate("cells => wissenSuche.tabelle.csv([cells])", cells)
    (row,) = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert row == [f"'{c}" for c in cells[:6]] + cells[6:]


@pytest.mark.parametrize("weeks", [0, 5, 60])
def test_validity_in_lists_follows_the_clock(tab: Watch, weeks: int) -> None:
    """From the day on which something changes first; soon after it and much later two files tell what."""
    all_of = [r for typ in TYPES for r in records(typ).values()]
    now = Counter(r["gueltigkeit"] for r in all_of)
    ends = {"gueltig": timedelta(days=-90), "bald_zu_pruefen": timedelta(days=1)}
    first = min(
        date.fromisoformat(r["gueltigkeit_bis"]) + ends[r["gueltigkeit"]]
        for r in all_of
        if r["gueltigkeit"] in ends
    )
    day = first + timedelta(weeks=weeks)
    tab.page.clock.set_fixed_time(f"{day}T09:00:00")
    states = Counter(
        r["gueltigkeit"]
        if r["gueltigkeit"] == "ersetzt"
        else state_on(date.fromisoformat(r["gueltigkeit_bis"]), day)
        for r in all_of
    )
    assert states != now
    for state, count in states.items():
        listed(tab, f"gueltigkeit={state}")
        expect(tab.page.locator("[data-result-count]")).to_have_text(str(count))
    asked = {url.rsplit("/", 1)[1].split(".")[0] for url in tab.visited if "/suche/index/" in url}
    assert asked & {"naechste", "fristen"} == {"naechste" if weeks < 8 else "fristen"}


def test_a_choice_without_a_hit_says_what_to_do(tab: Watch) -> None:
    assert listed(tab, "typ=bewertung&methode=pilot&verdikt=ohne_votum&q=Termine") == []
    tab.page.get_by_role("button", name="Eingrenzung aufheben", exact=True).click()
    expect(tab.page.locator("[data-record-id]").first).to_be_visible()


def test_the_table_fits_a_phone(tab: Watch) -> None:
    tab.page.set_viewport_size({"width": 320, "height": 700})
    listed(tab, "typ=loesung&ansicht=tabelle")
    assert too_wide(tab.page, 320) == []


def test_the_table_says_what_fits_whose_it_is_and_lets_choose(tab: Watch) -> None:
    choose(tab, "elsterwied")
    tab.open("suche/?q=Terminvergabe&ansicht=tabelle")
    page = tab.page
    page.wait_for_selector("[data-search-state=ready]")
    if not page.locator("table tbody tr").count():
        page.get_by_role("button", name="Als Tabelle zeigen").click()
    row = page.locator("tr[data-record-id=terminvergabe-terminblick-2026]")
    expect(row.locator(".ws-z-anders")).to_contain_text("Weicht ab: geprüft für")
    theirs = page.locator("tr[data-record-id^='nachbarkreis:']").first
    expect(theirs).to_contain_text("Bei Nachbarkreis")
    assert theirs.locator("button").count() == 0
    row.get_by_role("button", name="Zum Vergleich vormerken").click()
    expect(page.get_by_role("complementary", name="Zum Vergleich vorgemerkt")).to_contain_text(
        "1 vorgemerkt"
    )

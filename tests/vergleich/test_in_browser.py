"""Comparing in Chromium: choose, move weights, print, share the address; and the decision paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import policy, served
from tests.browser.test_every_kind import ALL_RULES, AXE, axe, too_wide
from tests.browser.watch import Watch, window
from tests.site.sites import built, facts

LEADER = "terminvergabe-terminblick-2026"
RIVAL = "terminvergabe-offener-termin-2026"
EXCLUDED = "terminvergabe-beispiel-kalender-2026"
OTHER_CATALOGUE = "e-akte-muster-akte-2025"
SMALL = "terminvergabe-terminblick-kleine-kommunen"
THREE = f"vergleich/?ids={LEADER},{RIVAL},{EXCLUDED}"
READY = "[data-vergleich=fertig]"


def compared(tab: Watch, path: str) -> Page:
    tab.open(path)
    tab.page.wait_for_selector(READY)
    return tab.page


def here(page: Page) -> str:
    address: str = page.evaluate("location.href")
    return address


def order(page: Page) -> list[str | None]:
    return [place.get_attribute("data-id") for place in page.locator("[data-rang]").all()]


def weight(page: Page, criterion: str) -> str:
    return page.locator(f"[data-kriterium={criterion}] input[type=number]").input_value()


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page of a PDF, in points."""
    boxes = re.findall(rb"/Type\s*/Page\b(?!s).*?/MediaBox\s*\[([^\]]*)\]", pdf, re.DOTALL)
    sizes = [[float(n) for n in box.split()] for box in boxes]
    return [(right - left, top - bottom) for left, bottom, right, top in sizes]


def test_weights_change_the_ranking_and_the_address_keeps_them(
    tab: Watch, browser: Browser, address: str
) -> None:
    page = compared(tab, THREE)
    assert order(page) == [LEADER, RIVAL], "7.80 before 7.45; the best points are excluded"
    page.get_by_text("Gewichte verändern").click()
    turn = page.locator("[data-kipp=souveraenitaet]")
    expect(turn).to_contain_text("über 15 %: Offener Termin Muster vorn")
    field = page.get_by_label("Gewicht Digitale Souveränität", exact=True)
    field.fill("15.5")  # 15.5 of 105.5 are less than 15 %
    assert order(page) == [LEADER, RIVAL]
    field.fill("16")
    assert order(page) == [RIVAL, LEADER]
    status = page.locator("[role=status]", has_text="Reihenfolge ist anders")
    expect(status).to_contain_text("Rang 1: Offener Termin Muster")
    expect(page.locator(f"[data-rang='1'][data-id={RIVAL}]")).to_contain_text("vorher Rang 2")

    with window(browser, address) as second:  # another browser, nothing stored
        elsewhere = compared(second, here(page).removeprefix(address))
        assert order(elsewhere) == [RIVAL, LEADER]
        assert weight(elsewhere, "souveraenitaet") == "16"
        elsewhere.get_by_role("button", name="Veröffentlichte Gewichte").click()
        assert order(elsewhere) == [LEADER, RIVAL]
        assert weight(elsewhere, "souveraenitaet") == "10"
        assert "g." not in here(elsewhere)
        second.settle("second")
    assert second.faults == []


def test_the_button_beside_a_turning_point_turns_the_ranking(tab: Watch) -> None:
    page = compared(tab, THREE)
    page.get_by_text("Gewichte verändern").click()
    assert page.locator("[data-kipp] button").count() == 5
    for criterion in ("bedienbarkeit", "barrierefreiheit", "betrieb", "souveraenitaet"):
        page.locator(f"[data-kipp={criterion}] button").first.click()
        assert order(page) == [RIVAL, LEADER], criterion
        page.get_by_role("button", name="Veröffentlichte Gewichte").click()
        assert order(page) == [LEADER, RIVAL]


def test_weights_by_keyboard(tab: Watch) -> None:
    page = compared(tab, THREE)
    page.locator("summary", has_text="Gewichte verändern").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Regler für das Gewicht Digitale Souveränität").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    assert weight(page, "souveraenitaet") == "18"
    assert order(page) == [RIVAL, LEADER]


def test_no_weights_bring_back_what_is_excluded(tab: Watch) -> None:
    """Even where it is best: all weight on how easy it is to use."""
    only = "bedienbarkeit:100,barrierefreiheit:0,integration:0,betrieb:0,datenschutz-sicherheit:0,souveraenitaet:0"
    page = compared(tab, f"{THREE}&g.online-dienste-buergerbuero={only}")
    assert order(page) == [LEADER, RIVAL]
    out = page.locator(f"[data-ohne-rang={EXCLUDED}]")
    expect(out).to_contain_text("rechnerisch 9,50")
    expect(out).to_contain_text("Personenbezogene Daten werden nur in der EU verarbeitet")
    cell = page.locator("tr", has_text="Nutzwert mit Ihren Gewichten").locator("td").nth(2)
    expect(cell).to_contain_text("nicht im Rang")


def test_nonsense_in_the_address_does_no_harm(tab: Watch) -> None:
    path = f"vergleich/?ids={LEADER},../../x,{RIVAL},{LEADER}&g.online-dienste-buergerbuero=souveraenitaet:-5,betrieb:x,__proto__:9&g.__proto__=a:1&einwohner=-3"
    page = compared(tab, path)
    assert order(page) == [LEADER, RIVAL]
    assert weight(page, "souveraenitaet") == "10"
    assert here(page).endswith(f"?ids={LEADER},{RIVAL}")


def test_a_weight_that_is_none_is_said_to_be_wrong(tab: Watch) -> None:
    page = compared(tab, THREE)
    page.get_by_text("Gewichte verändern").click()
    field = page.get_by_label("Gewicht Betrieb und Support", exact=True)
    for wrong in ("", "-1", "101"):
        field.fill(wrong)
        assert field.get_attribute("aria-invalid") == "true"
        assert order(page) == [LEADER, RIVAL]
    field.fill("15")
    assert field.get_attribute("aria-invalid") is None


def test_only_differences(tab: Watch) -> None:
    page = compared(tab, THREE)
    same = page.locator("tr[data-unterschied=false]", has_text="Einsatzzweck")
    other = page.locator("tr[data-unterschied=true]", has_text="Betriebsmodell")
    assert same.is_visible() and other.is_visible()
    expect(other.locator("th")).to_contain_text("≠")
    page.get_by_label("Nur Unterschiede zeigen").check()
    assert not same.is_visible() and other.is_visible()
    assert here(page).endswith("&nur=unterschiede")


def test_costs_for_the_own_size_with_their_working(tab: Watch) -> None:
    page = compared(tab, f"vergleich/?ids={LEADER},{SMALL},{OTHER_CATALOGUE}")
    page.get_by_label("Einwohnerzahl").fill("12000")
    cells = page.locator("tr", has_text="Im Jahr, für Ihre Größe").locator("td")
    expect(cells.nth(0)).to_contain_text("rund 2.880 bis 3.900 €")
    expect(cells.nth(0)).to_contain_text("4.800 bis 6.500 € × 12.000 ÷ 20.000")
    expect(cells.nth(2)).to_contain_text("bitte die Zahl der Arbeitsplätze angeben")
    page.get_by_label("Einwohnerzahl").fill("90000")
    expect(cells.nth(0)).to_contain_text("zu weit von der Bezugsgröße")
    assert "einwohner=90000" in here(page)


def test_different_catalogues_are_not_ranked_against_each_other(tab: Watch) -> None:
    page = compared(tab, f"vergleich/?ids={LEADER},{RIVAL},{OTHER_CATALOGUE}")
    assert page.locator("[data-katalog]").count() == 2
    expect(page.locator(".ws-hinweis")).to_contain_text("nicht gegeneinander reihen")
    ranks = page.locator("[data-katalog=online-dienste-buergerbuero] [data-rang]")
    assert ranks.count() == 2


def test_different_published_weights_give_way_to_those_of_the_catalogue(tab: Watch) -> None:
    page = compared(tab, f"vergleich/?ids={LEADER},{SMALL}")
    published = page.locator("tr", has_text="Nutzwert, wie veröffentlicht").locator("td")
    expect(published.nth(1)).to_contain_text("7,05")
    alike = page.locator("tr", has_text="Nutzwert mit gleichen Gewichten").locator("td")
    expect(alike.nth(1)).to_contain_text("6,40")


def test_former_ids_lead_to_the_record(tab: Watch) -> None:
    page = compared(tab, f"vergleich/?ids=terminvergabe-buergerbuero,{RIVAL}")
    assert order(page) == [LEADER, RIVAL]


def test_an_id_that_does_not_exist(browser: Browser, address: str) -> None:
    with window(browser, address) as tab:
        page = compared(tab, f"vergleich/?ids=gibt-es-nicht,{LEADER}")
        expect(page.locator("#ws-vergleich")).to_contain_text("Nicht gefunden: gibt-es-nicht")
        assert order(page) == [LEADER]


def test_marking_records_and_comparing_them(tab: Watch) -> None:
    page = tab.page
    bar = page.get_by_role("complementary", name="Zum Vergleich vorgemerkt")
    tab.open(f"bewertungen/{LEADER}/")
    assert not bar.is_visible()
    page.get_by_role("button", name="Zum Vergleich vormerken").press("Enter")
    expect(bar).to_contain_text("1 vorgemerkt")
    expect(page.locator("[role=status]").last).to_contain_text("ist vorgemerkt")
    tab.open("loesungen/muster-terminblick/")
    assert bar.is_visible(), "the choice is kept from page to page"
    page.get_by_role("button", name="Zum Vergleich vormerken").click()
    bar.get_by_role("link", name="Vergleichen").click()
    page.wait_for_selector(READY)
    assert here(page).endswith(f"vergleich/?ids={LEADER},muster-terminblick")
    tab.open(f"bewertungen/{LEADER}/")
    page.locator("button[data-merken]").click()
    bar.get_by_role("button", name="Leeren").click()
    assert not bar.is_visible()


def test_the_link_to_the_other_evaluations(tab: Watch) -> None:
    tab.open(f"bewertungen/{LEADER}/")
    tab.page.get_by_role("link", name="Mit den anderen geprüften Lösungen").click()
    tab.page.wait_for_selector(READY)
    assert {LEADER, RIVAL} <= set(order(tab.page))


def test_a_comparison_is_printed_on_one_landscape_page(tab: Watch, tmp_path: Path) -> None:
    five = f"vergleich/?ids={LEADER},{RIVAL},{EXCLUDED},{SMALL},{OTHER_CATALOGUE}&einwohner=12000"
    for path in (THREE, five, f"vergleich/?ids={LEADER},muster-terminblick"):
        page = compared(tab, path)
        size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
        sheets = pages_of(page.pdf(prefer_css_page_size=True, print_background=True))
        assert len(sheets) == 1, path
        assert sheets[0][0] > sheets[0][1]
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == size


def test_the_decision_paper(tab: Watch) -> None:
    page = tab.page
    tab.open(f"bewertungen/{LEADER}/")
    page.get_by_role("link", name="Als Entscheidungsvorlage").click()
    page.wait_for_selector("[data-vorlage]")
    paper = page.locator(f"[data-vorlage={LEADER}]")
    heads = [head.inner_text() for head in paper.locator("h2").all()]
    assert [head.partition(". ")[0] for head in heads] == [str(n) for n in range(1, 10)]
    for text in ("Betreff: Terminvergabe im Bürgerbüro: Muster-Terminblick",
                 "Die Verwaltung wird beauftragt", "7,80 von 10", "8,5 von 10", "4.800 bis 6.500 €",
                 "Für Kommunen mit eigenem Informatikteam", "Bedienungstest Terminbuchung", "Zitiervorschlag",
                 "Offener Termin Muster läge vorn", "Preisänderung im Rahmenvertrag"):  # fmt: skip
        expect(paper).to_contain_text(text)
    version = re.search(r"Fassung\s+([0-9a-f]{10}), Stand 20\.05\.2026", paper.inner_text())
    assert version
    expect(paper).to_contain_text(f"Fassung {version[1]}. In: SIL-Wissensspeicher, Musterkreis, ")
    expect(paper).to_contain_text(tab.address + f"bewertungen/{LEADER}/.")
    assert page.locator("[data-verdikt]").inner_text() == "Empfohlen"
    paper.get_by_label("Gremium").fill("Hauptausschuss")
    sheets = pages_of(page.pdf(prefer_css_page_size=True))
    assert 2 <= len(sheets) <= 4
    assert all(height > width for width, height in sheets)


def test_the_paper_takes_weights_and_size_from_the_comparison(tab: Watch) -> None:
    page = compared(tab, f"{THREE}&g.online-dienste-buergerbuero=souveraenitaet:20&einwohner=12000")
    page.get_by_role("link", name="Als Vorlage").first.click()
    page.wait_for_selector("[data-vorlage]")
    paper = page.locator("[data-vorlage]")
    expect(paper).to_contain_text("Gereiht mit eigenen Gewichten")
    expect(paper).to_contain_text("rund 2.880 bis 3.900 €")


def test_a_planned_evaluation_as_a_paper(tab: Watch) -> None:
    tab.open("bewertungen/digitale-ratsarbeit/?vorlage")
    tab.page.wait_for_selector("[data-vorlage]")
    expect(tab.page.locator("[data-vorlage]")).to_contain_text(
        "beteiligt sich an der angekündigten"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [THREE, "vergleich/", f"bewertungen/{LEADER}/?vorlage"])
def test_accessible_and_narrow(tab: Watch, path: str, scheme: str) -> None:
    page = tab.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    tab.open(f"bewertungen/{RIVAL}/")
    page.get_by_role("button", name="Zum Vergleich vormerken").click()
    found = axe_of(page)
    tab.open(path)
    if path == THREE:
        page.wait_for_selector(READY)
        page.get_by_text("Gewichte verändern").click()
    elif "?vorlage" in path:
        page.wait_for_selector("[data-vorlage]")
    found += axe_of(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert (found, too_wide(page, 320)) == ([], [])


def axe_of(page: Page) -> list[str]:
    page.evaluate(AXE)
    return axe(page, ALL_RULES)


def test_without_javascript_the_records_are_linked(browser: Browser, address: str) -> None:
    with window(browser, address, java_script_enabled=False) as tab:
        tab.page.goto(f"{address}{THREE}")
        note = tab.page.locator("noscript")
        assert note.get_by_role("link", name="Bewertungen").is_visible()
        tab.page.goto(f"{address}bewertungen/{LEADER}/?vorlage")
        assert tab.page.locator("[data-verdikt]").is_visible(), "the evaluation itself"
        assert not tab.page.get_by_text("Zum Vergleich vormerken").is_visible()


def test_from_a_disk(browser: Browser) -> None:
    root = built("muster-dateien").as_uri()
    with window(browser, root, viewport={"width": 1280, "height": 900}) as tab:
        page = tab.page
        tab.open(f"/bewertungen/{LEADER}.html")
        page.get_by_role("link", name="Mit den anderen geprüften Lösungen").click()
        page.wait_for_selector(READY)
        assert LEADER in order(page) and RIVAL in order(page)
        page.get_by_text("Gewichte verändern").click()
        page.get_by_label("Gewicht Digitale Souveränität", exact=True).fill("20")
        assert "souveraenitaet:20" in here(page)
        page.get_by_role("link", name="Als Vorlage").first.click()
        page.wait_for_selector("[data-vorlage]")
        expect(page.locator("[data-vorlage]")).to_contain_text("eigenen Gewichten")
        tab.settle("disk")
    assert tab.faults == []


def test_a_folder_of_directories_from_a_disk(browser: Browser) -> None:
    root = built("muster").as_uri()
    with window(browser, root) as tab:
        tab.open(f"/vergleich/index.html?ids={LEADER},{RIVAL}")
        tab.page.wait_for_selector(READY)
        tab.page.locator("[data-rang='1'] a").click()
        tab.page.wait_for_url(f"**/{LEADER}/index.html")
    assert not [fault for fault in tab.faults if "exception" in fault]


def test_an_honest_empty_state(browser: Browser) -> None:
    """The real county has no evaluations with points yet, and says so."""
    scripts = {script for page in facts("kreis").values() for script in page.scripts}
    with served(built("kreis"), policy(scripts)) as url, window(browser, url) as tab:
        tab.open("vergleich/")
        expect(tab.page.locator("#inhalt")).to_contain_text("Noch gibt es keine zwei Bewertungen")
        tab.open("methode/")
        expect(tab.page.locator("#inhalt")).to_contain_text("Mit erfundenen Zahlen")
        compared(tab, "vergleich/?ids=selbstbedienungsterminals")
        expect(tab.page.locator("#ws-vergleich")).to_contain_text("Derzeit nicht empfohlen")
        assert tab.page.locator("[data-rang]").count() == 0
    assert tab.faults == []

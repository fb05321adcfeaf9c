"""Every kind of page in Chromium: accessible in both schemes, narrow, enlarged, on paper, silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from tests.browser.kinds import representatives
from tests.browser.server import policy, served
from tests.browser.watch import Watch, window
from tests.site.sites import built, facts

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
}
# Contrast takes most of the time. It depends on the theme, so it is measured in both schemes where a
# class is met for the first time; the other rules do not depend on the scheme and run once everywhere.
COLOURS = ["color-contrast", "link-in-text-block"]
COLOUR_RULES = {**ALL_RULES, "runOnly": {"type": "rule", "values": COLOURS}}
OTHER_RULES = {**ALL_RULES, "rules": {name: {"enabled": False} for name in COLOURS}}
# Not wanted on paper.
CHROME = (
    ".md-header, .ws-bereiche, .md-skip, form[role=search], .md-sidebar, .ws-nachbarn, .ws-fuss"
)
QUERIES = (
    "suche/?q=termine%20online",
    "suche/?q=qqxqqy",
    "suche/?q=hundesteuer",
    "suche/?q=termine%20qqxqqy&typ=bewertung&typ=projekt",
    "suche/?typ=bewertung&ansicht=tabelle&sort=neu",
    "schon-geprueft/?q=termine%20online",
    "schon-geprueft/?q=qqxqqy",
)
Faults = Mapping[str, list[str]]
coloured: set[str] = set()


@pytest.fixture(scope="module", params=["muster", "kreis"])
def faults(request: pytest.FixtureRequest, browser: Browser) -> Faults:
    """What is wrong, by kind of fault.  Each page is opened once and looked at in all ways."""
    site = request.param
    found: defaultdict[str, list[str]] = defaultdict(list)
    scripts = {script for page in facts(site).values() for script in page.scripts}
    options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
    with (
        served(built(site), policy(scripts)) as address,
        window(browser, address, **options) as tab,
    ):
        for path in [*representatives(site), *QUERIES]:
            tab.page.emulate_media(media="screen", color_scheme="light")
            tab.page.set_viewport_size({"width": 1280, "height": 900})
            tab.open(path)
            if path in QUERIES:
                tab.page.wait_for_selector("[data-search-state=ready]")
            new = classes(site, path) - coloured
            coloured.update(new)
            for kind, said in looks(tab, demo=site == "muster", colours=bool(new)).items():
                found[kind] += [f"{path or 'start'}: {what}" for what in said]
            tab.settle(path)
    found["watch"] = tab.faults
    return found


def classes(site: str, path: str) -> set[str]:
    """What of a page the colours may depend on: its classes.  Results of a search have all of theirs."""
    page = facts(site).get(f"{path}index.html")
    return page.classes if page else {path}


def looks(tab: Watch, *, demo: bool, colours: bool) -> dict[str, list[str]]:
    page, found = tab.page, {}
    page.evaluate(AXE)
    found["light"] = scheme_is(page, "default") + axe(page, ALL_RULES if colours else OTHER_RULES)
    if colours:
        page.emulate_media(color_scheme="dark")
        found["dark"] = scheme_is(page, "slate") + axe(page, COLOUR_RULES)
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    found["narrow"] = too_wide(page, 320)
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dpi
    page.emulate_media(media="print")
    found["paper"] = too_wide(page, 794) + [
        f"{element} on paper" for element in page.evaluate(VISIBLE, CHROME)
    ]
    if demo and not page.locator(".md-banner", has_text="Beispieldaten").is_visible():
        found["paper"].append("no banner on paper")
    return found


VISIBLE = """selector => [...document.querySelectorAll(selector)]
    .filter(e => e.checkVisibility({ visibilityProperty: true }))
    .map(e => e.localName + "." + e.className)"""
# What sticks out, if the page scrolls sideways.
WIDE = """limit => document.scrollingElement.scrollWidth <= limit ? [] :
    [...document.body.querySelectorAll("*")]
        .filter(e => e.getBoundingClientRect().right > limit + 1 && !e.closest(".ws-unsichtbar"))
        .map(e => e.localName + "." + e.className).slice(0, 4)
        .concat(`${document.scrollingElement.scrollWidth} px`)"""


def too_wide(page: Page, limit: int) -> list[str]:
    said: list[str] = page.evaluate(WIDE, limit)
    return [" ".join(said)] if said else []


def scheme_is(page: Page, scheme: str) -> list[str]:
    try:
        page.wait_for_selector(f"body[data-md-color-scheme={scheme}]", timeout=5_000)
    except TimeoutError:
        return [f"the scheme is not {scheme}"]
    return []


def axe(page: Page, options: dict[str, Any]) -> list[str]:
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_axe_finds_nothing(faults: Faults, kind: str) -> None:
    assert faults[kind] == []


def test_a_phone_need_not_scroll_sideways(faults: Faults) -> None:
    assert faults["narrow"] == []


def test_paper_shows_the_content_only(faults: Faults) -> None:
    assert faults["paper"] == []


def test_nothing_foreign_nothing_broken_no_errors(faults: Faults) -> None:
    """No request to another host, no 404, no message in the console, no breach of the policy."""
    assert faults["watch"] == []


def test_all_kinds_are_looked_at() -> None:
    kinds = {
        c for page in facts("muster").values() for c in page.classes if c.startswith("ws-seite--")
    }
    seen = {
        c
        for path in representatives("muster")
        for c in facts("muster")[f"{path}index.html"].classes
    }
    assert kinds <= seen
    assert any(
        "md-typeset" in facts("muster")[f"{p}index.html"].classes for p in representatives("muster")
    )

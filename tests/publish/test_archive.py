"""The ZIP on a laptop: unpacked and opened from the disk in Chromium, it works and asks nobody for anything."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.watch import window
from tests.site.conftest import Call
from tests.site.sites import built


def test_the_archive_opens_from_the_disk(call: Call, tmp_path: Path, browser: Browser) -> None:
    answer = call("publish", f"zip:{tmp_path}/wiki.zip", "--site-dir", built("muster-dateien"))
    assert (answer.code, answer.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "wiki.zip") as archive:
        archive.extractall(tmp_path / "laptop")
    root = (tmp_path / "laptop" / "wiki").as_uri() + "/"
    with window(browser, root) as tab:
        page = tab.page
        tab.open("index.html")
        page.get_by_role("link", name="Bewertungen", exact=True).first.click()
        page.wait_for_url("**/bewertungen.html")
        page.locator("table.ws-tabelle a.ws-titel, .ws-karte a, a.ws-titel").first.click()
        page.wait_for_selector("[data-record-id]")
        tab.settle("record")
        page.fill(".ws-kopfsuche input[name=q]", "termine online")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-search-state=ready]")
        hits = page.locator("[data-record-id]")
        assert hits.count() > 3
        hits.first.locator("a").first.click()
        page.wait_for_selector("h1")
        assert page.url.endswith(".html")
        tab.settle("hit")
        for static in ("ueber.html", "mitmachen/index.html"):
            tab.open(static)
    assert tab.faults == []
    assert {url for url in tab.visited if not url.startswith((root, "data:"))} == set()

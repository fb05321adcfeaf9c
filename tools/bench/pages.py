"""Weight and liveliness of the built pages.

Heaviest HTML page on disk.  In Chromium: what a first visit fetches (a new profile; gzip, fonts
included), when the longest list can be used with the CPU slowed down four times, and how long typing
into the search blocks the page.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from generator.pages.parts import FOLDER, MOST
from tools.bench.figures import Result
from tools.bench.webserver import Served, served

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SLOWER = 4
LONG_TASK = 200  # ms
# Long tasks (above 50 ms) as Chromium reports them, kept from the start of the page.
WATCH = """
window.longTasks = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.longTasks.push([entry.startTime, entry.duration]);
}).observe({ type: 'longtask', buffered: true });
"""
LOADED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
FIELD = "#ws-suche input[name=q]"


def page_figures(site: Path, queries: Sequence[str], runs: int) -> Result:
    """Everything this module measures, of one site."""
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    record = next((site / "bewertungen").glob("*/index.html")).parent.name
    with served(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        result: Result = {
            "heaviest": heaviest_page(site),
            "first_visit": {
                "start": _first_visit(browser, server, ""),
                "record": _first_visit(browser, server, f"bewertungen/{record}/"),
            },
            "list": [_list_usable(browser, server, "bewertungen/") for _ in range(runs)],
            "typing": {f"{slow}x": _typing(browser, server, queries, slow) for slow in (1, SLOWER)},
            "chromium": browser.version,
        }
        browser.close()
    result["list"] = {name: median(run[name] for run in result["list"]) for name in result["list"][0]}  # fmt: skip
    return result


def heaviest_page(site: Path) -> Result:
    """The HTML file with most bytes, its size when compressed, and how many are above the budget."""
    sizes = {path: path.stat().st_size for path in site.rglob("*.html")}
    page = max(sizes, key=lambda path: sizes[path])
    body = page.read_bytes()
    packed = len(gzip.compress(body, 6, mtime=0))
    return {
        "page": page.relative_to(site).as_posix(), "bytes": len(body), "gzip": packed,
        "pages": len(sizes), "above": sum(size > MOST for size in sizes.values()),
        "parted": sum(1 for _ in site.glob(f"*/*/{FOLDER}2/index.html")),
    }  # fmt: skip


def _first_visit(browser: Browser, server: Served, path: str) -> Result:
    """Bytes of the bodies that a browser with an empty cache fetches for a page."""
    context = browser.new_context()
    server.sent.clear()
    page = context.new_page()
    page.goto(server.address + path, wait_until="networkidle")
    page.wait_for_timeout(500)
    files = sorted(server.sent, key=lambda item: -item[1])
    context.close()
    return {"bytes": sum(size for _, size in files), "files": [list(file) for file in files]}


def _slowed(browser: Browser, slower: int) -> Page:
    page = browser.new_context().new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.add_init_script(WATCH)
    return page


def _list_usable(browser: Browser, server: Served, path: str) -> dict[str, float]:
    """Milliseconds until DOMContentLoaded, and until no long task is left after it."""
    page = _slowed(browser, SLOWER)
    page.goto(server.address + path, wait_until="load")
    page.wait_for_timeout(1500)
    loaded: float = page.evaluate(LOADED)
    tasks: list[tuple[float, float]] = page.evaluate("window.longTasks")
    page.context.close()
    return {"loaded": loaded, "usable": max([loaded, *(at + took for at, took in tasks)])}


def _typing(browser: Browser, server: Served, queries: Sequence[str], slower: int) -> Result:
    """Long tasks while queries are typed, a letter every 80 ms."""
    page = _slowed(browser, slower)
    page.goto(f"{server.address}suche/", wait_until="networkidle")
    tasks: list[float] = []
    for query in queries:
        page.locator(FIELD).fill("")
        page.wait_for_timeout(300)
        page.evaluate("window.longTasks.length = 0")
        page.locator(FIELD).press_sequentially(query, delay=80)
        page.wait_for_timeout(800)
        tasks += [took for _, took in page.evaluate("window.longTasks")]
    page.context.close()
    return {"long_tasks": sum(took > LONG_TASK for took in tasks), "longest": max(tasks, default=0)}

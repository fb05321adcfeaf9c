"""What a page does in Chromium: scripts of strangers, foreign requests, errors, broken addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.site.sites import EPOCH

# Runs before anything on the page: hostile records call alert().
_CANARY = """
window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => { window.__ran.push(name); };
window.__violations = [];
addEventListener("securitypolicyviolation", e => window.__violations.push(
    `${e.effectiveDirective}: ${e.blockedURI} ${e.sample}`));
"""


@dataclass
class Watch:
    """A browser window under observation.  `faults` collects what must not happen."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)  # addresses of all requests

    def open(self, path: str, *, wait: str = "load") -> None:
        """Open a page of the site and note what went wrong on it."""
        self.page.goto(self.address + path, wait_until=wait)  # type: ignore[arg-type]
        self.settle(path)

    def settle(self, path: str) -> None:
        """Collect what scripts and the policy had to say since the last time."""
        said = self.page.evaluate("[__ran.splice(0), __violations.splice(0)]")
        for kind, found in zip(("ran", "violation of"), said, strict=True):
            self.faults += [f"{path}: {kind} {what}" for what in found]

    def _request(self, url: str) -> None:
        self.visited.append(url)
        if not url.startswith((self.address, "data:", "about:")):
            self.faults.append(f"{self.page.url}: request to {url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/gibt-es-nicht/"):
            self.faults.append(f"{self.page.url}: {response.status} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "/gibt-es-nicht/" not in str(message.location):
            self.faults.append(f"{self.page.url}: console {message.type}: {message.text}")


def watch(context: BrowserContext, address: str) -> Watch:
    context.add_init_script(_CANARY)
    page = context.new_page()
    watching = Watch(page, address)
    page.on("request", lambda r: watching._request(r.url))
    page.on("response", lambda r: watching._response(r))
    page.on("console", lambda m: watching._console(m))
    page.on("pageerror", lambda e: watching.faults.append(f"{page.url}: exception {e}"))
    page.on(
        "dialog", lambda d: (watching.faults.append(f"{page.url}: dialog {d.message}"), d.dismiss())
    )
    return watching


def visit(tabs: Sequence[Watch], paths: Iterable[str]) -> Iterator[tuple[Watch, str]]:
    """Open pages, as many at a time as there are tabs; yields each when it is loaded."""
    queue = iter(paths)
    while batch := list(zip(tabs, queue)):  # noqa: B905 (the last batch may be short)
        for tab, path in batch:
            tab.page.goto(tab.address + path, wait_until="commit")
        for tab, path in batch:
            tab.page.wait_for_load_state("load")
            yield tab, path
            tab.settle(path)


@contextmanager
def window(browser: Browser, address: str, **options: object) -> Iterator[Watch]:
    """A new window with its own storage.  Its clock stands at the day for which the test sites are built,
    for pages age by the clock of their reader."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.clock.set_fixed_time(datetime.fromtimestamp(int(EPOCH), UTC))
    context.set_default_timeout(10_000)
    try:
        yield watch(context, address)
    finally:
        context.close()


def page_paths(site: Path) -> list[str]:
    """The addresses of all pages of a site below its root, but for those that lead elsewhere."""
    pages = (
        p for p in sorted(site.rglob("*.html")) if b'http-equiv="refresh"' not in p.read_bytes()
    )
    found = (p.relative_to(site).as_posix() for p in pages)
    return [p.removesuffix("index.html") for p in found if p != "404.html"]

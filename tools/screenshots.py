"""Renew the pictures in docs/: build the example county and photograph it in headless Chromium.

Usage: `make screenshots`.  Nothing is pasted by hand, so the pictures show what the code does today.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TERMS = ("terminblick", "offener-termin", "beispiel-kalender")
COMPARED = "vergleich/?ids=" + ",".join(f"terminvergabe-{name}-2026" for name in TERMS)
WEIGHTS = "&g.online-dienste-buergerbuero=souveraenitaet:16"  # with them another one comes first


@dataclass(frozen=True)
class Shot:
    """A picture: which page, how wide, in which colours, and what is done before it is taken."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    town: str = ""
    """Chosen as "Meine Kommune" before."""
    at: str = ""
    """Scrolled to the top: a selector."""


SHOTS = (
    Shot("schon-geprueft", "schon-geprueft/?q=Terminal zur Selbstbedienung im Bürgerbüro"),
    Shot("vergleich", COMPARED + WEIGHTS, town="haselmarkt", at=".ws-rangfolge"),
    Shot("wirkung-dunkel", "wirkung/", scheme="dark"),
    Shot("telefon", "bewertungen/e-akte-muster-akte-2025/", 360, 800, town="elsterwied"),
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        wissen = Path(sys.executable).with_name("wissen")
        subprocess.run(
            [str(wissen), "build", "--content", "examples/musterkreis", "--site-dir", str(site)],
            cwd=ROOT,
            check=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            path = (
                os.environ.get("CHROMIUM")
                or shutil.which("chromium")
                or shutil.which("google-chrome")
            )
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu"]
            )
            for shot in SHOTS:
                page = browser.new_page(
                    viewport={"width": shot.width, "height": shot.height},
                    color_scheme=shot.scheme,
                    reduced_motion="reduce",
                )
                _take(page, shot, f"http://127.0.0.1:{server.server_port}/")
            browser.close()
        server.shutdown()


def _take(page: Page, shot: Shot, root: str) -> None:
    if shot.town:
        page.goto(f"{root}organisationen/{shot.town}/")
        page.get_by_role("button", name="Das ist meine Kommune").click()
        page.locator(".ws-gewaehlt").wait_for()
    page.goto(root + shot.path)
    page.wait_for_load_state("networkidle")
    if shot.at:
        page.locator(shot.at).first.evaluate("box => scrollTo(0, box.offsetTop - 85)")
    page.screenshot(path=str(ROOT / "docs" / f"{shot.name}.png"))


if __name__ == "__main__":
    main()

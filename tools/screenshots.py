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
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
# name, path, width, colour scheme
SHOTS = (
    ("start", "", 1280, "light"),
    ("bewertung", "bewertungen/terminvergabe-terminblick-2026/", 1280, "light"),
    ("bewertungen-dunkel", "bewertungen/", 1280, "dark"),
    ("telefon", "bewertungen/selbstbedienungsterminals-buergerbuero/", 360, "light"),
)
HEIGHT = {1280: 900, 360: 720}


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
            for name, address, width, scheme in SHOTS:
                page = browser.new_page(
                    viewport={"width": width, "height": HEIGHT[width]},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=str(ROOT / "docs" / f"{name}.png"))
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()

"""A finished site over http on this machine, in a folder of the server, under a strict policy."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import BinaryIO

MOUNT = "/unter/pfad/"  # sites must work below any address


def policy(inline_scripts: Iterable[str] = ()) -> str:
    """The strictest Content-Security-Policy under which the sites must work."""
    digests = (hashlib.sha256(s.encode()).digest() for s in sorted(set(inline_scripts)))
    hashes = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as on any real server

    def __init__(
        self, *arguments: object, directory: str, csp: str, without: str, **options: object
    ) -> None:
        self.csp, self.without = csp, without
        super().__init__(*arguments, directory=directory, **options)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path(
            path.removeprefix(MOUNT.rstrip("/")) if path.startswith(MOUNT) else "/außerhalb"
        )

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if not self.without or not re.search(self.without, self.path):
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return io.BytesIO()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for addresses that do not exist."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.csp)
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes to the next page hangs up; nothing to report."""


@contextmanager
def served(site: Path, csp: str, without: str = "") -> Iterator[str]:
    """The address under which `site` is served.  Scripts that match `without` are empty."""
    handler = partial(_Handler, directory=str(site), csp=csp, without=without)
    with _Server(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{MOUNT}"
        finally:
            server.shutdown()

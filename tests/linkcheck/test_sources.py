"""Dead sources, asked of a real server on this machine: politely, and never of the own network unasked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from generator import network
from generator.linkcheck import sources
from generator.linkcheck.sources import Finding, Memory, check_addresses, mentions
from generator.network import Refused, Web, is_public
from tests.helpers import Folder


class Server(ThreadingHTTPServer):
    asked: list[tuple[str, str, str]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server
    answers: ClassVar[dict[str, tuple[int, str]]] = {
        "/gut": (200, ""), "/weg": (404, ""), "/fort": (410, ""), "/kaputt": (500, ""),
        "/verboten": (403, ""), "/alt": (301, "/gut"), "/kurz": (302, "/gut"), "/kreis": (302, "/kreis"),
        "/mehrfach": (301, "/alt"), "/ins-leere": (301, "/weg"),
        "/unsinn": (301, "http://["),
    }  # fmt: skip

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status, target = self.answers.get(self.path, (404, ""))
        if self.path == "/nur-get":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.asked = []
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def ask(server: Server, *paths: str, private: bool = True) -> list[Finding]:
    urls = [server.address + path for path in paths]
    found = check_addresses(urls, Web(private=private, timeout=5), lambda _: None, pause=0)
    return [found[url] for url in urls]


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/gut", "gut"),
        ("/gut#anker", "gut"),
        ("/nur-get", "gut"),
        ("/kurz", "gut"),
        ("/weg", "tot"),
        ("/fort", "tot"),
        ("/kreis", "tot"),
        ("/ins-leere", "tot"),
        ("/kaputt", "unklar"),
        ("/unsinn", "unklar"),
        ("/verboten", "unklar"),
        ("/alt", "umgezogen"),
        ("/mehrfach", "umgezogen"),
    ],
)
def test_what_a_server_says(server: Server, path: str, state: str) -> None:
    (finding,) = ask(server, path)
    assert finding.state == state, finding


def test_a_moved_page_is_told_with_its_new_address(server: Server) -> None:
    assert ask(server, "/mehrfach") == [Finding("umgezogen", f"{server.address}/gut")]


def test_head_comes_first_and_the_name_is_honest(server: Server) -> None:
    ask(server, "/nur-get")
    assert [method for method, _, _ in server.asked] == ["HEAD", "GET"]
    assert all("SIL-Wissensspeicher" in agent for _, _, agent in server.asked)


def test_the_own_network_is_not_asked(server: Server) -> None:
    """By address, by name, and in other spellings of the same address."""
    port = server.server_address[1]
    web = Web(timeout=5)
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0"):
        found = check_addresses([f"http://{host}:{port}/gut"], web, lambda _: None, pause=0)
        (finding,) = found.values()
        assert finding.state != "gut", host
    assert server.asked == []


def test_a_name_cannot_change_its_mind(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with a public and a private address, and one that answers otherwise the second time."""
    port = server.server_address[1]
    place = (network.socket.AF_INET, network.socket.SOCK_STREAM, 6, "")
    answers = iter([[(*place, ("93.184.216.34", port)), (*place, ("127.0.0.1", port))]] * 2)
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: next(answers))
    with pytest.raises(Refused, match="eigenen Netz"):
        Web(timeout=5).ask("GET", f"http://boese.example:{port}/gut")
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fc00::1", False),
        ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_server_is_asked_in_turn_and_with_pauses(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(sources.time, "sleep", pauses.append)
    urls = [f"{server.address}/gut?{n}" for n in range(4)]
    Handler.answers |= {f"/gut?{n}": (200, "") for n in range(4)}
    check_addresses([*urls, *urls], Web(private=True), lambda _: None)
    assert pauses.count(sources.PAUSE) == 3  # each address once, a pause between two
    assert [path for _, path, _ in server.asked] == [f"/gut?{n}" for n in range(4)]


def test_answers_are_kept_failures_only_for_a_day(tmp_path: Path) -> None:
    memory, now = Memory(tmp_path / "links.json"), time.time()
    memory.keep(
        {"https://a.example": Finding("gut"), "https://b.example": Finding("tot", "weg")}, now
    )
    again = Memory(tmp_path / "links.json")
    two_days = now + 2 * sources.DAY
    assert again.fresh("https://a.example", two_days, 7) == Finding("gut")
    assert again.fresh("https://a.example", two_days, 1) is None
    assert again.fresh("https://b.example", now + 60, 7) == Finding("tot", "weg")
    assert again.fresh("https://b.example", two_days, 7) is None


@pytest.mark.parametrize(
    "broken", ["", "[]", '{"https://a.example": 3}', '{"a": {"am": "x"}}', "\x00"]
)
def test_a_damaged_memory_is_forgotten(tmp_path: Path, broken: str) -> None:
    (tmp_path / "links.json").write_text(broken, encoding="utf-8")
    assert Memory(tmp_path / "links.json").fresh("https://a.example", 0, 7) is None


def test_every_address_is_found_with_its_place(folder: Folder) -> None:
    source = {"titel": "Bericht", "art": "strategie", "url": "https://a.example/bericht"}
    folder.add("bewertung", "terminals", "Siehe [hier](https://b.example/x).\n", quellen=[source])
    folder.file(
        "seite.md", "# Seite\n\n[dort](https://c.example/) und `[nicht](https://d.example)`\n"
    )
    found = {m.url: m for m in mentions(folder.root)}
    assert found.keys() == {
        "https://a.example/bericht",
        "https://b.example/x",
        "https://c.example/",
    }
    for url, mention in found.items():
        lines = Path(mention.path).read_text(encoding="utf-8").split("\n")
        assert lines[mention.line - 1][mention.column - 1 :].startswith(url), url


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "https://",
        "https://nutzer:wort@a.example/",
        "http://[x",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        Web().ask("GET", url)

"""`wissen peers update`: from paths and from a real server on this machine, within limits, and only with consent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import federation
from generator.network import Refused, Web
from generator.records.peers import read_peers
from tests.federation.exports import export_of, neighbour, own
from tests.helpers import Folder
from tests.site.conftest import Answer, Call, call

__all__ = ["call"]  # a fixture

PATH = "/api/v1/records.json"
Answering = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    answer: Answering
    asked = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{PATH}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked += 1
        self.server.answer(self)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def body(data: bytes, **headers: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(target: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return own(tmp_path / "inhalt")


@pytest.fixture
def export(tmp_path: Path) -> bytes:
    return json.dumps(export_of(neighbour(tmp_path / "dort"))).encode()


def listing(folder: Folder, source: str, more: str = "") -> Path:
    text = f"# Partner\npeers:\n  - kennung: dort\n    titel: Kreis Dort  # nebenan\n    quelle: {source}\n{more}"
    return folder.file("peers.yml", text)


def update(call: Call, *more: str) -> Answer:
    return call("peers", "update", "--content", "inhalt", *more)


def test_from_a_server(call: Call, folder: Folder, server: Server, export: bytes) -> None:
    listing(folder, server.url)
    server.answer = body(export)
    answer = update(call, "--yes")
    assert answer.code == 0, answer.err
    assert "neu: termine-anderswo (Termine anderswo)" in answer.out
    (peer,) = read_peers(folder.root, "peers.yml")[0]
    assert peer.sha256
    assert peer.home == f"http://127.0.0.1:{server.server_address[1]}/"
    assert (folder.root / "peers/dort.json").is_file()
    assert folder.codes() == []
    assert "dort: Kreis Dort. 5 Einträge" in call("peers", "list", "--content", "inhalt").out
    assert update(call).out.endswith("Unverändert.\n")


def test_nothing_happens_without_consent(
    call: Call, folder: Folder, server: Server, export: bytes
) -> None:
    file = listing(folder, server.url)
    before = file.read_bytes()
    server.answer = body(export)
    answer = update(call)
    assert answer.code == 1
    assert "Zum Übernehmen noch einmal mit --yes aufrufen." in answer.out
    assert file.read_bytes() == before
    assert not (folder.root / "peers").exists()


def test_only_the_checksum_is_written(
    call: Call, folder: Folder, export: bytes, tmp_path: Path
) -> None:
    """Comments, order and other peers stay as they are, the second time too."""
    (tmp_path / "dort.json").write_bytes(export)
    rest = "    adresse: https://dort.example/\n# noch einer\n  - kennung: da\n    titel: Da\n    quelle: x\n"
    file = listing(folder, "../dort.json", rest)
    before = file.read_text(encoding="utf-8")
    assert update(call, "dort", "--yes").code == 0
    first = file.read_text(encoding="utf-8")
    digest = read_peers(folder.root, "")[0][0].sha256
    assert first.replace(f"    sha256: {digest}\n", "") == before
    changed = json.loads(export)
    changed["records"] = changed["records"][:-1]
    (tmp_path / "dort.json").write_text(json.dumps(changed))
    answer = update(call, "dort", "--yes")
    assert "entfallen: " in answer.out
    new = read_peers(folder.root, "")[0][0].sha256
    assert new != digest
    assert file.read_text(encoding="utf-8") == first.replace(str(digest), str(new))


@pytest.mark.parametrize(
    "text",
    [
        "peers: [{kennung: dort, titel: Dort, quelle: ../dort.json}]\n",
        "- {kennung: dort, titel: Dort, quelle: ../dort.json, sha256: " + "0" * 64 + "}\n",
        "peers:\r\n- titel: Dort\r\n  quelle: ../dort.json\r\n  kennung: dort\r\n",
    ],
)
def test_unusual_spellings_are_written_or_left_to_the_author(
    call: Call, folder: Folder, export: bytes, tmp_path: Path, text: str
) -> None:
    (tmp_path / "dort.json").write_bytes(export)
    file = folder.file("peers.yml", text)
    answer = update(call, "--yes")
    peers, problems = read_peers(folder.root, "peers.yml")
    assert problems == []
    if "Bitte in peers.yml" in answer.err:
        assert answer.code == 1
        assert file.read_bytes() == text.encode()
    else:
        assert answer.code == 0
        assert peers[0].sha256 not in (None, "0" * 64)
        assert ("\r\n" in text) == (b"\r\n" in file.read_bytes())


def test_a_refused_export_leaves_the_old_copy(
    call: Call, folder: Folder, server: Server, export: bytes
) -> None:
    listing(folder, server.url)
    server.answer = body(export)
    update(call, "--yes")
    before = (folder.root / "peers/dort.json").read_bytes()
    for bad in (b"", b"<html>", b'{"schema_version": "7", "records": []}', b"[" * 10_000):
        server.answer = body(bad)
        answer = update(call, "--yes")
        assert answer.code == 1
        assert "Die alte Kopie bleibt." in answer.err
    assert (folder.root / "peers/dort.json").read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (redirect("/api/v1/records.json"), "Mehr als 3 Weiterleitungen"),
        (redirect("file:///etc/passwd"), "auf einen anderen Server"),
        (redirect("http://10.0.0.1/"), "auf einen anderen Server"),
        (redirect("https://10.0.0.1/"), "auf einen anderen Server"),
        (redirect("http://["), "auf eine ungültige Adresse"),
        (redirect("//[::1"), "auf eine ungültige Adresse"),
        (redirect("https://127.0.0.1:99999999/"), "auf eine ungültige Adresse"),
        (redirect("\t \u00ff\\\\x"), "Weiterleitungen|anderen Server|ungültig|aufrufen"),
        (body(b"x", Content_Encoding="gzip"), "gepackt"),
        (lambda h: h.send_error(500), "antwortet mit 500"),
        (lambda h: h.wfile.write(b"\x00\x01\x02"), "keine Verbindung"),
        (lambda h: h.connection.close(), "keine Verbindung"),
    ],
)
def test_servers_that_behave_badly(server: Server, answer: Answering, said: str) -> None:
    server.answer = answer
    with pytest.raises(Refused, match=said):
        Web(private=True, plain=False, timeout=3).fetch(server.url, most=1000, seconds=5)


def test_endless_answers_end(server: Server) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(400):
            handler.wfile.write(b" " * 10_000)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" " * 1000)
            handler.wfile.flush()
            time.sleep(0.1)

    web = Web(private=True, timeout=3)
    server.answer = flood
    with pytest.raises(Refused, match="größer als 1 MB"):
        web.fetch(server.url, most=1_000_000, seconds=30)
    server.answer = drip
    with pytest.raises(Refused, match="dauert zu lange"):
        web.fetch(server.url, most=1_000_000, seconds=0.5)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("http://dort.example/api/v1/records.json", "nicht verschlüsselt"),
        ("https://10.0.0.1/api/v1/records.json", "eigenen Netz"),
        ("https://[::1/x", ""),
        ("https://nutzer:wort@dort.example/", "Zugangsdaten"),
        ("../gibt-es-nicht.json", "lässt sich nicht lesen"),
        ('"\\0"', ""),
    ],
)
def test_sources_that_cannot_be_had(call: Call, folder: Folder, source: str, said: str) -> None:
    listing(folder, source)
    answer = update(call, "--yes")
    assert answer.code in (1, 2)
    assert said in answer.err + answer.out
    assert "Traceback" not in answer.err
    assert not (folder.root / "peers").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("peers: 3\n", "Hier gehört eine Liste hin"),
        ("peers:\n- kennung: A b\n  titel: x\n  quelle: y\n", "peers.yml:2:12"),
        ("peers:\n- kennung: a\n  titel: x\n", "quelle"),
        ("peers:\n- kennung: a\n  titel: x\n  quelle: y\n  prüfsume: z\n", "gibt es hier nicht"),
        (
            "peers:\n- kennung: a\n  titel: x\n  quelle: y\n- kennung: a\n  titel: x\n  quelle: y\n",
            "gibt es schon",
        ),
        ("peers: [", ""),
    ],
)
def test_mistakes_in_the_list_are_errors_with_their_place(
    call: Call, folder: Folder, text: str, said: str
) -> None:
    folder.file("peers.yml", text)
    checked = call("check", "--content", "inhalt")
    assert checked.code == 1
    assert said in checked.out
    answer = update(call)
    assert answer.code == 1
    assert "Es wurde nichts abgerufen." in answer.err


def test_without_a_list_the_command_says_how_to_begin(call: Call, folder: Folder) -> None:
    answer = update(call)
    assert answer.code == 2
    assert "Sie nennt die Partner" in answer.err
    listing(folder, "x")
    unknown = update(call, "anderer")
    assert unknown.code == 2
    assert "Den Partner „anderer“ gibt es nicht. Bekannt: dort" in unknown.err


def test_being_interrupted_does_no_harm(folder: Folder, export: bytes, tmp_path: Path) -> None:
    """The copy is written, its checksum not yet: nothing of it is shown, and a warning says what to do."""
    (tmp_path / "dort.json").write_bytes(export)
    listing(folder, "../dort.json")
    (peer,) = read_peers(folder.root, "")[0]
    fetched = federation.fetch(folder.root, peer)
    file = folder.root / peer.datei
    file.parent.mkdir()
    file.write_text(federation.stored(fetched.new, fetched.sha256, "2026-07-01"), encoding="utf-8")
    assert folder.codes() == ["partner"]
    assert list(folder.catalogue().partners.guests()) == []

"""SFTP and WebDAV with real servers: OpenSSH, Apache and WsgiDAV on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.publish import store as store_module
from generator.publish.problems import PublishError
from generator.publish.settings import Goal
from generator.publish.webdav import WebDav
from tests.publish.helpers import Files, files_of, missing, write_site
from tests.publish.servers import apache_dav, free_port, sshd, wsgidav
from tests.site.conftest import Call
from tests.site.sites import files

ONE = files_of("eins", {"a": "alt", "b": "bleibt", "c": "geht", "größe & maß/ä b": "Sonderzeichen"})
TWO = files_of("zwei zwei", {"a": "neu", "b": "bleibt", "d": "kommt"})
KINDS = ("sftp", "apache", "wsgidav", "apache-move")


@dataclass
class Place:
    """A server with a folder to publish into."""

    root: Path
    config: str
    environment: dict[str, str]

    def shown(self) -> Files:
        return {p: d for p, d in files(self.root).items() if not p.startswith(".wissen/")}


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    root = folder / "web"
    if kind == "sftp":
        with sshd(folder / "server", root) as server:
            config = f"target: '{server.address}/wiki', known_hosts: '{server.known_hosts}'"
            yield Place(root / "wiki", config, {"WISSEN_TEST_KEY": str(server.key)})
        return
    login = {"WISSEN_PUBLISH_USER": "wiki", "WISSEN_PUBLISH_PASSWORD_NETZ": "kennwort"}
    served = wsgidav(root) if kind == "wsgidav" else apache_dav(folder / "server", root)
    more = ", replace: move" if kind.endswith("-move") else ""
    with served as address:
        yield Place(root / "wiki", f"target: '{address}wiki'{more}", login)


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest) -> Iterator[Place]:
    with (
        TemporaryDirectory(prefix="wissen-") as folder,
        place(request.param, Path(folder)) as found,
    ):
        yield found


@pytest.fixture
def configured(server: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The server as target „netz“, with what is needed to log in."""
    write_site(tmp_path / "site", ONE)
    write_site(tmp_path / "zwei", TWO)
    (tmp_path / "mkdocs.yml").write_text(
        f"extra: {{publish: {{netz: {{{server.config}}}}}}}", encoding="utf-8"
    )
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    use_key(tmp_path, monkeypatch, server.environment.get("WISSEN_TEST_KEY", ""))
    return server


def use_key(home: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """A home of one's own: the keys of whoever runs the tests are of no concern."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    (home / ".ssh").mkdir(exist_ok=True)
    if key:
        target = home / ".ssh/id_ed25519"
        target.write_bytes(Path(key).read_bytes())
        target.chmod(0o600)


def test_publish_change_go_back(call: Call, configured: Place) -> None:
    answer = call("publish", "netz")
    assert (answer.code, answer.err) == (0, "")
    assert configured.shown() == ONE
    assert "nichts zu tun" in call("publish", "netz").out
    answer = call("publish", "netz", "--site-dir", "zwei", "--dry-run")
    assert "~ a/index.html\n" in answer.out
    assert configured.shown() == ONE
    assert call("publish", "netz", "--site-dir", "zwei", "--verify", "--compress").code == 0
    there = configured.shown()
    assert {p: there.get(p) for p in TWO} == TWO
    assert missing(there) == []
    assert call("publish", "netz", "--rollback").code == 0
    there = configured.shown()
    assert {p: there.get(p) for p in ONE} == ONE
    assert missing(there) == []
    (configured.root / "a/index.html").write_bytes(b"kaputt")
    assert call("publish", "netz", "--verify", "--purge").code == 0
    assert configured.shown() == ONE
    left = [p for p in files(configured.root) if p.startswith(".wissen/")]
    assert left == [".wissen/stand.json.gz"]
    assert call("publish", "netz", "--site-dir", "zwei", "--purge").code == 0
    assert configured.shown() == TWO


def test_a_lock_keeps_others_out(call: Call, configured: Place) -> None:
    (configured.root / ".wissen/sperre").mkdir(parents=True, exist_ok=True)
    (configured.root / ".wissen/sperre").chmod(0o777)
    assert "läuft schon eine Veröffentlichung" in call("publish", "netz").err
    assert call("publish", "netz", "--break-lock").code == 0
    assert not (configured.root / ".wissen/sperre").exists()


def test_a_foreign_site(call: Call, configured: Place) -> None:
    for path in (".wissen/stand.json.gz", ".wissen/vorher.json.gz"):
        (configured.root / path).unlink(missing_ok=True)
    (configured.root / "index.html").write_bytes(b"fremd")
    assert "--adopt" in call("publish", "netz").err
    assert (configured.root / "index.html").read_bytes() == b"fremd"
    assert call("publish", "netz", "--adopt").code == 0
    assert {p: configured.shown().get(p) for p in ONE} == ONE


# What is told when it does not work.  Attempts are made, but without pauses.


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_sleep", lambda seconds: None)


def told(call: Call, tmp_path: Path, config: str) -> str:
    if not (tmp_path / "site").exists():
        write_site(tmp_path / "site", ONE)
    (tmp_path / "mkdocs.yml").write_text(f"extra: {{publish: {{netz: {{{config}}}}}}}", encoding="utf-8")  # fmt: skip
    answer = call("publish", "netz")
    assert answer.code == 1, answer.out
    assert "Traceback" not in answer.err
    return answer.err


def test_sftp_faults(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_pauses: None
) -> None:
    with (
        TemporaryDirectory(prefix="wissen-") as folder,
        sshd(Path(folder) / "server", Path(folder) / "web", "ForceCommand internal-sftp -R") as server,
    ):  # fmt: skip
        use_key(tmp_path, monkeypatch, "")
        known = f"known_hosts: '{server.known_hosts}'"
        said = told(call, tmp_path, f"target: '{server.address}', known_hosts: '{tmp_path}/keine'")
        assert "(known_hosts) gibt es nicht" in said
        assert "ist diesem Rechner nicht bekannt" in told(
            call, tmp_path, f"target: '{server.address}'"
        )
        other = tmp_path / "fremd"
        other.write_text(server.known_hosts.read_text().replace("AAAAI", "AAAAJ"), encoding="utf-8")
        said = told(call, tmp_path, f"target: '{server.address}', known_hosts: '{other}'")
        assert "den gezeigten Fingerabdruck mit der IT" in said
        said = told(call, tmp_path, f"target: '{server.address}', {known}")
        assert "lässt „root@127.0.0.1“ nicht herein" in said or "nicht herein" in said
        use_key(tmp_path, monkeypatch, str(server.key))
        said = told(call, tmp_path, f"target: '{server.address}', {known}")
        assert "Dort fehlen Rechte" in said
    refused = f"target: 'sftp://127.0.0.1:{free_port()}/x'"
    assert "nimmt an Port" in told(call, tmp_path, refused)
    said = told(call, tmp_path, "target: 'sftp://gibt-es-nicht.invalid/x'")
    assert "Einen Server „gibt-es-nicht.invalid“ gibt es nicht." in said


def test_webdav_faults(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_pauses: None
) -> None:
    monkeypatch.setenv("WISSEN_PUBLISH_USER", "wiki")
    with TemporaryDirectory(prefix="wissen-") as name:
        folder = Path(name)
        with apache_dav(folder / "server", folder / "web") as address:
            target = f"target: '{address}'"
            monkeypatch.setenv("WISSEN_PUBLISH_PASSWORD", "falsch")
            assert "nimmt die Anmeldung nicht an" in told(call, tmp_path, target)
            monkeypatch.setenv("WISSEN_PUBLISH_PASSWORD", "kennwort")
            said = told(call, tmp_path, f"target: '{address}gibt/es/nicht'")
            assert "Den Ordner über" in said
    monkeypatch.delenv("WISSEN_PUBLISH_PASSWORD")
    said = told(call, tmp_path, f"target: 'http://127.0.0.1:{free_port()}/'")
    assert "nimmt keine Verbindung an; 6 Versuche sind gescheitert" in said
    said = told(call, tmp_path, "target: 'https://gibt-es-nicht.invalid/'")
    assert "Einen Server „gibt-es-nicht.invalid“ gibt es nicht." in said


def test_no_password_over_an_open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WISSEN_PUBLISH_USER", "wiki")
    monkeypatch.setenv("WISSEN_PUBLISH_PASSWORD", "kennwort")
    with pytest.raises(PublishError, match="ginge das Kennwort unverschlüsselt"):
        WebDav(Goal("dav", "http://192.0.2.1/wiki"))


def test_a_web_server_without_webdav(call: Call, tmp_path: Path) -> None:
    from tests.browser.server import served

    with served(write_site(tmp_path / "x", ONE), "") as address:
        said = told(call, tmp_path, f"target: '{address}'")
    assert "WebDAV" in said

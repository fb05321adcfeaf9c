"""Real servers on this machine for a test: nginx, Apache, sshd, WsgiDAV, each on a free port of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import asyncssh
import pytest

_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/sbin"])
MODULES = ("/usr/lib/apache2/modules", "/usr/libexec/apache2", "/usr/lib64/httpd/modules")


def program(*names: str) -> str:
    """The path of a server, or the test is skipped with the reason."""
    for name in names:
        if found := shutil.which(name, path=_PATH):
            return found
    pytest.skip(f"{names[0]} is not installed; tools/servers.sh installs it on Debian")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, log: Path, signal: str = "terminate") -> Iterator[None]:
    """A server in the foreground, from when it answers."""
    with log.with_suffix(".out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent)
    try:
        answers(port, lambda: process.poll() is None, log)
        yield
    finally:
        getattr(process, signal)()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int, alive: Callable[[], bool], log: Path) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if not alive():
                break
            time.sleep(0.05)
    said = log.with_suffix(".out").read_text() + (log.read_text() if log.exists() else "")
    raise AssertionError(f"the server does not answer: {said}")


@contextmanager
def nginx(folder: Path, server: str, *, modules: bool = True) -> Iterator[int]:
    """nginx with the given text within `http { … }`; PORT in it is replaced."""
    binary, port = program("nginx"), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    brotli = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
    load = f"load_module {brotli};\n" if modules and brotli.exists() else ""
    user = "user root;\n" if getpass.getuser() == "root" else ""
    temp = "".join(f"{n}_temp_path {folder}/{n};\n" for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    config = folder / "nginx.conf"
    config.write_text(
        f"{load}{user}daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        "events {}\nhttp {\n"
        f"{temp}access_log off;\n{server.replace('PORT', str(port))}\n}}\n",
        encoding="utf-8",
    )
    with running([binary, "-p", str(folder), "-c", str(config)], port, folder / "error.log"):
        yield port


@contextmanager
def apache(folder: Path, text: str, *modules: str) -> Iterator[int]:
    """Apache with these modules and this text in its configuration; PORT in it is replaced."""
    binary, port = program("apache2", "httpd"), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    place = next((Path(m) for m in MODULES if Path(m).is_dir()), None)
    if place is None:
        pytest.skip("the modules of Apache are not where they are looked for")
    wanted = ("mpm_event", "authz_core", "unixd", "dir", *modules)
    load = "".join(f"LoadModule {m}_module {place}/mod_{m}.so\n" for m in wanted if (place / f"mod_{m}.so").exists())  # fmt: skip
    user = "User www-data\nGroup www-data\n" if getpass.getuser() == "root" else ""
    (folder / "mime.types").write_text("", encoding="utf-8")  # ours must not lean on another list
    config = folder / "apache.conf"
    config.write_text(
        f"ServerRoot {folder}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\n{load}{user}"
        f"PidFile {folder}/pid\nErrorLog {folder}/error.log\nDefaultRuntimeDir {folder}\n"
        f"Mutex file:{folder} default\n{text.replace('PORT', str(port))}\n",
        encoding="utf-8",
    )
    with running([binary, "-f", str(config), "-DFOREGROUND"], port, folder / "error.log"):
        yield port


@contextmanager
def apache_dav(folder: Path, root: Path) -> Iterator[str]:
    """A WebDAV server over `root`; its address."""
    folder.mkdir(parents=True, exist_ok=True)
    root.mkdir(parents=True, exist_ok=True)
    for place in (folder, root):
        place.chmod(0o777)
    for place in (*folder.parents, *root.parents):  # Apache's own user must get there
        if place.owner() == getpass.getuser() and str(place).startswith("/tmp/"):
            place.chmod(place.stat().st_mode | 0o755)
    (folder / "users").write_text("wiki:{SHA}83dU91lJwnTmdjmTAUsignL9n50=\n", encoding="utf-8")
    text = f"""
DavLockDB {folder}/davlock
DocumentRoot {root}
<Directory {root}>
  Dav On
  Require valid-user
  AuthType Basic
  AuthName wiki
  AuthUserFile {folder}/users
</Directory>
"""
    with apache(folder, text, "dav", "dav_fs", "auth_basic", "authn_core", "authn_file", "authz_user") as port:  # fmt: skip
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def wsgidav(root: Path) -> Iterator[str]:
    """Another WebDAV server, which writes straight into the files that are put."""
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    root.mkdir(parents=True, exist_ok=True)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "http_authenticator": {"domain_controller": None},
            "simple_dc": {"user_mapping": {"*": {"wiki": {"password": "kennwort"}}}},
            "verbose": 0,
            "logging": {"enable": False},
            "lock_storage": False,
            "property_manager": False,
        }
    )
    server = Server(("127.0.0.1", 0), app, numthreads=8)
    server.prepare()
    Thread(target=server.serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}/"
    finally:
        server.stop()


@dataclass(frozen=True, slots=True)
class Sshd:
    """A running sshd and what one needs to get in."""

    port: int
    root: Path
    known_hosts: Path
    key: Path

    @property
    def address(self) -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{self.port}{self.root}"


@contextmanager
def sshd(folder: Path, root: Path, more: str = "") -> Iterator[Sshd]:
    """OpenSSH with keys of its own; only `key` gets in."""
    binary, port = program("sshd"), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    root.mkdir(parents=True, exist_ok=True)
    if getpass.getuser() == "root":
        Path("/run/sshd").mkdir(exist_ok=True)
    host, key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    for name, made in (("host", host), ("key", key)):
        made.write_private_key(str(folder / name))
        (folder / name).chmod(0o600)
    (folder / "authorized").write_bytes(key.export_public_key())
    public = host.export_public_key().decode().strip()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}\n", encoding="utf-8")
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        f"PermitRootLogin yes\nMaxStartups 100\nSubsystem sftp internal-sftp\n{more}\n",
        encoding="utf-8",
    )
    with running([binary, "-D", "-e", "-f", str(config)], port, folder / "error.log"):
        yield Sshd(port, root, folder / "known_hosts", folder / "key")

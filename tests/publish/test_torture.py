"""Publish again and again to each target, killed at random moments, while a reader reads.

On releases no answer is ever mixed or broken; on the others no page ever refers to what is not there.
`WISSEN_MALE=100` publishes a hundred times to each target.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
import requests

from tests.publish.helpers import Files, files_of, missing, write_site
from tests.publish.servers import nginx
from tests.publish.test_network import KINDS, place
from tests.site.sites import environment, files

TIMES = int(os.environ.get("WISSEN_MALE", "3"))
TARGETS = ("ordner", "releases", *KINDS)
# How a server that deletes before it moves shows it: for a blink a replaced file is not there.
BLINKS = ("apache-move", "wsgidav")
PAGES = 40


def version(number: int) -> Files:
    """Site number n: every page changes, half of them come and go, each with a script of its own."""
    pages = {
        f"s{p}": f"Fassung {number} von {p}" for p in range(PAGES) if p % 2 or (p + number) % 3
    }
    return files_of(f"fassung-{number}", pages)


@contextmanager
def target(kind: str, folder: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Where readers read, the target in mkdocs.yml, and what its login needs."""
    if kind == "ordner":
        yield folder / "web", f"target: '{folder}/web'", {}
    elif kind == "releases":
        yield folder / "web/aktuell", f"target: 'releases:{folder}/web'", {}
    else:
        with place(kind, folder) as found:
            yield found.root, found.config, found.environment


class Reader(Thread):
    """Opens pages and at once everything that they refer to, as browsers do."""

    def __init__(self, address: str, *, blinks: bool) -> None:
        super().__init__(daemon=True)
        self.address, self.blinks = address, blinks
        self.faults: list[str] = []
        self.lasting: set[str] = set()  # pages of every version that have been there
        self.seen: Counter[str] = Counter()
        self.stop = Event()

    def run(self) -> None:
        with requests.Session() as session:
            while not self.stop.is_set():
                self.look(session, random.choice(["index.html", *(f"s{p}/index.html" for p in range(PAGES))]))  # fmt: skip

    def look(self, session: requests.Session, page: str) -> None:
        answer = session.get(self.address + page, timeout=10)
        self.seen[f"{answer.status_code}"] += 1
        if answer.status_code != 200:
            if page in self.lasting:  # a page is replaced, never taken away and put back
                self.blink(session, page)
            return  # not published yet, or withdrawn; whether it should be there is asked in the end
        if page == "index.html" or int(page[1:].partition("/")[0]) % 2:
            self.lasting.add(page)
        if page != "index.html" and not answer.text.endswith("ref:assets/stil.css\n"):
            self.faults.append(f"{page} is half: {answer.text!r}")
        for line in answer.text.splitlines():
            asset = line.removeprefix("ref:")
            if asset == line or asset.endswith(".html"):
                continue
            found = session.get(self.address + asset, timeout=10)
            self.seen["asset"] += 1
            if found.status_code != 200 and asset in ("assets/stil.css", "suche/index/manifest.js"):
                found = self.blink(session, asset)
            if found.status_code != 200:
                self.faults.append(f"{page} → {asset}: {found.status_code}")
            elif asset.startswith("assets/x.") and found.text != answer.text.splitlines()[0]:
                self.faults.append(f"{page} → {asset}: {found.text!r}")

    def blink(self, session: requests.Session, path: str) -> requests.Response:
        """A file that is only replaced was missing: a fault, but where the server does it a blink."""
        self.seen["blink"] += 1
        if not self.blinks:
            self.faults.append(f"{path} was not there for a moment")
        time.sleep(0.3)
        again = session.get(self.address + path, timeout=10)
        if again.status_code != 200:
            self.faults.append(f"{path} stayed away: {again.status_code}")
        return again


@pytest.mark.parametrize("kind", TARGETS)
def test_readers_never_see_a_broken_site(kind: str) -> None:
    with TemporaryDirectory(prefix="wissen-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with target(kind, folder) as (root, config, login), watched(root, folder, kind) as reader:
            (folder / "mkdocs.yml").write_text(f"extra: {{publish: {{netz: {{{config}}}}}}}", encoding="utf-8")  # fmt: skip
            env = environment(**login, HOME=str(folder), SSH_AUTH_SOCK="")
            if key := login.get("WISSEN_TEST_KEY"):
                (folder / ".ssh").mkdir(exist_ok=True)
                (folder / ".ssh/id_ed25519").write_bytes(Path(key).read_bytes())
                (folder / ".ssh/id_ed25519").chmod(0o600)
            begun = time.monotonic()
            killed = torture(folder, env, kind, lambda: shown(root))
            reader.stop.set()
            reader.join(20)
            seconds = time.monotonic() - begun
        pages = sum(n for what, n in reader.seen.items() if what not in ("asset", "blink"))
        print(
            f"\n{kind}: {TIMES} publishes, {killed} killed, {pages} pages and {reader.seen['asset']} assets "
            f"read ({dict(reader.seen)}), {len(reader.faults)} faults, {seconds:.0f} s",
            flush=True,
        )
        assert reader.faults == []
        assert reader.seen["asset"] > 10
        assert killed >= TIMES // 3, "the runs were too quick to be killed"


def torture(folder: Path, env: dict[str, str], kind: str, there: Callable[[], Files]) -> int:
    """Publish; every second run is killed somewhere, and what lies there then must hold together.
    A run that ended before it was to be killed tells how long they take now; then there is another."""
    killed, usual = 0, 3.0
    chance = random.Random(7)
    for number in range(3 * TIMES):
        if number >= TIMES and number % 2 and killed >= TIMES // 3:
            break
        write_site(folder / f"site{number}", version(number))
        command = [sys.executable, "-c", "from generator.cli import main; main()", "publish", "netz", "--break-lock", "--site-dir", f"site{number}"]  # fmt: skip
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
        if number and number % 2:
            try:
                process.communicate(timeout=usual * chance.uniform(0.3, 1.0))
                usual = time.monotonic() - begun
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                killed += process.returncode != 0
        else:
            out, err = process.communicate(timeout=240)
            assert process.returncode == 0, out + err
            usual = time.monotonic() - begun
            now = there()
            wanted = version(number)
            assert {p: now.get(p) for p in wanted} == wanted
            assert [p for p in now if p.endswith(".html") and p not in wanted] == []
        assert [m for m in missing(there()) if not m.endswith(".html")] == []
    return killed


def shown(root: Path) -> Files:
    if not root.exists():
        return {}
    return {p: d for p, d in files(root.resolve()).items() if not p.startswith(".wissen/")}


@contextmanager
def watched(root: Path, folder: Path, kind: str) -> Iterator[Reader]:
    """A reader at an nginx over the target."""
    with nginx(folder / "nginx", f"server {{ listen 127.0.0.1:PORT; location / {{ alias {root}/; }} }}") as port:  # fmt: skip
        reader = Reader(f"http://127.0.0.1:{port}/", blinks=kind in BLINKS)
        reader.start()
        try:
            yield reader
        finally:
            reader.stop.set()
            reader.join(20)

"""`wissen serve` and `mkdocs serve`: what is edited is seen, and an error does not take the wiki away."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers import Folder
from tests.site.sites import ROOT, built, environment

PATIENCE = 60  # seconds; a rebuild takes two or three on an idle machine
COMMANDS = {
    "wissen": ["-c", "from generator.cli import main; main()", "serve", "--address"],
    "mkdocs": ["-m", "mkdocs", "serve", "--dev-addr"],
}


@dataclass
class Served:
    """A running server, the folder it serves and what it has said."""

    root: Path
    address: str
    process: subprocess.Popen[bytes]

    @property
    def said(self) -> str:
        return (self.root / "ausgabe.txt").read_text(encoding="utf-8")

    def page(self, path: str) -> str:
        """The page; empty while there is none."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, OSError):
            return ""

    def until(self, fulfilled: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not fulfilled():
            assert self.process.poll() is None, f"the server has ended: {self.said}"
            assert time.monotonic() < end, f"waited in vain; the server said: {self.said}"
            time.sleep(0.2)

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def give_lexicon(folder: Path) -> None:
    """Spare the server the making of what all content folders share."""
    built("kreis")
    (folder / ".cache").mkdir()
    for path in (ROOT / ".cache").glob("lexikon-*"):  # not the builds of others, which may be large
        shutil.copyfile(path, folder / ".cache" / path.name)


@pytest.fixture(params=sorted(COMMANDS))
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    content = Folder(tmp_path / "content")
    content.add("begriff", "wort", titel="Erstes Wort")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    give_lexicon(tmp_path)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with (tmp_path / "ausgabe.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *COMMANDS[request.param], address],
            cwd=tmp_path,
            env=environment(PYTHONPATH=str(ROOT), PYTHONUNBUFFERED="1"),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Served(tmp_path, f"http://{address}/", process)
        finally:
            process.terminate()
            process.wait(20)


def test_edits_are_seen_and_errors_survived(served: Served) -> None:
    record, page = "content/glossar/wort.md", "glossar/wort/"
    served.until(lambda: "Erstes Wort" in served.page(page))

    served.replace(record, "Erstes Wort", "Zweites Wort")
    served.until(lambda: "Zweites Wort" in served.page(page))
    served.replace("theme/wissen/begriff.html", "Was ist das?", "Was heißt das?")
    served.until(lambda: "Was heißt das?" in served.page(page))

    served.replace(record, "status: freigegeben", "status: freigegebn")
    served.until(lambda: "Gezeigt wird weiter der letzte fehlerfreie Stand." in served.said)
    assert "content/glossar/wort.md:" in served.said
    assert "Fehler [status]" in served.said
    assert "Meinten Sie „freigegeben“?" in served.said
    assert "Traceback" not in served.said
    assert "Zweites Wort" in served.page(page), "the old page must stay"

    served.replace(record, "status: freigegebn", "status: freigegeben")
    (served.root / "content/seite.md").write_text("# Neue Seite\n\nHallo.\n", encoding="utf-8")
    served.until(lambda: "Hallo." in served.page("seite/"))
    assert "Zweites Wort" in served.page("glossar/")

    served.replace("theme/wissen/begriff.html", "Was heißt das?", "{{ unbekannt.wort }}")
    served.until(lambda: "Der Neubau ist gescheitert." in served.said)
    assert "wissen/begriff.html, Zeile " in served.said
    for english in ("Traceback", "An error happened"):
        assert english not in served.said
    served.replace("theme/wissen/begriff.html", "{{ unbekannt.wort }}", "Was bedeutet das?")
    served.until(lambda: "Was bedeutet das?" in served.page(page))


def test_an_occupied_address_is_said_in_german_before_the_build(tmp_path: Path) -> None:
    Folder(tmp_path / "content")
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        port = occupied.getsockname()[1]
        result = subprocess.run(
            [sys.executable, *COMMANDS["wissen"], f"127.0.0.1:{port}", "-f", ROOT / "mkdocs.yml"],
            cwd=tmp_path, env=environment(PYTHONPATH=str(ROOT)), capture_output=True, timeout=120, check=False,
        )  # fmt: skip
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode("utf-8") == (
        f"Der Server kann unter 127.0.0.1:{port} nicht starten. Dort läuft schon etwas, "
        f"vielleicht dieses Wiki. Anderer Anschluss: --address 127.0.0.1:{port + 1}\n"
    )
    assert not (tmp_path / ".cache").exists(), "nothing has been built"

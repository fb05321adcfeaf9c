"""How long `wissen serve` takes from saving a record until the served page shows it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tools.bench.builds import Say
from tools.bench.contestants import WISSEN, cache_option
from tools.bench.corpus.words import ROOT
from tools.bench.edits import practices
from tools.bench.figures import Result
from tools.bench.process import Failed, environment

LONGEST = 600.0
"""Seconds to wait for the first page and for an edit."""
PAUSE = 0.02
REBUILT = b"Neu gebaut"
"""What `wissen serve` says when everything is done."""


def served_edits(corpus: Path, room: Path, runs: int, say: Say) -> Result:
    """Seconds per edit of a body text until the page shows it, and until the search knows it, too; the
    file is saved after the server has settled."""
    shutil.rmtree(room, ignore_errors=True)
    content = room.resolve() / "content"
    shutil.copytree(corpus, content)
    seconds: list[float] = []
    all_done: list[float] = []
    log = room / "serve.log"
    with _server(content, log) as (base, process):
        started = _wait_for(base, "<html", process)
        say(f"serve: first page after {started:.1f} s")
        for run, path in enumerate(practices(content)[:runs]):
            address, mark = f"{base}best-practices/{path.stem}/", f"Messmarke{run}"
            _wait_for(address, "<html", process)
            time.sleep(2.0)
            text = path.read_text(encoding="utf-8")
            done = log.read_bytes().count(REBUILT)
            start = time.perf_counter()
            path.write_text(f"{text}\nEin Satz mit {mark}.\n", encoding="utf-8", newline="\n")
            seconds.append(_wait_for(address, mark, process))
            while log.read_bytes().count(REBUILT) == done and process.poll() is None:
                time.sleep(PAUSE)
            all_done.append(time.perf_counter() - start)
            say(
                f"serve: an edit is shown after {seconds[-1]:.2f} s, all is done after {all_done[-1]:.2f} s"
            )
    return {
        "first_page": started,
        "edit": {"median": median(seconds), "runs": seconds},
        "done": {"median": median(all_done), "runs": all_done},
    }


@contextmanager
def _server(content: Path, log: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [WISSEN, "serve", "--content", str(content), "--address", f"127.0.0.1:{port}"]
    command += ["-f", str(ROOT / "mkdocs.yml")]
    if option := cache_option("serve"):
        command += [option, str(log.parent.resolve() / "cache")]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=log.parent,
            env=environment(),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield f"http://127.0.0.1:{port}/", process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_for(address: str, said: str, process: subprocess.Popen[bytes]) -> float:
    """Seconds until the page holds a text; an error if it never does or the server ends."""
    start = time.perf_counter()
    while time.perf_counter() - start < LONGEST:
        try:
            with urllib.request.urlopen(address, timeout=LONGEST) as answer:
                if said in answer.read().decode("utf-8", "replace"):
                    return time.perf_counter() - start
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None:
                raise Failed("wissen serve has ended by itself") from None
        time.sleep(PAUSE)
    raise Failed(f"the page did not show “{said}” within {LONGEST:.0f} s")

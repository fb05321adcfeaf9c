"""Run a command and measure it with everything it starts.

Wall time is of the whole process.  CPU time is what the kernel charged to it and its children (user +
system, `wait4`).  Memory is that of the process tree, from /proc, in two ways:

- `pss`, what it takes of the machine: a page that several processes share counts once (the kernel's
  "proportional set size").  Sampled once a second, because the kernel looks at every page for it: a few
  milliseconds per process.  A peak between two samples is missed.
- `rss`, the sum of the resident sizes, sampled 20 times a second: shared pages count once per process,
  so it is an upper bound.

Without /proc both are the largest single process (`ru_maxrss`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.bench import EPOCH

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
PAUSE = 0.05
SHARES_EACH = 20  # samples of the resident size for one of the proportional one


class Failed(Exception):
    """A measured command failed; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used: seconds, seconds, bytes, bytes."""

    wall: float
    cpu: float
    rss: int
    pss: int

    def row(self) -> dict[str, float]:
        return asdict(self)


def environment(**more: str) -> dict[str, str]:
    """The environment of every measured command: a fixed day, no colour, no banner; and Python may keep
    what it has compiled, as on any machine of a user."""
    fixed = {"SOURCE_DATE_EPOCH": EPOCH, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}
    found = {**os.environ, **fixed, **more}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def measure(
    command: Sequence[str], log: Path, *, cwd: Path | None = None, env: Mapping[str, str] = {}
) -> Usage:
    """Run to the end.  What the command says goes to `log`; a failure raises `Failed`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment(**env), stdout=out, stderr=subprocess.STDOUT
        )
        memory = _Memory(process.pid)
        memory.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        memory.stop()
        rss = max(memory.resident, largest)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else "it said nothing"
        raise Failed(f"{Path(command[0]).name}: exit code {process.returncode}: {last}")
    return Usage(wall, used.ru_utime + used.ru_stime, rss, memory.proportional or rss)


class _Memory(threading.Thread):
    """Watches the memory of a process tree."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.resident = 0
        self.proportional = 0

    def run(self) -> None:
        samples = 0
        while not self._ended.wait(PAUSE):
            pids = _tree(self._pid)
            self.resident = max(self.resident, sum(map(_resident, pids)))
            if samples % SHARES_EACH == 0:
                self.proportional = max(self.proportional, sum(map(_proportional, pids)))
            samples += 1

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:  # it has just ended
                continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def size_of(folder: Path) -> dict[str, int]:
    """Bytes and files below a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {"bytes": sum(sizes), "files": len(sizes)}

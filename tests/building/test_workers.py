"""Work that is spread: every result once, in order, and never many of them waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from generator import workers
from tests.building.shell import ROOT

T = TypeVar("T")


def told(shared: int, chunk: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), [shared * item for item in chunk]


def again() -> int:
    return 3


@pytest.fixture(params=["fork", "spawn"], autouse=True)
def two(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WISSEN_PROZESSE", "2")
    monkeypatch.setenv("WISSEN_START", request.param)


@pytest.mark.parametrize("most", [None, 1, 7])
@pytest.mark.parametrize("here", [True, False])
def test_results_are_in_order(most: int | None, here: bool) -> None:
    parts = list(workers.spread(told, range(100), 3, again, fewest=0, most=most, here=here))
    assert [item for _, some in parts for item in some] == [3 * n for n in range(100)]
    assert all(len(some) <= (most or 100) for _, some in parts)
    assert here or os.getpid() not in {pid for pid, _ in parts}


def test_what_is_shared_is_made_here_if_nobody_gave_it() -> None:
    for fewest in (0, 1000):
        parts = workers.spread(told, range(20), None, again, fewest=fewest)
        assert [item for _, some in parts for item in some] == [3 * n for n in range(20)]


def test_other_things_are_done_meanwhile_and_to_their_end() -> None:
    done: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(1000):
            done.append(number)
            yield

    taken = workers.spread(told, range(50), 3, again, fewest=0, meanwhile=steps())
    assert sum(len(some) for _, some in taken) == 50
    assert done == [*range(1000)]


def test_work_waits_until_results_are_taken(tmp_path: Path) -> None:
    started = workers.spread(mark, range(60), tmp_path, fewest=0, most=1)
    next(started)
    assert len([*tmp_path.iterdir()]) < 30
    assert len([*started]) == 59
    assert len([*tmp_path.iterdir()]) == 60


def mark(folder: Path, chunk: Sequence[int]) -> None:
    for item in chunk:
        (folder / str(item)).touch()


def says_and_waits(folder: Path, chunk: Sequence[int]) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(600)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux")
def test_who_works_for_a_killed_process_ends(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from generator import workers; from tests.building import test_workers\n"
        "if __name__ == '__main__':\n"
        f"    list(workers.spread(test_workers.says_and_waits, range(50), Path({str(tmp_path)!r}), here=False, fewest=0))\n"
    )
    (tmp_path / "los.py").write_text(script)
    process = subprocess.Popen(
        [sys.executable, tmp_path / "los.py"], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    others = within(20, lambda: [int(p.name) for p in tmp_path.iterdir() if p.name.isdecimal()])
    assert others
    process.kill()
    process.wait()
    assert within(20, lambda: not any(map(is_there, others)))


def within(seconds: int, asked: Callable[[], T]) -> T:
    """The answer once it is true, or the last one."""
    end = time.monotonic() + seconds
    while not (found := asked()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def is_there(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"

"""Full builds of all contestants at two sizes, taking turns so that a busy minute hits all alike."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.bench.contestants import Contestant
from tools.bench.corpus.words import ROOT
from tools.bench.figures import Result, exponent, summary
from tools.bench.process import Usage, size_of

Say = Callable[[str], None]


def make_corpus(cache: Path, n: int, say: Say) -> Path:
    """The corpus of n records, made anew: the shipped content it is made of may have changed."""
    folder = cache / f"corpus-{n}"
    shutil.rmtree(folder, ignore_errors=True)
    say(f"corpus of {n} records")
    subprocess.run(
        [sys.executable, "-m", "tools.bench.corpus", str(folder.resolve()), str(n)],
        check=True,
        cwd=ROOT,
    )
    return folder


def full_builds(
    entrants: Sequence[Contestant], corpus: Path, room: Path, runs: int, say: Say
) -> Result:
    """Name → figures of clean builds.  The last site of each contestant stays in its room."""
    times: dict[str, list[Usage]] = {entrant.name: [] for entrant in entrants}
    for entrant in entrants:
        own = room_of(room, entrant)
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True)
        entrant.prepare(corpus, own)
    for run in range(runs):
        for entrant in entrants:
            own = room_of(room, entrant)
            usage = entrant.build(own, own / "site")
            times[entrant.name].append(usage)
            say(f"{room.name} run {run + 1}: {entrant.name} {usage.wall:.1f} s")
    return {
        entrant.name: {
            **summary(times[entrant.name]),
            "output": size_of(room_of(room, entrant) / "site"),
            "search": entrant.search,
        }
        for entrant in entrants
    }


def room_of(room: Path, entrant: Contestant) -> Path:
    """A contestant's folder, as absolute path."""
    return (room / entrant.name.replace(" ", "")).resolve()


def per_record(small: Result, large: Result, n_small: int, n_large: int) -> Result:
    """Name → seconds that one further record costs: growth without what every build costs."""
    more = max(n_large - n_small, 1)
    return {
        name: {
            figure: (large[name][figure]["median"] - small[name][figure]["median"]) / more
            for figure in ("wall", "cpu")
        }
        for name in large
    }


def growth(small: Result, large: Result, n_small: int, n_large: int) -> Result:
    """Name → exponents of time and size."""
    return {
        name: {
            "wall": exponent(small[name]["wall"]["median"], large[name]["wall"]["median"], n_small, n_large),
            "cpu": exponent(small[name]["cpu"]["median"], large[name]["cpu"]["median"], n_small, n_large),
            "bytes": exponent(small[name]["output"]["bytes"], large[name]["output"]["bytes"], n_small, n_large),
        }
        for name in large
    }  # fmt: skip

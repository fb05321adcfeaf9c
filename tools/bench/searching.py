"""Bytes and latency of the search on a large site, measured by `tools/bench_search.py`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

from tools.bench.corpus.words import ROOT
from tools.bench.figures import Result
from tools.bench.process import environment

EACH = 12  # queries of each kind


def known_items(corpus: Path, seed: int = 1) -> list[dict[str, Any]]:
    """Queries for single records: their titles, one word of it, and what people call it."""
    rng = Random(seed)
    queries: list[dict[str, Any]] = []
    for path in _some(rng, sorted(corpus.glob("bewertungen/*.md"))):
        text = path.read_text(encoding="utf-8")
        words = re.findall(r"\w{4,}", _line(text, "titel")) or [path.stem]
        kind = ("titel", "wort", "alltag")[len(queries) % 3]
        asked = {
            "titel": " ".join(words[:3]),
            "wort": max(words, key=len),
            "alltag": _first_of(text, "auch_gesucht_als") or words[0],
        }[kind]
        queries.append({"id": f"k{len(queries)}", "q": asked, "cat": kind, "rel": {path.stem: 2}})
    return queries


def _some(rng: Random, paths: list[Path]) -> list[Path]:
    return rng.sample(paths, min(3 * EACH, len(paths)))


def _line(text: str, name: str) -> str:
    found = re.search(rf'^{name}: "?(.+?)"?$', text, re.MULTILINE)
    return found[1] if found else ""


def _first_of(text: str, name: str) -> str:
    found = re.search(rf"^{name}:\n  - (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def search_figures(site: Path, queries: list[dict[str, Any]], room: Path) -> Result:
    """The report of the search benchmark, without its list of misses."""
    asked, told = room / "queries.json", room / "search.json"
    asked.write_text(json.dumps(queries, ensure_ascii=False), encoding="utf-8")
    told.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/bench_search.py"), str(site), str(asked), "--json", str(told)],
        capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    if not told.is_file():
        raise RuntimeError(f"tools/bench_search.py failed: {done.stderr.strip()[-1500:]}")
    report: Result = json.loads(told.read_text(encoding="utf-8"))
    report.pop("misses", None)
    return report

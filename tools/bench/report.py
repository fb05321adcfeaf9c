"""Figures → Markdown for people, and into the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.bench.contestants import OURS
from tools.bench.figures import Result

BUSY = 0.5  # load per core before the first measurement
MARKS = "<!-- bench -->", "<!-- /bench -->"
EDITS = {
    "nothing": "Rebuild without a change",
    "body": "… after editing a text",
    "title": "… after editing a title that others show",
    "verdict": "… after changing a verdict",
}


def markdown(result: Result) -> str:
    """All measured sections as two tables and a line about the machine."""
    parts = []
    if "full" in result:
        parts.append(_builds(result))
    rows = list(_own(result))
    if rows:
        parts.append(_table((f"{OURS}, {_count(result['n'])} records", "Measured", "Budget"), rows))
    parts.append(_state(result))
    return "\n\n".join(parts) + "\n"


def _builds(result: Result) -> str:
    full = result["full"][str(result["n"])]
    ours = full[OURS]
    versions = result["versions"]
    rows = []
    for name, figures in full.items():
        version = versions.get(name, versions.get("MkDocs", "") if name != OURS else "")
        search = "with search" if figures["search"] else "no search"
        grown = result.get("growth", {}).get(name, {})
        further = result["per_record"][name]
        rows.append(
            (
                f"{name} {version}".strip() + f", {search}",
                f"{figures['wall']['median']:.1f} s ({figures['wall']['min']:.1f})",
                f"{_ratio(figures, ours, 'wall')} / {_ratio(figures, ours, 'cpu')}",
                f"{figures['cpu']['median']:.1f} s",
                f"{_megabytes(figures['pss']['median'])} ({_megabytes(figures['rss']['median'])})",
                f"{_megabytes(figures['output']['bytes'])}, {_count(figures['output']['files'])} files",
                f"{_exponent(grown.get('wall'))} / {_exponent(grown.get('bytes'))}",
                f"{1000 * further['wall']:.1f} ms / {1000 * further['cpu']:.1f} ms",
            )
        )
    head = (
        f"Clean build of {_count(result['n'])} records",
        "Time: median (least)",
        "Ratio to ours: time / CPU",
        "CPU",
        "Memory: PSS (sum of RSS)",
        "Output",
        "Growth: time / bytes",
        "Each further record: time / CPU",
    )
    return _table(head, rows)


def _own(result: Result) -> Iterable[tuple[str, str, str]]:
    """Rows of figures that only ours has."""
    for name, figures in result.get("edits", {}).items():
        budget = "≤ 2 s" if name != "nothing" else ""
        said = f"{figures['wall']['median']:.2f} s ({figures['wall']['min']:.2f})"
        if "different" in figures:
            budget += ", same bytes as a clean build"
            wrong = len(figures["different"])
            said += f", files that differ: {wrong}" if wrong else ", same bytes"
        yield EDITS[name], said, budget.removeprefix(", ")
    if "serve" in result:
        yield "`serve`: saved → shown", f"{result['serve']['edit']['median']:.2f} s", "≤ 0.5 s"
        yield "… until the search knows it, too", f"{result['serve']['done']['median']:.2f} s", ""
    if search := result.get("search"):
        for key, name, budget in (("bytes_first", "First", "≤ 150 KB"), ("bytes_later", "Later", "≤ 60 KB")):  # fmt: skip
            if key in search:
                most = f"{_kilobytes(search[key]['median'])}, most {_kilobytes(search[key]['max'])}"
                yield f"{name} search, over the wire", most, budget
        if times := search.get("milliseconds"):
            told = f"{times['median']:.0f} ms, 95 % below {times['p95']:.0f} ms"
            yield "Answer once the data is there", told, "< 50 ms"
    if pages := result.get("pages"):
        yield from _page_rows(pages)


def _page_rows(pages: Result) -> Iterable[tuple[str, str, str]]:
    heaviest = pages["heaviest"]
    yield "Heaviest page", f"{_kilobytes(heaviest['bytes'])} HTML, {_kilobytes(heaviest['gzip'])} over the wire (`{heaviest['page']}`)", "≤ 25 KB"  # fmt: skip
    if "above" in heaviest:
        yield "Pages above that", f"{heaviest['above']} of {heaviest['pages']:,} ({heaviest['parted']} records go on at further pages)", "none"  # fmt: skip
    for name, visit in pages["first_visit"].items():
        yield f"First visit, {name} page, fonts included", _kilobytes(visit["bytes"]), "≤ 300 KB"
    listed = pages["list"]
    yield "List of evaluations, CPU slowed 4×", f"loaded {listed['loaded']:.0f} ms, usable {listed['usable']:.0f} ms", "≤ 1 s"  # fmt: skip
    for slow, typing in pages["typing"].items():
        told = f"{typing['long_tasks']} tasks above 200 ms, longest {typing['longest']:.0f} ms"
        yield f"Typing into the search, CPU slowed {slow.replace('x', '×')}", told, "none"


def _state(result: Result) -> str:
    state = result["state"]
    lines = [
        f"{state['machine']}; {state['system']}; Python {state['python']}; commit {state['commit']}, {state['day']}.",
        f"{_runs(result['runs'])}, every command a process of its own; memory is the peak over all its processes: PSS, sampled once a second, counts shared pages once; RSS once per process.",
        f"Growth: exponent between {_count(result['small'])} and {_count(result['n'])} records.",
        f"Command: `{result['command']}`.",
    ]  # fmt: skip
    if state["load"] > BUSY * (state["cores"] or 1):
        lines.append(
            f"The machine was busy with other work (load {state['load']:.1f}): compare CPU, not time."
        )
    if "full" in result and not state["cache_option"]:
        lines.append("This version builds everything anew each time.")
    if errors := result.get("errors"):
        lines.append("Not measured: " + "; ".join(f"{k}: {v}" for k, v in errors.items()) + ".")
    return " ".join(lines)


def _runs(runs: int) -> str:
    return "One run each" if runs == 1 else f"Median of {runs} runs each, taking turns"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _ratio(figures: Result, ours: Result, name: str) -> str:
    return f"{figures[name]['median'] / ours[name]['median']:.2f}"


def _count(number: int) -> str:
    return f"{number:,}"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB"


def _kilobytes(size: float) -> str:
    return f"{size / 1e3:,.1f} KB"


def _exponent(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def into_readme(readme: Path, text: str) -> None:
    """Replace what stands between the marks."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
    _, found, after = rest.partition(MARKS[1])
    if not found:
        raise ValueError(f"{readme.name} has no {' … '.join(MARKS)}")
    readme.write_text(f"{before}{MARKS[0]}\n{text}{MARKS[1]}{after}", encoding="utf-8")

"""Rebuilds of ours after nothing, a text, a title or a verdict has changed.

Every run edits another record.  With `verify` each result is compared byte for byte with a clean
build of the same content: files that are missing, left over or different are counted.
"""

from __future__ import annotations

import filecmp
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.bench.builds import Say
from tools.bench.contestants import wissen_build
from tools.bench.figures import Result, summary
from tools.bench.process import Usage, measure

_FIELD = r"^{}: (.+)$"


@dataclass(frozen=True, slots=True)
class Edit:
    """One kind of change: the records it may be tried on, best first, and what it does to a text."""

    name: str
    records: Callable[[Path], list[Path]]
    change: Callable[[str, int], str]


def _field(text: str, name: str) -> str:
    found = re.search(_FIELD.format(name), text, re.MULTILINE)
    return found[1] if found else ""


def _read(content: Path, folder: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((content / folder).glob("*.md")):
        yield path, path.read_text(encoding="utf-8")


def practices(content: Path) -> list[Path]:
    """Records with a body that nobody else shows."""
    return [path for path, _ in _read(content, "best-practices")]


def shown_solutions(content: Path) -> list[Path]:
    """Solutions, those with most evaluations first."""
    shown = Counter(_field(text, "gegenstand") for _, text in _read(content, "bewertungen"))
    paths = (content / "loesungen").glob("*.md")
    return sorted(paths, key=lambda path: (-shown[path.stem], path.name))


def finished_evaluations(content: Path) -> list[Path]:
    """Evaluations with a verdict other than „nicht empfohlen“."""
    return [
        path
        for path, text in _read(content, "bewertungen")
        if _field(text, "verdikt") not in ("", "nicht_empfohlen")
    ]


EDITS = (
    Edit("nothing", practices, lambda text, _: text),
    Edit("body", practices, lambda text, run: f"{text}\nMessung {run}: ein neuer Satz.\n"),
    Edit(
        "title",
        shown_solutions,
        lambda text, run: re.sub(r"^titel: .*$", f"titel: Umbenannt {run}", text, count=1, flags=re.M),
    ),
    Edit(
        "verdict",
        finished_evaluations,
        lambda text, _: re.sub(r"^verdikt: .*$", "verdikt: nicht_empfohlen", text, count=1, flags=re.M),
    ),
)  # fmt: skip


def edited_builds(corpus: Path, room: Path, runs: int, say: Say, *, verify: bool) -> Result:
    """Kind of edit → figures of the build after it."""
    room = room.resolve()
    shutil.rmtree(room, ignore_errors=True)
    content, site, cache, log = room / "content", room / "site", room / "cache", room / "build.log"
    shutil.copytree(corpus, content)
    measure(wissen_build(content, site, cache), log, cwd=room)
    result: Result = {}
    for edit in EDITS:
        times: list[Usage] = []
        wrong: list[str] = []
        for run, path in enumerate(edit.records(content)[:runs]):
            text = path.read_text(encoding="utf-8")
            path.write_text(edit.change(text, run), encoding="utf-8", newline="\n")
            times.append(measure(wissen_build(content, site, cache), log, cwd=room))
            said = ""
            if verify:
                clean = wissen_build(content, room / "clean", room / "clean-cache")
                measure(clean, log, cwd=room)
                found = list(differences(room / "clean", site))
                wrong += found
                said = f", {len(found)} files differ from a clean build"
                shutil.rmtree(room / "clean")
                shutil.rmtree(room / "clean-cache", ignore_errors=True)
            say(f"edit {edit.name} run {run + 1}: {times[-1].wall:.2f} s{said}")
        result[edit.name] = summary(times)
        if verify:
            result[edit.name]["different"] = sorted(set(wrong))
    return result


def differences(clean: Path, other: Path) -> Iterator[str]:
    """Paths whose bytes are not the same in both folders, or which only one of them has."""
    names = [
        {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        for root in (clean, other)
    ]
    yield from sorted(names[0] ^ names[1])
    _, mismatch, errors = filecmp.cmpfiles(clean, other, names[0] & names[1], shallow=False)
    yield from sorted(mismatch + errors)

"""python -m tools.bench: measure this generator, side by side with others.

Everything lies in .cache/bench/; the figures in result.json and result.md there.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tools.bench import pages, searching
from tools.bench.builds import full_builds, growth, make_corpus, per_record, room_of
from tools.bench.contestants import OURS, contestants
from tools.bench.corpus.words import ROOT
from tools.bench.edits import edited_builds
from tools.bench.figures import Result
from tools.bench.report import into_readme, markdown
from tools.bench.rivals import install
from tools.bench.serving import served_edits
from tools.bench.state import state

CACHE = ROOT / ".cache" / "bench"
SECTIONS = ("full", "edits", "serve", "search", "pages")


def main() -> int:
    """Measure and print; 1 if a section could not be measured."""
    arguments = _arguments()
    told = CACHE / "result.md"
    if arguments.readme:
        if not told.is_file():
            sys.exit("Nothing has been measured yet: run make bench first.")
        into_readme(ROOT / "README.md", told.read_text(encoding="utf-8"))
        return 0
    CACHE.mkdir(parents=True, exist_ok=True)
    result = Bench(arguments).run()
    (CACHE / "result.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    told.write_text(markdown(result), encoding="utf-8")
    print(markdown(result))
    return 1 if result["errors"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="records (default: 10000)")
    parser.add_argument("--small", type=int, help="records for growth (default: a fifth)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--stock", action="store_true", help="stock MkDocs + Material too")
    parser.add_argument("--verify", action="store_true", help="compare edits with clean builds")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, by comma")
    parser.add_argument("--readme", action="store_true", help="put the last table in the README")
    arguments = parser.parse_args()
    arguments.small = arguments.small or max(50, arguments.n // 5)
    arguments.only = arguments.only.split(",")
    if unknown := set(arguments.only) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    return arguments


class Bench:
    """One run: a section that fails is noted, and the next one goes on."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._to = arguments
        self._errors: dict[str, str] = {}
        self._site = CACHE / f"full-{arguments.n}" / "SIL-Wissensspeicher" / "site"

    def run(self) -> Result:
        to = self._to
        result: Result = {
            "n": to.n,
            "small": to.small,
            "runs": to.runs,
            "command": _command(to),
            "state": state(),
            "versions": {},
            "errors": self._errors,
        }
        self._corpus = make_corpus(CACHE, to.n, say)
        sections: dict[str, Callable[[], Result]] = {
            "full": self._full,
            "edits": lambda: edited_builds(self._corpus, CACHE / "edits", to.runs, say, verify=to.verify),
            "serve": lambda: served_edits(self._corpus, CACHE / "serve", to.runs, say),
            "search": self._search,
            "pages": self._pages,
        }  # fmt: skip
        for name in to.only:
            say(f"— {name}")
            try:
                found = sections[name]()
            except Exception as error:  # one broken section must not cost the others
                traceback.print_exc()
                self._errors[name] = str(error).strip().splitlines()[0]
                continue
            result.update(found if name == "full" else {name: found})
        return result

    def _full(self) -> Result:
        to = self._to
        entrants = contestants(CACHE, stock=to.stock)
        try:
            install.install(CACHE)
            versions = install.versions(CACHE)
        except install.Missing as error:
            self._errors["rivals"] = str(error)
            versions = {}
            entrants = [entrant for entrant in entrants if entrant.name == OURS]
        sizes = {to.small: make_corpus(CACHE, to.small, say), to.n: self._corpus}
        full = {
            str(n): full_builds(entrants, corpus, CACHE / f"full-{n}", to.runs, say)
            for n, corpus in sizes.items()
        }
        sizes_of = full[str(to.small)], full[str(to.n)], to.small, to.n
        return {
            "versions": versions,
            "full": full,
            "growth": growth(*sizes_of),
            "per_record": per_record(*sizes_of),
        }

    def _own_site(self) -> Path:
        """The site of the full builds, or a new one."""
        if "full" not in self._to.only or not self._site.is_dir():
            ours = contestants(CACHE, stock=False)[0]
            full_builds([ours], self._corpus, CACHE / f"full-{self._to.n}", 1, say)
        return room_of(CACHE / f"full-{self._to.n}", contestants(CACHE, stock=False)[0]) / "site"

    def _search(self) -> Result:
        return searching.search_figures(self._own_site(), self._queries(), CACHE)

    def _pages(self) -> Result:
        typed = [query["q"] for query in self._queries()[:6]]
        return pages.page_figures(self._own_site(), typed, self._to.runs)

    def _queries(self) -> list[Result]:
        return searching.known_items(self._corpus)


def _command(to: argparse.Namespace) -> str:
    words = ["make bench", f"N={to.n}", f"RUNS={to.runs}"]
    words += ["STOCK=1"] * to.stock + ["VERIFY=1"] * to.verify
    words += [f"ONLY={','.join(to.only)}"] * (tuple(to.only) != SECTIONS)
    return " ".join(words)


def say(text: str) -> None:
    """Progress, on stderr: stdout is the table's."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Who builds: how each generator is prepared (not timed) and called (timed)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.bench.corpus.words import ROOT
from tools.bench.process import Usage, environment, measure
from tools.bench.rivals import install
from tools.bench.rivals.convert import convert

BIN = Path(sys.executable).parent
WISSEN = str(BIN / "wissen")
OURS = "SIL-Wissensspeicher"
STOCK = "MkDocs + Material"
RIVALS = Path(install.__file__).parent


@dataclass(frozen=True, slots=True)
class Contestant:
    """One generator.  `prepare(corpus, room)` lays out its project in a folder of its own;
    `command(room, out)` builds it."""

    name: str
    search: bool
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path, Path], list[str]]

    def build(self, room: Path, out: Path) -> Usage:
        """One clean build into an empty folder."""
        shutil.rmtree(out, ignore_errors=True)
        for name in ("cache", ".cache"):
            shutil.rmtree(room / name, ignore_errors=True)
        return measure(self.command(room, out), room / "build.log", cwd=room)


@cache
def cache_option(command: str = "build") -> str | None:
    """The option of `wissen COMMAND` that names its cache folder, if it has one."""
    said = subprocess.run(
        [WISSEN, command, "--help"], capture_output=True, text=True, env=environment()
    ).stdout
    found = re.search(r"--cache(?:-dir)?(?= )", said)
    return found[0] if found else None


def wissen_build(content: Path, site: Path, cached: Path) -> list[str]:
    """The call that builds a wiki of ours.  Without the option, its caches are in .cache/ where it runs."""
    option = cache_option()
    command = [WISSEN, "build", "--content", str(content), "--site-dir", str(site)]
    command += ["-f", str(ROOT / "mkdocs.yml")]
    return [*command, option, str(cached)] if option else command


def contestants(installed: Path, *, stock: bool) -> list[Contestant]:
    """Ours first, then whoever is installed."""
    node = shutil.which("node") or "node"
    found = [
        Contestant(OURS, True, _copy, lambda room, out: wissen_build(room / "content", out, room / "cache")),
        Contestant(
            "Eleventy", False, _prepare_eleventy,
            lambda _, out: [node, str(install.eleventy(installed)), f"--output={out}"],
        ),
        Contestant(
            "Hugo", False, _prepare_hugo,
            lambda room, out: [str(install.hugo(installed)), "--destination", str(out), "--cacheDir", str(room / "cache"), "--noBuildLock", "--quiet"],
        ),
    ]  # fmt: skip
    if stock:
        found.append(
            Contestant(STOCK, True, _prepare_stock, lambda _, out: [str(BIN / "mkdocs"), "build", "--quiet", "--site-dir", str(out)])
        )  # fmt: skip
    return found


def _copy(corpus: Path, room: Path) -> None:
    """Ours reads the corpus as it is, and links are refused: a copy."""
    shutil.copytree(corpus, room / "content")


def _prepare_eleventy(corpus: Path, room: Path) -> None:
    shutil.copytree(RIVALS / "eleventy", room, dirs_exist_ok=True)
    convert(corpus, room / "content")


def _prepare_hugo(corpus: Path, room: Path) -> None:
    shutil.copytree(RIVALS / "hugo", room, dirs_exist_ok=True)
    convert(corpus, room / "content")


def _prepare_stock(corpus: Path, room: Path) -> None:
    shutil.copytree(RIVALS / "stock", room, dirs_exist_ok=True)
    convert(corpus, room / "docs")
    (room / "docs" / "index.md").write_text("# Wissensspeicher\n", encoding="utf-8")

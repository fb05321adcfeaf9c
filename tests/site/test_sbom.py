"""`make sbom`: every locked package stands in it, and the same lock file gives the same bytes."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from tests.site.sites import ROOT


def sbom() -> str:
    command = re.search(r"-m cyclonedx_py (requirements .*?)\n\t@echo", _makefile(), re.S)
    assert command
    words = command[1].replace("\\\n", " ").replace("build/sbom.cdx.json", "-").split()
    call = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *words]
    return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_locked_package_is_listed() -> None:
    text = sbom()
    data = json.loads(text)
    assert data["bomFormat"] == "CycloneDX"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\\n]+)", lock, re.M | re.I))
    assert len(locked) > 30
    assert {c["name"]: c["version"] for c in data["components"]} == locked
    assert all(c["purl"].startswith("pkg:pypi/") for c in data["components"])
    assert sbom() == text

"""`make sbom`: every locked package stands in it with its licence, and what the theme ships of others."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.site.sites import ROOT
from tools import sbom


@cache
def made() -> str:
    return sbom.bill()


def components(prefix: str) -> list[dict[str, Any]]:
    return [c for c in json.loads(made())["components"] if c["bom-ref"].startswith(prefix)]


def licences(component: dict[str, Any]) -> str:
    """The licences of a component, as one text."""
    said = [e.get("expression") or e["license"].get("id") for e in component.get("licenses", [])]
    return " ".join(filter(None, said))


def test_it_is_valid_and_the_same_again() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made()) is None
    assert sbom.bill() == made()
    assert json.loads(made())["metadata"]["component"]["licenses"][0]["license"]["id"] == "EUPL-1.2"


def test_every_locked_package_is_listed() -> None:
    found = components("requirements")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\\n]+)", lock, re.M | re.I))
    assert len(locked) > 30
    assert {c["name"]: c["version"] for c in found} == locked
    assert all(c["purl"].startswith("pkg:pypi/") for c in found)


def test_every_package_says_its_licence() -> None:
    unknown = [c["name"] for c in components("requirements") if not licences(c)]
    assert unknown == []
    said = {c["name"]: licences(c) for c in components("requirements")}
    assert said["mkdocs-material"] == "MIT"
    assert said["asyncssh"] == "EPL-2.0 OR GPL-2.0-or-later"
    assert said["jinja2"] == "BSD-3-Clause"  # its classifier only says BSD
    assert said["pathspec"] == "MPL-2.0"  # from its classifier


def test_what_the_theme_ships_is_listed() -> None:
    """Each row of THIRD_PARTY.md, and the places that it names are there."""
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    found = components("shipped-")
    assert len(found) == len(rows) >= 7
    assert {c["name"]: licences(c) for c in found}["Fira Sans"] == "OFL-1.1"
    assert all(licences(c) for c in found)
    places = [p["value"] for c in found for p in c["properties"] if p["name"] == "place"]
    paths = [
        p
        for place in places
        for p in place.split(", ")
        if p.startswith(("theme/", "generator/", "content/"))
    ]
    assert len(paths) > 4
    assert [p for p in paths if not (ROOT / p).exists()] == []


def test_nothing_of_others_is_forgotten() -> None:
    """Every file of the theme with a foreign notice, and every font, is covered by a row."""
    covered = [p for c in components("shipped-") for p in c["properties"][0]["value"].split(", ")]
    suspects = [
        f for f in (ROOT / "theme").rglob("*") if f.suffix in (".woff2", ".ttf", ".png", ".ico")
    ]
    for file in (ROOT / "theme").rglob("*"):
        if file.suffix in (".js", ".css") and re.search(
            rb"@license|Copyright|\(c\) 20", file.read_bytes()
        ):
            suspects.append(file)
    names = [f.relative_to(ROOT).as_posix() for f in suspects]
    assert any(n.endswith(".woff2") for n in names)
    assert [n for n in names if not any(n.startswith(c) for c in covered)] == []


@pytest.mark.parametrize(
    ("row", "name", "licence"),
    [
        ("| Ding, © Wer | `theme/x/` | MIT |", "Ding", "MIT"),
        ("| `paket`: Daten | y | OFL-1.1 (text: z) |", "paket", "OFL-1.1"),
    ],
)
def test_rows(row: str, name: str, licence: str) -> None:
    (component,) = sbom.shipped(f"| What | Where | Licence |\n|---|---|---|\n{row}\n")
    assert (component["name"], licences(component)) == (name, licence)

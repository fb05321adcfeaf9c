"""The bill of materials of the generator and of the sites that it builds, as CycloneDX: `make sbom`.

Packages come from the lock file (`cyclonedx_py`), with their licences as the installed packages state
them; what is shipped of others in the theme and in every site comes from THIRD_PARTY.md.  The same files
give the same bytes, and what does not fit the schema of CycloneDX is not written.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, files, metadata
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

ROOT = Path(__file__).resolve().parents[1]
LOCK, OURS, OTHERS = "requirements.lock", "pyproject.toml", "THIRD_PARTY.md"
_CLASSIFIER = "License :: OSI Approved :: "
# What packages write where an SPDX expression belongs.
_SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
}
_ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<where>[^|]+) \| (?P<licence>[^|]+) \|$", re.M)
_EXPRESSION = re.compile(r"^[A-Za-z0-9.+-]+")


def bill() -> str:
    """The whole bill as JSON text; raises ValueError if it does not fit the schema."""
    command = [
        sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON",
        "--pyproject", OURS, "--mc-type", "application", "-o", "-", LOCK,
    ]  # fmt: skip
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    data: dict[str, Any] = json.loads(made)
    for component in data["components"]:
        if licence := licence_of(component["name"]):
            component["licenses"] = [licence]
    data["components"] += shipped((ROOT / OTHERS).read_text(encoding="utf-8"))
    data["components"].sort(key=lambda c: c["bom-ref"])
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"no valid CycloneDX: {str(wrong)[:500]}")
    return text


def licence_of(package: str) -> dict[str, Any] | None:
    """The licence that a package states; None if it is not installed here (for other systems)."""
    try:
        stated = metadata(package)
    except PackageNotFoundError:
        return None
    for said in (stated.get("License-Expression"), stated.get("License")):
        if said and (expression := _expression(said)):
            return _entry(expression)
    names = [c.removeprefix(_CLASSIFIER) for c in _classifiers(stated)]
    known = [_bsd(package) if name == "BSD License" else _SPDX.get(name, "") for name in names]
    known = [name for name in known if name]
    if known:
        return _entry(" OR ".join(known))
    return {"license": {"name": next(iter(names), None) or "see the package"}}


def _bsd(package: str) -> str:
    """Which of the two: its classifier does not say, its text does."""
    for file in files(package) or ():
        if re.search(r"licen[cs]e|copying", file.name, re.I) and (path := Path(str(file.locate()))).is_file():  # fmt: skip
            text = path.read_text(encoding="utf-8", errors="replace")
            if "Redistribution" in text:
                return "BSD-3-Clause" if re.search(r"[Nn]either\s+the\s+name", text) else "BSD-2-Clause"  # fmt: skip
    return ""


def _classifiers(stated: PackageMetadata) -> list[str]:
    return [c for c in stated.get_all("Classifier") or [] if c.startswith(_CLASSIFIER)]


def _expression(said: str) -> str:
    """As an SPDX expression, or "" if it is none."""
    try:
        return str(canonicalize_license_expression(_SPDX.get(said.strip(), said.strip())))
    except InvalidLicenseExpression:
        return ""


def _entry(expression: str) -> dict[str, Any]:
    if " " in expression:
        return {"expression": expression}
    return {"license": {"id": expression}}


def shipped(table: str) -> list[dict[str, Any]]:
    """The rows of THIRD_PARTY.md: fonts, colours, icons, scripts and data of others."""
    components = []
    for row in _ROW.finditer(table):
        licence = _EXPRESSION.match(row["licence"])
        if row["what"] in ("What", "---") or licence is None:
            continue
        name = re.split(r"[,:(]", row["what"], maxsplit=1)[0].replace("`", "").strip()
        properties = [{"name": "place", "value": row["where"].replace("`", "").strip()}]
        rest = row["licence"][licence.end() :].strip(" ;,")
        if rest:
            properties.append({"name": "licence note", "value": rest.replace("`", "")})
        is_data = not re.search(r"\.(?:js|py)\b|every built site", row["where"])
        components.append(
            {
                "type": "data" if is_data else "library",
                "bom-ref": f"shipped-{re.sub('[^a-z0-9]+', '-', name.casefold()).strip('-')}",
                "name": name,
                "description": row["what"].replace("`", "").strip(),
                "licenses": [_entry(_expression(licence[0]) or licence[0])],
                "properties": properties,
            }
        )
    return components


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill(), encoding="utf-8", newline="\n")
    print(target)

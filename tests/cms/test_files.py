"""How the CMS reads and writes files: whatever was not changed keeps every byte."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from generator.exports.cms.bundle import Bundle
from generator.records.types import FOLDERS
from tests.formular.helpers import CHECKING, SCRIPTS, data_script
from tests.site.sites import CONTENT, COUNTY

HEAD = """---
# Ein Kommentar am Anfang
typ: begriff   # bleibt
titel: "Muster"

# gehört zum Stand
stand: 2026-03-31
intern: {aktenzeichen: 10-24}
quellen:
  - {titel: Bericht, art: presse}
---

Text.
"""


@pytest.fixture(scope="module")
def module(bundle: Bundle) -> str:
    file = bundle.folder.parent / "cms-werkstatt" / "dateiform.mjs"
    if not file.is_file() or not shutil.which("node"):
        pytest.skip("the workshop of the CMS is gone: rm -r .cache/redaktion, make cms")
    return str(file)


def written(module: str, files: list[tuple[str, str, dict[str, Any]]]) -> list[str]:
    request = {
        "scripts": [str(SCRIPTS / f"{name}.js") for name in CHECKING],
        "data": data_script(),
        "module": module,
        "files": files,
    }
    done = subprocess.run(
        ["node", "tests/cms/in_node.mjs"],
        input=json.dumps(request),
        cwd=SCRIPTS.parents[3],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def test_every_record_unchanged_is_the_same_file(module: str) -> None:
    paths = [p for root in (COUNTY, CONTENT) for folder in FOLDERS for p in (root / folder).rglob("*.*")]  # fmt: skip
    texts = [p.read_text("utf-8") for p in paths]
    assert len(paths) > 100
    files = [(p.name, text, {}) for p, text in zip(paths, texts, strict=True)]
    for path, before, after in zip(paths, texts, written(module, files), strict=True):
        assert after.strip() == before.strip(), path


def test_comments_and_unknown_fields_stay(module: str) -> None:
    changes = {"titel": "Neu", "quellen": [{"titel": "Bericht", "art": "presse", "datum": "2026-10"}]}  # fmt: skip
    (after,) = written(module, [("muster.md", HEAD, changes)])
    lines = after.splitlines()
    for kept in ("# Ein Kommentar am Anfang", "typ: begriff   # bleibt", "# gehört zum Stand", "intern: {aktenzeichen: 10-24}"):  # fmt: skip
        assert kept in lines
    assert "titel: Neu" in lines
    assert "2026-10" in after and after.endswith("\nText.\n")

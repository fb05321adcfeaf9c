"""Blanks of the imprint and the like: told with their place by `wissen check`, and before they go online."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.records.blanks import blanks_in, blanks_of_page
from tests.helpers import Folder
from tests.publish.helpers import files_of, write_site
from tests.site.conftest import Call

IMPRINT = """---
title: Impressum
---

# Impressum

> Vorlage. Offene Stellen sind mit **[bitte ergänzen]** gekennzeichnet.

| Angabe | Eintrag |
|---|---|
| Anschrift | **[bitte ergänzen]** |

Kontakt: **[bitte ergänzen: Funktionspostfach]**
"""


def test_check_names_each_blank(call: Call, folder: Folder) -> None:
    (folder.root / "impressum.md").write_text(IMPRINT, encoding="utf-8")
    answer = call("check", "--content", folder.root)
    assert answer.code == 0
    assert [line.partition("impressum.md:")[2] for line in answer.out.splitlines() if "[luecke]" in line] == [
        "7:38: Hinweis [luecke]: Dieser Kasten sagt, dass die Seite noch nicht fertig ist. Bitte löschen, wenn alles ausgefüllt ist.",
        "11:17: Hinweis [luecke]: Hier fehlt noch eine Angabe: Anschrift. Bitte vor der Veröffentlichung ausfüllen.",
        "13:12: Hinweis [luecke]: Hier fehlt noch eine Angabe: Funktionspostfach. Bitte vor der Veröffentlichung ausfüllen.",
    ]  # fmt: skip
    said = json.loads(call("check", "--content", folder.root, "--format", "gitlab").out)
    assert {p["check_name"] for p in said} >= {"luecke"}


@pytest.mark.parametrize("page", ["impressum/index.html", "impressum.html"])
def test_publish_warns_and_goes_on(call: Call, tmp_path: Path, page: str) -> None:
    blanks = "<p>[bitte ergänzen]</p><p><strong>[bitte ergänzen: E-Mail]</strong></p>"
    files = files_of("eins", {"a": "[bitte ergänzen] in einem Eintrag"}, public=True)
    write_site(tmp_path / "site", {**files, page: blanks.encode(), "b/c/index.html": blanks.encode()})  # fmt: skip
    for more in (["--dry-run"], []):
        answer = call("publish", "./ziel", *more)
        assert answer.code == 0
        assert answer.err.startswith("Warnung: 3 Angaben fehlen noch, auf ")
        assert "„impressum“ (2)" in answer.err
        assert "wissen check" in answer.err
    assert (tmp_path / "ziel" / page).is_file()


def test_a_public_wiki_needs_an_imprint(call: Call, tmp_path: Path) -> None:
    write_site(tmp_path / "site", files_of("eins", {"a": "x"}, public=True))
    assert "hat kein Impressum" in call("publish", "./ziel").err
    write_site(tmp_path / "intern", files_of("eins", {"a": "x"}))
    assert call("publish", "./anders", "--site-dir", "intern").err == ""


@pytest.mark.parametrize(
    "text", ["bitte ergänzen", "[ergänzen](x.md)", "Bitte ergänzen Sie [hier](y)"]
)
def test_other_words_are_no_blanks(text: str) -> None:
    assert list(blanks_in(text)) == []
    assert blanks_of_page(f"<p>{text}</p>") == 0

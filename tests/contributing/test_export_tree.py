"""`wissen export markdown|csv|json`: the whole wiki for others, with links that lead somewhere."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from pathlib import Path

import pytest

from generator.catalogue.catalogue import build_catalogue
from generator.exports.markdown_tree import markdown_tree
from generator.records.tree import read_tree
from tests.helpers import DAY
from tests.site.conftest import Call
from tests.site.sites import CONTENT, COUNTY


@pytest.mark.parametrize("root", [COUNTY, CONTENT], ids=["musterkreis", "steinfurt"])
def test_every_link_leads_to_a_file_of_the_tree(root: Path) -> None:
    catalogue = build_catalogue(read_tree(root), DAY)
    tree = dict(markdown_tree(catalogue, root))
    assert {f"{r.ordner}/{r.id}.md" for r in catalogue.records.values()} <= tree.keys()
    for path, data in tree.items():
        if not path.endswith(".md"):
            continue
        for href in re.findall(
            r"(?<!\\)\]\(([^)\s]+)", re.sub(r"```.*?```", "", data.decode(), flags=re.S)
        ):
            if (
                re.match(r"[a-z]+:|#", href)
                or "felder/" in href
                or href.split("?")[0].endswith("/")
            ):
                continue  # elsewhere, or a page that only this generator makes
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), href.split("#")[0]))
            assert target in tree, f"{path}: {href}"


def test_a_page_says_it_all_in_words() -> None:
    catalogue = build_catalogue(read_tree(COUNTY), DAY)
    page = dict(markdown_tree(catalogue, COUNTY))[
        "bewertungen/terminvergabe-terminblick-2026.md"
    ].decode()
    assert page.startswith('---\ntitle: "Terminvergabe mit Muster-Terminblick, Prüfung 2026"\n')
    assert "- **Verdikt:** Empfohlen" in page
    assert "- **Gegenstand:** [Muster-Terminblick](../loesungen/muster-terminblick.md)" in page
    assert "| Kennung | Punkte | Begründung | Nachweis |" in page
    assert "- **Nutzwert:** " in page
    assert "Kanarienvogel" not in page  # internal fields are no concern of others


def test_commands(call: Call, county: Path, tmp_path: Path) -> None:
    assert call("export", "markdown", "--public", "-o", "baum").code == 0
    text = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "baum").rglob("*.md"))
    assert "Kanarienvogel" not in text
    assert call("export", "markdown", "-o", "baum").code == 2
    assert call("export", "csv", "-o", "t.csv").code == 0
    rows = list(
        csv.reader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig")), delimiter=";")
    )
    assert rows[0][:2] == ["id", "typ"]
    assert call("export", "json", "--public", "-o", "t.json").code == 0
    data = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert data["records"]
    assert not any(r["vertraulichkeit"] != "oeffentlich" for r in data["records"])

"""`wissen links` and `wissen build --strict` as people call them."""

from __future__ import annotations

import json
from pathlib import Path

from tests import helpers
from tests.site.conftest import Call

DEAD = "http://127.0.0.1:9/weg"


def content(tmp_path: Path) -> Path:
    folder = helpers.Folder(tmp_path / "inhalt")
    source = {"titel": "Bericht", "art": "strategie", "url": DEAD}
    folder.add("bewertung", "terminals", quellen=[source])
    return folder.root


def test_unreachable_sources_are_reported_and_stop_nothing(call: Call, tmp_path: Path) -> None:
    content(tmp_path)
    answer = call("links", "--content", "inhalt", "--timeout", "2")
    assert answer.code == 0
    assert answer.out.startswith("inhalt/bewertungen/terminals.md:")
    assert "Hinweis [quelle-unklar]" in answer.out
    assert "liegt im eigenen Netz" in answer.out
    assert "0 tote Quellen, 1 Hinweis." in answer.err
    again = call("links", "--content", "inhalt", "--format", "json")
    assert json.loads(again.out)["probleme"][0]["code"] == "quelle-unklar"
    assert again.err == ""


def test_strict_builds_check_the_finished_site(call: Call, tmp_path: Path) -> None:
    content(tmp_path)
    arguments = ("build", "--content", "inhalt", "--site-dir", "site", "--strict")
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert "Alle Links, Anker und Bilder im Wiki führen zum Ziel." in answer.out
    page = tmp_path / "inhalt/seite.md"
    page.write_text("# Seite\n\n[dort](seite.md#nirgends)\n", encoding="utf-8")
    answer = call(*arguments)
    assert answer.code == 1
    assert "site/seite/index.html:" in answer.out
    assert "[link-anker]" in answer.out
    assert answer.err == "1 Link führt im Wiki ins Leere.\n"
    assert call("links", "--site-dir", "site").code == 1


def test_a_folder_without_a_wiki(call: Call, tmp_path: Path) -> None:
    answer = call("links", "--site-dir", ".")
    assert answer.code == 2
    assert "liegt kein fertiges Wiki" in answer.err

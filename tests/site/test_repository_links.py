"""Links into the repository: edit, report, and what there is without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.repository import edit_prefix, report_prefix, repository_of
from generator.records.settings import Wiki, read_settings
from tests.helpers import Folder
from tests.site.conftest import Call

GITLAB = "https://gitlab.opencode.de/kreis/wissen"


@pytest.mark.parametrize(
    ("settings", "edit", "report"),
    [
        ({"repository": "https://github.com/kreis/wissen.git"}, "https://github.com/kreis/wissen/edit/main/content/", "https://github.com/kreis/wissen/issues/new?title=Fehler%20im%20Eintrag%20"),
        ({"repository": f"{GITLAB}/", "repository_zweig": "haupt/zweig"}, f"{GITLAB}/-/edit/haupt/zweig/content/", f"{GITLAB}/-/issues/new?issue%5Btitle%5D=Fehler%20im%20Eintrag%20"),
        ({"repository": "https://codeberg.org/kreis/wissen", "repository_ordner": "."}, "https://codeberg.org/kreis/wissen/_edit/main/", "https://codeberg.org/kreis/wissen/issues/new?title=Fehler%20im%20Eintrag%20"),
        ({"repository": "https://code.kreis.example/w", "repository_art": "gitea", "repository_ordner": "/wiki/inhalt/"}, "https://code.kreis.example/w/_edit/main/wiki/inhalt/", "https://code.kreis.example/w/issues/new?title=Fehler%20im%20Eintrag%20"),
        ({"kontakt": "wissen@kreis.example"}, "", "mailto:wissen@kreis.example?subject=Fehler%20im%20Eintrag%20"),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_the_beginnings_of_the_links(settings: dict[str, str], edit: str, report: str) -> None:
    wiki = Wiki(**settings)  # type: ignore[arg-type]
    assert (edit_prefix(wiki), report_prefix(wiki)) == (edit, report)


def test_an_unknown_kind_is_reported(tmp_path: Path) -> None:
    (tmp_path / "wiki.yml").write_text("repository: https://x.example/y\nrepository_art: gitlap\n")
    settings, problems = read_settings(tmp_path, "wiki.yml")
    assert [p.message[:48] for p in problems] == [
        "„gitlap“ ist keine bekannte Art. Meinten Sie „gi"
    ]
    assert repository_of(settings) is None


def test_record_pages_link_to_their_own_file(call: Call, folder: Folder, tmp_path: Path) -> None:
    folder.file("wiki.yml", f"repository: {GITLAB}\nkontakt: wissen@kreis.example\n")
    folder.add("bewertung", "termine")
    (folder.root / "bewertungen/2026").mkdir()
    (folder.root / "bewertungen/termine.md").rename(folder.root / "bewertungen/2026/termine.md")
    folder.add("begriff", "wort", suffix=".yml")
    site = tmp_path.parent / f"{tmp_path.name}-site"
    answer = call("build", "--content", folder.root, "--site-dir", site)
    assert answer.code == 0, answer.out + answer.err
    page = (site / "bewertungen/termine/index.html").read_text(encoding="utf-8")
    assert (
        f'<a href="{GITLAB}/-/edit/main/content/bewertungen/2026/termine.md">Bearbeiten</a>' in page
    )
    assert (
        '<a href="../../mitmachen/formular/?uebernahme=bewertungen/2026/termine.md">Übernommen!</a>'
        in page
    )
    assert "Fehler%20im%20Eintrag%20termine" in page
    page = (site / "glossar/wort/index.html").read_text(encoding="utf-8")
    assert "content/glossar/wort.yml" in page
    assert "uebernahme" not in page
    data = (site / "daten/formular/felder.js").read_text(encoding="utf-8")
    assert (
        f'"repository":{{"adresse":"{GITLAB}","art":"gitlab","zweig":"main","ordner":"content"}}'
        in data
    )

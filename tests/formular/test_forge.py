"""Where the form sends people: the pages of GitHub, GitLab and Gitea, and how much fits into a link."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from generator.pages.repository import edit_prefix, repository_of
from generator.records.settings import Wiki
from tests.formular.helpers import has_node, in_node

pytestmark = pytest.mark.skipif(not has_node(), reason="needs node")

GITHUB = Wiki(repository="https://github.com/kreis/wissen")
GITLAB = Wiki(repository="https://gitlab.opencode.de/kreis/wissen", repository_zweig="haupt")
GITEA = Wiki(repository="https://codeberg.org/kreis/wissen", repository_ordner=".")
TEXT = "---\ntyp: begriff\ntitel: Größe & Maß #1\n---\n"


def test_addresses_of_the_forges() -> None:
    wikis = [{"repository": (r := repository_of(w)) and r.plain} for w in (GITHUB, GITLAB, GITEA)]
    found = in_node(forge=[[w, TEXT] for w in wikis] + [[{"repository": None}, TEXT], [wikis[0], "ä" * 2000]])["forge"]  # fmt: skip
    for wiki, (edit, _, _) in zip((GITHUB, GITLAB, GITEA), found[:3], strict=True):
        assert edit == f"{edit_prefix(wiki)}bewertungen/2026/a%20b.md"
    (_, github, filled), (_, gitlab, gitlab_filled), (_, gitea, _), nothing, (_, long, fits) = found
    assert github.startswith("https://github.com/kreis/wissen/new/main/content/bewertungen?")
    assert parse_qs(urlsplit(github).query) == {"filename": ["x.md"], "value": [TEXT]}
    assert filled
    assert (
        gitlab
        == "https://gitlab.opencode.de/kreis/wissen/-/new/haupt/content/bewertungen?file_name=x.md"
    )
    assert not gitlab_filled, "GitLab takes no text: the form copies it"
    assert gitea.startswith("https://codeberg.org/kreis/wissen/_new/main/bewertungen?filename=x.md&value=")  # fmt: skip
    assert nothing is None
    assert not fits
    assert long == "https://github.com/kreis/wissen/new/main/content/bewertungen?filename=x.md"

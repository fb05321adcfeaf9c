"""The links of a finished site: whatever leads nowhere is found, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.linkcheck.site import check_site
from tests.site.sites import SITE_URL, built


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>"


def site(root: Path, **pages: str) -> Path:
    (root / "bild.png").write_bytes(b"")
    (root / "index.html").write_text(page('<h1 id="oben">Start</h1>'), encoding="utf-8")
    for name, body in pages.items():
        file = root / name / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(body), encoding="utf-8")
    return root


def codes(root: Path, site_url: str = "") -> list[str]:
    return [p.code for p in check_site(root, "site", site_url)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../">Start</a>',
        '<a href="../#oben">Start</a>',
        '<a href="../index.html">Start</a>',
        '<a href="#da">x</a><p id="da">',
        '<a name="alt"></a><a href="#alt">x</a>',
        '<a href="#top">x</a>',
        '<a href="?q=x#">x</a>',
        '<a href="./">x</a>',
        '<a href="https://anderswo.example/nichts">x</a>',
        '<a href="mailto:stelle@kreis.example">x</a>',
        '<img src="../bild.png" srcset="../bild.png 2x">',
        '<img src="data:image/png;base64,AAAA">',
        '<a href="../%62ild.png">x</a>',
        "<p>kein Link: href=&quot;nichts/&quot;</p><code>&lt;a href='nichts'&gt;</code>",
    ],
)
def test_what_leads_somewhere_is_fine(tmp_path: Path, body: str) -> None:
    assert codes(site(tmp_path, seite=body)) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<a href="nichts/">x</a>', "link-tot"),
        ('<a href="../nichts.html">x</a>', "link-tot"),
        ('<img src="nichts.png">', "link-tot"),
        ('<img src="../bild.png" srcset="nichts.png 2x">', "link-tot"),
        ('<script src="nichts.js"></script>', "link-tot"),
        ('<form action="nichts/"></form>', "link-tot"),
        ('<a href="../#unten">x</a>', "link-anker"),
        ('<a href="#unten">x</a>', "link-anker"),
        ('<a href="../andere">x</a>', "link-ordner"),
        ('<a href="/index.html">x</a>', "link-wurzel"),
        ('<a href="../../draussen.html">x</a>', "link-hinaus"),
        ('<a href="javascript:alert(1)">x</a>', "link-skript"),
        ('<a href="http://[::1">x</a>', "link-adresse"),
        ('<meta http-equiv="refresh" content="0; url=nichts/">', "link-tot"),
        ('<meta http-equiv="refresh" content="0; url=../weiter/">', "link-kette"),
    ],
)
def test_what_leads_nowhere_is_found(tmp_path: Path, body: str, code: str) -> None:
    further = '<meta http-equiv="refresh" content="0; url=../">'
    assert codes(site(tmp_path, seite=body, andere="x", weiter=further)) == [code]


def test_styles_count_too(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "a.css").write_text("a{background:url(bild.png)} b{src:url('nichts.woff2')}")
    assert codes(root) == ["link-tot"]


def test_own_addresses_are_followed(tmp_path: Path) -> None:
    root = site(
        tmp_path, seite=f'<a href="{SITE_URL}nichts/">x</a><a href="{SITE_URL}seite/">x</a>'
    )
    assert codes(root, SITE_URL) == ["link-tot"]
    assert codes(root) == []


def test_the_place_is_told(tmp_path: Path) -> None:
    (problem,) = check_site(site(tmp_path, seite='\n\n<a href="nichts/">x</a>'), "site")
    assert str(problem) == (
        "site/seite/index.html:3:1: Fehler [link-tot]: Der Link „nichts/“ führt ins Leere: "
        "seite/nichts/index.html gibt es nicht."
    )


@pytest.mark.parametrize(
    "name", ["kreis", "muster", "muster-oeffentlich", "muster-dateien", "golden"]
)
def test_our_sites_have_no_broken_link(name: str) -> None:
    assert [str(p) for p in check_site(built(name), name)] == []


def test_our_site_with_an_address_has_none_either() -> None:
    assert [str(p) for p in check_site(built("muster-adresse"), "x", SITE_URL)] == []


def test_a_lost_page_is_noticed_wherever_it_is_named(tmp_path: Path) -> None:
    """Take one record's page away: everything that leads there is reported, the API too."""
    root = shutil.copytree(built("muster"), tmp_path / "site")
    ident = "chatbot-internetseite-2024"
    shutil.rmtree(root / "bewertungen" / ident)
    found = check_site(root, "site")
    naming = {
        f.relative_to(root).as_posix()
        for f in root.rglob("*.html")
        if re.search(rf'href="[^"]*{ident}/[#"]', f.read_text(encoding="utf-8"))
    }
    assert naming
    assert {p.path.removeprefix("site/") for p in found} == naming | {"api/v1/records.json"}

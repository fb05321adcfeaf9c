"""Every page of the finished sites: complete, linked, small, one per record."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.pages.parts import MOST
from generator.records.types import TYPES
from tests.site.htmlfacts import broken_links
from tests.site.sites import SITE_URL, built, facts

EVERY = ("kreis", "kreis-dateien", "muster", "muster-dateien", "muster-oeffentlich")


@pytest.fixture(params=EVERY)
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def records(site: str) -> list[dict[str, str]]:
    api = json.loads((built(site) / "api/v1/records.json").read_text(encoding="utf-8"))
    found: list[dict[str, str]] = api["records"]
    return found


def all_files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_every_link_leads_somewhere(site: str) -> None:
    assert list(broken_links(facts(site), all_files(built(site)))) == []


def test_a_site_of_files_never_links_to_a_folder() -> None:
    """Opened from a disk, a link to a folder shows a listing, not the page."""
    wrong = {
        (path, address)
        for site in ("kreis-dateien", "muster-dateien")
        for path, page in facts(site).items()
        if path != "404.html"
        for _, address in page.addresses
        if "://" not in address and address.partition("?")[0].partition("#")[0].endswith(("/", "."))
    }
    assert wrong == set()


def test_every_page_says_what_it_is(site: str) -> None:
    for path, page in facts(site).items():
        assert page.lang == "de", path
        assert page.title, path
        assert page.refresh or page.description, f"{path}: no description"
        h1 = [text for tag, text in page.headings if tag == "h1"]
        assert page.refresh or (len(h1) == 1 and h1[0]), f"{path}: h1 {h1}"


def test_ids_are_unique_on_a_page(site: str) -> None:
    twice = {p: [i for i, n in Counter(f.ids).items() if n > 1] for p, f in facts(site).items()}
    assert {p: ids for p, ids in twice.items() if ids} == {}


def test_heading_levels_do_not_jump(site: str) -> None:
    jumps = []
    for path, page in facts(site).items():
        level = 0
        for tag, text in page.headings:
            if int(tag[1]) > level + 1:
                jumps.append(f"{path}: {tag} „{text}“ after level {level}")
            level = int(tag[1])
    assert jumps == []


def test_titles_are_unique(site: str) -> None:
    """Open tabs and bookmarks are told apart by their titles."""
    titles = Counter(page.title for path, page in facts(site).items() if not page.refresh)
    assert [t for t, n in titles.items() if n > 1] == []


def test_pages_stay_small(site: str) -> None:
    sizes = {
        p.relative_to(built(site)).as_posix(): p.stat().st_size for p in built(site).rglob("*.html")
    }
    assert {path: size for path, size in sizes.items() if size > MOST} == {}


def test_every_record_has_its_page(site: str) -> None:
    folders = not site.endswith("-dateien")
    for record in records(site):
        ident, typ = record["id"], record["typ"]
        folder = TYPES[typ].ordner
        assert record["url"] == (f"{folder}/{ident}/" if folders else f"{folder}/{ident}.html")
        page = facts(site)[f"{folder}/{ident}/index.html" if folders else f"{folder}/{ident}.html"]
        assert page.all("data-record-id") == [ident]
        assert page.all("data-typ") == [typ]
        validity = page.one("data-gueltigkeit")
        assert validity, f"{ident}: no validity"
        assert validity[0] == record["gueltigkeit"]
        assert validity[1], f"{ident}: validity not in words"
        verdict = page.one("data-verdikt")
        if typ == "bewertung" and record["pruefstatus"] == "abgeschlossen":
            assert verdict, f"{ident}: no verdict"
            assert verdict[0] == record["verdikt"]
            assert verdict[1], f"{ident}: verdict not in words"
        else:
            assert verdict is None, ident


def test_no_page_but_a_records_own_carries_its_mark(site: str) -> None:
    """`data-record-id` elsewhere is for search hits only."""
    own = {r["url"] + ("index.html" if r["url"].endswith("/") else "") for r in records(site)}
    marked = {path for path, page in facts(site).items() if page.one("data-typ")}
    assert marked == own


def test_records_stay_out_of_the_navigation(site: str) -> None:
    """The navigation of a page does not grow with the wiki (in MkDocs it would, quadratically)."""
    urls = {r["url"] for r in records(site)}
    start = (built(site) / "index.html").read_text(encoding="utf-8")
    navigation = start[start.index('class="ws-bereiche"') : start.index("</nav>")]
    assert navigation.count("<a ") <= 16
    assert not [u for u in urls if f'href="{u}"' in navigation]


def test_the_sitemap_names_every_page_once() -> None:
    site = built("muster-adresse")
    root = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    named = [e.text or "" for e in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {
        path
        for path, page in facts("muster-adresse").items()
        if not page.refresh and path != "404.html" and not path.startswith("partner/nachbarkreis/")
    }
    assert "partner/index.html" in pages
    assert sorted(named) == sorted(f"{SITE_URL}{path.removesuffix('index.html')}" for path in pages)
    assert not list(site.glob("sitemap.xml.*")), "a packed copy that says something else"


def test_no_sitemap_without_an_address(site: str) -> None:
    """Its entries must be complete web addresses."""
    assert not list(built(site).glob("sitemap*"))


def test_every_page_names_its_own_address() -> None:
    for path, page in facts("muster-adresse").items():
        if not page.refresh and path != "404.html":
            assert page.canonical == f"{SITE_URL}{path.removesuffix('index.html')}"
    assert not [
        path for path, page in facts("muster").items() if page.canonical and not page.refresh
    ]


def test_the_404_page_works_below_any_address() -> None:
    files = all_files(built("muster-adresse"))
    prefix = urlsplit(SITE_URL).path
    for tag, address in facts("muster-adresse")["404.html"].addresses:
        if urlsplit(address).scheme:
            continue
        assert address.startswith((prefix, "#")), (tag, address)
        target = urlsplit(address).path.removeprefix(prefix).lstrip("./")
        assert not target or target in files or f"{target}index.html" in files, (tag, address)


def test_former_ids_lead_to_todays_page() -> None:
    former = {old: r for r in records("muster") for old in r.get("frueher", ())}
    assert former, "the example county needs a record with `frueher`"
    for old, record in former.items():
        path = f"{TYPES[record['typ']].ordner}/{old}/"
        page = facts("muster")[f"{path}index.html"]
        assert urljoin(path, page.refresh) == record["url"]
        assert page.robots == "noindex"
        assert ("a", page.refresh) in page.addresses, "a link for browsers that do not follow"

"""`wissen build --with-cms`: what it adds to a site, and what it says without a bundle."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from generator.exports.cms.bundle import CONTENTS, FOLDER, SOURCES, Bundle, NotMade, find_bundle
from generator.linkcheck.site import check_site
from generator.pages.policy import policy_of
from tests.site.sites import COUNTY, ROOT, built, wissen

_FOREIGN = re.compile(r"https?://[^\s\"'`)]*(?:unpkg\.com|jsdelivr\.net|fontsource\.org/fonts/.*/cdn/)[^\s\"'`)]*")  # fmt: skip


@pytest.fixture
def copy(bundle: Bundle, tmp_path: Path) -> Path:
    """A folder for interim results with the bundle."""
    shutil.copytree(bundle.folder, tmp_path / FOLDER)
    return tmp_path


def test_without_a_bundle_nothing_is_built(tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = wissen("build", "--content", COUNTY, "--site-dir", site, "--with-cms", "--cache-dir", tmp_path / "leer")  # fmt: skip
    assert done.returncode == 1
    assert "noch nicht vorbereitet" in done.stderr and "make cms" in done.stderr
    assert not site.exists()


def test_a_file_share_has_no_use_for_it(tmp_path: Path) -> None:
    done = wissen("build", "--content", COUNTY, "--site-dir", tmp_path / "s", "--with-cms", "--offline")  # fmt: skip
    assert done.returncode == 2 and "Webserver" in done.stderr


def test_a_damaged_or_old_bundle_is_not_used(copy: Path) -> None:
    find_bundle(copy)
    script = copy / FOLDER / "redaktion.js"
    script.write_bytes(script.read_bytes() + b"\n//")
    with pytest.raises(NotMade, match="beschädigt"):
        find_bundle(copy)
    contents = copy / FOLDER / CONTENTS
    contents.write_text(re.sub('"eingaben": "..', '"eingaben": "xx', contents.read_text("utf-8")))
    with pytest.raises(NotMade, match="älter"):
        find_bundle(copy)


def test_the_inputs_are_pinned() -> None:
    packages = (SOURCES / "package.json").read_text("utf-8")
    assert not re.search(r'": "[\^~*><]', packages)
    lock = (SOURCES / "package-lock.json").read_text("utf-8")
    found = [p for name, p in json.loads(lock)["packages"].items() if name]
    assert len(found) > 30
    assert all(p["integrity"].startswith("sha512-") for p in found)
    sources = {p.get("resolved", "https://registry.npmjs.org/").split("/-/")[0] for p in found}
    assert all(s.startswith("https://registry.npmjs.org/") for s in sources)


def test_without_the_option_there_is_no_trace() -> None:
    site = built("muster")
    assert not (site / "redaktion").exists()
    assert "redaktion/index.html" not in (site / "mitmachen/index.html").read_text("utf-8")


def test_the_site_has_the_editor_and_says_so(editor_site: Path) -> None:
    page = (editor_site / "redaktion/index.html").read_text("utf-8")
    assert "connect-src 'self';" in policy_of(page) and "unsafe" not in policy_of(page)
    assert '<meta name="robots" content="noindex' in page
    assert len(page) < 25_000
    assert "../redaktion/index.html" in (editor_site / "mitmachen/index.html").read_text("utf-8")
    assert check_site(editor_site, "site") == []
    reading = policy_of((editor_site / "index.html").read_text("utf-8"))
    assert "connect-src" not in reading  # the pages for readers are as strict as ever


def test_no_part_could_be_loaded_from_elsewhere(editor_site: Path) -> None:
    for file in (editor_site / "redaktion").rglob("*.js"):
        assert not _FOREIGN.search(file.read_text("utf-8")), file


def test_the_editor_goes_when_it_is_no_longer_wanted(bundle: Bundle, tmp_path: Path) -> None:
    content, site = tmp_path / "inhalt", tmp_path / "site"
    shutil.copytree(COUNTY, content)
    cache = tmp_path / "cache"
    shutil.copytree(bundle.folder, cache / FOLDER)
    for lexicon in (ROOT / ".cache").glob("lexikon-*"):
        shutil.copy(lexicon, cache)
    arguments = ("build", "--content", content, "--site-dir", site, "--cache-dir", cache)
    assert wissen(*arguments, "--with-cms").returncode == 0
    before = {p: p.read_bytes() for p in site.rglob("*") if p.is_file()}
    record = content / "bewertungen/abholbox-fuer-ausweise.md"
    record.write_text(record.read_text("utf-8").replace("Abholbox für", "Box für", 1), "utf-8")
    assert wissen(*arguments, "--with-cms").returncode == 0  # the short way, editor and all
    assert (site / "redaktion/redaktion.js").read_bytes() == before[site / "redaktion/redaktion.js"]
    assert wissen(*arguments).returncode == 0
    assert not (site / "redaktion").exists()
    plain = tmp_path / "ohne"
    assert wissen("build", "--content", content, "--site-dir", plain, "--cache-dir", cache, "--clean").returncode == 0  # fmt: skip
    same = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert same == {p.relative_to(plain): p.read_bytes() for p in plain.rglob("*") if p.is_file()}


@pytest.mark.parametrize("kind", ["nginx", "apache", "iis"])
def test_servers_let_the_editor_work(editor_site: Path, kind: str) -> None:
    done = wissen("export", "server", kind, "--site-dir", editor_site)
    own = done.stdout.replace("&#x27;", "'").partition("redaktion")[2]
    assert "connect-src 'self'; form-action 'none'" in own and "unsafe-none" in own
    assert "redaktion" not in wissen("export", "server", kind, "--site-dir", built("muster")).stdout

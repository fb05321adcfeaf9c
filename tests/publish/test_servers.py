"""The generated configurations, in nginx and Apache: every kind of page in Chromium, nothing is violated."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import brotli
import pytest
import requests
from playwright.sync_api import Browser

from generator.pages.policy import inline_scripts, policy, sealed
from generator.publish.servers import Served, iis
from tests.browser.kinds import representatives
from tests.browser.watch import window
from tests.publish.servers import apache, nginx
from tests.site.conftest import Call
from tests.site.sites import SITE_URL, built, wissen

PATH = urlsplit(SITE_URL).path  # of the site „muster-adresse“
QUERY = "suche/?q=termine%20online"
MODULES = ("headers", "mime", "rewrite", "alias", "log_config")


@contextmanager
def serving(kind: str, folder: Path, place: Path) -> Iterator[str]:
    """The site under its path, as an admin would set it up: with what `wissen export server` writes."""
    file = folder / f"{kind}.conf"
    result = wissen(
        "export", "server", kind, "--path", PATH, "--root", place, "-o", file, "--brotli", "--site-dir", built("muster-adresse"),
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    if kind == "nginx":
        text = f"server {{ listen 127.0.0.1:PORT; include {file}; }}"
        with nginx(folder / kind, text) as port:
            yield f"http://127.0.0.1:{port}{PATH}"
    else:
        with apache(folder / kind, f"Include {file}", *MODULES) as port:
            yield f"http://127.0.0.1:{port}{PATH}"


@pytest.fixture(scope="module")
def published() -> Iterator[tuple[Path, Path]]:
    """A folder for everything, and the site as it was published into it."""
    with TemporaryDirectory(prefix="wissen-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        result = wissen("publish", f"releases:{folder}/wiki", "--compress", "--site-dir", built("muster-adresse"))  # fmt: skip
        assert (result.returncode, result.stderr) == (0, "")
        yield folder, folder / "wiki" / "aktuell"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def address(request: pytest.FixtureRequest, published: tuple[Path, Path]) -> Iterator[str]:
    with serving(request.param, *published) as address:
        yield address


def test_every_kind_of_page_in_the_browser(address: str, browser: Browser) -> None:
    """No violation, no foreign request, no 404, nothing in the console; and the search finds."""
    with window(browser, address) as tab:
        for path in representatives("muster"):
            tab.open(path)
        tab.open(QUERY)
        tab.page.wait_for_selector("[data-search-state=ready]")
        assert tab.page.locator("[data-record-id]").count() > 3
        tab.open("gibt-es-nicht/")
        assert "Diese Seite gibt es nicht" in tab.page.inner_text("h1")
        background = tab.page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "Fira" in background  # the page for wrong addresses has its styles
    assert tab.faults == []
    assert {urlsplit(url).netloc for url in tab.visited if url.startswith("http")} == {
        urlsplit(address).netloc
    }


def get(url: str, **headers: str) -> requests.Response:
    answer = requests.get(url, headers={"Accept-Encoding": "identity", **headers}, timeout=10, allow_redirects=False, stream=True)  # fmt: skip
    answer.raw.decode_content = False
    answer._content = answer.raw.read()
    return answer


def test_headers(address: str) -> None:
    for path, status in (("", 200), ("bewertungen/", 200), ("suche/index/manifest.js", 200), ("gibt/es/nicht", 404), (".wissen/stand.json.gz", 404)):  # fmt: skip
        answer = get(address + path)
        assert answer.status_code == status, path
        said = answer.headers
        rule = said["Content-Security-Policy"]
        assert rule == policy([], "'self'")
        assert "unsafe" not in rule
        assert said["X-Content-Type-Options"] == "nosniff"
        assert said["Referrer-Policy"] == "same-origin"
        assert said["X-Frame-Options"] == "SAMEORIGIN"
        if status == 200:
            assert said["Cache-Control"] == "no-cache"
            again = get(address + path, **{"If-None-Match": said["ETag"]})
            assert again.status_code == 304
    missing = get(f"{address}suche/index/p9999.abcd.js")
    assert (missing.status_code, "immutable" in missing.headers.get("Cache-Control", "")) == (404, False)  # fmt: skip


def test_names_with_a_digest_never_change(address: str) -> None:
    root = built("muster-adresse")
    shard = next(p for p in (root / "suche/index").iterdir() if p.name != "manifest.js")
    sheet = next((root / "assets/stylesheets").glob("main.*.min.css"))
    for file in (shard, sheet):
        for coding in ("identity", "gzip", "br"):
            answer = get(address + file.relative_to(root).as_posix(), **{"Accept-Encoding": coding})
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", file
    assert get(f"{address}assets/stylesheets/wissen.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("suche/", "text/html; charset=utf-8"),
        ("assets/stylesheets/wissen.css", "text/css; charset=utf-8"),
        ("assets/javascripts/rahmen.js", "text/javascript; charset=utf-8"),
        ("api/v1/records.json", "application/json; charset=utf-8"),
        ("api/v1/records.csv", "text/csv; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
    ],
)
def test_types_and_packed_files(address: str, path: str, kind: str) -> None:
    root = built("muster-adresse")
    source = (root / path / "index.html" if path in ("", "suche/") else root / path).read_bytes()
    plain = get(address + path)
    assert (plain.content, plain.headers["Content-Type"]) == (source, kind)
    assert "Content-Encoding" not in plain.headers
    for coding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        packed = get(address + path, **{"Accept-Encoding": coding})
        if len(source) < 1024:
            continue
        assert packed.headers["Content-Encoding"] == coding
        assert unpack(packed.content) == source
        assert packed.headers["Content-Type"] == kind
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.content) < len(source)


def test_fonts_and_folders(address: str) -> None:
    font = get(f"{address}assets/fonts/fira-sans-400.woff2")
    assert font.headers["Content-Type"] == "font/woff2"
    bare = get(address.rstrip("/"))
    assert (bare.status_code, urlsplit(bare.headers["Location"]).path) == (301, PATH)
    inner = get(f"{address}bewertungen")
    assert (inner.status_code, urlsplit(inner.headers["Location"]).path) == (301, f"{PATH}bewertungen/")  # fmt: skip
    listing = get(f"{address}assets/")
    assert listing.status_code in (403, 404)


# The texts


# Collections in which a name may stand but once, with the attribute that names an entry.
_COLLECTIONS = {
    "defaultDocument/files": "value", "staticContent": "fileExtension", "httpErrors": "statusCode",
    "httpProtocol/customHeaders": "name", "security/requestFiltering/hiddenSegments": "segment",
}  # fmt: skip
# What IIS documents (IIS 10, system.webServer): element → its attributes, and the elements below it.
_IIS: dict[str, tuple[set[str], set[str]]] = {
    "configuration": (set(), {"system.webServer", "location"}),
    "location": ({"path"}, {"system.webServer"}),
    "system.webServer": (set(), {"defaultDocument", "directoryBrowse", "staticContent", "httpErrors", "httpProtocol", "security", "urlCompression"}),
    "defaultDocument": ({"enabled"}, {"files"}),
    "files": (set(), {"clear", "add"}),
    "directoryBrowse": ({"enabled"}, set()),
    "staticContent": (set(), {"remove", "mimeMap", "clientCache"}),
    "mimeMap": ({"fileExtension", "mimeType"}, set()),
    "clientCache": ({"cacheControlMode", "cacheControlMaxAge", "cacheControlCustom", "setEtag"}, set()),
    "httpErrors": ({"errorMode", "existingResponse"}, {"remove", "error"}),
    "error": ({"statusCode", "subStatusCode", "path", "responseMode", "prefixLanguageFilePath"}, set()),
    "httpProtocol": (set(), {"customHeaders"}),
    "customHeaders": (set(), {"remove", "add"}),
    "security": (set(), {"requestFiltering"}),
    "requestFiltering": ({"removeServerHeader"}, {"hiddenSegments"}),
    "hiddenSegments": (set(), {"remove", "add"}),
    "urlCompression": ({"doStaticCompression", "doDynamicCompression"}, set()),
    "add": ({"value", "name", "segment"}, set()), "remove": ({"fileExtension", "statusCode", "name", "segment"}, set()),
    "clear": (set(), set()),
}  # fmt: skip
_VALUES = {
    "enabled": {"true", "false"}, "errorMode": {"Custom"}, "existingResponse": {"Auto"}, "responseMode": {"File"},
    "cacheControlMode": {"NoControl", "DisableCache", "UseMaxAge", "UseExpires"}, "removeServerHeader": {"true", "false"},
    "doStaticCompression": {"true", "false"}, "doDynamicCompression": {"true", "false"},
}  # fmt: skip


def test_iis_knows_every_word_of_its_configuration() -> None:
    """An unknown element or attribute stops IIS (500.19), and no page is shown."""
    root = ET.fromstring(iis(Served(ancestors="'self'", scripts=())).encode())
    assert root.tag == "configuration"
    for element in root.iter():
        attributes, below = _IIS[element.tag]
        assert set(element.keys()) <= attributes, element.tag
        assert {child.tag for child in element} <= below, element.tag
        for name, value in element.items():
            assert value in _VALUES.get(name, {value}), (element.tag, name)
    paths = [e.get("path") for e in root.iter("location")]
    assert len(paths) == len(set(paths))
    assert all(p and not p.startswith("/") and "\\" not in p for p in paths)


def test_the_configuration_of_iis() -> None:
    """IIS does not run here; what can be checked is the form."""
    text = iis(Served(ancestors="https://portal.example 'self'", scripts=("x()",)))
    root = ET.fromstring(text.encode())
    server = root.find("system.webServer")
    assert server is not None
    headers = {e.get("name"): e.get("value") for e in server.iter("add") if e.get("name")}
    assert headers["Content-Security-Policy"] == policy(["x()"], "https://portal.example 'self'")
    assert "X-Frame-Options" not in headers
    types = {e.get("fileExtension"): e.get("mimeType") for e in server.iter("mimeMap")}
    assert types[".woff2"] == "font/woff2"
    assert types[".ics"] == "text/calendar; charset=utf-8"
    for section, key in _COLLECTIONS.items():  # what is there already must not be given twice
        place = server.find(section)
        assert place is not None
        entries = [(e.tag, e.get(key)) for e in place if e.get(key)]
        added = [name for tag, name in entries if tag not in ("remove", "clear")]
        assert len(added) == len(set(added)) > 0
        assert [
            n for n in added if ("remove", n) not in entries and place.find("clear") is None
        ] == []
        assert all(entries.index(("remove", n)) < entries.index((t, n)) for t, n in entries if t != "remove" and ("remove", n) in entries)  # fmt: skip
    assert [e.get("segment") for e in server.iter("add") if e.get("segment")] == [".wissen"]
    error = server.find("httpErrors/error")
    assert error is not None
    assert (error.get("statusCode"), error.get("path")) == ("404", "404.html")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nginx", "--path", "/a b/"], 2, "„/a b/“ ist kein Pfad. Schreibweise: /wiki/"),
        (["nginx", "--path", "/../x"], 2, "ist kein Pfad"),
        (["nginx", "--frame-ancestors", '"; x'], 2, "unerlaubtes Zeichen"),
        (["nginx", "--root", "/srv;x"], 2, "unerlaubtes Zeichen"),
        (["ngnix"], 2, "Meinten Sie „nginx“?"),
        (["nginx", "-o", "gibt/es/nicht"], 1, "lässt sich nicht schreiben"),
    ],
)
def test_unusable_calls(call: Call, arguments: list[str], code: int, said: str) -> None:
    answer = call("export", "server", *arguments)
    assert (answer.code, said in answer.err) == (code, True), answer.err


def test_the_path_comes_from_the_address_of_the_wiki(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_url: https://x.example/wiki/", encoding="utf-8")
    assert "location /wiki/ {" in call("export", "server", "nginx").out
    (tmp_path / "site").mkdir()
    (tmp_path / "site/404.html").write_text('<link href="/assets/x.css">', encoding="utf-8")
    answer = call("export", "server", "nginx")
    assert "sucht ihre Dateien nicht unter „/wiki/“" in answer.err
    assert call("export", "server", "nginx", "--path", "").err == ""


# The policy


def test_no_page_holds_a_script_and_each_has_the_policy() -> None:
    site = built("muster-adresse")
    rule = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert inline_scripts(text) == [], page
        assert text.count(rule) == 1, page
        before = text[: text.index(rule)]
        assert not re.search(r"<(script|link|style|img)\b", before), page


def test_a_script_of_the_engine_would_be_allowed_by_its_digest_alone() -> None:
    page = sealed('<meta charset="utf-8"><script>a()</script><script src="x.js"></script><script type="application/json">{}</script>')  # fmt: skip
    assert inline_scripts(page) == ["a()"]
    (digest,) = re.findall(r"'sha256-[^']+'", page)
    assert digest == "'sha256-cZK1PTHGTT2Bk8GZYlwNWBxT4vCzJ0Cx0yC4bwvoqjI='" or len(digest) == 53
    assert f"script-src 'self' {digest};" in page

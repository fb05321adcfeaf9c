"""The output layer alone: with every check of texts switched off, no page of the site runs a script.

A site is built from the hostile folder and from records with an attack in every field, then every page
is opened in Chromium under a strict policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator import plugin
from generator.building.build import Build
from generator.building.store import Store
from generator.catalogue.catalogue import build_catalogue
from generator.checking import Checked
from generator.records import files, record_rules
from generator.records.tree import Category, read_tree
from tests.browser.server import policy, served
from tests.browser.test_every_kind import too_wide
from tests.browser.watch import page_paths, visit, watch, window
from tests.helpers import DAY
from tests.hostile.filled import MARKUP, attacks
from tests.hostile.test_problems import CONTENT
from tests.site.sites import ROOT, facts, workshop

# What no page may hold, whatever the records say.
INSPECT = """
() => {
  const faults = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "srcdoc" || name === "formaction")
        faults.push(`<${element.localName} ${name}>`);
      if (["href", "src", "action", "xlink:href", "data"].includes(name)) {
        const url = new URL(value, location.href);
        const safe = ["http:", "https:", "mailto:"].includes(url.protocol);
        const loads = element.localName !== "a";
        if (!safe || (loads && url.origin !== location.origin))
          faults.push(`<${element.localName} ${name}="${value}">`);
      }
    }
  }
  for (const name of ["iframe", "object", "embed", "base", "style", "math", "template:not(#ws-suche-rat)", "noscript p[title]", "meta[http-equiv=refresh]", "form[action*=boese]", "link[href*=boese]"])
    if (document.querySelector(name)) faults.push(`<${name}>`);
  const rest = new URL("ganz.js", location.href).href; // of a record in parts, made by the build
  for (const script of document.scripts)
    if (script.src ? script.src !== rest && !/\\/(assets\\/javascripts\\/|suche\\/|daten\\/formular\\/felder\\.js$)/.test(new URL(script.src).pathname) : script.type === "application/json" && script.id !== "__config")
      faults.push(`script ${script.src}`);
  return faults;
}
"""


@contextmanager
def unguarded() -> Iterator[None]:
    """Read records and pages without the rules on texts."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (files, record_rules):
            patch.setattr(module, "check_text", lambda text, markdown: iter(()))
        yield


@pytest.fixture(scope="module")
def hostile() -> Path:
    with unguarded():
        tree = read_tree(CONTENT)
    tree.records += attacks()
    tree.categories |= {text: Category(text, text, text) for text in MARKUP}
    changes = {
        n: MARKUP[i] + MARKUP[2]
        for i, n in enumerate(("titel", "untertitel", "herausgeber", "beispieldaten"))
    }
    tree.settings = tree.settings.model_copy(update=changes)
    checked = Checked(tree, build_catalogue(tree, DAY), [])
    site = workshop() / "sites" / "boese"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1782000000")
        Build(CONTENT, site, ROOT / "mkdocs.yml", plugin.render_shell).whole(
            Store(None), checked, {}
        )
    return site


def test_no_page_runs_a_script_of_its_content(browser: Browser, hostile: Path) -> None:
    frame = {script for page in facts("muster").values() for script in page.scripts}
    # The same script of Material on a page that lies one folder deeper.
    frame |= {s.replace('new URL("..",', 'new URL("../..",') for s in frame}
    searches = [
        f"suche/?q={words}"
        for words in ("alert", "script%20img", "7*7", "%3Cimg%20src=x%20onerror=alert(1)%3E")
    ]
    paths = [*page_paths(hostile), *searches]
    assert len(paths) > 120
    shown = 0
    context = browser.new_context()
    with served(hostile, policy(frame), without=r"/bundle\.") as address:  # much quicker
        tabs = [watch(context, address) for _ in range(4)]
        for tab, path in visit(tabs, paths):
            if path in searches:
                tab.page.wait_for_selector("[data-search-state=ready]")
            tab.faults += [f"{path}: {fault}" for fault in tab.page.evaluate(INSPECT)]
            shown += path in searches and tab.page.locator("[data-record-id^=boese-]").count()
    context.close()
    assert shown > 5, "hits of hostile records must be among the pages"
    faults = [fault for tab in tabs for fault in tab.faults]
    ignored = "404"  # a picture that does not exist, in a page where only its address is harmless
    assert [f for f in faults if ignored not in f] == []


def test_nor_together_with_the_scripts_of_the_theme(browser: Browser, hostile: Path) -> None:
    """Material's script reads the page: ids and texts of records may not mislead it."""
    frame = {script for page in facts("muster").values() for script in page.scripts}
    paths = [
        "",
        "suche/",
        "harmlos-seite/",
        "fehler-seite-attribute/",
        "glossar/harmlos-gleiche-anker/",
    ]
    paths += [f"{record.page_url}" for record in attacks() if record.id.endswith("-1")]
    with served(hostile, policy(frame)) as address, window(browser, address) as watching:
        for path in paths:
            watching.open(path)
    assert [f for f in watching.faults if "404" not in f] == []


def test_long_words_and_wide_tables_do_not_widen_a_phones_page(
    browser: Browser, hostile: Path
) -> None:
    wide = []
    paths = ["", "glossar/", "schlagworte/", "neu/", "glossar/harmlos-lange-woerter/", "glossar/harmlos-grosse-tabelle/",
             "glossar/harmlos-tiefe-listen/", "loesungen/harmlos-loesung/", "harmlos-seite/", "bewertungen/boese-bewertung-0/"]  # fmt: skip
    viewport = {"width": 320, "height": 640}
    with (
        served(hostile, policy(), without="js") as address,
        window(browser, address, viewport=viewport) as tab,
    ):
        for path in paths:
            tab.page.goto(address + path)
            wide += [f"{path or 'start'}: {what}" for what in too_wide(tab.page, 320)]
    assert not wide, "\n".join(wide)


def test_the_attacks_are_really_on_the_pages(hostile: Path) -> None:
    """As text, on the record's own page and on those that list it."""
    ident = "boese-bewertung-0"
    own = (hostile / "bewertungen" / ident / "index.html").read_text(encoding="utf-8")
    title = own[own.index("<h1") : own.index("</h1>")]
    assert "&lt;" in title or "&#34;" in title
    lists = ("bewertungen/index.html", "organisationen/boese-organisation-0/index.html")
    keywords = [p.read_text(encoding="utf-8") for p in hostile.glob("schlagworte/*/index.html")]
    assert any(ident in text for text in keywords)
    for path in lists:
        assert ident in (hostile / path).read_text(encoding="utf-8"), path


def test_the_inspection_would_notice(browser: Browser, tmp_path: Path) -> None:
    """Otherwise the proof above proves nothing."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><p onclick='x'>x<a href='javascript:alert(1)'>x</a><iframe></iframe>"
        "<img src=x onerror=alert(1)><img src=http://boese.example/><script>alert(1)</script>",
        encoding="utf-8",
    )
    with served(tmp_path, policy()) as address, window(browser, address) as watching:
        watching.open("")
        found = "\n".join(watching.page.evaluate(INSPECT) + watching.faults)
    for sign in (
        "<p onclick>",
        "javascript:alert(1)",
        "<iframe>",
        "violation of script-src",
        "boese.example",
    ):
        assert sign in found
    with (
        served(tmp_path, "default-src * 'unsafe-inline'") as address,
        window(browser, address) as watching,
    ):
        watching.open("")
        assert [f for f in watching.faults if "ran alert" in f]

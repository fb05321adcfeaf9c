"""One build, without any site engine: a checked content folder → everything that is written.

`Site` knows which pages, exports and redirects there are and writes them below a folder; the shell
around the pages is handed in.  `plugin.py` hands in MkDocs' and Material's.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from posixpath import dirname

from generator.catalogue.addresses import addresses
from generator.catalogue.links import links_in, page_url, resolve
from generator.checking import Checked, build_time
from generator.exports.api import api_files
from generator.exports.sitemap import redirects, sitemap
from generator.pages.environment import Renderer
from generator.pages.markdown import render_markdown
from generator.pages.page import Page, Shell
from generator.pages.site import site_pages, write_pages
from generator.records.settings import Wiki
from generator.records.types import TYPES
from generator.search.knowledge import wiki_index

START = "index.md"  # its text stands on the generated start page
LEGAL = ("impressum.md", "datenschutz.md", "barrierefreiheit.md")  # linked in the footer
# Types with an area of their own in the navigation, in reading order.
AREAS = (
    "bewertung",
    "projekt",
    "ag-ergebnis",
    "arbeitsgruppe",
    "best-practice",
    "loesung",
    "organisation",
    "begriff",
)
SHORT = {"ag-ergebnis": "Ergebnisse"}


class BuildFailed(Exception):
    """The build was not begun or not finished; the problems have been reported."""


class Site:
    """A wiki about to be written.  `templates` is the folder of the content templates."""

    def __init__(self, checked: Checked, templates: Path, directory_urls: bool) -> None:
        self.checked = checked
        self.catalogue = checked.catalogue
        self.settings: Wiki = checked.tree.settings
        self.static_pages = [p for p in checked.tree.pages if p != START]
        self.addresses = addresses(directory_urls, self.static_pages)
        self.renderer = Renderer(templates, self.catalogue, self.addresses)

    @property
    def navigation_pages(self) -> list[str]:
        """Static pages with a place in the main navigation: top-level ones and folders' index pages."""
        pages = [p for p in self.static_pages if p not in LEGAL]
        return [
            p for p in pages if p.count("/") == 0 or (p.count("/") == 1 and p.endswith("/index.md"))
        ]

    def areas(self) -> list[tuple[str, str]]:
        """(title, path) of the generated areas; types without a record have none."""
        used = [TYPES[t] for t in AREAS if self.catalogue.all(TYPES[t])]
        lists = [(SHORT.get(t, m.mehrzahl), f"{m.ordner}/") for t, m in TYPES.items() if m in used]
        lists.sort(key=lambda entry: [f"{m.ordner}/" for m in used].index(entry[1]))
        return [("Start", ""), *lists, ("Zu prüfen", "zu-pruefen/"), ("Neues", "neu/")]

    @cached_property
    def pages(self) -> list[Page]:
        """All generated pages."""
        return list(site_pages(self.catalogue, self._intro()))

    def link_from_static_page(self, page: str, href: str) -> str | None:
        """The final address of a link to a record or a generated page; None leaves it to the engine."""
        path = re.split(r"[?#]", href, maxsplit=1)[0]
        target = resolve(self.catalogue, page, href)
        if (
            target is not None
            and target.path
            and not path.endswith(page)
            and target.path not in self._static_paths
        ):
            return self.addresses.href(page_url(page), target.path + target.anchor)
        joined = _join(dirname(page), path)
        if joined in self._generated_paths:
            return self.addresses.href(page_url(page), joined) + href[len(path) :]
        return None

    def dead_links(self, page: str, markdown: str) -> list[str]:
        """Relative links in directory form that lead to no page, generated or static."""
        known = self._generated_paths | self._static_paths | {""}
        dead = []
        for _, href in links_in(markdown):
            path = re.split(r"[?#]", href, maxsplit=1)[0]
            if path.endswith("/") and ":" not in path and _join(dirname(page), path) not in known:
                dead.append(href)
        return dead

    def write(self, site: Path, shell: Shell, *, site_url: str) -> None:
        """Write pages, exports, redirects and sitemap below `site`."""
        paths = write_pages(self.pages, self.renderer, shell, site)
        files = dict(redirects(self.catalogue, self.addresses))
        files.update(
            api_files(self.catalogue, self.addresses, build_time(), self.settings.herausgeber or "")
        )
        index = wiki_index(self.checked.tree.root, self.catalogue, self.addresses)
        files.update({f"suche/index/{name}": content for name, content in index.items()})
        if site_url:
            every = [*paths, *(page_url(p) for p in self.static_pages)]
            files["sitemap.xml"] = sitemap(
                site_url, every, self.addresses, self.catalogue.today.isoformat()
            )
        for path, content in files.items():
            target = site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="")

    def _intro(self) -> str:
        if START not in self.checked.tree.pages:
            return ""
        text = (self.checked.tree.root / START).read_text(encoding="utf-8-sig")
        _, _, rest = (
            text.strip().partition("\n") if text.lstrip().startswith("# ") else ("", "", text)
        )
        return (
            render_markdown(rest, lambda href: self.link_from_static_page(START, href) or href)
            if rest.strip()
            else ""
        )

    @cached_property
    def _generated_paths(self) -> frozenset[str]:
        return frozenset(p.path for p in self.pages) - {""}

    @cached_property
    def _static_paths(self) -> frozenset[str]:
        return frozenset(page_url(p) for p in self.static_pages)


def _join(base: str, relative: str) -> str:
    """A relative address in directory form, seen from the folder `base`."""
    parts = [p for p in base.split("/") if p]
    for step in relative.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts) + "/" if parts else ""

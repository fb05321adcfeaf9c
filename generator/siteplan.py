"""The plan of a site, without any site engine: its pages, navigation and links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from itertools import chain
from posixpath import dirname
from typing import Any

from generator.catalogue.addresses import addresses
from generator.catalogue.indexes import Indexes
from generator.catalogue.links import links_in, page_url, resolve
from generator.checking import Checked
from generator.exports.cms.bundle import Bundle
from generator.exports.files import site_files
from generator.pages.markdown import render_markdown
from generator.pages.page import PagePlan, Plan
from generator.pages.partner_pages import PARTNER
from generator.pages.site import ASKED, site_pages
from generator.records.settings import Wiki
from generator.records.types import TYPES

START = "index.md"  # its text stands on the generated start page
INTRO = "intro"  # the fact that its text is
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
SHORT = {"ag-ergebnis": "Ergebnisse", "arbeitsgruppe": "Gruppen", "best-practice": "Praxis"}


class BuildFailed(Exception):
    """The build was not begun or not finished; the problems have been reported."""


class Site:
    """A wiki about to be built: which pages it has and how they hang together."""

    def __init__(
        self, checked: Checked, directory_urls: bool, editor: Bundle | None = None
    ) -> None:
        self.checked = checked
        self.editor = editor  # the CMS at redaktion/, if it is wanted
        self.catalogue = checked.catalogue
        self.settings: Wiki = checked.tree.settings
        self.static_pages = [p for p in checked.tree.pages if p != START]
        self.addresses = addresses(directory_urls, self.static_pages)

    @property
    def navigation_pages(self) -> list[str]:
        """Static pages with a place in the main navigation: top-level ones and folders' index pages."""
        pages = [p for p in self.static_pages if p not in LEGAL]
        return [
            p for p in pages if p.count("/") == 0 or (p.count("/") == 1 and p.endswith("/index.md"))
        ]

    def areas(self) -> list[tuple[str, str]]:
        """(title, path) of the generated areas; types without a record have none."""
        used = [TYPES[t] for t in AREAS if self._is_used(t)]
        lists = [(SHORT.get(t, m.mehrzahl), f"{m.ordner}/") for t, m in TYPES.items() if m in used]
        lists.sort(key=lambda entry: [f"{m.ordner}/" for m in used].index(entry[1]))
        fixed = [("Auswertungen", "auswertungen/"), ("Zu prüfen", "zu-pruefen/"), ("Neues", "neu/")]
        return [("Start", ""), ("Schon geprüft?", ASKED), *lists, *fixed]

    @cached_property
    def plans(self) -> dict[str, Plan]:
        """All generated pages and files, by path.  Whether there is one is a fact of its own
        (`page <path>`), so who asks for it did not read the lists that all of them come from."""
        reads, self.catalogue.reads = self.catalogue.reads, None
        try:
            return self._plans()
        finally:
            self.catalogue.reads = reads

    def _plans(self) -> dict[str, Plan]:
        pages: Iterable[Plan] = site_pages(self.catalogue, self._intro)
        files = site_files(
            self.catalogue, self.addresses, public=self.checked.public, editor=self.editor
        )
        return {plan.path: plan for plan in chain(pages, files)}

    @property
    def page_paths(self) -> list[str]:
        """All pages of our own that a reader can open, generated and static."""
        generated = [
            path
            for path, plan in self.plans.items()
            if isinstance(plan, PagePlan) and plan.kind != PARTNER
        ]
        return [*generated, *(page_url(p) for p in self.static_pages)]

    def forget(self) -> None:
        """Let go of all records, which is most of the memory: their pages are made.  Where these are is
        still known."""
        self.plans = {path: _without_maker(plan) for path, plan in self.plans.items()}
        for known in (self.catalogue, self.checked.catalogue):
            known.records, known.indexes, known.histories = {}, Indexes(), {}
        self.checked.tree.records.clear()
        self.checked.tree.data.clear()

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
        if self._is_generated(joined):
            return self.addresses.href(page_url(page), joined) + href[len(path) :]
        return None

    def dead_links(self, page: str, markdown: str) -> list[str]:
        """Relative links in directory form that lead to no page, generated or static."""
        dead = []
        for _, href in links_in(markdown):
            path = re.split(r"[?#]", href, maxsplit=1)[0]
            if path.endswith("/") and ":" not in path:
                joined = _join(dirname(page), path)
                if joined and joined not in self._static_paths and not self._is_generated(joined):
                    dead.append(href)
        return dead

    def _intro(self) -> str:
        self.catalogue.note(INTRO)
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

    def _is_used(self, typ: str) -> bool:
        self.catalogue.note(f"used {typ}")
        return bool(self.catalogue.indexes.length("art", typ))

    def _is_generated(self, path: str) -> bool:
        """Is there such a page?  A fact like any other."""
        self.catalogue.note(f"page {path}")
        return path != "" and path in self.plans

    @cached_property
    def _static_paths(self) -> frozenset[str]:
        return frozenset(page_url(p) for p in self.static_pages)


def _without_maker(plan: Plan) -> Plan:
    if isinstance(plan, PagePlan):
        return replace(plan, make=_forgotten)
    return replace(plan, make=_forgotten)


def _forgotten(*_: object) -> Any:
    raise AssertionError("the records of this site have been let go")


def _join(base: str, relative: str) -> str:
    """A relative address in directory form, seen from the folder `base`."""
    parts = [p for p in base.split("/") if p]
    for step in relative.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts) + "/" if parts else ""

"""A shell without MkDocs, for tests that build hundreds of times.

It reads what the real one reads (areas, links of static pages), so that the same facts are noted.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from generator.building.shell import Shell
from generator.catalogue.links import page_url, with_links
from generator.checking import Checked
from generator.pages import frames
from generator.pages.frames import Frames, needed
from generator.siteplan import Site

ROOT = Path(__file__).resolve().parents[2]


def render_plain(config_file: Path, checked: Checked, folder: Path) -> Shell:
    site = Site(checked, directory_urls=True)
    areas = site.areas()
    for page in site.static_pages:
        text = (checked.tree.root / page).read_text(encoding="utf-8")

        def link(href: str, page: str = page) -> str | None:
            return site.link_from_static_page(page, href)

        target = folder / site.addresses.file(page_url(page))
        target.parent.mkdir(parents=True, exist_ok=True)
        dead = site.dead_links(page, text)
        target.write_text(escape(with_links(text, link)) + repr(dead), encoding="utf-8")
    parts = {
        key: frames.cut(
            f"<title>{frames.TITLE}</title>{areas} {plan.kind} {plan.area}\n"
            + (f"{checked.catalogue.today}" if plan.kind == "start" else "")
            + f"<p>{frames.TEXT}</p>{frames.BODY}"
        )
        for key, plan in needed(site.plans.values(), site.addresses).items()
    }
    templates = ROOT / "theme" / "wissen"
    return Shell(site, Frames(parts, site.addresses), templates, (config_file,), predictable=True)

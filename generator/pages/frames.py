"""The frames of the pages: what the shell renders once per kind of page, with placeholders.

A frame is cut at its placeholders, so that putting a page into it is a matter of joining texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import escape

from generator.catalogue.addresses import Addresses
from generator.pages.page import Page, PagePlan, Plan

TITLE, TEXT, BODY, ADDRESS = "\ue000T\ue000", "\ue000D\ue000", "\ue000C\ue000", "\ue000A\ue000"


def frame_key(plan: PagePlan, addresses: Addresses) -> str:
    """Pages with the same key share a frame: same layout, same area, same depth."""
    return f"{plan.kind} {plan.area} {addresses.root(plan.path)}"


def needed(plans: Iterable[Plan], addresses: Addresses) -> dict[str, PagePlan]:
    """Frame key → a page that needs this frame."""
    found: dict[str, PagePlan] = {}
    for plan in plans:
        if isinstance(plan, PagePlan):
            found.setdefault(frame_key(plan, addresses), plan)
    return found


# What Material puts into every page for its own script, which the pages of the catalogue go without.
# What is not found is not missed: with another Material a page is a little heavier, never broken.
_IDLE = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div[^>]*>\s*</div>\s*</div>'
    r"|<script>(?:__md_scope|var target=).*?</script>"
    r'|<meta name="generator"[^>]*>| data-md-color-(?:primary|accent)="custom"'
    r'| data-md-component="\w+"| xmlns="http://www.w3.org/2000/svg"'
)


def cut(document: str) -> list[str]:
    """A rendered frame, ready to be filled."""
    return re.split("(\ue000[A-Z]\ue000)", re.sub(r"\n\s*", "\n", _IDLE.sub("", document)))


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames of a site, by key.  `site_url` is "" if the site does not know where it lives."""

    parts: Mapping[str, list[str]]
    addresses: Addresses
    site_url: str = ""

    def wrap(self, plan: PagePlan, page: Page, content: str) -> str:
        """The complete HTML document.  `content` is safe HTML."""
        filled = {
            TITLE: str(escape(page.title)),
            TEXT: str(escape(page.description)),
            BODY: content,
            ADDRESS: f"{self.site_url}{self.addresses.public(page.path)}",
        }
        parts = self.parts[frame_key(plan, self.addresses)]
        return "".join(filled.get(part, part) for part in parts)

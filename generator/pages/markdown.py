"""Markdown of records → safe HTML.

comrak (GitHub's dialect, without its "unsafe" mode) renders; nh3 lets only the tags and attributes
below through.  While cleaning, links to other records are turned into relative addresses,
and anything that leads nowhere loses its address.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import nh3
from comrak import ExtensionOptions, RenderOptions
from comrak import render_markdown as render
from markupsafe import Markup

from generator.records.value_rules import slug

_EXTENSIONS = ExtensionOptions()
for _name in ("table", "autolink", "tagfilter", "strikethrough", "tasklist", "footnotes"):
    setattr(_EXTENSIONS, _name, True)
_STYLE = RenderOptions()
_STYLE.github_pre_lang = _STYLE.gfm_quirks = True
TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "kbd", "li", "ol", "p", "pre", "section", "span", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "li": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
SCHEMES = {"https", "http", "mailto"}
_FIRST_LEVEL = re.compile(r"<(/?)h1>")
_HEADING = re.compile(r"<(h[2-6])>(.*?)</\1>", re.S)
_TAG = re.compile(r"<[^>]*>")

# Gives the relative address for an address as the author wrote it, or None if it leads nowhere.
Resolver = Callable[[str], str | None]


def render_markdown(text: str, resolve: Resolver) -> Markup:
    """Render untrusted Markdown.  Headings start at level 2 and get an id."""
    raw = _FIRST_LEVEL.sub(r"<\1h2>", as_github(text))
    clean = _cleaner.clean(raw, resolve)
    return Markup(_with_heading_ids(_with_german_footnotes(clean)))


def as_github(text: str) -> str:
    """Render Markdown as GitHub does.  The result is not safe yet."""
    return render(text, _EXTENSIONS, render_options=_STYLE)


def sanitise_html(html: str) -> str:
    """Clean HTML that another Markdown renderer made (static pages); keeps ids and classes."""
    tags = TAGS | {"h1"}
    attributes = {tag: {"id", "class"} | ATTRIBUTES.get(tag, set()) for tag in tags}
    return nh3.clean(
        html,
        tags=tags,
        attributes=attributes,
        url_schemes=SCHEMES,
        attribute_filter=_filter(lambda href: href),
        link_rel="noopener noreferrer",
    )


def _filter(resolve: Resolver) -> Callable[[str, str, str], str | None]:
    def check(tag: str, attribute: str, value: str) -> str | None:
        if attribute not in ("href", "src"):
            return value
        if tag == "img" and value.startswith(("http:", "https:", "//", "data:")):
            return None  # a picture from elsewhere would tell its server who reads
        return resolve(value)

    return check


class _Cleaner(threading.local):
    """The allowlist made once for each thread; who resolves addresses changes with every text."""

    def __init__(self) -> None:
        self._resolve: Resolver = _nowhere
        self._cleaner = nh3.Cleaner(
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            attribute_filter=_filter(lambda href: self._resolve(href)),
            link_rel="noopener noreferrer",
        )

    def clean(self, html: str, resolve: Resolver) -> str:
        self._resolve = resolve
        try:
            return self._cleaner.clean(html)
        finally:
            self._resolve = _nowhere


def _nowhere(_: str) -> None:
    return None


_cleaner = _Cleaner()


def _with_german_footnotes(html: str) -> str:
    return (
        html.replace("↩", '↩<span class="ws-unsichtbar"> zurück zum Text</span>')
        if "↩" in html
        else html
    )


def heading_id(text: str, _separator: str = "-") -> str:
    """The id of a heading for links into a page; prefixed, so that it cannot shadow one of the frame's.

    Also the `slugify` of static pages in mkdocs.yml, hence the second argument.
    """
    return "t-" + (slug(text) or "abschnitt")


def _with_heading_ids(html: str) -> str:
    if "<h" not in html:
        return html
    seen: set[str] = set()

    def with_id(match: re.Match[str]) -> str:
        base = heading_id(_TAG.sub("", match[2]))
        ident, number = base, 2
        while ident in seen:
            ident, number = f"{base}-{number}", number + 1
        seen.add(ident)
        return f'<{match[1]} id="{ident}">{match[2]}</{match[1]}>'

    return _HEADING.sub(with_id, html)

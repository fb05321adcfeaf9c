"""Where a link in a record's or page's Markdown leads.

Authors write what they would write in any Markdown editor: a path to another file
(`../projekte/x.md`), or just the id of a record.  Anything that leaves the content folder or does not
exist has no target.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from generator.catalogue.catalogue import Catalogue

_LINK = re.compile(r"(?<!\\)\]\(\s*<?([^)\s<>]{1,2000})")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Target:
    """`path` below the site root ("" for a full web address in `href`), plus "#anchor"."""

    path: str
    anchor: str = ""
    href: str = ""


def links_in(markdown: str) -> Iterator[tuple[int, str]]:
    """(offset, address) of each inline link or picture."""
    for match in _LINK.finditer(markdown):
        yield match.start(1), match[1]


def with_links(markdown: str, change: Callable[[str], str | None]) -> str:
    """The text with the addresses that `change` gives; None keeps an address."""
    return _LINK.sub(lambda m: m[0].replace(m[1], change(m[1]) or m[1]), markdown)


def resolve(catalogue: Catalogue, datei: str, href: str) -> Target | None:
    """The target of `href` as written in the file `datei`, or None if there is none."""
    if href.startswith(("https://", "http://", "mailto:")):
        return Target("", href=href)
    if _SCHEME.match(href) or href.startswith(("/", "\\")):
        return None
    path, _, anchor = href.partition("#")
    anchor = f"#{anchor}" if anchor else ""
    if not path:
        return Target("", anchor, href)
    path = unquote(path)
    record = catalogue.get(path.strip("/"))
    if record is not None:
        return Target(record.page_url, anchor)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(datei), path))
    if joined.startswith(".."):
        return None
    stem, suffix = posixpath.splitext(joined)
    if suffix in (".md", ".yml", ".yaml"):
        record = catalogue.get(posixpath.basename(stem))
        if record is not None:
            return Target(record.page_url, anchor)
        if joined in catalogue.pages:
            return Target(page_url(joined), anchor)
        return None
    return Target(joined, anchor) if joined in catalogue.assets else None


def page_url(page: str) -> str:
    """The address of a static page: `ueber.md` → `ueber/`, `mitmachen/index.md` → `mitmachen/`."""
    stem = posixpath.splitext(page)[0]
    if posixpath.basename(stem) in ("index", "README"):
        stem = posixpath.dirname(stem)
    return f"{stem}/" if stem else ""

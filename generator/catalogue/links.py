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
from functools import cache
from pathlib import Path as FilePath
from typing import Any, get_args
from urllib.parse import unquote

from generator.catalogue.catalogue import Catalogue
from generator.records.common import Record
from generator.records.text_rules import without_code
from generator.records.value_rules import TextRule
from generator.records.yaml_reader import AT, BODY, Path

# `](address` and, at the start of a line, `[name]: address`.
_LINK = re.compile(
    r"(?:(?<!\\)\]\(\s*|^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*)<?([^)\s<>]{1,2000})", re.MULTILINE
)
_INLINE = re.compile(
    r"\](?<!\\\])\(\s*<?([^)\s<>]{1,2000})"
)  # the first half of it, found far quicker
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Target:
    """`path` below the site root ("" for a full web address in `href`), plus "#anchor"."""

    path: str
    anchor: str = ""
    href: str = ""


def links_in(markdown: str) -> Iterator[tuple[int, str]]:
    """(offset, address) of each link or picture, inline or by name; code may show others."""
    if "]:" not in markdown:
        if "](" not in markdown:
            return
        pattern = _INLINE
    else:
        pattern = _LINK
    for match in pattern.finditer(without_code(markdown)):
        yield match.start(1), match[1]


def links_of(record: Record) -> Iterator[tuple[Path, str]]:
    """(place, address) of each link in the Markdown texts of a record."""
    for name in _markdown_fields(type(record)):
        for offset, href in links_in(getattr(record, name) or ""):
            yield (BODY if name == "text" else name, AT, offset), href


@cache
def _markdown_fields(model: type[Record]) -> tuple[str, ...]:
    fields = model.model_fields.items()
    return ("text", *(n for n, f in fields if _is_markdown((*f.metadata, f.annotation))))


def _is_markdown(parts: tuple[Any, ...]) -> bool:
    return any(
        part.markdown
        if isinstance(part, TextRule)
        else _is_markdown((*getattr(part, "__metadata__", ()), *get_args(part)))
        for part in parts
    )


def linked_assets(catalogue: Catalogue, root: FilePath) -> list[str]:
    """The pictures and documents that the records of `catalogue` and the static pages show."""
    links = [(r.datei, href) for r in catalogue.records.values() for _, href in links_of(r)]
    for page in catalogue.pages:
        text = (root / page).read_text(encoding="utf-8-sig", errors="replace")
        links += [(page, href) for _, href in links_in(text)]
    targets = {t.path for source, href in links if (t := resolve(catalogue, source, href))}
    return [asset for asset in catalogue.assets if asset in targets]


def with_links(markdown: str, change: Callable[[str], str | None]) -> str:
    """The text with the addresses that `change` gives; None keeps an address."""
    for offset, href in reversed([*links_in(markdown)]):
        if (address := change(href)) is not None:
            markdown = markdown[:offset] + address + markdown[offset + len(href) :]
    return markdown


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

"""What a test wants to know about an HTML page, collected in one pass; and where its links lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

# Where an address may stand: (tag, attribute).
ADDRESSES = frozenset(
    [("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"), ("source", "src"),
     ("iframe", "src"), ("object", "data"), ("use", "href"), ("image", "href")]
)  # fmt: skip


@dataclass(slots=True)
class PageFacts:
    """One page.  Elements with a `data-` attribute are kept as (attributes, text)."""

    lang: str = ""
    title: str = ""
    description: str = ""
    robots: str = ""
    refresh: str = ""
    canonical: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)  # ("h1", text)
    ids: list[str] = field(default_factory=list)
    addresses: list[tuple[str, str]] = field(default_factory=list)  # (tag, address)
    scripts: list[str] = field(default_factory=list)  # text of inline scripts
    tags: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    marked: list[tuple[dict[str, str], str]] = field(default_factory=list)
    text: str = ""

    def one(self, attribute: str) -> tuple[str, str] | None:
        """Value and text of the first element with `attribute`."""
        for attributes, text in self.marked:
            if attribute in attributes:
                return attributes[attribute], text
        return None

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for attributes, _ in self.marked if attribute in attributes]


_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "circle", "rect", "path", "line",
}  # fmt: skip
_KEPT = (
    "data-record-id",
    "data-typ",
    "data-verdikt",
    "data-gueltigkeit",
    "data-result-count",
    "data-search-state",
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = PageFacts()
        self.open: list[tuple[str, list[str] | None, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts, given = self.facts, {k: v or "" for k, v in attrs}
        facts.tags.add(tag)
        if tag == "html":
            facts.lang = given.get("lang", "")
        if tag == "meta":
            self._meta(given)
        if tag == "link" and given.get("rel") == "canonical":
            facts.canonical = given.get("href", "")
        if "id" in given:
            facts.ids.append(given["id"])
        facts.classes.update(given.get("class", "").split())
        facts.addresses += [(tag, v) for k, v in given.items() if (tag, k) in ADDRESSES]
        if tag in _VOID:
            return
        wanted = tag in ("h1", "h2", "h3", "h4", "h5", "h6", "title") or any(
            k in given for k in _KEPT
        )
        inline = tag == "script" and "src" not in given and given.get("type") != "application/json"
        self.open.append((tag, [] if wanted or inline else None, given))

    def _meta(self, given: dict[str, str]) -> None:
        name, content = given.get("name"), given.get("content", "")
        if name == "description":
            self.facts.description = content
        elif name == "robots":
            self.facts.robots = content
        elif given.get("http-equiv") == "refresh":
            self.facts.refresh = content.partition("url=")[2]

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, collected, given = self.open.pop()
            if collected is not None:
                text = "".join(collected)
                if name == "script":
                    self.facts.scripts.append(text)
                elif name == "title" and not self.facts.title:
                    self.facts.title = text.strip()
                elif len(name) == 2 and name[0] == "h" and name[1].isdigit():
                    self.facts.headings.append((name, text.strip()))
                if any(k in given for k in _KEPT):
                    self.facts.marked.append(
                        ({k: given[k] for k in _KEPT if k in given}, text.strip())
                    )
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        for _, collected, _ in self.open:
            if collected is not None:
                collected.append(data)
        if not self.open or self.open[-1][0] not in ("script", "style"):
            self.words.append(data)


def read_page(html: str) -> PageFacts:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.facts.text = " ".join("".join(reader.words).split())
    return reader.facts


def broken_links(pages: Mapping[str, PageFacts], files: frozenset[str] | set[str]) -> Iterator[str]:
    """One line for each internal address that leads to no file or to no place in it.

    Addresses must be relative, so that the site works in any folder of a server and from a disk.
    """
    anchors = {path: set(facts.ids) for path, facts in pages.items()}
    for path, facts in pages.items():
        if path == "404.html":
            continue  # served for any address, so its own links start at the root
        here = posixpath.dirname(path)
        for tag, address in {
            *facts.addresses,
            *([("meta", facts.refresh)] if facts.refresh else []),
        }:
            parts = urlsplit(address)
            if parts.scheme in ("https", "http", "mailto"):
                continue
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                yield f"{path}: <{tag}> {address} is neither relative nor a web address"
                continue
            target = (
                posixpath.normpath(posixpath.join(here, unquote(parts.path)))
                if parts.path
                else path
            )
            if parts.path.endswith("/") or parts.path in (".", ".."):
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            if target.startswith(".."):
                yield f"{path}: <{tag}> {address} leaves the site"
            elif target not in files:
                yield f"{path}: <{tag}> {address} leads to no file"
            elif parts.fragment and unquote(parts.fragment) not in anchors.get(target, set()):
                yield f"{path}: <{tag}> {address} leads to no place on the page"

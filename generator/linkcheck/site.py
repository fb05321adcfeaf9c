"""Every link of a finished site leads to a file that is there, and every anchor to a place in it.

Each page is read once, in parallel.  A page gives its anchors, what is wrong with its links, and the anchors
that it wants on other pages; those are compared at the end.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator import workers
from generator.records.problems import Problem, Severity, quoted

PAGES, STYLES = (".html",), (".css",)
MISSING = "404.html"  # shown at any address, so its links begin at the root of the server
_LINKS = "[href],[src],[srcset],[action],[data],[poster],meta[http-equiv]"
_ATTRIBUTES = ("href", "src", "action", "data", "poster")
_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url=(.*)$", re.I)
_WHAT = {
    "img": "Das Bild",
    "script": "Das Skript",
    "link": "Die Datei",
    "meta": "Die Weiterleitung",
}


@dataclass(slots=True)
class Seen:
    """What one page or style gave."""

    path: str
    anchors: frozenset[str] = frozenset()
    wanted: list[tuple[str, str, str, int]] = field(
        default_factory=list
    )  # file, anchor, link, line
    redirect: str = ""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Site:
    root: Path
    shown: str
    files: frozenset[str]
    site_url: str
    prefix: str  # path of the site on its server


def check_site(root: Path, shown: str, site_url: str = "") -> list[Problem]:
    """All broken links of the site below `root`.  `site_url` marks absolute addresses of its own."""
    files = frozenset(_files(root))
    base = site_url.rstrip("/") + "/" if site_url else ""
    prefix = urlsplit(base).path.rstrip("/") + "/" if base else "/"
    site = _Site(root, shown, files, base, prefix)
    read = sorted(f for f in files if f.endswith((*PAGES, *STYLES)))
    pages: dict[str, Seen] = {}
    problems: list[Problem] = []
    for part in workers.spread(_look_at, read, site):
        for seen in part:
            pages[seen.path] = seen
            problems += seen.problems
    problems += _anchors(site, pages)
    problems += _redirects(site, pages)
    problems += _data(site)
    return sorted(set(problems), key=lambda p: p.sort_key)


def _files(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders.sort()
        below = Path(folder).relative_to(root).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in names)


def _look_at(site: _Site, paths: Sequence[str]) -> list[Seen]:
    return [_look(site, path) for path in paths]


def _look(site: _Site, path: str) -> Seen:
    text = (site.root / path).read_text(encoding="utf-8", errors="replace")
    seen = Seen(path)
    if path.endswith(STYLES):
        for match in _URL.finditer(text):
            if not match[1].startswith("data:"):
                _follow(site, seen, match[1], "Die Datei", text)
        return seen
    tree = LexborHTMLParser(text)
    anchors = {v for node in tree.css("[id]") if (v := node.attributes.get("id"))}
    anchors |= {v for node in tree.css("a[name]") if (v := node.attributes.get("name"))}
    seen.anchors = frozenset(anchors)
    done: set[tuple[str, str]] = set()
    for node in tree.css(_LINKS):
        what = _WHAT.get(str(node.tag), "Der Link")
        for link in _links(str(node.tag), node.attributes):
            if (what, link) not in done:
                done.add((what, link))
                target = _follow(site, seen, link, what, text)
                if node.tag == "meta" and target:
                    seen.redirect = target
    return seen


def _links(tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    if tag == "meta":
        match = _REFRESH.match(attributes.get("content") or "")
        if (attributes.get("http-equiv") or "").lower() == "refresh" and match:
            yield match[1].strip(" '\"")
        return
    for name in _ATTRIBUTES:
        value = attributes.get(name)
        if value is not None and not (name == "data" and tag != "object"):
            yield value.strip()
    for entry in (attributes.get("srcset") or "").split(","):
        if entry.strip():
            yield entry.split()[0]


def _follow(site: _Site, seen: Seen, link: str, what: str, text: str) -> str:
    """Where a link leads within the site ("" if elsewhere); what is wrong with it is noted."""

    def wrong(code: str, message: str) -> str:
        at = text.find(link) if link else -1
        line = text.count("\n", 0, at) + 1 if at >= 0 else 1
        place = f"{site.shown}/{seen.path}"
        seen.problems.append(Problem(place, line, 1, Severity.ERROR, code, message))
        return ""

    own = bool(site.site_url) and f"{link.rstrip('/')}/".startswith(site.site_url)
    try:
        parts = urlsplit(link.removeprefix(site.site_url.rstrip("/")) if own else link)
    except ValueError:
        return wrong("link-adresse", f"{what} {quoted(link)} hat keine gültige Adresse.")
    if parts.scheme == "javascript":
        return wrong("link-skript", f"{what} {quoted(link)} ruft ein Skript auf.")
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if own:
        target = path.lstrip("/")
    elif path.startswith("/"):
        if seen.path != MISSING or not path.startswith(site.prefix):
            return wrong(
                "link-wurzel",
                f"{what} {quoted(link)} beginnt an der Wurzel des Servers; in einem Unterordner oder von "
                "einem Datenträger führt das ins Leere.",
            )
        target = path.removeprefix(site.prefix).removeprefix("./").removesuffix(".")
    elif not path:
        target = seen.path
    else:
        joined = normpath(join(dirname(seen.path), path))
        if joined == ".." or joined.startswith("../"):
            return wrong("link-hinaus", f"{what} {quoted(link)} führt aus dem Wiki hinaus.")
        target = "" if joined == "." else joined + ("/" if path.endswith(("/", "/.", "..")) else "")
    file = f"{target}index.html" if not target or target.endswith("/") else target
    if file not in site.files:
        if f"{target}/index.html" in site.files:
            return wrong(
                "link-ordner", f"{what} {quoted(link)} braucht am Ende einen Schrägstrich."
            )
        return wrong("link-tot", f"{what} {quoted(link)} führt ins Leere: {file} gibt es nicht.")
    anchor = unquote(parts.fragment)
    if anchor and anchor != "top" and ":~:" not in anchor and file.endswith(PAGES):
        line = text.count("\n", 0, max(0, text.find(link))) + 1
        seen.wanted.append((file, anchor, link, line))
    return file


def _anchors(site: _Site, pages: Mapping[str, Seen]) -> Iterator[Problem]:
    for seen in pages.values():
        for file, anchor, link, line in seen.wanted:
            if anchor not in pages[file].anchors:
                said = (
                    f"Der Link {quoted(link)} zeigt auf eine Stelle, die es in {file} nicht gibt."
                )
                yield _error(f"{site.shown}/{seen.path}", line, "link-anker", said)


def _redirects(site: _Site, pages: Mapping[str, Seen]) -> Iterator[Problem]:
    for seen in pages.values():
        target = pages.get(seen.redirect)
        if seen.redirect and target is not None and target.redirect:
            said = f"Die Weiterleitung führt auf eine weitere ({seen.redirect})."
            yield _error(f"{site.shown}/{seen.path}", 1, "link-kette", said)


def _data(site: _Site) -> Iterator[Problem]:
    """The addresses that stand in the API and in the sitemap."""
    api = "api/v1/records.json"
    if api in site.files:
        data = json.loads((site.root / api).read_text(encoding="utf-8"))
        for record in data["records"]:
            url = record["url"]
            if (f"{url}index.html" if not url or url.endswith("/") else url) not in site.files:
                said = f"Die Seite {quoted(url)} des Eintrags {quoted(record['id'])} gibt es nicht."
                yield _error(f"{site.shown}/{api}", 1, "link-tot", said)
    if "sitemap.xml" in site.files and site.site_url:
        text = (site.root / "sitemap.xml").read_text(encoding="utf-8")
        for match in re.finditer(r"<loc>([^<]*)</loc>", text):
            url = unquote(match[1]).removeprefix(site.site_url)
            if (f"{url}index.html" if not url or url.endswith("/") else url) not in site.files:
                line = text.count("\n", 0, match.start()) + 1
                said = f"Die Seite {quoted(match[1])} gibt es nicht."
                yield _error(f"{site.shown}/sitemap.xml", line, "link-tot", said)


def _error(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, 1, Severity.ERROR, code, message)

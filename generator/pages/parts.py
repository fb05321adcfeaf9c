"""No page is heavier than `MOST`: what a record says beyond that goes on at `<its page>/teil-2/` and so on.

A record's page is made as always; only one that is too heavy comes here, counted as it would be written.
Its longest sections are cut, all at the same height, so that the page keeps its answer, its facts and the
beginning of everything; short sections stay whole.  The rests follow each other on pages of their own.

The record's page ends with a table of contents of what follows.  It has the ids of the headings that moved,
so that a link to `<page>/#heading` from anywhere still arrives, one click (with JavaScript none) away from the
text, wherever later edits move it.  Links within the text, notes included, lead to the page that has their
target.  `ganz.js` beside the parts holds the rests for who wants to read, search or print all at once
(`theme/assets/javascripts/teile.js`).  A sheet of paper that lacks the rests says so at its top.

Everything is laid out with addresses as seen from the record's page; a part lies one step deeper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from generator.pages.layout import (
    ANCHORS,
    CONTENTS,
    LEAST,
    Layout,
    Place,
    Rest,
    index_in,
    laid_out,
    line_size,
    pack,
)
from generator.pages.page import Page
from generator.pages.splitting import Node, notes_below
from generator.records.types import TYPES

MOST = 25_000
"""Bytes of HTML that a page may have."""
FOLDER = "teil-"
WHOLE = "ganz.js"
QUIET = 60_000
"""Bytes of rests that a browser may get without being asked, so that they are there when somebody prints."""
PART_FILES = f"*/*/{FOLDER}*.html"  # of any record, and few other files
_LISTED = 24  # parts in it
_HEAD = 2_300  # bytes of what stands above and below a part's text, without the title
_TRIES = 8
_RELATIVE = re.compile(r'(\s(?:href|src|action)=")(?![a-zA-Z][a-zA-Z0-9+.-]*:|//|#|")([^"]*)')
_OWNLINK = re.compile(r'href="#([^"]+)"')
_TAG = re.compile(r"<[a-zA-Z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_PART_FILE = re.compile(rf"([^/]+)/([^/]+)/{FOLDER}(\d+)(?:/index)?\.html")
_FOLDERS = frozenset(model.ordner for model in TYPES.values())
_STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')

# Gives the complete document of a page around a content.
Wrap = Callable[[Page, str], str]
Render = Callable[[str, dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text and the page that has it; the search leads there."""

    path: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A page in parts: files by path, the paths of the parts, and what stands where."""

    files: dict[str, str]
    passages: list[Passage]


def part_path(path: str, number: int) -> str:
    return f"{path}{FOLDER}{number}/"


def part_paths(files: Iterable[str]) -> Iterator[str]:
    """The paths of the parts of records among some files of a site."""
    for file in files:
        found = _PART_FILE.fullmatch(file)
        if found and found[1] in _FOLDERS:
            yield f"{found[1]}/{found[2]}/{FOLDER}{found[3]}/"


def in_parts(page: Page, content: str, wrap: Wrap, render: Render, public: Callable[[str], str]) -> Parted:  # fmt: skip
    """The files of a page that is too heavy as a whole: its own document and those of its parts.

    `public` gives the address of a page or file below the site root.
    """
    here = public(page.path)
    base = here if here.endswith("/") else here.rpartition("/")[0] + "/"

    def near(path: str) -> str:
        """The address of a part as seen from the record's page."""
        return public(path).removeprefix(base)

    bare = len(wrap(page, "").encode())
    part_bare = bare + _depth(wrap(page, "")) + len(page.title.encode()) * 12 + _HEAD
    spare = part_spare = 0  # what the estimates were wrong by: links get longer on their way
    for attempt in range(_TRIES):
        layout = laid_out(content, MOST - bare - spare, LEAST // (attempt + 1))
        pack(layout, MOST - part_bare - part_spare)
        made = _written(page, layout, wrap, render, near, public)
        sizes = {p: len(t.encode()) - MOST for p, t in made.files.items() if p.endswith("/")}
        first = sizes.pop(page.path)
        most = max(sizes.values(), default=0)
        if first <= 0 and most <= 0:
            break
        spare += first + 100 if first > 0 else 0
        part_spare += most + 100 if most > 0 else 0
    return made


def _written(page: Page, layout: Layout, wrap: Wrap, render: Render, near: Callable[[str], str],
             public: Callable[[str], str]) -> Parted:  # fmt: skip
    """The documents of a layout."""
    count = len(layout.parts) + 1
    paths = [page.path, *(part_path(page.path, n) for n in range(2, count + 1))]
    home = near(page.path) or "./"
    hrefs = [home, *(near(p) for p in paths[1:])]
    anchors: dict[str, int] = {}  # id → index of the part that has it
    for index, rests in enumerate(layout.parts, 1):
        for rest in rests:
            rest.part = index
            for ident in _idents(rest.body):
                anchors.setdefault(ident, index)
    for ident in _idents(layout.first):
        anchors[ident] = 0

    def resolved(html: str, index: int) -> str:
        def target(match: re.Match[str]) -> str:
            there = anchors.get(match[1], index)
            return match[0] if there == index else f'href="{hrefs[there]}#{match[1]}"'

        return _TAG.sub(lambda tag: _OWNLINK.sub(target, tag[0]), html) if "#" in html else html

    crumbs = (*page.context["krumen"], (page.title, page.path))
    common = {"titel": page.title, "count": count, "hrefs": hrefs, "home": home, "krumen": crumbs}
    begins = {rest.number: rest for rests in layout.parts for rest in rests if rest.number}
    for number, place in enumerate([p for p in layout.places if p.rest is not None], 1):
        _attach_notes(place.at)
        there = begins[number].part
        way = f'<p class="ws-weiter" data-rest="{number}"><a class="ws-i ws-i--pfeil" href="{hrefs[there]}#weiter-{number}">'  # fmt: skip
        text = f"Weiterlesen in Teil {there + 1}"
        if place.title:
            text += f'<span class="ws-unsichtbar">: {place.title}</span>'
        _put_way(place, Node("", f"{way}{text}</a></p>"))
    for place in layout.places:
        if place.rest is None:
            _attach_notes(place.at)
    whole = _whole(layout)
    quiet = len(whole.encode()) <= QUIET
    contents = render(
        "_teile.html",
        {**common, "teile": _contents(layout), "ganz": public(f"{page.path}{WHOLE}"), "still": quiet},
    )  # fmt: skip
    notice = render("_teilnotiz.html", {"teil": 1, "count": count})
    first = resolved(_with_notice(_with_contents(layout.first, contents), notice), 0)
    files = {page.path: wrap(page, first)}
    styles = "".join(dict.fromkeys(_STYLE.findall(layout.first.html())))
    passages = []
    for index, rests in enumerate(layout.parts, 1):
        bodies = [resolved(_section(rest), index) for rest in rests]
        passages += [Passage(paths[index], index + 1, rest.body.text()) for rest in rests]
        inner = render(
            "teil.html",
            {**common, "teil": index + 1, "stile": Markup(styles), "stuecke": [Markup(b) for b in bodies]},
        )  # fmt: skip
        own = replace(page, path=paths[index], title=f"{page.title} (Teil {index + 1} von {count})")
        files[paths[index]] = _deeper(wrap(own, inner), public(page.path))
    files[f"{page.path}{WHOLE}"] = whole
    return Parted(files, passages)


def _idents(node: Node) -> Iterator[str]:
    """The ids in a tree and in its notes."""
    for one in node.walk():
        if one.ident:
            yield one.ident
        for note in one.notes:
            yield from _idents(note)


def _put_way(place: Place, way: Node) -> None:
    if place.inside:
        place.at.children.append(way)
    else:
        place.parent.children.insert(index_in(place.parent, place.at) + 1, way)


def _attach_notes(node: Node) -> None:
    notes = notes_below(node)
    if notes:
        node.children.append(Node("", notes))


def _with_contents(first: Node, contents: str) -> str:
    """The page with the table of contents behind the last section that was cut, or at its end."""
    html = first.html()
    at = html.rfind('<p class="ws-weiter"')
    end = html.find("</p>", at) + len("</p>")
    # Behind the whole section, which ends after the way on.
    section = html.find("</section>", end)
    wide = html.find('<div class="ws-breit">')
    if wide < 0 or section < 0:
        return html + contents
    above = at < wide  # what was cut last stands above: before everything else then
    place = html.find(">", wide) + 1 if above else section + len("</section>")
    return html[:place] + contents + html[place:]


def _with_notice(html: str, notice: str) -> str:
    """The page with what its printed sheet says as long as the other parts are missing on it, below its title."""
    at = html.find("</header>")
    at = at + len("</header>") if at >= 0 else 0
    return html[:at] + notice + html[at:]


def _contents(layout: Layout) -> list[tuple[int, list[tuple[str, Markup]], list[str]]]:
    """(part, [(id, heading)], further ids) for the parts of a table of contents."""
    found = [
        (index, node)
        for index, rests in enumerate(layout.parts[:_LISTED], 1)
        for rest in rests
        for node in rest.body.walk()
        if node.is_heading and node.ident
    ]
    chosen: set[int] = set()
    left = CONTENTS
    for tags in (("h2",), ("h3",), ("h4", "h5", "h6")):
        for number, (_, node) in enumerate(found):
            if node.tag in tags and (left := left - line_size(node)) >= 0:
                chosen.add(number)
    lines: dict[int, list[tuple[str, Markup]]] = {}
    others: dict[int, list[str]] = {}
    left = ANCHORS
    for number, (index, node) in enumerate(found):
        if number in chosen:
            lines.setdefault(index, []).append((node.ident, Markup(node.text())))
        elif (left := left - len(node.ident) - 20) >= 0:
            others.setdefault(index, []).append(node.ident)
    parts = range(1, min(len(layout.parts), _LISTED) + 1)
    return [(index + 1, lines.get(index, []), others.get(index, [])) for index in parts]


def _section(rest: Rest) -> str:
    """A rest as a section of a part's page."""
    body = _inner(rest.body)
    heading = next((c.is_heading for c in rest.body.children if c.tag), False)
    ident = f' id="weiter-{rest.number}"' if rest.number else ""
    title = "" if heading or not rest.title else f"<h2>{rest.title} (Fortsetzung)</h2>"  # fmt: skip
    return f'<section class="md-typeset ws-text"{ident}>{title}{body}{notes_below(rest.body)}</section>'


def _inner(body: Node) -> str:
    """The content of a section that was cut; of a list or table itself."""
    if body.tag in ("section", "div", "dd"):
        return "".join(c.html() for c in body.children)
    return body.html()


def _whole(layout: Layout) -> str:
    """The rests as a script that hands them over."""
    rests: dict[int, list[str]] = {}
    number = 0
    for part in layout.parts:
        for rest in part:
            number = rest.number or number
            rests.setdefault(number, []).append(_inner(rest.body) + notes_below(rest.body))
    data = json.dumps(rests, ensure_ascii=False, separators=(",", ":"))
    return f"wissenTeile.da({data});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _deeper(document: str, own: str) -> str:
    """A document with addresses as seen from the record's page, for a place one step below it."""
    file = own.rpartition("/")[2]

    def address(match: re.Match[str]) -> str:
        target = match[2]
        if target == "./":
            target = ""
        elif target.startswith("?"):
            target = file + target
        return f"{match[1]}../{target}"

    return _TAG.sub(lambda tag: _RELATIVE.sub(address, tag[0]), document)


def _depth(document: str) -> int:
    """How many bytes a frame grows by one step down."""
    return 3 * sum(len(_RELATIVE.findall(tag)) for tag in _TAG.findall(document))

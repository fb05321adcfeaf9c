"""Where a page that is too heavy is cut, and what comes on which part (`parts.py`).

All its sections are filled to the same height, like vessels: short ones stay whole, the longest lose most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.pages.splitting import Node, level, parse, split, with_notes

LINK = 230  # bytes for the way from a cut to what follows
LEAST = 700  # bytes of a section that stay on the record's page at least
CONTENTS = 3_200  # bytes of the table of contents; of more headings the upper ones
TEXT = 2_500  # bytes of running text that stay, before anything else is cut
ANCHORS = 3_000  # bytes of the ids of the others


@dataclass(slots=True)
class Rest:
    """What is left of a section that was cut."""

    number: int
    title: str
    start: str  # opening tag of the section it comes from
    body: Node

    part: int = 0


@dataclass(slots=True)
class Place:
    """A section of the record's page that may be cut."""

    parent: Node
    at: Node
    title: str
    inside: bool  # the way on stands in it, not behind it
    text: bool = False  # running text
    rest: Node | None = None


@dataclass(slots=True)
class Layout:
    first: Node
    places: list[Place]
    parts: list[list[Rest]] = field(default_factory=list)


def laid_out(content: str, room: int, least: int) -> Layout:
    """The page with its longest sections cut, so that it takes `room` bytes."""
    first = with_notes(parse(content))
    places = list(_places(first))
    sizes = [p.at.size for p in places]
    room -= first.size - sum(sizes) + _contents_room(places)
    heights = _heights(places, room, least)
    for place, height in zip(places, heights, strict=True):
        if place.at.size > height:
            begin, rest = split(place.at, height, force=True)
            if begin is None or rest is None:
                continue
            place.parent.children[index_in(place.parent, place.at)] = begin
            place.at, place.rest = begin, rest
    return Layout(first, places)


def _heights(places: Sequence[Place], room: int, least: int) -> list[int]:
    """How many bytes each section keeps: texts give way to what is looked up, as long as they keep enough."""
    texts = [p.at.size if p.text else 0 for p in places]
    others = sum(p.at.size for p in places if not p.text)
    left = room - others - LINK * sum(map(bool, texts))
    if left >= min(sum(texts), TEXT):
        height = level([size for size in texts if size], left)
        return [height if p.text else p.at.size for p in places]
    sizes = [p.at.size for p in places]
    height = level(sizes, room)
    for _ in range(3):  # each cut needs a way on
        cuts = sum(size > height for size in sizes)
        height = level(sizes, max(0, room - cuts * LINK))
    return [max(height, least)] * len(places)


def index_in(parent: Node, child: Node) -> int:
    return next(i for i, c in enumerate(parent.children) if c is child)


def _places(node: Node, title: str = "") -> Iterator[Place]:
    """The sections of a page that may be cut, in reading order."""
    name = title
    for child in list(node.children):
        if child.tag == "dt":
            name = child.text()
        elif child.tag == "section" and "ws-urteil" not in child.start:
            yield Place(node, child, _title(child), True, "ws-text" in child.start)
        elif child.tag == "dd" or "ws-urteil__grund" in child.start:
            yield Place(node, child, name or "Ergebnis", True)
        elif child.tag in ("ul", "ol", "p", "table") and "ws-urteil__wort" not in child.start:
            yield Place(node, child, name, False)
        elif child.tag in ("div", "aside", "dl", "header", "section"):
            yield from _places(child, "Ergebnis" if child.tag == "section" else title)


def _title(section: Node) -> str:
    """What a section is called: by a heading of its own at its top."""
    for child in section.children:
        if child.is_heading:
            return "" if child.ident.startswith("t-") else child.text()
        if child.tag:
            break
    return ""


def _contents_room(places: Sequence[Place]) -> int:
    headings = [n for p in places for n in p.at.walk() if n.is_heading and n.ident]
    lines = sum(line_size(n) for n in headings)
    return 1_000 + (lines if lines <= CONTENTS else CONTENTS + ANCHORS)


def line_size(heading: Node) -> int:
    return 2 * len(heading.ident) + len(heading.text().encode()) + 60


def pack(layout: Layout, room: int) -> None:
    """Spread the rests over parts, one after the other."""
    left = 0
    number = 0
    for place in layout.places:
        if place.rest is None:
            continue
        number += 1
        title = place.title or _last_heading(place.at)
        rest: Node | None = place.rest
        begins = True
        while rest is not None:
            cost = 120 + len(title.encode())
            if left - cost < LEAST:
                layout.parts.append([])
                left = room
            begin, rest = _next(rest, left - cost, fresh=left == room)
            if begin is None:  # too little room left for the next block
                left = 0
                continue
            layout.parts[-1].append(Rest(number if begins else 0, title, place.at.start, begin))
            begins = False
            left -= begin.size + cost
            title = place.title or _last_heading(begin) or title


def _next(rest: Node, room: int, *, fresh: bool) -> tuple[Node | None, Node | None]:
    begin, more = split(rest, room)
    if begin is None and fresh:
        begin, more = split(rest, room, force=True)
        if begin is None:
            return rest, None
    return begin, more


def _last_heading(node: Node) -> str:
    titles = [n.text() for n in node.walk() if n.is_heading]
    return titles[-1] if titles else ""

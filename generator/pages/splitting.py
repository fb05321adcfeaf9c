"""HTML as a tree that can be divided by bytes, for pages that would get too heavy.

Only such pages come here, so this is plain rather than quick.  `parse` reads HTML that our templates and
the allowlist of Markdown wrote, so it is well-formed.  `split` gives the beginning of a tree that fits into
so many bytes, and the rest as a tree of its own: preferably cut before a heading, else between blocks, else
between items, rows, sentences or words.  What goes on says so: a table repeats its head, a numbered list
counts on.  Anything can be divided, also a single paragraph, row or line of code.

Notes below a text travel with the place that refers to them: a reference counts as long as its note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_TAG = re.compile(
    r"<svg.*?</svg>|<(/?)([a-zA-Z][\w-]*)([^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*)>",
    re.S,
)  # a picture as a whole; quoted values may hold anything
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Divided only if they do not fit on a page of their own.
_WHOLE = _HEADINGS | {"svg", "figure", "script", "nav", "button", "form", "sup", "summary", "thead", "caption", "dt"}  # fmt: skip
# Elements that hold running text: they are filled up to the last word.
_RUNNING = frozenset(
    {"", "p", "pre", "code", "a", "abbr", "b", "cite", "del", "em", "kbd", "small", "span", "strong"}
    | {"sub", "table", "tbody", "figcaption", *_HEADINGS}
)  # fmt: skip
_NEVER = frozenset({"svg", "script", "form", "nav"})
DEPTH = 30  # of elements; what is nested deeper loses its tags, not its text
LONG_TAG = 2_000  # bytes of an opening tag; longer addresses work in no browser
LONG_NOTE = 1_500  # bytes of a note that is read at the place itself
_ID = re.compile(r"\sid=(\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(r'href="#(fn-[^"]+)"')
_START = re.compile(r'\sstart="(\d+)"')


@dataclass(slots=True)
class Node:
    """An element, or with no `tag` a text.  `start` is its opening tag, or the text itself."""

    tag: str
    start: str
    end: str = ""
    children: list[Node] = field(default_factory=list)
    notes: list[Node] = field(default_factory=list)
    size: int = 0  # bytes, with the notes
    inside: str = ""  # "pre" in preformatted text
    broken: bool = False  # goes on in another tree

    def measure(self) -> Node:
        """Count the bytes of this node; those of its children are known."""
        self.size = len(self.start.encode()) + len(self.end) + sum(c.size for c in self.children)
        self.size += sum(note.size for note in self.notes)
        return self

    def html(self) -> str:
        return f"{self.start}{''.join(c.html() for c in self.children)}{self.end}"

    def text(self) -> str:
        """What a reader sees of it, as HTML without tags."""
        return self.start if not self.tag else "".join(c.text() for c in self.children)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        left = [self]
        while left:
            node = left.pop()
            yield node
            if node.children:
                left.extend(reversed(node.children))

    @property
    def ident(self) -> str:
        found = _ID.search(self.start) if self.tag and " id=" in self.start else None
        return found[1][1:-1] if found else ""

    @property
    def is_heading(self) -> bool:
        return self.tag in _HEADINGS


def parse(html: str) -> Node:
    """The tree of a piece of HTML, in an element without a tag of its own."""
    root = Node("div", "")
    stack, deep, at, pre = [root], 0, 0, 0

    def text(until: int) -> None:
        if until > at:
            piece = html[at:until]
            inside = "pre" if pre else ""
            stack[-1].children.append(Node("", piece, size=len(piece.encode()), inside=inside))

    for match in _TAG.finditer(html):
        closing, tag, attributes = match.groups()
        text(match.start())
        at = match.end()
        if tag is None:
            stack[-1].children.append(Node("svg", match[0]).measure())
            continue
        pre += (-1 if closing else 1) if tag == "pre" else 0
        if closing:
            if deep:
                deep -= 1
            elif len(stack) > 1:
                done = stack.pop()
                done.end = match[0]
                done.measure()
            continue
        start = match[0]
        if len(start) > LONG_TAG and tag in ("a", "img"):
            start = f"<{tag}>"
        if attributes.endswith("/") or tag in _VOID:
            stack[-1].children.append(Node(tag, start).measure())
        elif len(stack) >= DEPTH:
            deep += 1
        else:
            node = Node(tag, start)
            stack[-1].children.append(node)
            stack.append(node)
    text(len(html))
    return root.measure()


def with_notes(root: Node) -> Node:
    """The tree with each note at the first place that refers to it."""
    notes: dict[str, Node] = {}
    sections = [n for n in root.walk() if any(_holds_notes(c) for c in n.children)]
    for node in sections:
        for section in [c for c in node.children if _holds_notes(c)]:
            listed = next(c for c in section.children if c.tag == "ol")
            own = [n for n in listed.children if n.tag == "li" and n.size <= LONG_NOTE]
            notes |= {n.ident: n for n in own}
            listed.children = [n for n in listed.children if n not in own]
            if not any(n.tag for n in listed.children):
                node.children.remove(section)
    if notes:
        for node in root.walk():
            if node.tag == "sup" and (found := _REFERENCE.search(node.html())):
                note = notes.pop(found[1], None)
                if note is not None:
                    number = re.sub(r"\D", "", node.text())
                    note.start = note.start.replace(">", f' value="{number}">', 1)
                    node.notes.append(note.measure())
    return _measured(root) if sections else root


def _holds_notes(node: Node) -> bool:
    if node.tag != "section":
        return False
    listed = [c for c in node.children if c.tag]
    if [c.tag for c in listed] != ["ol"]:
        return False
    items = [c for c in listed[0].children if c.tag]
    return bool(items) and all(c.ident.startswith("fn-") for c in items)


def _measured(node: Node) -> Node:
    for child in node.children:
        _measured(child)
    return node.measure()


def notes_below(node: Node) -> str:
    """The notes that belong to a tree, as HTML below it."""
    notes = [note.html() for one in node.walk() for note in one.notes]
    return f"<section><ol>\n{''.join(notes)}\n</ol></section>" if notes else ""


def split(node: Node, room: int, *, force: bool = False) -> tuple[Node | None, Node | None]:
    """(what fits into so many bytes, the rest).  Without `force` nothing may fit."""
    if node.size <= room:
        return node, None
    if not node.tag:
        return _split_text(node, room, force)
    if not node.children or node.notes or node.tag in _NEVER or (node.tag in _WHOLE and not force):
        return None, node
    if node.tag == "tr":
        return _split_row(node, room, force)
    return _split_element(node, room, force)


def _split_text(node: Node, room: int, force: bool) -> tuple[Node | None, Node | None]:
    text = node.start
    most = len(text.encode()[: max(0, room)].decode(errors="ignore"))
    least = most // 2
    if node.inside == "pre":
        cut = text.rfind("\n", least, most) + 1
    else:
        ends = [m.end() for m in re.finditer(r"[.!?:][\s]+", text[least:most])]
        cut = least + ends[-1] if ends else 0
    if cut <= 0:
        spaces = [text.rfind(c, least, most) for c in " \n\t"]
        cut = max(spaces) + 1
    if cut <= 0:
        if not force or most < 1:
            return None, node
        cut = most
        entity = text.rfind("&", max(0, cut - 12), cut)
        if entity > 0 and ";" not in text[entity:cut]:
            cut = entity
    first = Node("", text[:cut], inside=node.inside).measure()
    return first, Node("", text[cut:], inside=node.inside).measure()


def _split_row(node: Node, room: int, force: bool) -> tuple[Node | None, Node | None]:
    """A row of a table that is too long for a page: each cell as far as it fits."""
    if not force:
        return None, node
    room -= len(node.start) + len(node.end)
    cells = [c for c in node.children if c.tag]
    most = level([c.size for c in cells], room)
    first, rest = [], []
    for cell in cells:
        begin, more = split(cell, max(most, 40), force=True)
        first.append(begin or _copy(cell, []))
        rest.append(more or _copy(cell, []))
    return _copy(node, first, node.start), _copy(node, rest)


def _split_element(node: Node, room: int, force: bool) -> tuple[Node | None, Node | None]:
    feet = [c for c in node.children if c.tag == "tfoot" and c.size < room // 4]
    if feet and len(feet) < len(
        node.children
    ):  # what it comes to stands below each part of a table
        bare = _copy(node, [c for c in node.children if c not in feet], node.start)
        begin, rest = _split_element(bare, room - sum(c.size for c in feet), force)
        if begin is None or rest is None:
            return None, node
        for part in (begin, rest):
            part.children += feet
            part.measure()
        return begin, rest
    children = node.children
    inner = room - len(node.start.encode()) - len(node.end)
    used = count = 0
    for child in children:
        if used + child.size > inner:
            break
        used += child.size
        count += 1
    cut = _before_heading(children, count, inner // 2)
    if cut == 0:
        child = children[count]
        if child.tag in _RUNNING or node.tag in _RUNNING or used < inner // 2:
            begun = _with_begun(node, count, inner - used, False)
            if begun is not None:
                return begun
        cut = _no_widow(children, count)
        if not any(c.tag for c in children[:cut]) or _only_repeated(children[:cut]):
            begun = _with_begun(node, count, inner - used, True) if force else None
            if begun is not None or not force or _only_repeated(children[:count]):
                return begun or (None, node)
            cut = count  # nothing but headings, or a picture that cannot be divided follows
    first = _copy(node, children[:cut], node.start)
    return first, _go_on(node, first, children[cut:])


def _before_heading(children: Sequence[Node], count: int, least: int) -> int:
    """Where the last heading is before which there is enough; 0 without one."""
    sizes = [c.size for c in children[:count]]
    for at in range(count, 0, -1):
        if sum(sizes[:at]) < least:
            return 0
        if at < len(children) and children[at].is_heading:
            kept = _no_widow(children, at)
            return kept if sum(sizes[:kept]) >= least else 0
    return 0


def _no_widow(children: Sequence[Node], cut: int) -> int:
    """Not right behind a heading or the name of what follows."""
    while cut and (
        children[cut - 1].is_heading
        or children[cut - 1].tag == "dt"
        or not (children[cut - 1].tag or children[cut - 1].start.strip())
    ):
        cut -= 1
    return cut


def _only_repeated(children: Sequence[Node]) -> bool:
    return all(c.tag in ("caption", "thead", "") for c in children)


def _with_begun(
    node: Node, count: int, room: int, force: bool
) -> tuple[Node | None, Node | None] | None:
    """Divided within the child that does not fit."""
    begin, more = split(node.children[count], room, force=force)
    if begin is None or more is None:
        return None
    begin.broken = True
    first = _copy(node, [*node.children[:count], begin], node.start)
    return first, _go_on(node, first, [more, *node.children[count + 1 :]])


def _go_on(node: Node, first: Node, rest: Sequence[Node]) -> Node:
    """What of an element follows on its beginning."""
    made = _copy(node, [*(c for c in first.children if c.tag == "thead"), *rest])
    if node.tag == "ol":
        begun = _START.search(node.start)
        items = [c for c in first.children if c.tag == "li"]
        number = int(begun[1]) if begun else 1
        number += len(items) - (1 if items and items[-1].broken else 0)
        made.start = _START.sub("", made.start).replace(">", f' start="{number}">', 1)
        made.measure()
    if node.is_heading:
        made.tag, made.start, made.end = "p", "<p>", "</p>"
        made.measure()
    return made


def _copy(node: Node, children: Sequence[Node], start: str | None = None) -> Node:
    """The same element around others; an id stands once."""
    start = _ID.sub("", node.start) if start is None else start
    return Node(node.tag, start, node.end, list(children), inside=node.inside).measure()


def level(sizes: Sequence[int], room: int) -> int:
    """The height up to which vessels of these sizes are filled by so much, poured into all of them."""
    left = room
    ordered = sorted(sizes)
    for number, size in enumerate(ordered):
        share = left // (len(ordered) - number)
        if size > share:
            return max(0, share)
        left -= size
    return max(sizes, default=0)

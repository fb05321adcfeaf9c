"""What readers see of a page before and after a change: the words of the rendered page, compared.

A page is rendered from both states of the records and read like a reader does: text by text, each under
the heading or the term that it stands under.  What differs is shown as words, with a few around them.
Navigation, pictures (each has a table) and the list of changes are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.catalogue.addresses import addresses
from generator.catalogue.catalogue import Catalogue
from generator.pages.environment import Renderer
from generator.pages.markdown import render_markdown
from generator.pages.site import record_page
from generator.records.files import read_page

TEMPLATES = Path(__file__).parents[2] / "theme" / "wissen"
_UNREAD = "script,style,svg,nav,template,noscript,button"
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "li", "dd", "td", "th", "figcaption", "caption", "blockquote", "pre", "div", "section", "summary", "header", "aside"}  # fmt: skip
_TOP = "Ganz oben"
_ALIKE = 0.5  # at least this much is the same of a text that changed
_AROUND = 3  # words shown before and after what differs
_JOIN = 2  # fewer same words between two differences do not part them

Text: TypeAlias = tuple[str, str]  # what it stands under, its words


@dataclass(frozen=True, slots=True)
class Differing:
    """Words that differ at one place; "" where there were or are none.

    `under`: the heading or term; `lead` and `tail`: the same words before and after.
    """

    under: str
    before: str
    after: str
    lead: str = ""
    tail: str = ""


class Reading:
    """Pages of one state of the records, as texts."""

    def __init__(self, catalogue: Catalogue, root: Path, templates: Path = TEMPLATES) -> None:
        self.root = root
        self.catalogue = catalogue
        self.renderer = Renderer(templates, catalogue, addresses(True, catalogue.pages))

    def record(self, ident: str) -> list[Text]:
        """The texts of the page of a record; none if there is no such record."""
        if ident not in self.catalogue.records:
            return []
        histories, self.catalogue.histories = self.catalogue.histories, {}
        try:
            page = record_page(ident, self.catalogue)
            return texts(self.renderer.render(page.path, page.template, page.context))
        finally:
            self.catalogue.histories = histories

    def static(self, path: str) -> list[Text]:
        """The texts of a static page."""
        if path not in self.catalogue.pages:
            return []
        return texts(render_markdown(read_page(self.root / path, path).body, lambda href: href))


def texts(html: str) -> list[Text]:
    """What stands on a page, in reading order."""
    tree = LexborHTMLParser(html)
    for node in tree.css(_UNREAD):
        node.decompose()
    found: list[Text] = []
    heading, term = _TOP, ""
    for node in tree.root.css("*") if tree.root else ():
        tag = node.tag or ""
        outer = set(_outer(node))
        if tag in _HEADINGS:
            heading = _words(node.text(separator=" "))
            if tag == "h1":
                found.append(("Überschrift", heading))
                heading = _TOP
        elif tag == "dt":
            term = _words(node.text(separator=" "))
        elif tag == "tr":
            cells = (_words(c.text(separator=" ")) for c in node.iter() if c.tag in ("td", "th"))
            found.append((heading, " | ".join(c for c in cells if c)))
        elif tag in _BLOCKS and not outer & {"td", "th"} and tag not in ("td", "th") and (own := _own(node)):  # fmt: skip
            found.append((term if "dl" in outer else heading, own))
    return [(where, text) for where, text in found if text]


def _outer(node: LexborNode) -> Iterator[str]:
    while (parent := node.parent) is not None:
        yield parent.tag or ""
        node = parent


def _own(node: LexborNode) -> str:
    """The text of an element without that of the blocks in it."""
    return _words(" ".join(_inline(node)))


def _inline(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            yield child.text()
        elif tag not in _BLOCKS | _HEADINGS and tag not in ("dl", "dt", "ul", "ol", "table", "tr"):
            yield from _inline(child)


def _words(text: str) -> str:
    return re.sub(r" ([.,;:!?)])", r"\1", " ".join(text.split()))


def differing(before: Iterable[Text], after: Iterable[Text]) -> list[Differing]:
    """Where two pages differ, in reading order."""
    old, new = list(before), list(after)
    found: list[Differing] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(b - a, d - c)
        for i in range(both):
            (under, was), (now_under, now) = old[a + i], new[c + i]
            if under == now_under:
                found += _changed_words(under, was, now)
            else:
                found += [Differing(under, was, ""), Differing(now_under, "", now)]
        found += [Differing(under, was, "") for under, was in old[a + both : b]]
        found += [Differing(under, "", now) for under, now in new[c + both : d]]
    return list(_paired(found))


def _changed_words(under: str, before: str, after: str) -> Iterator[Differing]:
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield Differing(under, before, after)
        return
    spans: list[list[int]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if spans and a - spans[-1][1] <= _JOIN:
            spans[-1][1], spans[-1][3] = b, d
        else:
            spans.append([a, b, c, d])
    for a, b, c, d in spans:
        yield Differing(
            under, " ".join(old[a:b]), " ".join(new[c:d]),
            " ".join(old[max(0, a - _AROUND) : a]), " ".join(old[b : b + _AROUND]),
        )  # fmt: skip


def _paired(found: list[Differing]) -> Iterator[Differing]:
    """What went at one place and came at another under the same heading is one text: moved, which is no
    change to tell, or changed."""
    come = [d for d in found if not d.before]
    partner: dict[int, Differing] = {}
    for place in (d for d in found if not d.after):
        words = place.before.split()
        likely = [(SequenceMatcher(None, words, d.after.split()).ratio(), -i) for i, d in enumerate(come) if d.under == place.under]  # fmt: skip
        ratio, index = max(likely, default=(0.0, 0))
        if ratio > _ALIKE:
            partner[id(place)] = come.pop(-index)
    taken = {id(d) for d in partner.values()}
    for place in found:
        if other := partner.get(id(place)):
            yield from _changed_words(place.under, place.before, other.after)
        elif id(place) not in taken:
            yield place


def affected(ident: str, catalogue: Catalogue) -> set[str]:
    """Records whose pages may show something of this one: it refers to them, or they to it."""
    record = catalogue.records.get(ident)
    if record is None:
        return set()
    linked = {r.source for r in catalogue.incoming(record)}
    for reference in catalogue.outgoing(record):
        target = catalogue.get(reference.target)
        if target is not None:
            linked.add(target.id)
    return linked & catalogue.records.keys()

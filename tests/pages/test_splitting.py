"""Any HTML that the wiki makes can be divided by bytes: nothing is lost, doubled or torn."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from generator.pages.markdown import render_markdown
from generator.pages.splitting import DEPTH, Node, level, notes_below, parse, split, with_notes

ROOM = 3_000
SENTENCE = "Die Ämter haben das Verfahren geprüft & für „gut“ befunden. "
TABLE = "| Was | Wie |\n| --- | --- |\n"
TEXTS = {
    "one paragraph": SENTENCE * 300,
    "one word": "Donaudampfschifffahrt" * 800,
    "only entities": "&<>" * 3000,
    "many headings": "".join(f"## Abschnitt {n}\n\n{SENTENCE * 6}\n\n" for n in range(40)),
    "one heading": f"## {SENTENCE * 200}\n\nEnde.",
    "headings only": "".join(f"## Überschrift {n}\n\n" for n in range(300)),
    "table": TABLE + "".join(f"| Zeile {n} | {SENTENCE} |\n" for n in range(200)),
    "one row": f"{TABLE}| {SENTENCE * 150}| {SENTENCE * 60}|\n",
    "list": "".join(f"{n}. {SENTENCE}\n" for n in range(1, 200)),
    "one entry": f"7. {SENTENCE * 200}\n8. Ende\n",
    "nested lists": "".join("  " * (n % 9) + f"- {SENTENCE}\n" for n in range(200)),
    "code": "```\n" + "".join(f"zeile {n}: <a href='x'>\n" for n in range(600)) + "```\n",
    "one line of code": "```\n" + "x=1;" * 5000 + "\n```\n",
    "deep quotes": ">" * 400 + " " + SENTENCE * 200,
    "marks": "**Wichtig:** *sehr* `code` [Verweis](https://x.example/a) " * 200,
    "long address": f"[Verweis](https://x.example/{'a' * 9000}) danach. " * 3,
    "emoji": "👩‍🌾 " * 3000,
}


class _Balance(HTMLParser):
    """Which elements are open at the end, and whether any was closed that was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def html_of(markdown: str) -> str:
    return f"<section>\n{render_markdown(markdown, lambda href: href)}\n</section>"


def pieces(tree: Node, room: int = ROOM) -> list[Node]:
    found, rest = [], tree.children[0]
    while rest is not None:
        begin, more = split(rest, room, force=True)
        assert begin is not None, rest.html()[:200]
        found.append(begin)
        rest = more  # type: ignore[assignment]
    return found


def letters(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize("name", TEXTS)
def test_everything_is_divided(name: str) -> None:
    html = html_of(TEXTS[name])
    tree = with_notes(parse(html))
    if name not in ("deep quotes", "long address"):  # those lose tags and addresses
        assert tree.html() == html
    found = pieces(tree)
    assert len(found) > (0 if name == "long address" else 1)
    for piece in found:
        text = piece.html()
        assert len(text.encode()) <= ROOM
        assert piece.size == len(text.encode())
        balance = _Balance()
        balance.feed(text)
        assert (balance.open, balance.wrong) == ([], [])
    once = [re.sub(r"<thead>.*?</thead>", "" if n else r"\g<0>", p.html(), flags=re.S) for n, p in enumerate(found)]  # fmt: skip
    assert letters("".join(once)) == letters(html)


def test_sections_begin_with_their_heading() -> None:
    found = pieces(parse(html_of(TEXTS["many headings"])))
    starts = [re.sub(r"^<section>\s*", "", piece.html()) for piece in found]
    assert all(start.startswith("<h2 id=") for start in starts)
    assert not [p for p in found if re.search(r"</h2>\s*</section>$", p.html())]


def test_a_table_repeats_its_head_and_a_list_counts_on() -> None:
    tables = pieces(parse(html_of(TEXTS["table"])))
    assert all("<th>Was</th>" in piece.html() for piece in tables)
    lists = pieces(parse(html_of(TEXTS["list"])))
    for piece in lists[1:]:
        start = re.search(r'<ol start="(\d+)">', piece.html())
        assert start is not None
    numbers = []
    for piece in lists:
        start = re.search(r'<ol start="(\d+)">', piece.html())
        count = piece.html().count("<li>")
        first = int(start[1]) if start else 1
        numbers += list(range(first, first + count))
    assert sorted(set(numbers)) == list(range(1, 200))


def test_notes_go_where_they_are_referred_to() -> None:
    body = "".join(f"{SENTENCE * 8}Siehe dort.[^n{n}]\n\n" for n in range(30))
    notes = "".join(f"[^n{n}]: Anmerkung Nummer {n}.\n" for n in range(30))
    tree = with_notes(parse(html_of(f"{body}\n{notes}")))
    found = pieces(tree)
    for piece in found:
        text = piece.html() + notes_below(piece)
        assert set(re.findall(r'href="#(fn-[^"]+)"', text)) == set(re.findall(r'<li id="(fn-[^"]+)"', text))  # fmt: skip
        assert len(text.encode()) <= ROOM + 50
    assert sum((p.html() + notes_below(p)).count("Anmerkung Nummer") for p in found) == 30


def test_ids_stand_once() -> None:
    html = '<section id="a"><ul id="b">' + f"<li>{SENTENCE}</li>" * 200 + "</ul></section>"
    joined = "".join(p.html() for p in pieces(parse(html)))
    assert joined.count('id="a"') == joined.count('id="b"') == 1


def test_depth_is_bounded() -> None:
    deep = parse(html_of(TEXTS["deep quotes"]))
    assert deep.html().count("<blockquote>") < DEPTH


@pytest.mark.parametrize(
    ("sizes", "room", "height"),
    [([], 5, 0), ([3, 4], 10, 4), ([1, 9, 9], 11, 5), ([9, 9], 0, 0), ([100], 7, 7)],
)
def test_level(sizes: list[int], room: int, height: int) -> None:
    assert level(sizes, room) == height


def test_what_a_table_comes_to_stands_below_each_part() -> None:
    rows = f"<tr><td>{SENTENCE}</td></tr>" * 200
    html = f"<table><thead><tr><th>Was</th></tr></thead><tbody>{rows}</tbody><tfoot><tr><td>Summe</td></tr></tfoot></table>"
    found = pieces(parse(html))
    assert len(found) > 3
    for piece in found:
        assert piece.html().count("Summe") == piece.html().count("Was") == 1
        assert len(piece.html().encode()) <= ROOM
    assert sum(p.html().count("<tr>") for p in found) == 200 + 2 * len(found)

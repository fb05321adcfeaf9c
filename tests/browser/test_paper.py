"""Records on paper: whoever prints one has the answer and the facts on the first sheet."""

from __future__ import annotations

import pytest

from generator.records.types import TYPES
from tests.browser.paper import sheets
from tests.browser.watch import Watch
from tests.site.sites import built

FACTS = "Auf einen Blick"
LAST = "Kontakt"  # stands in the facts of every record, far down
CHOSEN = 3  # of each type


def heaviest(folder: str) -> list[str]:
    """The pages of a type with most on them."""
    pages = [
        p for p in (built("muster") / folder).glob("*/index.html") if b"ws-fakten" in p.read_bytes()
    ]
    pages.sort(key=lambda page: (-page.stat().st_size, page))
    return [page.parent.relative_to(built("muster")).as_posix() for page in pages[:CHOSEN]]


def answer(tab: Watch) -> list[str]:
    """The first words of verdict and summary."""
    found = tab.page.locator(".ws-urteil__wort, .ws-urteil__grund, .ws-kurz p").all_inner_texts()
    return [" ".join(text.split()[:4]) for text in found]


@pytest.mark.parametrize("typ", TYPES)
def test_answer_and_facts_are_on_the_first_sheet(tab: Watch, typ: str) -> None:
    paths = heaviest(TYPES[typ].ordner)
    assert paths, "the example county has records of every type"
    for path in paths:
        tab.open(f"{path}/")
        first, *_ = sheets(tab.page)
        for words in (FACTS, LAST, *answer(tab)):
            assert words in first, path
        facts = first.index(FACTS)
        assert all(first.index(words) < facts for words in answer(tab)), path


@pytest.mark.parametrize("typ", ["bewertung", "organisation", "loesung"])
def test_on_a_phone_the_facts_do_not_push_away_the_rest(tab: Watch, typ: str) -> None:
    tab.page.set_viewport_size({"width": 360, "height": 800})
    tab.open(f"{heaviest(TYPES[typ].ordner)[0]}/")
    places = [".ws-kurz", ".ws-haupt", ".ws-fakten", ".ws-breit"]
    boxes = [tab.page.locator(place).first.bounding_box() for place in places]
    edges = [edge for box in boxes if box for edge in (box["y"], box["y"] + box["height"])]
    assert len(edges) == 2 * len(places)
    assert edges == sorted(edges)

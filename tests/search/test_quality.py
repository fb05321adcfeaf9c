"""The search finds what people ask for: own queries on both content folders, with a floor.

The answers were graded by reading the records, not by looking at results. The Python engine is asked
(the browser's twin is held to the same ranking by the parity test); `make bench-search` asks the real
search page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from generator.catalogue.addresses import Addresses
from generator.checking import check_content
from generator.search.finding import find
from generator.search.knowledge import wiki_index
from generator.search.reader import IndexReader
from tests.search.helpers import ROOT

HERE = Path(__file__).parent
FLOOR = 0.90  # nDCG@10; both stood above it when the floor was set


def ndcg(ranked: Sequence[str], relevance: Mapping[str, int]) -> float:
    """nDCG@10 with gains 2^rel - 1."""

    def gain(grades: Sequence[int]) -> float:
        return sum((2**g - 1) / math.log2(i + 2) for i, g in enumerate(grades[:10]))

    ideal = gain(sorted(relevance.values(), reverse=True))
    return gain([relevance.get(ident, 0) for ident in ranked]) / ideal


@pytest.mark.parametrize(
    ("content", "queries"),
    [("content", "queries-content.json"), ("examples/musterkreis", "queries-musterkreis.json")],
)
def test_own_queries_stay_above_the_floor(content: str, queries: str) -> None:
    folder = ROOT / content
    catalogue = check_content(folder, date(2026, 11, 22)).catalogue
    reader = IndexReader(wiki_index(folder, catalogue, Addresses()).__getitem__)
    scores: dict[str, float] = {}
    for query in json.loads((HERE / queries).read_text(encoding="utf-8")):
        unknown = [ident for ident in query["rel"] if ident not in catalogue.records]
        assert not unknown, f"{query['q']}: {unknown} are no records"
        found = find(reader, query["q"], limit=10)
        assert found.hits, f"nothing found for {query['q']}"
        scores[query["q"]] = ndcg([hit.id for hit in found.hits], query["rel"])
    mean = sum(scores.values()) / len(scores)
    worst = sorted(scores, key=scores.__getitem__)[:5]
    assert mean >= FLOOR, f"nDCG@10 {mean:.3f}; worst: {[(q, round(scores[q], 2)) for q in worst]}"


def test_superseded_evaluations_come_after_their_successor() -> None:
    folder = ROOT / "examples/musterkreis"
    catalogue = check_content(folder, date(2026, 11, 22)).catalogue
    reader = IndexReader(wiki_index(folder, catalogue, Addresses()).__getitem__)
    ranked = [hit.id for hit in find(reader, "Terminvergabe Terminblick", limit=20).hits]
    assert ranked.index("terminvergabe-terminblick-2026") < ranked.index(
        "terminvergabe-terminblick-2024"
    )
    assert ranked.index("terminvergabe-terminblick-2026") < ranked.index(
        "terminvergabe-terminblick-2023"
    )

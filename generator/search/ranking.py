"""Score documents: the engine behind ``wissen find``.

Each concept of the query counts with its best variant; concepts are added up, and a document
that covers more of the query is preferred. Valid and finished work comes before the rest.

Twin of ``theme/assets/javascripts/suche/rang.js``: the same numbers in the same order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.search.bounding import bounded
from generator.search.query import Concept, Planner, Variant
from generator.search.reader import IndexReader

VAGUE = 0.32
"""An answer whose surest word was found with less than this only resembles the query."""
NEAR_SCORE, NEAR_COVER = 0.4, 0.5
"""A hit is about what was asked for if it has this much of the best score and of the query's words."""

Scores = dict[int, tuple[float, float]]
"""Document → (score, weight of the variant it came from)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers the query."""

    document: int
    score: float
    strength: float
    """Weight of the surest way in which a concept of the query was found."""
    near: bool
    """Whether it is about what was asked for, and not only similar."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, and how."""

    hits: list[Hit]
    concepts: list[Concept]

    @property
    def is_vague(self) -> bool:
        """Whether even the best hit only resembles what was asked for."""
        return bool(self.hits) and self.hits[0].strength < VAGUE


class Engine:
    """Search in one index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._planner = Planner(reader)
        self._weights = reader.ranking
        self._levels = float(reader.manifest["levels"])

    def search(self, query: str) -> Answer:
        """All documents worth showing, best first."""
        concepts = self._planner.plan(query)
        bounded(concepts, self._rarity, self._weights)
        totals: dict[int, float] = {}
        covered: dict[int, float] = {}
        strengths: dict[int, float] = {}
        possible = unknown = 0.0
        for concept in concepts:
            importance = self._importance(concept)
            if importance == 0.0:
                unknown += concept.weight * self._rarity(0)
                continue
            possible += concept.weight * importance
            for document, (score, weight) in self._best(concept.variants, importance).items():
                totals[document] = totals.get(document, 0.0) + concept.weight * score
                share = concept.weight * importance * weight
                covered[document] = covered.get(document, 0.0) + share
                strengths[document] = max(strengths.get(document, 0.0), weight)
        scores = {}
        coverage = self._weights["coverage"]
        for document, total in totals.items():
            factor = 1.0 - coverage + coverage * (covered[document] / possible)
            tier = 1.0 - self._weights["tier"] * self._reader.tiers[document]
            scores[document] = total * factor * tier
        most = max(scores.values(), default=0.0)
        least = most * self._weights["cut"]
        hits = [
            Hit(
                document,
                score,
                strengths[document],
                score >= NEAR_SCORE * most
                and covered[document] >= NEAR_COVER * (possible + unknown)
                and strengths[document] >= VAGUE,
            )
            for document, score in scores.items()
            if score >= least
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.document))
        return Answer(hits, concepts)

    def _rarity(self, count: int) -> float:
        """Inverse document frequency."""
        raw = math.log(1.0 + (self._reader.size - count + 0.5) / (count + 0.5))
        return math.floor(raw * 1000.0 + 0.5) / 1000.0

    def _importance(self, concept: Concept) -> float:
        """How much a concept says: the rarity of its own word, else of its best variant."""
        rarities = [self._variant_rarity(variant) for variant in concept.variants]
        for variant, rarity in zip(concept.variants, rarities, strict=True):
            if variant.kind == "exact" and rarity > 0.0:
                return rarity
        return max(rarities, default=0.0)

    def _variant_rarity(self, variant: Variant) -> float:
        if variant.kind == "split":
            best = [max((self._variant_rarity(v) for v in p), default=0.0) for p in variant.pieces]
            return max(best, default=0.0)
        postings = self._reader.postings(variant.term)
        return self._rarity(len(postings[0])) if postings is not None else 0.0

    def _best(self, variants: list[Variant], importance: float) -> Scores:
        """The best variant of each document."""
        best: Scores = {}
        for variant in variants:
            if variant.kind == "split":
                found = self._split(variant, importance)
            else:
                found = self._single(variant, importance)
            for document, entry in found.items():
                present = best.get(document)
                if present is None or entry[0] > present[0]:
                    best[document] = entry
        return best

    def _single(self, variant: Variant, importance: float) -> Scores:
        postings = self._reader.postings(variant.term)
        if postings is None:
            return {}
        scale = variant.weight * min(importance, self._rarity(len(postings[0]))) / self._levels
        return {
            document: (scale * impact, variant.weight)
            for document, impact in zip(*postings, strict=True)
        }

    def _split(self, variant: Variant, importance: float) -> Scores:
        """Pieces of a compound: the more of its length is there, the better."""
        totals: dict[int, float] = {}
        covered: dict[int, float] = {}
        for piece, share in zip(variant.pieces, variant.shares, strict=True):
            for document, (score, weight) in self._best(piece, importance).items():
                totals[document] = totals.get(document, 0.0) + share * score
                covered[document] = covered.get(document, 0.0) + share * weight
        return {
            document: (
                variant.weight * total * covered[document],
                variant.weight * covered[document] * covered[document],
            )
            for document, total in totals.items()
        }

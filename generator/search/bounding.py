"""Which lists of documents a query asks for: those that can change its answer, and not too many.

How much a list can add to a document's score is known before the list is loaded: the weight of its variant
times the rarity of its term; a piece of a compound also adds to what the other pieces say.  What adds next
to nothing beside the best of its concept (``faint``) is left out.  Of the others the strongest come first, until they
have so many ``postings`` together that a reader would wait for them (about 15 KB).  The words of the query themselves are
always looked up, and the best variant of each concept.

A small wiki never has so many postings.  Twin of the same part of ``theme/assets/javascripts/suche/rang.js``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from generator.search.query import Concept, Variant

OWN = ("exact", "alias", "phrase")
"""Variants that are the words of the query themselves."""

Rarity = Callable[[int], float]


def bounded(concepts: Sequence[Concept], rarity: Rarity, numbers: Mapping[str, float]) -> None:
    """Take the variants out of the concepts that are not asked for; `numbers`: ``settings.RANKING``."""
    wanted: set[str] = set()
    others: list[tuple[float, int, str]] = []
    left = numbers["postings"]
    for concept in concepts:
        importance = _importance(concept, rarity)
        says = [
            (variant, is_own, concept.weight * say)
            for variant, is_own, say in _says(concept.variants, importance, rarity)
        ]
        best = max((say for _, _, say in says), default=0.0)
        for variant, is_own, say in says:
            if is_own or say == best:
                if variant.term not in wanted:
                    wanted.add(variant.term)
                    left -= variant.size
            elif say >= numbers["faint"] * best:
                others.append((-say, variant.size, variant.term))
    for _, size, term in sorted(others):
        if term not in wanted and size <= left:
            wanted.add(term)
            left -= size
    for concept in concepts:
        concept.variants = _only(concept.variants, wanted)


def _importance(concept: Concept, rarity: Rarity) -> float:
    """How much a concept says, by the sizes of its terms (see `Engine._importance`)."""
    for variant in concept.variants:
        if variant.kind == "exact" and rarity(variant.size) > 0.0:
            return rarity(variant.size)
    leaves = (leaf for v in concept.variants for leaf in chain([v], *v.pieces) if leaf.term)
    return max((rarity(leaf.size) for leaf in leaves), default=0.0)


def _says(
    variants: Sequence[Variant], importance: float, rarity: Rarity
) -> Iterator[tuple[Variant, bool, float]]:
    """(variant with a term, whether it is a word of the query itself, how much it can add)."""

    def of_term(variant: Variant) -> float:
        return min(importance, rarity(variant.size))

    for variant in variants:
        if variant.kind != "split":
            yield variant, variant.kind in OWN, variant.weight * of_term(variant)
            continue
        parts = [*zip(variant.pieces, variant.shares, strict=True)]
        together = 0.0
        for piece, share in parts:
            together += share * max((v.weight * of_term(v) for v in piece), default=0.0)
        for piece, share in parts:
            for leaf in piece:
                say = share * leaf.weight * max(together, of_term(leaf))
                yield leaf, False, variant.weight * say


def _only(variants: Sequence[Variant], wanted: set[str]) -> list[Variant]:
    """The variants with these terms; a compound stays as long as any of its pieces does."""
    kept = []
    for variant in variants:
        if variant.kind != "split":
            if variant.term in wanted:
                kept.append(variant)
            continue
        variant.pieces = [_only(piece, wanted) for piece in variant.pieces]
        if any(variant.pieces):
            kept.append(variant)
    return kept

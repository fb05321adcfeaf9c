"""Which lists of documents a query asks for: those that can change its answer, and not too many.

How much a list can add to a document's score is known before the list is loaded: the weight of its variant
times the rarity of its term.  What adds next to nothing beside the best of its concept is left out.  Of the
others the strongest come first, until they have so many postings together that a reader would wait for
them.  The words of the query themselves are always looked up, and the best variant of each concept.

A small wiki never has so many postings.  Twin of the same part of ``theme/assets/javascripts/suche/rang.js``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.search.query import Concept, Variant

FAINT = 0.02
"""A list that says less than this share of the best one in its concept is left out."""
MOST_POSTINGS = 24_000
"""So many postings a query asks for beside its own words: about 15 KB."""
OWN = ("exact", "alias", "phrase")
"""Variants that are the words of the query themselves."""

Rarity = Callable[[int], float]


def bounded(concepts: Sequence[Concept], rarity: Rarity) -> None:
    """Take the variants out of the concepts that are not asked for."""
    wanted: set[str] = set()
    others: list[tuple[float, str, int]] = []
    left = MOST_POSTINGS
    for concept in concepts:
        importance = _importance(concept, rarity)
        says = [
            (variant, is_own, factor * variant.weight * min(importance, rarity(variant.size)))
            for variant, is_own, factor in _leaves(concept.variants, concept.weight)
        ]
        best = max((say for _, _, say in says), default=0.0)
        for variant, is_own, say in says:
            if is_own or say == best:
                if variant.term not in wanted:
                    wanted.add(variant.term)
                    left -= variant.size
            elif say >= FAINT * best:
                others.append((-say, variant.term, variant.size))
    for _, term, size in sorted(others):
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
    leaves = _leaves(concept.variants, 1.0)
    return max((rarity(variant.size) for variant, _, _ in leaves), default=0.0)


def _leaves(
    variants: Sequence[Variant], factor: float, inside: bool = False
) -> Iterator[tuple[Variant, bool, float]]:
    """(variant with a term, whether it is a word of the query itself, what its score is multiplied by)."""
    for variant in variants:
        if variant.kind == "split":
            for piece, share in zip(variant.pieces, variant.shares, strict=True):
                yield from _leaves(piece, factor * variant.weight * share, inside=True)
        else:
            yield variant, not inside and variant.kind in OWN, factor


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

"""Weights moved: the Nutzwert under other weights, the ranking, and where its first place changes.

Everything is a rational number, so that equal is equal: the browser computes the same
(`theme/assets/javascripts/vergleich/nutzwert.js`, `tests/vergleich/test_parity.py`).

The share of criterion k is w_k / Σ w.  If only its weight moves, the others keep their proportions.  With
d_i the difference of the points of two candidates and r the weighted mean of the d_i of all other
criteria, their difference at a share x of criterion k is x·d_k + (1 − x)·r: a straight line with at most
one zero, x = r / (r − d_k).  The order changes there if r and d_k have opposite signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.catalogue.scoring import Score

Numbers = Sequence[Fraction]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something with points: one for each criterion, or None where there are none.

    `excluded` names its unmet exclusion criteria: whatever the weights, it is out of the ranking.
    """

    id: str
    points: tuple[Fraction | None, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate in the ranking; equal values share a rank."""

    id: str
    rank: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class Turn:
    """The first place changes where criterion `index` reaches `share`; `above`: beyond it, else below."""

    index: int
    share: Fraction
    winner: str
    above: bool


def value(weights: Numbers, points: Numbers) -> Fraction | None:
    """Σ weight × points / Σ weight; None if all weights are zero."""
    total = sum(weights, Fraction(0))
    if not total:
        return None
    return sum((w * p for w, p in zip(weights, points, strict=True)), Fraction(0)) / total


def competes(candidate: Candidate, weights: Numbers) -> bool:
    """Has points wherever a weight is not zero: what was not judged is not zero points."""
    return not candidate.excluded and all(
        p is not None for p, w in zip(candidate.points, weights, strict=True) if w
    )


def ranking(weights: Numbers, candidates: Iterable[Candidate]) -> list[Place]:
    """Those who compete, best first; of equal ones the first by id."""
    valued = []
    for candidate in candidates:
        if competes(candidate, weights):
            found = value(weights, _points(candidate))
            if found is not None:
                valued.append((candidate.id, found))
    valued.sort(key=lambda pair: (-pair[1], pair[0]))
    return [
        Place(ident, 1 + sum(1 for _, other in valued if other > mine), mine)
        for ident, mine in valued
    ]


def crossing(weights: Numbers, index: int, first: Numbers, second: Numbers) -> Fraction | None:
    """The share of a criterion at which two rows of points change their order, or None."""
    rest = sum(weights, Fraction(0)) - weights[index]
    if not rest:
        return None
    differences = [a - b for a, b in zip(first, second, strict=True)]
    others = sum(
        (w * d for i, (w, d) in enumerate(zip(weights, differences, strict=True)) if i != index),
        Fraction(0),
    )
    mean, own = others / rest, differences[index]
    return mean / (mean - own) if mean * own < 0 else None


def turns(weights: Numbers, candidates: Sequence[Candidate]) -> list[Turn]:
    """For each criterion the nearest shares, below and above today's, at which another one is first.

    None while several share the first place: then any change decides.
    """
    places = ranking(weights, candidates)
    if len(places) < 2 or places[1].rank == 1:
        return []
    judged = {c.id: c.points for c in candidates}
    points = {c.id: _points(c) for c in candidates}
    total = sum(weights, Fraction(0))
    found: list[Turn] = []
    for index, weight in enumerate(weights):
        nearest: dict[bool, Turn] = {}
        for place in places[1:]:
            if judged[places[0].id][index] is None or judged[place.id][index] is None:
                continue
            share = crossing(weights, index, points[places[0].id], points[place.id])
            if share is None:
                continue
            turn = Turn(index, share, place.id, share > weight / total)
            known = nearest.get(turn.above)
            if known is None or abs(share - weight / total) < abs(known.share - weight / total):
                nearest[turn.above] = turn
        found += [nearest[side] for side in (False, True) if side in nearest]
    return found


def candidate(ident: str, score: Score, criteria: Sequence[str]) -> Candidate:
    """An evaluation as a candidate under the criteria of its catalogue."""
    points = {row.id: Fraction(row.points) for row in score.rows}
    return Candidate(ident, tuple(points.get(c) for c in criteria), bool(score.excluded))


def _points(candidate: Candidate) -> list[Fraction]:
    """Points as numbers; where there are none, the weight of the criterion is zero."""
    return [Fraction(0) if p is None else p for p in candidate.points]

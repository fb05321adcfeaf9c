"""Other weights: ranking, ties, exclusion, and where the first place changes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.catalogue.weighing import Candidate, crossing, ranking, turns, value


def numbers(*values: float | str) -> list[Fraction]:
    return [Fraction(str(v)) for v in values]


def candidate(ident: str, *points: float | str | None, excluded: bool = False) -> Candidate:
    found = tuple(None if p is None else Fraction(str(p)) for p in points)
    return Candidate(ident, found, excluded)


def test_weights_are_shares_of_their_sum() -> None:
    assert value(numbers(25, 75), numbers(8, 4)) == 5
    assert value(numbers(1, 3), numbers(8, 4)) == 5
    assert value(numbers(0, 0), numbers(8, 4)) is None


def test_the_excluded_and_the_unjudged_are_out_of_the_ranking() -> None:
    everyone = [
        candidate("a", 5, 5),
        candidate("b", 9, 9, excluded=True),
        candidate("c", 9, None),
        candidate("d", 5, 5),
    ]
    assert [(p.id, p.rank) for p in ranking(numbers(50, 50), everyone)] == [("a", 1), ("d", 1)]
    assert [p.id for p in ranking(numbers(50, 0), everyone)] == ["c", "a", "d"]


def test_the_turning_point_is_where_both_are_equal() -> None:
    """a leads by 2 points in the first, b by 6 in the second: equal at 2(1 − x) = 6x."""
    weights = numbers(90, 10)
    assert crossing(weights, 1, numbers(8, 2), numbers(6, 8)) == Fraction(1, 4)
    found = turns(weights, [candidate("a", 8, 2), candidate("b", 6, 8)])
    assert [(t.index, t.share, t.winner, t.above) for t in found] == [
        (0, Fraction(3, 4), "b", False),
        (1, Fraction(1, 4), "b", True),
    ]


def test_who_is_better_everywhere_stays_first() -> None:
    assert turns(numbers(50, 50), [candidate("a", 8, 8), candidate("b", 7, 8)]) == []


def test_a_tie_has_no_turning_point() -> None:
    assert turns(numbers(50, 50), [candidate("a", 8, 6), candidate("b", 6, 8)]) == []


def test_the_excluded_turn_nothing() -> None:
    rivals = [candidate("a", 8, 2), candidate("b", 6, 8, excluded=True)]
    assert turns(numbers(90, 10), rivals) == []


def test_a_criterion_without_points_is_no_way_to_turn() -> None:
    assert turns(numbers(90, 10, 0), [candidate("a", 8, 2, None), candidate("b", 6, 8, 9)]) != []
    found = turns(numbers(90, 10, 0), [candidate("a", 8, 2, None), candidate("b", 6, 8, 9)])
    assert {t.index for t in found} == {0, 1}


points = st.lists(st.integers(0, 20).map(lambda n: Fraction(n, 2)), min_size=3, max_size=3)
weight = st.integers(0, 40).map(Fraction)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.lists(weight, min_size=3, max_size=3), points, points, st.integers(0, 2), st.integers(1, 99)
)
def test_beyond_the_crossing_the_order_is_the_other(
    weights: Sequence[Fraction],
    first: Sequence[Fraction],
    second: Sequence[Fraction],
    index: int,
    step: int,
) -> None:
    """Checked by really moving the weight, the others in proportion."""
    rest = sum(weights) - weights[index]
    assume(rest > 0)

    def difference(share: Fraction) -> Fraction:
        moved = [share if i == index else w * (1 - share) / rest for i, w in enumerate(weights)]
        left, right = value(moved, first), value(moved, second)
        assert left is not None and right is not None
        return left - right

    share = crossing(weights, index, first, second)
    if share is None:
        assert difference(Fraction(0)) * difference(Fraction(1)) >= 0
        return
    assert 0 < share < 1
    assert difference(share) == 0
    below, above = share * step / 100, share + (1 - share) * step / 100
    assert difference(below) * difference(above) < 0

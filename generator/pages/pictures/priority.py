"""Relevance × feasibility: the strategy's ten criteria as a place in a matrix.

The strategy gives five points for each axis (1 to 4) and says that a matrix followed from them, but not
how; here a place is the mean of the points that are given.  A project with missing points is drawn as a
ring, because its place may still move.  Dots that would cover each other move aside a little.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from generator.catalogue.figures import mean
from generator.pages.pictures.scale import percent
from generator.records.project_types import Projekt, Realisierbarkeit, Relevanz

LOW, HIGH = 1, 4
EDGE = 0.25  # of a point around the field, so that dots on its rim are whole
NEAR = 6.5  # percent within which two dots would cover each other on a phone
CRITERIA = len(Relevanz.model_fields) + len(Realisierbarkeit.model_fields)


@dataclass(frozen=True, slots=True)
class Spot:
    """A project in the matrix.  `x`, `y` in percent from the top left, `given` of its ten criteria."""

    number: int
    record: Projekt
    relevance: Decimal
    feasibility: Decimal
    given: int
    x: float
    y: float

    @property
    def complete(self) -> bool:
        return self.given == CRITERIA


def priority_matrix(projects: Iterable[Projekt], first: int = 1) -> list[Spot]:
    """The projects that have points on both axes, numbered from `first` in the order given."""
    spots: list[Spot] = []
    for project in projects:
        relevance, feasibility = mean(project.relevanz), mean(project.realisierbarkeit)
        if relevance is None or feasibility is None:
            continue
        x, y = _free(place(feasibility), round(100 - place(relevance), 2), spots)
        number = first + len(spots)
        spots.append(Spot(number, project, relevance, feasibility, given(project), x, y))
    return spots


def place(points: Decimal | float) -> float:
    """Where a mean of points lies on its axis, in percent."""
    return percent(float(points), LOW - EDGE, HIGH + EDGE)


def given(project: Projekt) -> int:
    """How many of the ten criteria have points."""
    groups = (project.relevanz, project.realisierbarkeit)
    return sum(value is not None for group in groups for _, value in group or ())


def _free(x: float, y: float, taken: list[Spot]) -> tuple[float, float]:
    """The place itself, or the nearest one to its right or left that is free."""
    for step in count():
        at = x + (NEAR * ((step + 1) // 2)) * (1 if step % 2 else -1)
        if not 2 <= at <= 98:
            if step > 40:
                return x, y
            continue
        if all(abs(at - s.x) >= NEAR or abs(y - s.y) >= NEAR for s in taken):
            return round(at, 2), y
    raise AssertionError  # pragma: no cover

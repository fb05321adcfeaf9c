"""Evaluations over time: when they were made and how long their result holds.

One row per evaluation on a common scale.  A planned or running evaluation has no result yet, so only
the time of its work is drawn; where that is unknown, nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.pages.pictures.scale import Span, TimeScale, day_of, time_scale
from generator.records.evaluation_types import Bewertung

LONGEST = 20
"""Years that a scale spans at most: a date mistyped by centuries must not squeeze all the others."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An evaluation in the picture: its work and the validity of its result."""

    record: Bewertung
    work: Span | None
    holds: Span | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows on a common scale; `today` is drawn through all of them."""

    bars: tuple[Bar, ...]
    scale: TimeScale
    today: float


def timeline(evaluations: Sequence[Bewertung], today: date) -> Timeline:
    """The evaluations in the order given."""
    spans = [(e, work_of(e), result_of(e)) for e in evaluations]
    days = [day for _, work, holds in spans for pair in (work, holds) if pair for day in pair]
    near = [day for day in days if abs(day.year - today.year) <= LONGEST]
    scale = time_scale([*near, today])
    bars = tuple(
        Bar(e, scale.span(*work) if work else None, scale.span(*holds) if holds else None)
        for e, work, holds in spans
    )
    return Timeline(bars, scale, scale.at(today))


def work_of(evaluation: Bewertung) -> tuple[date, date] | None:
    """First and last day of the evaluation's work, as far as it is told."""
    period = evaluation.zeitraum
    if period is None:
        return None
    return day_of(period.von), day_of(period.bis or period.von, end=True)


def result_of(evaluation: Bewertung) -> tuple[date, date] | None:
    """From the day of a result to its last day; None if there is no result."""
    if evaluation.pruefstatus != "abgeschlossen" or evaluation.gueltig_bis is None:
        return None
    work = work_of(evaluation)
    decided = evaluation.stand
    if work is not None and work[1] < decided:  # looked at again later: it holds since it was made
        decided = work[1]
    return decided, evaluation.gueltig_bis

"""Scales: from a value or a day to its place in a drawing, in percent of its width."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LABELS = 8  # years that are written on an axis at most; more do not fit on a phone


def percent(value: float, low: float = 0.0, high: float = 100.0) -> float:
    """Where `value` lies between `low` and `high`, from 0 to 100 with two decimals."""
    if high <= low:
        return 0.0
    return round(min(100.0, max(0.0, (value - low) / (high - low) * 100)), 2)


def day_of(value: date | str, *, end: bool = False) -> date:
    """The first day (or with `end` the last) of a date, a month as "2026-03" or a year."""
    if isinstance(value, date):
        return value
    parts = [int(part) for part in value.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if end else 1
    if len(parts) > 2:
        return date(year, month, parts[2])
    return date(year, month, monthrange(year, month)[1] if end else 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time as it is drawn: where it begins and how long it is."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Whole years from left to right."""

    first: int
    last: int

    def at(self, day: date) -> float:
        start, end = date(self.first, 1, 1), date(self.last, 12, 31)
        return percent(day.toordinal(), start.toordinal(), end.toordinal())

    def span(self, start: date, end: date) -> Span:
        """At least as wide as can be seen."""
        x = self.at(start)
        return Span(x, round(max(0.6, self.at(max(start, end)) - x), 2))

    @property
    def years(self) -> list[tuple[int, float]]:
        """Years to write on the axis, each where it begins."""
        step = -(-(self.last - self.first + 1) // LABELS)
        return [(y, self.at(date(y, 1, 1))) for y in range(self.first, self.last + 1, step)]


def time_scale(days: Iterable[date]) -> TimeScale:
    """The years in which all these days lie; at least one must be given."""
    years = [day.year for day in days]
    return TimeScale(min(years), max(years))

"""Columns per month: how many records carry a day of that month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Column:
    """`month` as "2026-03"; `y` and `height` in percent of the drawing, for all and for a part of them."""

    month: str
    total: int
    part: int
    x: float
    width: float
    height: float
    part_height: float


def months_until(day: date, number: int) -> list[str]:
    """The last `number` months up to that of `day`, oldest first."""
    last = day.year * 12 + day.month - 1
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(last - number + 1, last + 1)]


def columns(counts: Sequence[tuple[str, int, int]]) -> list[Column]:
    """One column per (month, all, part of them), scaled to the highest."""
    highest = max((total for _, total, _ in counts), default=0) or 1
    step = 100 / max(1, len(counts))
    return [
        Column(
            month,
            total,
            part,
            round(number * step + step * 0.1, 2),
            round(step * 0.8, 2),
            round(total / highest * 100, 2),
            round(part / highest * 100, 2),
        )
        for number, (month, total, part) in enumerate(counts)
    ]

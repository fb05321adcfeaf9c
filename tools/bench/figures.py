"""Medians, ratios and growth of measured runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

from tools.bench.process import Usage

Result = dict[str, Any]


def summary(runs: Sequence[Usage]) -> Result:
    """Median and least of each figure, and all runs."""
    rows = [usage.row() for usage in runs]
    return {
        **{name: {"median": median(r[name] for r in rows), "min": min(r[name] for r in rows)} for name in rows[0]},
        "runs": rows,
    }  # fmt: skip


def exponent(small: float, large: float, n_small: int, n_large: int) -> float | None:
    """e in `figure = c · n^e`, from two sizes; None if there is only one."""
    if n_small == n_large or min(small, large) <= 0:
        return None
    return math.log(large / small) / math.log(n_large / n_small)

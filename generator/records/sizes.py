"""Size classes of municipalities (KGSt): their bounds, and several of them in words.

Classes side by side are told as one range; the browser does the same (`kommune.js`), a test compares both.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.records.german import german_number
from generator.records.vocabulary import GROESSENKLASSE

# Class → its inhabitants, from (included) to (not included; but the largest includes 100,000).
BOUNDS = {
    "gk7": (0, 10_000),
    "gk6": (10_000, 25_000),
    "gk5": (25_000, 50_000),
    "gk4": (50_000, 100_000),
}


def size_of_municipality(inhabitants: int) -> str | None:
    """The class of a municipality; there is none from 100,000 on."""
    return next((name for name, (_, end) in BOUNDS.items() if inhabitants < end), None)


def size_words(classes: Iterable[str], noun: str = "Einwohner") -> str:
    """What classes mean together: "10.000 bis 100.000 Einwohner; Kreis"."""
    given = set(classes)
    ranges: list[list[int]] = []
    for name, (low, end) in BOUNDS.items():
        if name in given and ranges and ranges[-1][1] == low:
            ranges[-1][1] = end
        elif name in given:
            ranges.append([low, end])
    told = [_range(low, end, noun) for low, end in ranges]
    told += [t.label for t in GROESSENKLASSE.terms if t.value in given - BOUNDS.keys()]
    return "; ".join(told)


def _range(low: int, end: int, noun: str) -> str:
    largest = end == max(last for _, last in BOUNDS.values())
    until = f"{german_number(end)} {noun}"
    if not low:
        return f"{'bis' if largest else 'unter'} {until}"
    return f"{german_number(low)} bis {'' if largest else 'unter '}{until}"

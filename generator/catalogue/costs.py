"""What a sum of money refers to: the size to which published costs can be scaled, if there is one.

`kosten.bezugsgroesse` is free text.  It is understood only if it names exactly one number of inhabitants
or of workplaces; anything else ("ein Gerät", "ab 10.000 Einwohnern", a range) is not scaled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = (("einwohner", r"Einwohner\w*|EW"), ("arbeitsplaetze", r"Arbeitspl[äa]tz\w*"))
_ONE = r"ein(?:e[mnr]?)?|je|pro"
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d+"
_SIZE = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER}|{_ONE})\s+(?:"
    + "|".join(rf"(?P<{name}>{words})" for name, words in _UNITS)
    + r")\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:ab|bis|unter|über|mindestens|höchstens|maximal|zwischen|mehr als|weniger als)\b|\d\s*[–-]\s*\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Size:
    """So many `einwohner` or `arbeitsplaetze`."""

    unit: str
    number: int


def size_of(text: str | None) -> Size | None:
    """The size that a text names, if it is exactly one."""
    if not text or _VAGUE.search(text):
        return None
    found = list(_SIZE.finditer(text))
    if len(found) != 1 or len(re.findall(_NUMBER, text)) > 1:
        return None
    written = found[0]["number"]
    number = int(re.sub(r"\D", "", written)) if written[0].isdigit() else 1
    unit = next(name for name, _ in _UNITS if found[0][name])
    return Size(unit, number) if number else None

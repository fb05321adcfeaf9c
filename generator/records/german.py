"""Dates, numbers, the alphabet and sentences as Germans write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip

SUMMARY = 180  # characters of a summary in a list; two lines on a desk
_SENTENCE = re.compile(r"(?<=[a-zäöüß)“]{3}[.!?])\s+(?=[A-ZÄÖÜ„])")  # not behind "z. B." or "2."
_SHORT_SENTENCE, _LONG_SENTENCE = 40, 240


@lru_cache(maxsize=1 << 12)
def german_date(value: date | str | None) -> str:
    """31.03.2026; a loose date as "März 2026" or "2026"."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    parts = value.split("-")
    if len(parts) == 3:
        return f"{parts[2]}.{parts[1]}.{parts[0]}"
    return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else value


def german_number(value: Decimal | int | None, places: int | None = None) -> str:
    """1234.5 → "1.234,5"; with `places`, rounded half up to that many."""
    if value is None:
        return ""
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    else:
        number = number.normalize()
    return f"{number:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


@lru_cache(maxsize=1 << 12)
def collation_key(text: str) -> str:
    """German dictionary order (DIN 5007-1): umlauts like their vowels, ß like ss."""
    folded = text.casefold().replace("ß", "ss")
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def shortened(text: str, length: int = SUMMARY) -> str:
    """The beginning of a text, cut after a word."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(None, 1)[0].rstrip(" ,;:–-") + " …"


def first_sentence(text: str) -> str:
    """The first sentence of a text, and the next one too if that says little; never very long."""
    sentences = _SENTENCE.split(" ".join(text.split()))
    said = sentences[0]
    if len(said) < _SHORT_SENTENCE and len(sentences) > 1:
        said = f"{said} {sentences[1]}"
    return shortened(said, _LONG_SENTENCE)

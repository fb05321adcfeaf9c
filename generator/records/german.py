"""Dates, numbers and the alphabet as Germans write them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


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


def collation_key(text: str) -> str:
    """German dictionary order (DIN 5007-1): umlauts like their vowels, ß like ss."""
    folded = text.casefold().replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))

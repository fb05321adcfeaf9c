"""How numbers and texts are written into the script files of the index.

Everything is printable ASCII without quote and backslash, so it needs no escaping inside a
JavaScript string and compresses well. ``theme/assets/javascripts/suche/daten.js`` reads it.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence

DIGITS = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\')
"""93 characters that stand for the numbers 0 to 92."""

_HALF = 46
_MOST_SHARED = 25
_VALUE = {char: value for value, char in enumerate(DIGITS)}


def pack_gaps(numbers: Iterable[int]) -> str:
    """Rising numbers as gaps, each in base 46; all digits but the last are marked."""
    out = []
    previous = -1
    for number in numbers:
        gap = number - previous - 1
        previous = number
        if gap < _HALF:
            out.append(DIGITS[gap])
            continue
        digits = [DIGITS[gap % _HALF]]
        gap //= _HALF
        while gap:
            digits.append(DIGITS[_HALF + gap % _HALF])
            gap //= _HALF
        out.extend(reversed(digits))
    return "".join(out)


def unpack_gaps(text: str) -> list[int]:
    """The inverse of ``pack_gaps``."""
    numbers = []
    previous, gap = -1, 0
    for char in text:
        value = _VALUE[char]
        if value >= _HALF:
            gap = gap * _HALF + value - _HALF
        else:
            previous += gap * _HALF + value + 1
            numbers.append(previous)
            gap = 0
    return numbers


def pack_values(values: Iterable[int]) -> str:
    """Numbers from 0 to 92, one character each."""
    return "".join(DIGITS[value] for value in values)


def unpack_values(text: str) -> list[int]:
    """The inverse of ``pack_values``."""
    return [_VALUE[char] for char in text]


def pack_wide(values: Sequence[int]) -> str:
    """Numbers from 0 to 8648, two characters each."""
    base = len(DIGITS)
    return "".join(DIGITS[value // base] + DIGITS[value % base] for value in values)


def pack_sorted(terms: Iterable[str]) -> str:
    """Sorted terms without capitals: a capital says how many letters the next one shares."""
    out = []
    previous = ""
    for term in terms:
        shared = 0
        for left, right in zip(term[:_MOST_SHARED], previous, strict=False):
            if left != right:
                break
            shared += 1
        out.append(chr(ord("A") + shared) + term[shared:])
        previous = term
    return "".join(out)


def unpack_sorted(text: str) -> list[str]:
    """The inverse of ``pack_sorted``."""
    terms: list[str] = []
    previous = ""
    for mark, rest in re.findall("([A-Z])([^A-Z]*)", text):
        previous = previous[: ord(mark) - ord("A")] + rest
        terms.append(previous)
    return terms


def digest(text: str) -> str:
    """Six characters that change when the text does."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:5]).decode()[:6]


def compact_json(value: object) -> str:
    """JSON without spaces, with sorted keys, as readable Unicode."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def script(name: str, payload: str) -> str:
    """A classic script that hands one text to the loader in the browser."""
    literal = json.dumps(payload, ensure_ascii=False)
    literal = literal.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"wissenSuche.load({json.dumps(name)},{literal});\n"


def payload(text: str) -> tuple[str, str]:
    """Name and payload of a script made by ``script``."""
    head = "wissenSuche.load("
    name, payload_text = json.loads("[" + text[len(head) :].rstrip()[:-2] + "]")
    return name, payload_text

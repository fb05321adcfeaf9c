"""How numbers and texts are written into the script files of the index.

Everything is printable ASCII without quote and backslash, so it needs no escaping inside a
JavaScript string and compresses well. ``theme/assets/javascripts/suche/zahlen.js`` reads it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable

DIGITS = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\')
"""93 characters that stand for the numbers 0 to 92."""

MARK = 8
"""Length of a hash in a file name: 48 bits, so no two of a hundred thousand files have the same."""

_MOST_SHARED = 25
_STEPS = 4
"""A size is told so finely: steps from one power of 2 to the next."""
_VALUE = {char: value for value, char in enumerate(DIGITS)}


def pack_values(values: Iterable[int]) -> str:
    """Numbers from 0 to 92, one character each."""
    return "".join(DIGITS[value] for value in values)


def unpack_values(text: str) -> list[int]:
    """The inverse of ``pack_values``."""
    return [_VALUE[char] for char in text]


def size_code(count: int) -> int:
    """A number of documents, roughly, as one digit; 0 stands for none."""
    return min(len(DIGITS) - 1, 1 + int(_STEPS * math.log2(count))) if count else 0


def rough_size(code: int) -> int:
    """The least number with this code."""
    return math.ceil(2.0 ** ((code - 1) / _STEPS)) if code else 0


def shared(left: str, right: str) -> int:
    """How many letters two terms have in common at the beginning, as far as that is counted."""
    most = min(len(left), len(right), _MOST_SHARED)
    if left[:most] == right[:most]:
        return most
    count = 0
    while left[count] == right[count]:
        count += 1
    return count


def pack_after(previous: str, term: str) -> str:
    """A term without capitals: a capital says how many letters it shares with the one before."""
    count = shared(term, previous)
    return chr(ord("A") + count) + term[count:]


def unpack_after(previous: str, packed: str) -> str:
    """The inverse of ``pack_after``."""
    return previous[: ord(packed[0]) - ord("A")] + packed[1:]


def pack_sorted(terms: Iterable[str]) -> str:
    """Sorted terms, each as ``pack_after``."""
    out = []
    previous = ""
    for term in terms:
        out.append(pack_after(previous, term))
        previous = term
    return "".join(out)


def unpack_sorted(text: str) -> list[str]:
    """The inverse of ``pack_sorted``."""
    terms: list[str] = []
    previous = ""
    for packed in re.findall("[A-Z][^A-Z]*", text):
        previous = unpack_after(previous, packed)
        terms.append(previous)
    return terms


def digest(text: str) -> str:
    """``MARK`` characters that change when the text does."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:6]).decode()[:MARK]


def name_hash(text: str) -> int:
    """A number of 20 bits (FNV-1a), for asking whether something may be known."""
    value = 2166136261
    for char in text:
        value = (value ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return value >> 12


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

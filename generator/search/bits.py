"""Posting lists and codes as a stream of bits: what a search has to fetch most of.

A posting list is its length (Elias gamma), then for each posting the gap to the document before it and its
impact. Gaps are Rice codes. The impacts of a long list are numbered by how often they occur in it
and the numbers are Rice codes, too; in a short list they stand as they are. Six bits make a
character of base 64. ``theme/assets/javascripts/suche/zahlen.js`` reads it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush

GAP_WIDTH, IMPACT_WIDTH, PARAMETER_WIDTH = 4, 7, 3
LONG = 32
"""From this length the impacts of a list are numbered."""


def pack_postings(documents: Sequence[int], impacts: Sequence[int]) -> str:
    """Rising document numbers with their impacts (0 to 127)."""
    count = len(documents)
    if not count:
        return ""
    length = f"{count:b}"
    low = ((documents[-1] + 1 - count) // count).bit_length() - 1
    low = min(max(0, low), (1 << GAP_WIDTH) - 1)
    out = ["0" * (len(length) - 1), length, f"{low:04b}"]
    if count < LONG:
        codes = _plain()
    else:
        table = sorted(Counter(impacts).items(), key=lambda entry: (-entry[1], entry[0]))
        ranks = sum(rank * times for rank, (_, times) in enumerate(table))
        parameter = max(0, (ranks // count).bit_length() - 1)
        out += (f"{parameter:03b}", f"{len(table):07b}", *(f"{value:07b}" for value, _ in table))
        codes = [""] * (1 << IMPACT_WIDTH)
        for rank, (value, _) in enumerate(table):
            codes[value] = _rice(rank, parameter)
    previous = -1
    for document, impact in zip(documents, impacts, strict=True):
        out.append(_rice(document - previous - 1, low))
        out.append(codes[impact])
        previous = document
    return _to_text("".join(out))


def unpack_postings(text: str) -> tuple[list[int], list[int]]:
    """The inverse of ``pack_postings``."""
    documents: list[int] = []
    impacts: list[int] = []
    if not text:
        return documents, impacts
    bits = _to_bits(text)
    at = bits.index("1")
    count = int(bits[at : 2 * at + 1], 2)
    at = 2 * at + 1

    def fixed(width: int) -> int:
        nonlocal at
        at += width
        return int(bits[at - width : at], 2) if width else 0

    def rice(low: int) -> int:
        nonlocal at
        end = bits.index("0", at)
        high = end - at
        at = end + 1
        return high << low | fixed(low)

    low = fixed(GAP_WIDTH)
    table: list[int] = []
    parameter = 0
    if count >= LONG:
        parameter = fixed(PARAMETER_WIDTH)
        table = [fixed(IMPACT_WIDTH) for _ in range(fixed(IMPACT_WIDTH))]
    previous = -1
    for _ in range(count):
        previous += rice(low) + 1
        documents.append(previous)
        impacts.append(table[rice(parameter)] if table else fixed(IMPACT_WIDTH))
    return documents, impacts


def packed_length(text: str) -> int:
    """How many postings a packed list has."""
    if not text:
        return 0
    bits = _to_bits(text[:8])
    at = bits.index("1")
    return int(bits[at : 2 * at + 1], 2)


def pack_codes(codes: Sequence[int]) -> str:
    """Numbers below 8192 as Huffman codes: how many there are and the length of each code first.

    Where all numbers are the same, their codes have no bits at all.
    """
    if not codes:
        return ""
    lengths = _code_lengths(Counter(codes))
    count = f"{len(codes):b}"
    out = ["0" * (len(count) - 1), count, f"{max(codes) + 1:013b}"]
    out += (f"{lengths.get(code, 0):05b}" for code in range(max(codes) + 1))
    if len(lengths) > 1:
        words = {}
        following, last = 0, 0
        for length, code in sorted((length, code) for code, length in lengths.items()):
            following <<= length - last
            words[code] = f"{following:0{length}b}"
            following, last = following + 1, length
        out += map(words.__getitem__, codes)
    return _to_text("".join(out))


def unpack_codes(text: str) -> list[int]:
    """The inverse of ``pack_codes``."""
    if not text:
        return []
    bits = _to_bits(text)
    at = bits.index("1")
    count = int(bits[at : 2 * at + 1], 2)
    at = 2 * at + 1
    symbols = int(bits[at : at + 13], 2)
    at += 13
    lengths = [int(bits[at + 5 * code : at + 5 * code + 5], 2) for code in range(symbols)]
    at += 5 * symbols
    meaning = {}
    following, last = 0, 0
    for length, code in sorted((length, code) for code, length in enumerate(lengths) if length):
        following <<= length - last
        meaning[f"{following:0{length}b}"] = code
        following, last = following + 1, length
    if not meaning:
        return [symbols - 1] * count
    codes: list[int] = []
    while len(codes) < count:
        end = at + 1
        while bits[at:end] not in meaning:
            end += 1
        codes.append(meaning[bits[at:end]])
        at = end
    return codes


def _code_lengths(times: Counter[int]) -> dict[int, int]:
    """Number → length of its Huffman code."""
    heap = [(often, code, [code]) for code, often in times.items()]
    heapify(heap)
    lengths = dict.fromkeys(times, 0)
    while len(heap) > 1:
        left, right = heappop(heap), heappop(heap)
        for code in left[2] + right[2]:
            lengths[code] += 1
        heappush(heap, (left[0] + right[0], min(left[1], right[1]), left[2] + right[2]))
    return lengths


@lru_cache(maxsize=1 << 16)
def _rice(number: int, low: int) -> str:
    """The upper digits as that many ones and a zero, then the ``low`` lower digits."""
    upper = "1" * (number >> low) + "0"
    return upper + f"{number & ((1 << low) - 1):0{low}b}" if low else upper


@lru_cache(maxsize=1)
def _plain() -> list[str]:
    return [f"{impact:07b}" for impact in range(1 << IMPACT_WIDTH)]


def _to_text(bits: str) -> str:
    characters = -(-len(bits) // 6)
    padded = bits + "0" * (-len(bits) % 24)
    raw = int(padded, 2).to_bytes(len(padded) // 8, "big")
    return b64encode(raw)[:characters].decode()


def _to_bits(text: str) -> str:
    raw = b64decode(text + "A" * (-len(text) % 4))
    return f"{int.from_bytes(raw, 'big'):0{len(raw) * 8}b}"

"""All numbers of the search in one place.

Those in ``RANKING`` are needed at query time; the index carries them to the browser, so both
engines always use the same ones.
"""

from __future__ import annotations

from typing import Final

FIELDS: Final = ("title", "tags", "summary", "body")
FIELD_WEIGHT: Final = (3.0, 2.5, 1.5, 1.0)
FIELD_LENGTH: Final = (0.3, 0.1, 0.5, 0.7)
"""How much the length of a field lowers its weight (the b of BM25F)."""

SATURATION: Final = 1.2
"""The k1 of BM25: how soon further occurrences stop to count."""

PART_WEIGHT: Final = 0.4
"""What a piece of a compound counts beside the whole word."""

BASE_WEIGHT: Final = 0.9
"""What an irregular form counts for its base form."""

GROUP_PARTS: Final = 0.5
"""What a synonym counts whose pieces are all in the document, though not the word itself."""

LEVELS: Final = 90
"""Steps of a quantised impact."""

COARSE_FROM: Final = 256
COARSE: Final = 8
"""Words in so many documents say little: their impacts are rounded to this many steps."""

RANKING: Final[dict[str, float]] = {
    "alias": 0.95,
    "synonym": 0.7,
    "related": 0.35,
    "loose": 0.3,
    "sibling": 0.8,
    "family": 0.6,
    "initials": 0.7,
    "prefix": 0.5,
    "infix": 0.45,
    "named": 0.6,
    "typo1": 0.85,
    "typo2": 0.65,
    "split": 0.8,
    "splitKnown": 0.5,
    "fragment": 0.58,
    "weak": 0.35,
    "coverage": 0.5,
    "tier": 0.1,
    "cut": 0.05,
    "faint": 0.02,
    "postings": 24_000,
}

NAMES_LENGTH: Final = 600
"""So much of a text is looked through for names that may be known by their initials."""
CORE_TERMS: Final = 5_000
PROMINENT: Final = 3
SHORTEST_RARE: Final = 5
"""Rarer and shorter terms outside the core cannot be reached by a misspelled query."""
SHARD_BYTES: Final = 1_200
PER_SECTION: Final = 32
"""So many shards are listed in one file of hashes."""
TEXT_LENGTH: Final = 6_000
FURTHER_LENGTH: Final = 40_000
"""Letters of a text in parts that are looked through if the first ones do not show why it was found."""
SUMMARY_LENGTH: Final = 320
RELATED: Final = 3

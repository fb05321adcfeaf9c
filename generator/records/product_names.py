"""When two names of software mean the same: written with other capitals, hyphens or spaces, with the legal
form of its vendor, or by a name that it had before.

`name_key` has a twin in the browser (`theme/assets/javascripts/kommune.js`), which compares interfaces
with the systems of a municipality.
"""

from __future__ import annotations

import re
import unicodedata

from generator.records.solution_types import Loesung

LEGAL_FORMS = frozenset(
    {"gmbh", "mbh", "ggmbh", "ag", "kg", "kgaa", "ohg", "gbr", "se", "ug", "eg", "ev", "co", "inc", "ltd"}
)  # fmt: skip
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LEAST = 4  # letters of a word that is a name by itself


def _words(name: str) -> list[str]:
    folded = unicodedata.normalize("NFC", name).lower().translate(_FOLDED)
    plain = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", folded))
    return re.findall(r"[a-z0-9]+", re.sub(r"\be\.\s?v\.", "ev", plain))


def name_key(name: str) -> str:
    """What names of the same software have in common."""
    words = _words(name)
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return "".join(words)


def names_of(solution: Loesung) -> list[str]:
    """The names of a solution: its title, former ids, and those of its search words that are names of it.

    A search word is one if it shares a longer word with the title; "Terminvergabe" says what the
    software does, "Musterterm classic" what it is called.
    """
    own = {w for w in _words(solution.titel) if len(w) >= _LEAST and w not in LEGAL_FORMS}
    others = [name for name in solution.auch_gesucht_als if own & set(_words(name))]
    found = {name_key(n): n for n in reversed([solution.titel, *solution.frueher, *others])}
    return list(reversed(found.values()))

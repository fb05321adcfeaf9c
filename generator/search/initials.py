"""Find abbreviations nobody wrote down: Service Innovation Labor → sil.

German abbreviations take the first letters of words and of the pieces of compounds:
Dokumentenmanagementsystem → dms, Technisches Hilfswerk → thw. They are guesses, so a query
uses them only for a short word that means nothing else in the wiki.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.search.analysis import LETTERS, fold
from generator.search.compounds import Splitter
from generator.search.stopwords import STOP_WORDS

SHORTEST, LONGEST = 3, 5
_CAPITAL = f"[A-ZÄÖÜ][0-9{LETTERS}-]*"
_RUN = re.compile(rf"(?:\b[a-zäöüß]{{3,}}(?:e|en|er|es|em) )?\b{_CAPITAL}(?: {_CAPITAL}){{0,3}}")
Run = tuple[str, ...]


def runs(text: str) -> set[Run]:
    """Neighbouring words of a normalised text that may form a name, as folded words."""
    found = {_folded(match) for match in set(_RUN.findall(text)) if " " in match}
    return {run for run in found if len(run) > 1}


@lru_cache(maxsize=1 << 12)
def _folded(text: str) -> Run:
    run = tuple(fold(word.replace("-", "")) for word in text.split(" "))
    return run[1:] if run[0] in STOP_WORDS else run


def initials(run: Run, splitter: Splitter) -> set[str]:
    """Abbreviations that a run of words, or its end, may have."""
    letters = [splitter.initials(word) for word in run]
    found: set[str] = set()
    for start in range(len(run)):
        ways = [""]
        for choices in letters[start:]:
            ways = [way + choice for way in ways for choice in choices]
        found.update(way for way in ways if SHORTEST <= len(way) <= LONGEST)
    return found

"""Find abbreviations nobody wrote down: Service Innovation Labor → sil.

German abbreviations take the first letters of words and of the pieces of compounds:
Dokumentenmanagementsystem → dms, Technisches Hilfswerk → thw. They are guesses, so a query
uses them only for a short word that means nothing else in the wiki.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.search.analysis import Word, fold
from generator.search.compounds import Splitter
from generator.search.stopwords import STOP_WORDS

SHORTEST, LONGEST = 3, 5
_LONGEST_RUN = 4
_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
_NUMBERS = {"zwei": "2", "drei": "3", "vier": "4"}

Run = tuple[str, ...]


def runs(text: str, found: Iterable[Word]) -> Iterator[Run]:
    """Neighbouring words of a normalised text that may form a name, as folded words."""
    run: list[str] = []
    end = -1
    for word in found:
        if not word.whole:
            continue
        folded = fold(word.surface)
        if run and (not text[end : word.start].isspace() or len(run) == _LONGEST_RUN):
            yield from _named(run)
            run = []
        end = word.end
        if word.surface[0].isupper():
            run.append(folded)
        elif folded.endswith(_ADJECTIVE_ENDINGS) and folded not in STOP_WORDS:
            yield from _named(run)
            run = [folded]
        else:
            yield from _named(run)
            run = []
    yield from _named(run)


def _named(run: list[str]) -> Iterator[Run]:
    if len(run) > 1:
        yield tuple(run)


def initials(run: Run, splitter: Splitter) -> set[str]:
    """Abbreviations that a run of words, or its end, may have."""
    letters = [_letters(word, splitter) for word in run]
    found = set()
    for start in range(len(run)):
        ways = [""]
        for choices in letters[start:]:
            ways = [way + choice for way in ways for choice in choices]
        found.update(way for way in ways if SHORTEST <= len(way) <= LONGEST)
    return found


def _letters(word: str, splitter: Splitter) -> set[str]:
    """First letter of a word, and those of its pieces."""
    found = {_NUMBERS.get(word, word[0])}
    pieces = splitter.pieces(word)
    if pieces:
        found.add("".join(_NUMBERS.get(piece, piece[0]) for piece in pieces))
        atoms = [atom for piece in pieces for atom in splitter.pieces(piece) or (piece,)]
        found.add("".join(_NUMBERS.get(atom, atom[0]) for atom in atoms))
    return found

"""Turn German text into index terms.

The browser runs the same steps in ``theme/assets/javascripts/suche/analyse.js``; a test
compares both over the whole vocabulary, so every change here needs its twin there.

1. Gender forms are reduced to the stem: ``Bürger:innen``, ``BürgerInnen`` → ``Bürger``.
2. Words are found; hyphens and camelCase make one whole word plus its parts:
   ``Open-Source-Lizenz`` → opensourcelizenz, and as parts open, source, lizenz, …
3. Folding: lower case, ``ä = ae = a``, ``ß = ss``, accents dropped.
4. Stemming in two depths: a term loses only the endings of number and case; the full CISTEM
   stem (Weißweiler and Fraser, 2017) brings further forms together at a lower weight.

A term is *whole* (the word itself) or *part* (a piece of a written compound). Compounds
without a hyphen are split later, once per vocabulary (see ``compounds``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"
WORD = f"[0-9{LETTERS}]+"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HYPHENS = re.compile("[\u2010\u2011\u2012]")
_GENDER_MARK = re.compile(rf"([a-zäöüß])(?:[:*_·]|/-?|\(-?)(?:innen|in(?![{LETTERS}]))\)?")
_GENDER_HINT = re.compile(r"[:*_·/(]-?in")
_GENDER_CAMEL = re.compile(r"([a-zäöüß])Innen")
_DIGIT_GROUP = re.compile(r"([0-9])\.(?=[0-9]{3}(?![0-9]))")
CHUNK = re.compile(rf"{WORD}(?:-{WORD})*")
_CAMEL = re.compile(r"([a-zäöüß])([A-ZÄÖÜ])")

_UE = re.compile(r"(^|[^aeiouq])ue")
_DOUBLE = re.compile(r"(.)\1")
_UNDOUBLE = re.compile(r"(.)\*")


class Word(NamedTuple):
    """One word of a text, before it becomes a term."""

    surface: str
    folded: str
    whole: bool
    start: int
    """Position of the written word in the normalised text."""
    end: int


def normalise(text: str) -> str:
    """The text in the form that word positions refer to."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _INVISIBLE.sub("", text)
        text = _HYPHENS.sub("-", text)
    if _GENDER_HINT.search(text):  # far quicker than the expression that needs its left side
        text = _GENDER_MARK.sub(r"\1", text)
    if "Innen" in text:
        text = _GENDER_CAMEL.sub(r"\1", text)
    return _DIGIT_GROUP.sub(r"\1", text) if "." in text else text


def words(text: str) -> Iterator[Word]:
    """All words of a normalised text; written compounds give the whole and their parts."""
    for match in CHUNK.finditer(text):
        start, end = match.span()
        for surface, folded, whole in chunk_words(match.group()):
            yield Word(surface, folded, whole, start, end)


@lru_cache(maxsize=1 << 13)
def chunk_words(chunk: str) -> tuple[tuple[str, str, bool], ...]:
    """(surface, folded, whole) of the words in one written word."""
    pieces = _CAMEL.sub(r"\1-\2", chunk).split("-")
    if len(pieces) == 1:
        return ((chunk, fold(chunk), True),) if len(chunk) > 1 else ()
    whole = "".join(pieces)
    parts = ((part, fold(part), False) for part in _parts(pieces))
    return ((whole, fold(whole), True), *parts)


def _parts(pieces: list[str]) -> Iterator[str]:
    """Pieces of a hyphenated word worth finding alone: each one, and neighbours joined."""
    for piece in pieces:
        if len(piece) > 1:
            yield piece
    if len(pieces) > 2:
        for left, right in pairwise(pieces):
            yield left + right


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """One spelling for all: ``Straße`` = ``strasse``, ``Bürgerbüro`` = ``Buergerbuero``."""
    word = word.lower()
    if not word.isascii():
        word = word.replace("ß", "ss")
        word = "".join(
            c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f"
        )
    word = word.replace("ae", "a").replace("oe", "o")
    return _UE.sub(r"\1u", word)


def _masculine(word: str) -> str:
    """``burgerinnen`` and ``burgerin`` → ``burger`` (on folded words)."""
    if word.endswith("innen") and len(word) >= 9:
        return word[:-5]
    if word.endswith("erin") and len(word) >= 7:
        return word[:-2]
    return word


def _guard(word: str) -> str:
    """Hide sounds and double letters that endings must not tear apart (a step of CISTEM)."""
    word = word.replace("sch", "$").replace("ei", "%").replace("ie", "&")
    return _DOUBLE.sub(r"\1*", word)


def _unguard(word: str) -> str:
    word = _UNDOUBLE.sub(r"\1\1", word)
    return word.replace("%", "ei").replace("&", "ie").replace("$", "sch")


def _has_digit(word: str) -> bool:
    return not word.isalpha()


@lru_cache(maxsize=1 << 16)
def stem_folded(word: str) -> str:
    """The index term of a folded word: without the endings of number and case.

    Only e, s and n go, the n where it can be an ending: Zähler stays apart from Zahl, Person
    from Perso. What else belongs together is known from the lexicon or found by ``root``.
    """
    if len(word) <= 3 or _has_digit(word):
        return word
    word = _guard(_masculine(word))
    while len(word) > 3 and (word[-1] in "es" or (word[-1] == "n" and word[-2] in "elr")):
        word = word[:-1]
    return _unguard(word)


@lru_cache(maxsize=1 << 17)
def cistem(word: str) -> str:
    """The CISTEM stem of a folded word: case-insensitive variant, prefix ``ge`` kept."""
    if len(word) <= 3 or _has_digit(word):
        return word
    word = _guard(_masculine(word))
    while len(word) > 3:
        if len(word) > 5 and word[-2:] in ("em", "er", "nd"):
            word = word[:-2]
        elif word[-1] in "tes" or (word[-1] == "n" and word[-2] in "elr"):
            word = word[:-1]
        else:
            break
    return _unguard(word)


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The index term of a written word."""
    return stem_folded(fold(word))


def terms(text: str) -> list[str]:
    """The whole-word terms of a text, in order (parts of hyphenated words left out)."""
    return [stem_folded(word.folded) for word in words(normalise(text)) if word.whole]

"""Look words up in the core vocabulary: beginnings, insides, relatives, typing errors.

Twin of ``theme/assets/javascripts/suche/vokabular.js``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.search.analysis import cistem

_ENDINGS = (
    "isierung", "igkei", "lichkei", "ierung", "isier", "lich", "isch", "ung", "ier", "hei", "kei",
    "bar", "ig",
)  # fmt: skip
"""Endings of derived words, as the stemmer leaves them; longer ones first."""

_SHORTEST_ROOT = 4
_SHORT = 4
"""Up to this length a word is not taken for one with another first letter."""
SOUND_MARK = "!"
"""Lists of rare terms stand beside the terms as ``!3723`` and ``!defhhior``."""
_SOUND = {
    letter: code
    for code, letters in {
        "0": "aeijouy", "1": "bp", "2": "dt", "3": "fvw", "4": "gkqcx", "5": "l", "6": "mn",
        "7": "r", "8": "sz",
    }.items()
    for letter in letters
}  # fmt: skip


Sizes = Mapping[str, int]


class Vocabulary:
    """The sorted core terms with the order of magnitude of their frequency.

    The methods also look at ``near``: the terms of the posting shard where the wanted term
    would be. In a large wiki most rare words are only there.
    """

    def __init__(self, terms: Sequence[str], sizes: Sequence[int], extra: Iterable[str]) -> None:
        """``extra``: terms of synonym groups, known even if no document has them."""
        self._terms = terms
        self._sizes = dict(zip(terms, sizes, strict=True))
        self._extra = sorted(set(extra) - self._sizes.keys())
        self._known = self._sizes.keys() | set(self._extra)

    def __contains__(self, term: str) -> bool:
        return term in self._known

    def beginning(self, start: str, near: Sizes, limit: int) -> list[str]:
        """The most frequent terms that begin with ``start`` and are longer."""
        found = [term for term in self._range(start, near) if term != start]
        return self._best(found, near, limit)

    def inside(self, piece: str, limit: int) -> list[str]:
        """The most frequent terms with ``piece`` inside or at the end."""
        found = [term for term in self._terms if term.find(piece, 1) > 0]
        return self._best(found, {}, limit)

    def siblings(self, term: str, near: Sizes, limit: int) -> list[str]:
        """Terms with the same CISTEM stem: digitaler → digital."""
        stem = cistem(term)
        found = [t for t in self._range(stem, near) if t != term and cistem(t) == stem]
        return self._best(found, near, limit)

    def relatives(self, term: str, near: Sizes, limit: int) -> list[str]:
        """Terms derived from the same root: protokollieren → protokoll."""
        origin = root(term)
        if len(origin) < _SHORTEST_ROOT:
            return []
        stem = cistem(term)
        found = [
            other
            for other in self._range(origin, near)
            if other != term and root(other) == origin and cistem(other) != stem
        ]
        return self._best(found, near, limit)

    def similar(self, term: str, near: Mapping[str, int], limit: int) -> list[tuple[str, int]]:
        """Terms at the smallest edit distance, with that distance."""
        best = allowed_errors(term)
        if not best:
            return []
        found: list[tuple[str, int]] = []
        start = term[0] if len(term) <= _SHORT else ""
        for terms in (self._terms, self._extra, [t for t in near if t not in self._sizes]):
            for other in terms:
                if other == term or abs(len(other) - len(term)) > best:
                    continue
                if not other.startswith(start):
                    continue
                distance = edit_distance(term, other, best)
                if distance > best:
                    continue
                if distance < best:
                    best, found = distance, []
                found.append((other, distance))
        ranked = sorted(
            (term[0] != other[0], -self.size(other, near), other, distance)
            for other, distance in found
        )
        return [(other, distance) for _, _, other, distance in ranked[:limit]]

    def _range(self, start: str, near: Sizes) -> Iterator[str]:
        for at in range(bisect_left(self._terms, start), len(self._terms)):
            if not self._terms[at].startswith(start):
                break
            yield self._terms[at]
        for term in near:
            if term.startswith(start) and term not in self._sizes:
                yield term

    def size(self, term: str, near: Sizes) -> int:
        """Order of magnitude of its document frequency."""
        size = self._sizes.get(term)
        return near.get(term, 0) if size is None else size

    def _best(self, terms: Iterable[str], near: Sizes, limit: int) -> list[str]:
        return sorted(terms, key=lambda term: (-self.size(term, near), term))[:limit]


def root(term: str) -> str:
    """The CISTEM stem without the ending of a derived word."""
    term = cistem(term)
    for ending in _ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= _SHORTEST_ROOT:
            return term[: -len(ending)]
    return term


def sound(term: str) -> str:
    """How a word sounds, after the Kölner Phonetik: same for most misspellings."""
    codes: list[str] = []
    for at, letter in enumerate(term):
        code = _SOUND.get(letter, "")
        follows = term[at + 1 : at + 2]
        if letter == "p" and follows == "h":
            code = "3"
        elif letter == "c" and follows and follows in "eiy":
            code = "8"
        if code and (not codes or codes[-1] != code):
            codes.append(code)
    return "".join(code for at, code in enumerate(codes) if at == 0 or code != "0")


def keys(term: str) -> tuple[str, str]:
    """Where rare terms are listed for typing errors: by sound, and by their letters."""
    return f"{SOUND_MARK}{sound(term)}", SOUND_MARK + "".join(sorted(term))


def allowed_errors(term: str) -> int:
    """How many typing errors a word of this length may have."""
    if len(term) < 4:
        return 0
    return 1 if len(term) < 8 else 2


def edit_distance(left: str, right: str, most: int) -> int:
    """Damerau-Levenshtein distance with neighbours swapped, or ``most + 1`` if it is more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        lowest = i
        for j, b in enumerate(right, 1):
            cost = 0 if a == b else 1
            value = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
            if cost and i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                value = min(value, before[j - 2] + 1)
            current.append(value)
            lowest = min(lowest, value)
        if lowest > most:
            return most + 1
        before, previous = previous, current
    return min(previous[-1], most + 1)

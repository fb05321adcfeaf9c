"""Understand a query: which concepts it names and which terms may stand for each of them.

Every concept has variants, each a way to find it in the index: the word itself, an irregular
form, a synonym group, a relative, a longer word that begins with it or contains it, a
corrected spelling, or its pieces if it is a compound. ``ranking`` takes the best variant.

Twin of ``theme/assets/javascripts/suche/abfrage.js``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.search.analysis import normalise, stem_folded, words
from generator.search.index import GROUP_MARK, INITIALS_MARK
from generator.search.initials import LONGEST, SHORTEST
from generator.search.reader import IndexReader
from generator.search.vocabulary import Sizes, Vocabulary, keys

_LONGEST_PHRASE = 4
_SURE_KINDS = ("exact", "alias", "synonym")
_SHORTEST_PIECE = 3
_SURE_PIECE = 4
_RESTS = 3
_FREQUENT = 4
"""Order of magnitude from which a word needs no longer words beside it."""
_PREFIXES, _INFIXES, _RELATIVES, _SIMILAR = 5, 2, 4, 3


@dataclass(slots=True)
class Variant:
    """One way to find a concept: a term, or for a compound several pieces."""

    kind: str
    weight: float
    term: str = ""
    size: int = 0
    """In so many documents the term is, roughly: known before its list is loaded."""
    pieces: list[list[Variant]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    """What each piece contributes: between equal parts and its part of the length."""


@dataclass(slots=True)
class Concept:
    """A word of the query that means something."""

    text: str
    term: str
    weight: float
    variants: list[Variant] = field(default_factory=list)


@dataclass(slots=True)
class _Token:
    text: str
    folded: str
    term: str
    parts: list[str]
    """Folded pieces of a hyphenated word."""


class Planner:
    """Turns queries into concepts, with the vocabulary of one index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        language = reader.language
        self._stop = frozenset(language["stop"].split(" "))
        self._question = frozenset(language["question"].split(" "))
        self._weak = frozenset(language["weak"].split(" "))
        self._short = frozenset(language["short"].split(" "))
        self._related = [list(map(int, line)) for line in _lines(language["related"])]
        self.vocabulary = Vocabulary(reader.terms, reader.sizes, reader.words)
        self._weights = reader.ranking

    def plan(self, query: str) -> list[Concept]:
        """The concepts of a query with all their variants."""
        tokens = self._tokens(query)
        concepts = []
        for token in tokens:
            weak = token.folded in self._weak and len(tokens) > 1
            weight = self._weights["weak"] if weak else 1.0
            concepts.append(Concept(token.text, token.term, weight, self._variants(token)))
        if all(concept.weight < 1.0 for concept in concepts):
            for concept in concepts:
                concept.weight = 1.0
        self._add_phrases(tokens, concepts)
        return concepts

    def _tokens(self, query: str) -> list[_Token]:
        text = normalise(query)
        tokens: list[_Token] = []
        for word in words(text):
            folded = word.folded
            if word.whole:
                tokens.append(_Token(text[word.start : word.end], folded, stem_folded(folded), []))
            else:
                tokens[-1].parts.append(folded)
        meaning = [token for token in tokens if not self._is_stop_word(token)]
        useful = [token for token in meaning if token.folded not in self._question]
        return useful or meaning or tokens

    def _is_stop_word(self, token: _Token) -> bool:
        """See ``stopwords.is_stop_word``."""
        capitals = len(token.text) <= 4 and token.text.isupper()
        return token.folded in self._stop and not capitals

    def _variants(self, token: _Token) -> list[Variant]:
        weights = self._weights
        term = token.term
        near = self._reader.shard_of(term).sizes
        variants = self._meaning(term, 1.0, "exact")
        known = any(variant.kind in _SURE_KINDS for variant in variants)
        frequent = near.get(term, 0) >= _FREQUENT
        # A word that the synonyms know, but no entry: "Perso" is no beginning of "Person".
        named = not known and term in self.vocabulary

        def add(kind: str, others: list[str], scale: float = 1.0) -> None:
            for other in others:
                size = 1 << self.vocabulary.size(other, near) >> 1
                variants.append(Variant(kind, weights[kind] * scale, other, size))

        longer = weights["named"] if named else 1.0

        if len(term) >= 4:
            add("sibling", self.vocabulary.siblings(term, near, _RELATIVES))
            add("family", self.vocabulary.relatives(term, near, _RELATIVES))
        if not frequent and (len(term) >= 4 or not known):
            add("prefix", self.vocabulary.beginning(term, near, _PREFIXES), longer)
        if not frequent and len(term) >= 4:
            add("infix", self.vocabulary.inside(term, _INFIXES), longer)
        split = self._split(token)
        if split is not None:
            split.weight = weights["splitKnown"] if known else weights["split"]
            variants.append(split)
        if not known:
            variants += self._guesses(token, near, named)
        return variants or self._fragments(token)

    def _fragments(self, token: _Token) -> list[Variant]:
        """The known beginning or end of a compound of which the wiki knows no more."""
        word = token.folded
        near = self._neighbours(word)
        heads: list[str] = []
        tails: list[str] = []
        for at in range(_SURE_PIECE, len(word) - _SHORTEST_PIECE + 1):
            for pieces, piece in ((heads, word[:at]), (tails, word[-at:])):
                if self._is_piece(piece, near):
                    pieces.append(piece)
        variants = []
        # Of nested pieces the longest: in "Hundesteuer" there is "Steuer", and nothing "teuer".
        for piece in dict.fromkeys([*heads[-1:], *tails[-1:]]):
            weight = self._weights["fragment"] * len(piece) / len(word)
            variants += self._meaning(stem_folded(piece), weight, "fragment")
        return variants

    def _guesses(self, token: _Token, near: Sizes, named: bool) -> list[Variant]:
        """What a word may mean that nobody wrote: an abbreviation or a typing error."""
        weights = self._weights
        found = []
        if SHORTEST <= len(token.folded) <= LONGEST:
            initials = INITIALS_MARK + token.folded
            size = self._reader.shard_of(initials).size(initials)
            if size:
                found.append(Variant("initials", weights["initials"], initials, size))
        if named or token.term in self._reader.shard_of(token.term).correct:
            return found
        rare = dict(near)
        for key in keys(token.term) if token.term.isalpha() else ():
            for other in self._reader.shard_of(key).redirects.get(key, ()):
                rare.setdefault(other, 1)
        for other, errors in self.vocabulary.similar(token.term, rare, _SIMILAR):
            kind = f"typo{errors}"
            found += self._meaning(other, weights[kind], "typo")
            corrected = self._split(_Token(other, other, other, []))
            if corrected is not None:
                corrected.weight = weights[kind] * weights["splitKnown"]
                found.append(corrected)
        return found

    def _meaning(self, term: str, weight: float, kind: str) -> list[Variant]:
        """A term, its base forms and its synonyms, as far as the index knows them."""
        found = []
        shard = self._reader.shard_of(term)
        if term in shard:
            found.append(Variant(kind, weight, term, shard.size(term)))
        bases = shard.redirects.get(term, [])
        for base in bases:
            size = self._reader.shard_of(base).size(base)
            found.append(Variant("alias", weight * self._weights["alias"], base, size))
        names = [(shard, term), *((self._reader.shard_of(base), base) for base in bases)]
        numbers = list(dict.fromkeys(n for at, name in names for n in at.groups.get(name, ())))
        for number in numbers:
            found += self._synonyms(number, weight)
        if not numbers:
            for number in dict.fromkeys(n for at, name in names for n in at.loose.get(name, ())):
                found += self._group("loose", number, weight)
        return found

    def _synonyms(self, number: int, weight: float) -> list[Variant]:
        """A synonym group and, much weaker, the groups it refers to."""
        found = self._group("synonym", number, weight)
        for other in self._related[number]:
            found += self._group("related", other, weight)
        return found

    def _group(self, kind: str, number: int, weight: float) -> list[Variant]:
        """A group as a variant, if any document has a word of it."""
        size = self._reader.group_sizes[number]
        if not size:
            return []
        return [Variant(kind, weight * self._weights[kind], f"{GROUP_MARK}{number}", size)]

    def _split(self, token: _Token) -> Variant | None:
        """A compound as its pieces."""
        pieces = token.parts or self._pieces(token.folded)
        if len(pieces) < 2:
            return None
        length = sum(len(piece) for piece in pieces)
        variant = Variant("split", 0.0)
        for piece in pieces:
            variant.pieces.append(self._meaning(stem_folded(piece), 1.0, "exact"))
            variant.shares.append((len(piece) / length + 1.0 / len(pieces)) / 2.0)
        return variant

    def _pieces(self, word: str) -> list[str]:
        """The best cut of a folded word into known pieces, or nothing."""
        near = self._neighbours(word)
        best: list[tuple[int, list[str]] | None] = [None] * (len(word) + 1)
        best[0] = (0, [])
        for end in range(_SHORTEST_PIECE, len(word) + 1):
            for start in range(end - _SHORTEST_PIECE + 1):
                reached = best[start]
                if reached is None or end - start == len(word):
                    continue
                piece = word[start:end]
                if not self._is_piece(piece, near):
                    continue
                quality = reached[0] + len(piece) ** 2
                present = best[end]
                if present is None or quality > present[0]:
                    best[end] = (quality, [*reached[1], piece])
        final = best[len(word)]
        return final[1] if final is not None else []

    def _neighbours(self, word: str) -> list[Sizes]:
        """Rare terms that may be pieces: around the word and around what a piece leaves over."""
        near: list[Sizes] = [self._reader.shard_of(stem_folded(word)).sizes]
        rests = []
        for at in range(len(word) - _SURE_PIECE, _SHORTEST_PIECE - 1, -1):
            rest = stem_folded(word[at:])
            if rest not in self.vocabulary and self._is_piece(word[:at], near):
                rests.append(rest)
        return near + [self._reader.shard_of(rest).sizes for rest in rests[:_RESTS]]

    def _is_piece(self, piece: str, near: list[Sizes]) -> bool:
        if piece in self._stop or (len(piece) < _SURE_PIECE and piece not in self._short):
            return False
        term = stem_folded(piece)
        return term in self.vocabulary or any(term in sizes for sizes in near)

    def _add_phrases(self, tokens: list[_Token], concepts: list[Concept]) -> None:
        """Neighbouring words that together are one term or one synonym."""
        for start in range(len(tokens)):
            for end in range(start + 2, min(start + _LONGEST_PHRASE, len(tokens)) + 1):
                span = tokens[start:end]
                key = "_".join(token.term for token in span)
                found = []
                if self._reader.may_be_phrase(key):
                    shard = self._reader.shard_of(key)
                    if key in shard:
                        found.append(Variant("phrase", 1.0, key, shard.size(key)))
                    for number in shard.groups.get(key, ()):
                        found += self._synonyms(number, 1.0)
                joined = stem_folded("".join(token.folded for token in span))
                if joined in self.vocabulary:
                    found += self._meaning(joined, 1.0, "phrase")
                for concept in concepts[start:end]:
                    concept.variants += found


def _lines(text: str) -> list[list[str]]:
    """Lines of words, some of them empty."""
    return [line.split(" ") if line else [] for line in text.split("\n")]

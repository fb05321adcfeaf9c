"""Split German compounds into findable parts.

``selbstbedienungsterminal`` → selbstbedienung, terminal, and below that selbst, bedienung.

A word is cut where both sides are known: the right side must be a word form, the left side a
word form, a noun with a linking element (``bedienungs``), a verb stem (``fahr|zeug``) or a
shortened noun (``schul|amt``). Among all ways to cut, the one with the longest pieces wins;
pieces that the wiki itself uses as words count more. A word that is in the lexicon may only
look like a compound: it is cut into two nouns only, long ones or such as the wiki uses.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise

from generator.search.analysis import stem_folded
from generator.search.lexicon import FORM, NOUN, NOUN_WITH_E, VERB, Lexicon
from generator.search.stopwords import STOP_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORT = 3
_SURE = 4
"""A piece of this length is looked up; shorter ones must be among ``SHORT_NOUNS``."""

_NOT_LEFT = _words(
    """
    ab an auf aus bei ein her hin mit nach vor weg zu um ent ver zer miss unter uber durch wider
    wieder gegen zwischen neben ohne ge be er emp ant dar da ur un in im den der die das des ober
    nieder hinter ausser vorn dran wohl fest los voll ganz sein eine einen einer dass verb besch
    wied kata mill guns star indus mode forde digit sozi dens burge gest ange bes erst ster johann
    branden kombi spezi vers verw verk verh inter anti syst trans tran kont kons konz prod ford
    resp proz zust gesch temp prog regi akti
    """
)
"""Prefixes and rare words that look like the first half of a compound but are not."""

_NOT_RIGHT = _words(
    """
    bar los sam haft lich isch heit keit schaft tum nis ung ling chen lein ion tion ieren iert end
    ende enden ender endes endem ern erin erinnen innen lung rung tung dung gung nung sung ande
    ante anten enten ente eren erer ster sten ste ter den der die des ten test tests ests tiert
    tier tiere tieren iere rin age agen alte alten eins lern ehre ehren erst ernst erne ernen eher
    este esten ester lage ische ischen ischer isches ischem schaften same samen abel elle ellen
    bare barer bares baren liche lichen licher liches haften hafte hafter lose losen loser loses
    nahme nahmen rungen ionen iter ales rinnen tiger trielle trieller trielles triellen eide eiden
    ration rationen essern ringen reibung reibungen strophe strophen mente eller ellern lates
    """
)
"""Endings of words that happen to be words as well."""


SHORT_NOUNS = _words(
    """
    abo amt app arm ast bad bau bio box bus edv eis gas gis gps gut hof hut kfz kur lkw lob mut
    not ohr ort ost pdf pkw rad rat ruf see sms sud tag tee tod ton tur uhr usb weg zoo zug
    """
)
"""Nouns of three letters that are common in compounds; the lexicon has too many others."""

_TAKES_S = ("ungs", "heits", "keits", "schafts", "ions", "tats", "tums", "lings", "ings")
"""Endings after which a compound has a linking s."""

_LONG = 9
_NUMBERS = {"zwei": "2", "drei": "3", "vier": "4"}
_OWN_BONUS = 1.5
_LINKS = ("s", "es")
_REMEMBERED = 1 << 16
"""So many results are kept: words come in the order of the alphabet, so newer ones serve better."""
_NO_CUT: tuple[float, tuple[str, ...]] = (0.0, ())


def helps(word: str) -> bool:
    """Whether a word of the wiki counts when others are cut.  Then it changes only how words are cut
    that have it, or its stem, inside."""
    return len(word) >= _SURE and word.isalpha() and word not in STOP_WORDS


class Splitter:
    """Cuts folded words; remembers what it has cut."""

    def __init__(
        self,
        lexicon: Lexicon,
        vocabulary: Iterable[str] = (),
    ) -> None:
        """``vocabulary``: folded words of the wiki that stand for themselves somewhere."""
        own = frozenset(filter(helps, vocabulary))
        self._begin(lexicon, own, frozenset(map(stem_folded, own)))

    @classmethod
    def over(cls, lexicon: Lexicon, own: Container[str], stems: Container[str]) -> Splitter:
        """A splitter that asks for the words of the wiki that help, and for their stems."""
        splitter = cls.__new__(cls)
        splitter._begin(lexicon, own, stems)
        return splitter

    def _begin(self, lexicon: Lexicon, own: Container[str], stems: Container[str]) -> None:
        self._kind = lexicon.words.get
        self._own, self._own_stems = own, stems
        self._cuts: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._lefts: dict[str, str | None] = {}
        self._initials: dict[str, frozenset[str]] = {}

    def pieces(self, word: str) -> tuple[str, ...]:
        """The direct pieces of a compound; empty if the word is not one."""
        if len(word) < 2 * _SHORT or not word.isalpha():
            return ()
        return self._cut(word)[1]

    def parts(self, word: str) -> tuple[str, ...]:
        """All that can be found inside a compound: pieces, their neighbours, their pieces."""
        pieces = self.pieces(word)
        if not pieces:
            return ()
        found = list(pieces)
        if len(pieces) > 2:
            found += [left + right for left, right in pairwise(pieces)]
        for piece in pieces:
            if len(piece) >= 2 * _SURE:
                found += self.parts(piece)
        return tuple(dict.fromkeys(piece for piece in found if piece != word))

    def initials(self, word: str) -> frozenset[str]:
        """First letter of a word, and those of its pieces."""
        known = self._initials.get(word)
        if known is None:
            ways = {_initial(word)}
            pieces = self.pieces(word)
            if pieces:
                atoms = [atom for piece in pieces for atom in self.pieces(piece) or (piece,)]
                ways.add("".join(map(_initial, pieces)))
                ways.add("".join(map(_initial, atoms)))
            known = self._initials[word] = frozenset(ways)
        return known

    def _cut(self, word: str) -> tuple[float, tuple[str, ...]]:
        """Best cut into two or more pieces: (quality, pieces)."""
        known = self._cuts.get(word)
        if known is not None:
            return known
        best = self._cuts[word] = _NO_CUT
        lefts = self._lefts
        for memory in (lefts, self._cuts, self._initials):
            if len(memory) > _REMEMBERED:
                memory.clear()
        kind = self._kind(word, 0)
        atomic = bool(kind & (NOUN | FORM))
        noun = bool(kind & NOUN)
        for at in range(_SHORT, len(word) - _SHORT + 1):
            if atomic and not self._is_right(word[at:]):
                continue
            left = lefts.get(word[:at], "")
            if left == "":
                left = lefts[word[:at]] = self._left(word[:at])
            if left is None:
                continue
            right = word[at:]
            if right[0] == "s" and (left + "s").endswith(_TAKES_S) and self._is_right(right[1:]):
                continue
            if atomic and not self._surely(left, right, len(word) if noun else 0):
                continue
            for quality, pieces in self._rights(right, atomic):
                candidate = (self._quality(left) + quality, (left, *pieces))
                if candidate > best:
                    best = candidate
        self._cuts[word] = best
        return best

    def _rights(self, right: str, atomic: bool) -> Iterator[tuple[float, tuple[str, ...]]]:
        if self._is_right(right):
            yield self._quality(right), (right,)
        if not atomic:
            deeper = self._cut(right)
            if deeper[1]:
                yield deeper

    def _surely(self, left: str, right: str, length: int) -> bool:
        """Whether a word of the lexicon is a compound of these two; length 0: it is no noun."""
        if right not in self._own and not self._kind(right, 0) & NOUN:
            return False
        if left in SHORT_NOUNS and right in SHORT_NOUNS:
            return True
        kind = self._kind(left, 0)
        if kind & NOUN and right in SHORT_NOUNS and len(left) > _SURE:
            return True
        is_noun = kind & (NOUN | NOUN_WITH_E)
        if length >= _LONG and is_noun and min(len(left), len(right)) >= _SURE:
            return True
        if len(left) < _SURE and left not in self._own and left not in SHORT_NOUNS:
            return False
        return stem_folded(left) in self._own_stems or stem_folded(right) in self._own_stems

    def _quality(self, piece: str) -> float:
        bonus = _OWN_BONUS if stem_folded(piece) in self._own_stems else 1.0
        return bonus * len(piece) ** 2

    def _is_right(self, piece: str) -> bool:
        if piece in _NOT_RIGHT:
            return False
        return self._is_word(piece)

    def _left(self, piece: str) -> str | None:
        """The word behind the left side of a cut, without its linking element."""
        if piece in _NOT_LEFT:
            return None
        kind = self._kind(piece, 0)
        known = (
            (kind & (NOUN | FORM) and len(piece) >= _SURE)
            or piece in self._own
            or piece in SHORT_NOUNS
        )
        if piece[-1] != "s":
            sure = known or (kind & (VERB | NOUN_WITH_E) and len(piece) >= _SURE)
            return piece if sure else None
        # ``bedienungs`` is Bedienung and a linking s, though the lexicon has it as a form.
        if known and not (piece.endswith(_TAKES_S) and self._kind(piece[:-1], 0) & NOUN):
            return piece
        for link in _LINKS:
            bare = piece.removesuffix(link)
            if bare != piece and bare not in _NOT_LEFT and self._is_linkable(bare):
                return bare
        if len(piece) >= _SURE and kind & (VERB | NOUN_WITH_E):
            return piece
        if len(piece) > _SURE and self._kind(piece[:-1], 0) & NOUN_WITH_E:
            return piece[:-1]
        return None

    def _is_linkable(self, piece: str) -> bool:
        """Nouns take a linking element."""
        if piece in SHORT_NOUNS:
            return True
        noun = self._kind(piece, 0) & NOUN
        return bool(noun) and (len(piece) >= _SURE or piece in self._own)

    def _is_word(self, piece: str) -> bool:
        if len(piece) >= _SURE and self._kind(piece, 0) & (NOUN | FORM):
            return True
        return piece in self._own or piece in SHORT_NOUNS


def _initial(word: str) -> str:
    return _NUMBERS.get(word, word[:1])

"""German word forms for splitting compounds and for irregular inflection.

The words come from the package ``simplemma``, a build-time dependency; none of its data is
shipped with the site. Reading and folding its million forms takes a few seconds, so the
folded list is kept in a cache folder when one is given.
"""

from __future__ import annotations

import os
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, overload

import numpy as np

from generator.search.analysis import _UE, stem_folded

_PARTICIPLES = ("te", "ter", "ene", "ener", "ende", "ender")
"""Endings of nouns made of participles: der Geprüfte is still a form of prüfen."""
_FORMAT = "7"
_RARE_ENDINGS = ("est", "st", "tet", "etet", "nd", "ndem", "nder", "erer", "erem", "stem", "ster")
"""Forms that hardly anyone types; leaving them out keeps the index small."""

_REGULAR = frozenset(("", "e", "n", "s", "en", "es", "ens", "ns"))
_SHORTEST, _LONGEST = 3, 14
SHORT = 4
"""Letters of the shortest words whose spelling is corrected."""
_LONGEST_ENDING = 2
_BATCH = 50_000
_JOINED = "\0"  # sorts before every letter, so joined pairs sort like pairs
_BOUNDS = (b"", b" ", b"\n")
_BLOCK = 10_000  # lines that are made into strings at once
_MANY = 100
"""Terms for which it is worth looking at every form of the lexicon."""


NOUN, FORM, VERB, NOUN_WITH_E = 1, 2, 4, 8
_ZERO = ord("@")  # kinds are stored as one letter each
_KINDS = bytes(max(0, code - _ZERO) for code in range(256))


V = TypeVar("V")


class Table(Protocol[V]):
    """What a lexicon asks of a table."""

    @overload
    def get(self, key: str, /) -> V | None: ...
    @overload
    def get(self, key: str, default: V, /) -> V: ...

    def items(self) -> Iterable[tuple[str, V]]: ...


class Lines(Sequence[str]):
    """The lines of a text in UTF-8, made into strings when somebody asks for one."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        breaks = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
        self._starts = np.concatenate(([0], breaks + 1, [len(text) + 1]))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [*self][at]
        return self._text[self._starts[at] : self._starts[at + 1] - 1].decode()

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self), _BLOCK):
            end = min(at + _BLOCK, len(self))
            yield from self._text[self._starts[at] : self._starts[end] - 1].decode().split("\n")

    def having(self, word: str) -> Iterator[int]:
        """The numbers of the lines with a word between spaces."""
        text, wanted = self._text, word.encode()
        at = text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if text[at - 1 : at] in _BOUNDS and text[end : end + 1] in _BOUNDS:
                yield int(np.searchsorted(self._starts, at, "right")) - 1
            at = text.find(wanted, end)


class Rows(Generic[V]):
    """A table to be asked a few times only: it is at hand at once, but each answer takes longer."""

    def __init__(self, keys: Sequence[str], values: Sequence[V]) -> None:
        """`keys` are sorted."""
        self._keys, self._values = keys, values

    def get(self, key: str, default: Any = None) -> Any:
        at = bisect_left(self._keys, key)
        return self._values[at] if at < len(self._keys) and self._keys[at] == key else default

    def items(self) -> Iterable[tuple[str, V]]:
        return zip(self._keys, self._values, strict=True)

    def keys_of(self, word: str) -> Iterator[str]:
        """The keys of values with a word inside; the values are `Lines`."""
        assert isinstance(self._values, Lines)
        return (self._keys[at] for at in self._values.having(word))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded German words."""

    words: Table[int]
    """Word → what it is: inflected form of a noun (``NOUN``), of anything else (``FORM``), stem of a
    verb, which is its infinitive without ending (``VERB``), a noun but for its last letter e."""
    irregular: Table[str]
    """Term of a form → terms of its base forms, where the stemmer leaves them apart."""
    short: frozenset[str]
    """Terms of nouns so short that other words look like their misspelling: Hund, Hand."""

    def bases(self, term: str) -> tuple[str, ...]:
        """Terms of the words that a term may be a form of: bader → bad."""
        found = self.irregular.get(term)
        return () if found is None else tuple(found.split(" "))

    def redirects(self, known: Container[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Forms that a reader may type → terms of the wiki that they belong to."""
        for form, bases in self.irregular.items():
            targets = tuple([base for base in bases.split(" ") if base in known])
            if targets and self.is_typed(form):
                yield form, targets

    def is_typed(self, form: str) -> bool:
        """Whether a reader may type a form."""
        return not form.endswith(_RARE_ENDINGS)

    def forms_of(self, terms: Collection[str]) -> set[str]:
        """The forms that have one of the terms as a base."""
        if isinstance(self.irregular, Rows) and len(terms) < _MANY:
            return {form for term in terms for form in self.irregular.keys_of(term)}
        return {
            form
            for form, bases in self.irregular.items()
            if bases in terms or (" " in bases and any(base in terms for base in bases.split(" ")))
        }


@lru_cache(maxsize=2)
def load_lexicon(cache_dir: Path | None = None, *, briefly: bool = False) -> Lexicon:
    """The German lexicon, from the cache folder if it was stored there before.

    `briefly`: for a few words only.
    """
    if cache_dir is None:
        return _decode(_encode(_simplemma_pairs()).encode(), briefly)
    return _decode(store_lexicon(cache_dir).read_bytes(), briefly)


def store_lexicon(cache_dir: Path) -> Path:
    """The file of the folded lexicon, made if it is not there: that takes long, so builds begin early."""
    path = cache_dir / f"lexikon-{_FORMAT}-{version('simplemma')}.txt"
    if not path.is_file():
        data = _encode(_simplemma_pairs()).encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.tmp")
        partial.write_bytes(data)
        partial.replace(path)
        for other in path.parent.glob("lexikon-*.txt"):  # of another version
            if other != path:
                other.unlink(missing_ok=True)
    return path


def _simplemma_pairs() -> Iterator[tuple[str, str]]:
    """Forms with their base forms, as the package has them: each file of it is one dictionary."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    pairs = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("de")
    longest = _LONGEST + 2
    for raw_form, raw_base in pairs.items():
        form, base = _text(raw_form), _text(raw_base)
        if len(form) <= longest and form.isalpha() and base.isalpha():
            yield form, base


def _text(value: str | bytes) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else value


def _fold_all(words: list[str]) -> list[str]:
    """The same as ``analysis.fold`` for each word, but in a few passes over one long text."""
    text = unicodedata.normalize("NFC", "\n".join(words)).lower().replace("ß", "ss")
    for char in sorted(set(text)):
        if ord(char) > 127:
            bare = [c for c in unicodedata.normalize("NFD", char) if not "\u0300" <= c <= "\u036f"]
            text = text.replace(char, "".join(bare))
    text = text.replace("ae", "a").replace("oe", "o")
    # A line break is neither a vowel nor a q, so "ue" at the start of a word folds as well.
    return _UE.sub(r"\1u", text).split("\n")


def _encode(pairs: Iterable[tuple[str, str]]) -> str:
    """The lexicon as text: words by what they are, irregular terms, their bases, short nouns."""
    words: dict[str, int] = {}
    irregular: set[str] = set()  # form and base, joined
    verbal: set[str] = set()
    bases = _Bases()
    stem = stem_folded.__wrapped__  # every form comes once: remembering them takes longer
    for some in _batches(pairs):
        forms = _fold_all([form for form, _ in some])
        of_pairs = bases.of([base for _, base in some])
        for (_, base), form, (folded, is_noun) in zip(some, forms, of_pairs, strict=True):
            if _SHORTEST <= len(form) <= _LONGEST:
                kind = NOUN if is_noun else FORM
                words[form] = words.get(form, 0) | kind
                if form != folded:
                    words[folded] = words.get(folded, 0) | kind
            # Most forms differ from their base by a plain ending only: no need to stem those.
            if not (form.startswith(folded) and form[len(folded) :] in _REGULAR):
                term, other = stem(form), bases.stem(base)
                if term != other:
                    (irregular if is_noun else verbal).add(f"{term}{_JOINED}{other}")
    own = set()
    for folded, is_noun in bases.known.values():
        if is_noun:
            if not (len(folded) > 7 and folded.endswith(_PARTICIPLES)):
                own.add(folded)
        elif folded.endswith("n"):
            verb = folded[:-2] if folded.endswith("en") else folded[:-1]
            if _SHORTEST <= len(verb) <= _LONGEST:
                words[verb] = words.get(verb, 0) | VERB
    # The wall (Wand) is not a form of the wind (winden, wand).
    stems_of_nouns = {stem(noun) for noun in own if len(noun) <= _LONGEST}
    irregular.update(pair for pair in verbal if pair.split(_JOINED)[0] not in stems_of_nouns)
    del verbal, own, stems_of_nouns, bases
    nouns = [word for word, kind in words.items() if kind & NOUN]
    short = {
        term
        for noun in nouns
        if SHORT <= len(noun) <= SHORT + _LONGEST_ENDING and len(term := stem(noun)) == SHORT
    }
    for noun in nouns:
        if noun[-1] == "e":
            words[noun[:-1]] = words.get(noun[:-1], 0) | NOUN_WITH_E
    closed = _closed(irregular)
    rows = sorted(words)
    kinds = "".join([chr(_ZERO + kind) for kind in map(words.__getitem__, rows)])
    sections = (rows, [kinds], closed.keys(), closed.values(), sorted(short))
    return "\n\n".join("\n".join(section) for section in sections)


class _Bases:
    """The base forms met so far: folded, and whether they are nouns.  Each stands for several forms."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, bool]] = {}
        self._stems: dict[str, str] = {}

    def of(self, bases: list[str]) -> list[tuple[str, bool]]:
        new = [base for base in dict.fromkeys(bases) if base not in self.known]
        folded = _fold_all(new)
        self.known.update(
            zip(new, zip(folded, (base[0].isupper() for base in new), strict=True), strict=True)
        )
        return [*map(self.known.__getitem__, bases)]

    def stem(self, base: str) -> str:
        stem = self._stems.get(base)
        if stem is None:
            stem = self._stems[base] = stem_folded(self.known[base][0])
        return stem


def _closed(irregular: Iterable[str]) -> dict[str, str]:
    """Form → its bases and theirs."""
    direct: dict[str, list[str]] = {}
    for pair in sorted(irregular):  # so the forms are sorted, too
        form, base = pair.split(_JOINED)
        direct.setdefault(form, []).append(base)
    closed = {}
    for form, bases in direct.items():
        found = dict.fromkeys(bases)
        for base in bases:
            found.update(dict.fromkeys(direct.get(base, ())))
        found.pop(form, None)
        if found:
            closed[form] = " ".join(found)
    return closed


def _batches(pairs: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """A part of the pairs at a time: there are more than a million."""
    rest = iter(pairs)
    while some := list(islice(rest, _BATCH)):
        yield some


def _decode(data: bytes, briefly: bool) -> Lexicon:
    words, kinds, forms, bases, short = data.split(b"\n\n")
    of_words = kinds.translate(_KINDS)
    rare = frozenset(short.decode().split("\n"))
    if briefly:
        return Lexicon(Rows(Lines(words), of_words), Rows(Lines(forms), Lines(bases)), rare)
    keys, forms_, bases_ = (part.decode().split("\n") for part in (words, forms, bases))
    return Lexicon(
        dict(zip(keys, of_words, strict=True)), dict(zip(forms_, bases_, strict=True)), rare
    )

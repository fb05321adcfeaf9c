"""German word forms for splitting compounds and for irregular inflection.

The words come from the package ``simplemma``, a build-time dependency; none of its data is
shipped with the site. Reading and folding its million forms takes a few seconds, so the
folded list is kept in a cache folder when one is given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from generator.search.analysis import _UE, stem_folded

_PARTICIPLES = ("te", "ter", "ene", "ener", "ende", "ender")
"""Endings of nouns made of participles: der Geprüfte is still a form of prüfen."""
_FORMAT = "5"
_RARE_ENDINGS = ("est", "st", "tet", "etet", "nd", "ndem", "nder", "erer", "erem", "stem", "ster")
"""Forms that hardly anyone types; leaving them out keeps the index small."""

_REGULAR = frozenset(("", "e", "n", "s", "en", "es", "ens", "ns"))
_SHORTEST, _LONGEST = 3, 14
SHORT = 4
"""Letters of the shortest words whose spelling is corrected."""
_LONGEST_ENDING = 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded German words."""

    forms: frozenset[str]
    """Inflected forms of anything but nouns."""
    nouns: frozenset[str]
    """Inflected forms of nouns."""
    verbs: frozenset[str]
    """Stems of verbs, infinitive without its ending."""
    irregular: Mapping[str, tuple[str, ...]]
    """Term of a form → terms of its base forms, where the stemmer leaves them apart."""
    ordered: Sequence[str] = ()
    """All but the irregular ones in the order of the alphabet."""

    def bases(self, term: str) -> tuple[str, ...]:
        """Terms of the words that a term may be a form of: bader → bad."""
        direct = self.irregular.get(term)
        if direct is None:
            return ()
        found = dict.fromkeys(direct)
        for base in list(found):
            found.update(dict.fromkeys(self.irregular.get(base, ())))
        found.pop(term, None)
        return tuple(found)

    def redirects(self, known: Container[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Forms that a reader may type → terms of the wiki that they belong to."""
        for form in self.irregular:
            if form.endswith(_RARE_ENDINGS):
                continue
            targets = tuple(base for base in self.bases(form) if base in known)
            if targets:
                yield form, targets

    def short_nouns(self) -> frozenset[str]:
        """Terms of nouns so short that other words look like their misspelling: Hund, Hand."""
        near = (noun for noun in self.nouns if SHORT <= len(noun) <= SHORT + _LONGEST_ENDING)
        return frozenset(term for term in map(stem_folded, near) if len(term) == SHORT)


EMPTY = Lexicon(frozenset(), frozenset(), frozenset(), {})


@lru_cache(maxsize=2)
def load_lexicon(cache_dir: Path | None = None) -> Lexicon:
    """The German lexicon, from the cache folder if it was stored there before."""
    path = None
    if cache_dir is not None:
        path = cache_dir / f"lexikon-{_FORMAT}-{version('simplemma')}.txt"
        if path.is_file():
            return _decode(path.read_text(encoding="utf-8"))
    text = _encode(_simplemma_pairs())
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{id(text)}.tmp")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    return _decode(text)


def _simplemma_pairs() -> list[tuple[str, str]]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    pairs = DefaultDictionaryFactory().get_dictionary("de").items()
    decoded = ((_text(form), _text(base)) for form, base in pairs)
    return [
        (form, base)
        for form, base in decoded
        if len(form) <= _LONGEST + 2 and form.isalpha() and base.isalpha()
    ]


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


def _encode(pairs: list[tuple[str, str]]) -> str:
    forms = _fold_all([form for form, _ in pairs])
    bases = _fold_all([base for _, base in pairs])
    nouns: set[str] = set()
    verbs: set[str] = set()
    kept: set[str] = set()
    irregular: set[tuple[str, str]] = set()
    verbal: set[tuple[str, str]] = set()
    own: set[str] = set()
    for (_, base), form, folded in zip(pairs, forms, bases, strict=True):
        is_noun = base[0].isupper()
        if _SHORTEST <= len(form) <= _LONGEST:
            (nouns if is_noun else kept).update((form, folded))
        if is_noun:
            if not (len(folded) > 7 and folded.endswith(_PARTICIPLES)):
                own.add(folded)
        elif folded.endswith("en"):
            verbs.add(folded[:-2])
        elif folded.endswith("n"):
            verbs.add(folded[:-1])
        # Most forms differ from their base by a plain ending only: no need to stem those.
        if not (form.startswith(folded) and form[len(folded) :] in _REGULAR):
            stems = stem_folded(form), stem_folded(folded)
            if stems[0] != stems[1]:
                (irregular if is_noun else verbal).add(stems)
    # The wall (Wand) is not a form of the wind (winden, wand).
    stems_of_nouns = {stem_folded(noun) for noun in own if len(noun) <= _LONGEST}
    irregular |= {(form, base) for form, base in verbal if form not in stems_of_nouns}
    sections = (
        sorted(kept),
        sorted(nouns),
        sorted(verb for verb in verbs if _SHORTEST <= len(verb) <= _LONGEST),
        [f"{form} {base}" for form, base in sorted(irregular)],
    )
    return "\n\n".join("\n".join(section) for section in sections)


def _decode(text: str) -> Lexicon:
    forms, nouns, verbs, irregular = (part.split("\n") for part in text.split("\n\n"))
    bases: dict[str, tuple[str, ...]] = {}
    for line in irregular:
        form, _, base = line.partition(" ")
        bases[form] = (*bases.get(form, ()), base)
    ordered = sorted([*forms, *nouns, *verbs])
    return Lexicon(frozenset(forms), frozenset(nouns), frozenset(verbs), bases, ordered)

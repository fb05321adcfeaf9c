"""Tell the reader what a search did on its own: synonyms, corrected spelling, related words.

Twin of ``theme/assets/javascripts/suche/erklaerung.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.search.analysis import CHUNK, fold, normalise, stem
from generator.search.query import Concept
from generator.search.reader import IndexReader
from generator.search.synonyms import phrase

_MOST_SYNONYMS = 5
_MOST_RELATED = 6
_OWN = ("initials", "synonym")
_FAINT = ("fragment", "loose", "related", "initials")


@dataclass(slots=True)
class Told:
    """What the reader should know about an answer."""

    synonyms: list[str] = field(default_factory=list)
    """Words that were searched for as well."""
    corrections: list[tuple[str, str]] = field(default_factory=list)
    """(word of the query, word that it was read as)."""
    respelled: list[str] = field(default_factory=list)
    """Words of the query that were read as another one that no title or summary shows as it is written."""
    related: list[str] = field(default_factory=list)
    """Words for "Verwandte Begriffe"."""
    unknown: list[str] = field(default_factory=list)
    """Words of the query that nothing here is about, where others are known."""


def tell(concepts: Sequence[Concept], reader: IndexReader, texts: Iterable[str]) -> Told:
    """``texts``: titles and summaries of the best hits, to show corrections as written words."""
    told = Told()
    written = list(texts)
    unknown = [c.text for c in concepts if all(v.kind in _FAINT for v in c.variants)]
    told.unknown = unknown if len(unknown) < len(concepts) else []
    for concept in concepts:
        typed = phrase(concept.text)
        numbers = _numbers(concept, "synonym")
        longer = {variant.term for variant in concept.variants if variant.kind == "prefix"}
        typos = [variant.term for variant in concept.variants if variant.kind == "typo"]
        corrected = [term for term in typos if term not in longer]
        if corrected:
            names = [word for number in numbers for word in reader.group_words(number)]
            surface = _surface(corrected[0], [*written, *names])
            if surface:
                told.corrections.append((concept.text, surface))
            elif not any(variant.kind in _OWN for variant in concept.variants):
                told.respelled.append(concept.text)
        for number in numbers:
            for word in reader.group_words(number):
                if phrase(word) != typed and word not in told.synonyms:
                    told.synonyms.append(word)
        for number in _numbers(concept, "related"):
            told.related += [w for w in reader.group_words(number)[:1] if w not in told.related]
    said = f" {' '.join(concept.text for concept in concepts)} ".casefold()
    read = {word for _, word in told.corrections}
    new = [w for w in told.synonyms if w not in read and f" {w} ".casefold() not in said]
    told.synonyms = new[:_MOST_SYNONYMS]
    del told.related[_MOST_RELATED:]
    return told


def _numbers(concept: Concept, kind: str) -> list[int]:
    found = [int(v.term[1:]) for v in concept.variants if v.kind == kind]
    return list(dict.fromkeys(found))


def _surface(term: str, texts: Iterable[str]) -> str:
    """The first word of the texts that has this term, or begins with it."""
    beginning = ""
    for text in texts:
        for chunk in CHUNK.findall(normalise(text)):
            word = str(chunk)
            if stem(word.replace("-", "")) == term:
                return word
            if not beginning and fold(word[: len(term)]) == term:
                beginning = word[: len(term)]
    return beginning

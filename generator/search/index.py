"""From documents to postings.

``analyse`` looks at one document only: its result can be cached and computed in parallel.
``merge`` brings all documents together: it splits the compounds of the vocabulary, weighs the
fields (BM25F) and quantises. Document frequency is not part of an impact; the query engine
derives it from the length of a posting list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.search import settings
from generator.search.analysis import CHUNK, chunk_words, fold, normalise, stem_folded
from generator.search.compounds import Splitter
from generator.search.documents import SearchDocument
from generator.search.initials import Run, initials, runs
from generator.search.lexicon import Lexicon
from generator.search.stopwords import STOP_WORDS, is_stop_word
from generator.search.synonyms import Group, phrases

Phrases = Mapping[tuple[str, ...], tuple[int, ...]]
GROUP_MARK = "~"
"""Group lists stand beside the terms as ``~17``; ``~`` sorts behind all letters."""
INITIALS_MARK = "^"
"""Guessed abbreviations stand beside the terms as ``^dms``."""


_LONG_WORD = 8
_IMPACT_BITS = 7
_IMPACT = (1 << _IMPACT_BITS) - 1


def document(posting: int) -> int:
    """The number of the document in a posting."""
    return posting >> _IMPACT_BITS


def impact(posting: int) -> int:
    """The quantised impact in a posting."""
    return posting & _IMPACT


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The words of one document, per field."""

    counts: tuple[dict[str, float], ...]
    """Folded word → occurrences; pieces of hyphenated words count as parts."""
    lengths: tuple[int, ...]
    phrases: dict[tuple[str, ...], float]
    """Known phrases that occur, with the weights of their fields added up."""
    runs: frozenset[Run]
    """Neighbouring words that may be known by their initials."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Everything about all documents that a query can ask for."""

    lists: dict[str, list[int]]
    """Term → postings by rising document number; ``document`` and ``impact`` read them."""
    importance: dict[str, int]
    """Term → how often it occurs in prominent fields and elsewhere."""
    redirects: dict[str, tuple[str, ...]]
    """Term of an irregular form → terms of its base forms."""
    correct: frozenset[str]
    """Short nouns that are no misspelling, though the wiki does not have them."""


def phrase_starts(known: Phrases) -> dict[str, list[tuple[str, ...]]]:
    """Multi-word phrases by their first stem."""
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in known:
        if len(key) > 1:
            starts[key[0]].append(key)
    return dict(starts)


def analyse(
    source: SearchDocument, starts: Mapping[str, Sequence[tuple[str, ...]]]
) -> DocumentTerms:
    """The words of a document: a pure function of the document and the known phrases."""
    texts = (source.title, " \n".join(source.tags), source.summary, source.body)
    counts: list[dict[str, float]] = []
    lengths: list[int] = []
    found: dict[tuple[str, ...], float] = {}
    named: set[Run] = set()
    for text, weight in zip(texts, settings.FIELD_WEIGHT, strict=True):
        text = normalise(text)
        named |= runs(text[: settings.NAMES_LENGTH])
        chunks = CHUNK.findall(text)
        count: dict[str, float] = {}
        length = 0
        present = set()
        for chunk, times in Counter(chunks).items():
            term, shares = _terms_of(chunk)
            if term:
                length += times
                present.add(term)
            for folded, share in shares:
                count[folded] = count.get(folded, 0.0) + share * times
        for key, occurrences in _phrases(chunks, present, starts):
            found[key] = found.get(key, 0.0) + weight * occurrences
        counts.append(count)
        lengths.append(length)
    return DocumentTerms(tuple(counts), tuple(lengths), found, frozenset(named))


def _phrases(
    chunks: Sequence[str], present: set[str], starts: Mapping[str, Sequence[tuple[str, ...]]]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The known phrases in a text and how often each occurs."""
    possible = [
        key for first in starts.keys() & present for key in starts[first] if present.issuperset(key)
    ]
    if not possible:
        return
    stems = [term for chunk in chunks if (term := _terms_of(chunk)[0])]
    for key in possible:
        size = len(key)
        occurrences = sum(
            tuple(stems[at : at + size]) == key for at, first in enumerate(stems) if first == key[0]
        )
        if occurrences:
            yield key, occurrences


@lru_cache(maxsize=1 << 17)
def _terms_of(chunk: str) -> tuple[str, tuple[tuple[str, float], ...]]:
    """Of a written word: its term as a whole (empty for a stop word), and the folded words it
    counts for, each with its weight."""
    term = ""
    shares = []
    for surface, folded, whole in chunk_words(chunk):
        if is_stop_word(surface, folded):
            continue
        if whole:
            term = stem_folded(folded)
        shares.append((folded, 1.0 if whole else settings.PART_WEIGHT))
    return term, tuple(shares)


def merge(analysed: Sequence[DocumentTerms], groups: Sequence[Group], lexicon: Lexicon) -> Postings:
    """Postings of all documents, in their order."""
    vocabulary: set[str] = set()
    for terms in analysed:
        for count in terms.counts:
            vocabulary.update(count)
    splitter = Splitter(lexicon, vocabulary)
    expansions = {word: _expand(word, splitter, lexicon) for word in sorted(vocabulary)}
    average = [
        sum(terms.lengths[number] for terms in analysed) / max(1, len(analysed)) or 1.0
        for number in range(len(settings.FIELDS))
    ]
    lists: dict[str, list[int]] = defaultdict(list)
    prominent: Counter[str] = Counter()
    levels, saturation = settings.LEVELS, settings.SATURATION
    for number, terms in enumerate(analysed):
        weights = _weigh(terms, expansions, average)
        for way in {way for run in terms.runs for way in initials(run, splitter)}:
            weights.setdefault(INITIALS_MARK + way, saturation)
        base = number << _IMPACT_BITS
        for term, weight in weights.items():
            lists[term].append(base + (int(levels * weight / (saturation + weight) + 0.5) or 1))
        prominent.update(set().union(*terms.counts[:3]))
    importance = {term: len(postings) for term, postings in lists.items()}
    for word, documents in prominent.items():
        for term, _ in expansions[word]:
            importance[term] += 3 * documents
    known = phrases(groups)
    for number, postings in _group_lists(groups, known, lists, splitter, lexicon):
        lists[f"{GROUP_MARK}{number}"] = postings
    for term, entries in lists.items():
        if len(entries) >= settings.COARSE_FROM:
            lists[term] = _coarse(entries)
    members = {key[0] for key in known if len(key) == 1}
    redirects = dict(lexicon.redirects({*lists, *members}))
    correct = lexicon.short_nouns() - lists.keys() - redirects.keys() - members
    return Postings(dict(lists), importance, redirects, correct)


def _coarse(postings: Sequence[int]) -> list[int]:
    """The same documents with rounded impacts, which take half the space."""
    step = settings.COARSE
    rounded = [i // step * step + step // 2 for i in range(_IMPACT + 1)]
    return [posting - (posting & _IMPACT) + rounded[posting & _IMPACT] for posting in postings]


def _expand(word: str, splitter: Splitter, lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """The terms that a word of a document counts for, each with its weight."""
    term = stem_folded(word)
    found = {term: 1.0}
    for base in lexicon.bases(term):
        found.setdefault(base, settings.BASE_WEIGHT)
    for part in splitter.parts(word):
        if part in STOP_WORDS:
            continue
        term = stem_folded(part)
        for base in (term, *lexicon.bases(term)):
            found.setdefault(base, settings.PART_WEIGHT)
    for way in initials((word,), splitter):
        found[INITIALS_MARK + way] = settings.PART_WEIGHT
    return tuple(found.items())


def _weigh(
    terms: DocumentTerms,
    expansions: Mapping[str, tuple[tuple[str, float], ...]],
    average: Sequence[float],
) -> dict[str, float]:
    """Term → weighted and length-normalised frequency in one document."""
    words: dict[str, float] = {}
    for number, count in enumerate(terms.counts):
        if not count:
            continue
        b = settings.FIELD_LENGTH[number]
        length = terms.lengths[number] / average[number]
        factor = settings.FIELD_WEIGHT[number] / (1.0 - b + b * length)
        for word, occurrences in count.items():
            words[word] = words.get(word, 0.0) + factor * occurrences
    weights: dict[str, float] = {}
    for word, scaled in words.items():
        for term, weight in expansions[word]:
            weights[term] = weights.get(term, 0.0) + scaled * weight
    for key, weight in terms.phrases.items():
        weights["_".join(key)] = weight
    return weights


def _group_lists(
    groups: Sequence[Group],
    known: Phrases,
    lists: Mapping[str, list[int]],
    splitter: Splitter,
    lexicon: Lexicon,
) -> Iterable[tuple[int, list[int]]]:
    """For each synonym group one list: the best impact of any of its words."""
    members: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for key, numbers in known.items():
        for number in numbers:
            members[number].append(key)
    for number in range(len(groups)):
        best: dict[int, int] = {}
        for key in members[number]:
            bases = lexicon.bases(key[0]) if len(key) == 1 else ()
            for term in ("_".join(key), *bases):
                for posting in lists.get(term, ()):
                    found = document(posting)
                    best[found] = max(best.get(found, 0), impact(posting))
        for text in groups[number].words:
            folded = fold(text)
            if not folded.isalpha() or len(folded) < _LONG_WORD:
                continue
            for found, weakest in _all_pieces(splitter.pieces(folded), lists).items():
                scaled = max(1, round(weakest * settings.GROUP_PARTS))
                best[found] = max(best.get(found, 0), scaled)
        if best:
            yield number, [(found << _IMPACT_BITS) + best[found] for found in sorted(best)]


def _all_pieces(pieces: Sequence[str], lists: Mapping[str, list[int]]) -> dict[int, int]:
    """Documents that have every direct piece of a compound, with the weakest impact."""
    found: dict[int, int] | None = None
    for part in pieces:
        postings = {document(p): impact(p) for p in lists.get(stem_folded(part), ())}
        if found is None:
            found = postings
        else:
            found = {d: min(i, postings[d]) for d, i in found.items() if d in postings}
        if not found:
            break
    return found or {}

"""Write the index as script files that a browser fetches only when a query needs them.

``manifest.js``          the only name known in advance: sizes, hashes of the next five
``kern.<hash>.js``       vocabulary for typos and parts of words, tiers
``sprache.<hash>.js``    stop words and synonym groups
``facetten.<hash>.js``   facet values of every document
``v<n>.<hash>.js``       where the postings of a stretch of the alphabet are, with hashes
``w<n>.<hash>.js``       hashes of some card files
``p<n>.<hash>.js``       postings of neighbouring terms
``k<n>.<hash>.js``       result cards of a few documents
``t<n>.<hash>.js``       their texts, for snippets; each card names the hash
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from generator.search import settings
from generator.search.bits import pack_postings
from generator.search.codec import (
    compact_json,
    digest,
    name_hash,
    pack_after,
    pack_sorted,
    pack_values,
    script,
    shared,
)
from generator.search.compounds import SHORT_NOUNS
from generator.search.documents import Facet, SearchDocument
from generator.search.facet_file import facet_file
from generator.search.index import GROUP_MARK, INITIALS_MARK
from generator.search.merging import Postings
from generator.search.packing import pack_all
from generator.search.stopwords import QUESTION_WORDS, STOP_WORDS, WEAK_WORDS
from generator.search.synonyms import Group, phrase, phrases
from generator.search.vocabulary import keys

FORMAT = 1
MANIFEST = "manifest.js"
_T = TypeVar("_T")
_SEPARATOR = "|"
CORRECT = "="
"""Stands where the base forms of a term would, if it is a word that needs no correction."""
_MARKS = (GROUP_MARK, INITIALS_MARK)
_SHORTEST_LOOSE = 4
_MOST_LOOSE = 3


def write_shards(
    documents: Sequence[SearchDocument],
    postings: Postings,
    groups: Sequence[Group],
    facets: Sequence[Facet],
) -> dict[str, str]:
    """File name → content, for the folder ``suche/index/``."""
    files: dict[str, str] = {}

    def add(name: str, text: str) -> str:
        content = script(name, text)
        mark = digest(content)
        files[f"{name}.{mark}.js"] = content
        return mark

    core = _core(postings)
    by_id = {document.id: document for document in documents}
    starts, marks = [], []
    for number, (start, text) in enumerate(
        _posting_shards(postings, groups, _by_sound(postings, core))
    ):
        starts.append(start)
        marks.append(add(f"p{number}", text))
    per = settings.PER_SECTION
    sections = [
        add(f"v{number}", "".join(of_section) + "\n" + pack_sorted(starts[number * per :][:per]))
        for number, of_section in enumerate(_blocks(marks, per))
    ]
    texts = [
        add(f"t{number}", compact_json([_text(document) for document in block]))
        for number, block in enumerate(_blocks(documents, settings.TEXTS_PER_SHARD))
    ]
    text_of = {
        document.id: texts[number // settings.TEXTS_PER_SHARD]
        for number, document in enumerate(documents)
    }
    cards = [
        add(
            f"k{number}",
            compact_json([{**_card(d, by_id), "text": text_of[d.id]} for d in block]),
        )
        for number, block in enumerate(_blocks(documents, settings.CARDS_PER_SHARD))
    ]
    card_sections = [
        add(f"w{number}", "".join(of_section))
        for number, of_section in enumerate(_blocks(cards, per))
    ]
    core_file = {
        "terms": pack_sorted(core),
        "sizes": pack_values(_size(len(postings.of(term)[0])) for term in core),
        "tiers": pack_values(document.tier for document in documents),
    }
    manifest = {
        "format": FORMAT,
        "documents": len(documents),
        "ranking": settings.RANKING,
        "levels": settings.LEVELS,
        "perCards": settings.CARDS_PER_SHARD,
        "perTexts": settings.TEXTS_PER_SHARD,
        "perSection": per,
        "starts": pack_sorted(starts[::per]),
        "sections": "".join(sections),
        "cards": "".join(card_sections),
        "files": {
            "kern": add("kern", compact_json(core_file)),
            "sprache": add("sprache", compact_json(_language(postings, groups, core))),
            "facetten": add("facetten", compact_json(facet_file(documents, facets))),
        },
    }
    files[MANIFEST] = script("manifest", compact_json(manifest))
    return files


def _by_sound(postings: Postings, core: Sequence[str]) -> dict[str, list[str]]:
    """Prominent terms outside the core vocabulary, where a typing error looks for them."""
    known = set(core)
    found: dict[str, list[str]] = {}
    for number in (postings.importance > settings.PROMINENT).nonzero()[0].tolist():
        term = postings.terms[number]
        if len(term) >= settings.SHORTEST_RARE and term not in known and term.isalpha():
            for key in keys(term):
                found.setdefault(key, []).append(term)
    return found


def _posting_shards(
    postings: Postings, groups: Sequence[Group], by_sound: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """(beginning, lines) of each shard, in the order of the terms."""
    start, size, last = "", 0, ""
    lines: list[str] = []
    members = {"_".join(key): numbers for key, numbers in phrases(groups).items()}
    loose = _loose_words(members)
    marked = {*by_sound, *members, *loose, *postings.redirects, *postings.correct}
    packed = dict(
        zip(
            postings.terms,
            pack_all(postings.starts, postings.documents, postings.impacts),
            strict=True,
        )
    )
    for term in sorted({*packed, *marked}):
        rest = packed.get(term, "")
        if term in marked or term[0] == GROUP_MARK:
            columns = [rest, "", "", ""]
            if term in postings.redirects:
                columns[1] = " ".join(postings.redirects[term])
            elif term in by_sound:
                columns[1] = " ".join(by_sound[term])
            elif term[0] == GROUP_MARK:
                columns[1] = _SEPARATOR.join(groups[int(term[1:])].words)
            elif term in postings.correct:
                columns[1] = CORRECT
            columns[2] = " ".join(map(str, members.get(term, ())))
            columns[3] = " ".join(map(str, loose.get(term, ())))
            rest = "\t".join(columns).rstrip("\t")
        if lines and size + len(rest) + len(term) > settings.SHARD_BYTES:
            yield start, "\n".join(lines)
            lines, size = [], 0
            start = term[: shared(term, last) + 1]
        line = f"{pack_after(last if lines else '', term)}\t{rest}"
        lines.append(line)
        size += len(line) + 1
        last = term
    if lines:
        yield start, "\n".join(lines)


def _loose_words(members: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Words inside the phrases of a few groups only: Schaukasten in digitaler Schaukasten."""
    found: dict[str, list[int]] = {}
    for member, numbers in members.items():
        for word in member.split("_") if "_" in member else ():
            if len(word) >= _SHORTEST_LOOSE:
                present = found.setdefault(word, [])
                present += [number for number in numbers if number not in present]
    return {word: numbers for word, numbers in found.items() if len(numbers) <= _MOST_LOOSE}


def _blocks(entries: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for at in range(0, len(entries), size):
        yield entries[at : at + size]


def _core(postings: Postings) -> list[str]:
    """The most important terms, sorted; all of them while the wiki is small."""
    terms: list[str] = []
    for number in (-postings.importance).argsort(kind="stable").tolist():
        term = postings.terms[number]
        if term[0] not in _MARKS and "_" not in term and not term.isdigit():
            terms.append(term)
            if len(terms) == settings.CORE_TERMS:
                break
    return sorted(terms)


def _size(count: int) -> int:
    """The order of magnitude of a document frequency."""
    return count.bit_length()


def _language(
    postings: Postings, groups: Sequence[Group], core: Sequence[str]
) -> dict[str, object]:
    members = ["_".join(key) for key in phrases(groups)]
    main = {phrase(group.begriff): number for number, group in reversed([*enumerate(groups)])}
    related = [
        sorted({main[key] for key in map(phrase, group.siehe) if key in main} - {number})
        for number, group in enumerate(groups)
    ]
    hashes = sorted({name_hash(member) for member in members if "_" in member})
    return {
        "stop": " ".join(sorted(STOP_WORDS)),
        "question": " ".join(sorted(QUESTION_WORDS)),
        "short": " ".join(sorted(SHORT_NOUNS)),
        "weak": " ".join(sorted(WEAK_WORDS)),
        "words": pack_sorted(sorted({m for m in members if "_" not in m}.difference(core))),
        "phrases": pack_postings(hashes, [0] * len(hashes)),
        "related": "\n".join(" ".join(map(str, numbers)) for numbers in related),
        "found": "".join(
            "1" if f"{GROUP_MARK}{number}" in postings.number else "0"
            for number in range(len(groups))
        ),
    }


def _card(document: SearchDocument, by_id: Mapping[str, SearchDocument]) -> dict[str, object]:
    related = [by_id[ident] for ident in document.related if ident in by_id]
    return {
        "id": document.id,
        "typ": document.typ,
        "url": document.url,
        "title": document.title,
        "summary": document.summary[: settings.SUMMARY_LENGTH],
        "card": dict(document.card),
        "more": [[other.title, other.url] for other in related[: settings.RELATED]],
    }


def _text(document: SearchDocument) -> str:
    return document.body[: settings.TEXT_LENGTH]

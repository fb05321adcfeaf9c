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
    DIGITS,
    compact_json,
    digest,
    pack_after,
    pack_sorted,
    pack_values,
    pack_wide,
    script,
    shared,
)
from generator.search.compounds import SHORT_NOUNS
from generator.search.documents import Facet, SearchDocument
from generator.search.index import GROUP_MARK, INITIALS_MARK, Postings, document, impact
from generator.search.stopwords import QUESTION_WORDS, STOP_WORDS, WEAK_WORDS
from generator.search.synonyms import Group, phrase, phrases
from generator.search.vocabulary import keys

FORMAT = 1
MANIFEST = "manifest.js"
_T = TypeVar("_T")
_SEPARATOR = "|"
_MOST_VALUES = len(DIGITS) - 1


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
        "sizes": pack_values(_size(len(postings.lists[term])) for term in core),
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
            "sprache": add("sprache", compact_json(_language(postings, groups))),
            "facetten": add("facetten", compact_json(_facets(documents, facets))),
        },
    }
    files[MANIFEST] = script("manifest", compact_json(manifest))
    return files


def _by_sound(postings: Postings, core: Sequence[str]) -> dict[str, list[str]]:
    """Prominent terms outside the core vocabulary, where a typing error looks for them."""
    known = set(core)
    found: dict[str, list[str]] = {}
    for term in sorted(postings.lists):
        prominent = postings.importance.get(term, 0) > settings.PROMINENT
        if prominent and len(term) >= settings.SHORTEST_RARE and term.isalpha():
            for key in keys(term) if term not in known else ():
                found.setdefault(key, []).append(term)
    return found


def _posting_shards(
    postings: Postings, groups: Sequence[Group], by_sound: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """(beginning, lines) of each shard, in the order of the terms."""
    start, size, last = "", 0, ""
    lines: list[str] = []
    for term in sorted({*postings.lists, *postings.redirects, *by_sound}):
        entries = postings.lists.get(term, ())
        columns = [pack_postings([*map(document, entries)], [*map(impact, entries)])]
        if term in postings.redirects:
            columns.append(" ".join(postings.redirects[term]))
        elif term in by_sound:
            columns.append(" ".join(by_sound[term]))
        elif term[0] == GROUP_MARK:
            columns.append(_SEPARATOR.join(groups[int(term[1:])].words))
        rest = "\t".join(columns)
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


def _blocks(entries: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for at in range(0, len(entries), size):
        yield entries[at : at + size]


def _core(postings: Postings) -> list[str]:
    """The most important terms, sorted; all of them while the wiki is small."""
    terms = [
        term
        for term in postings.lists
        if term[0] not in (GROUP_MARK, INITIALS_MARK) and "_" not in term and not term.isdigit()
    ]
    if len(terms) > settings.CORE_TERMS:
        terms.sort(key=lambda term: (-postings.importance[term], term))
        terms = terms[: settings.CORE_TERMS]
    return sorted(terms)


def _size(count: int) -> int:
    """The order of magnitude of a document frequency."""
    return count.bit_length()


def _language(postings: Postings, groups: Sequence[Group]) -> dict[str, object]:
    known = phrases(groups)
    members: list[list[str]] = [[] for _ in groups]
    for key, numbers in known.items():
        for number in numbers:
            members[number].append("_".join(key))
    main = {phrase(group.begriff): number for number, group in reversed([*enumerate(groups)])}
    related = [
        sorted({main[key] for key in map(phrase, group.siehe) if key in main} - {number})
        for number, group in enumerate(groups)
    ]
    return {
        "stop": " ".join(sorted(STOP_WORDS)),
        "question": " ".join(sorted(QUESTION_WORDS)),
        "short": " ".join(sorted(SHORT_NOUNS)),
        "weak": " ".join(sorted(WEAK_WORDS)),
        "members": "\n".join(" ".join(sorted(names)) for names in members),
        "related": "\n".join(" ".join(map(str, numbers)) for numbers in related),
        "found": "".join(
            "1" if f"{GROUP_MARK}{number}" in postings.lists else "0"
            for number in range(len(groups))
        ),
    }


def _facets(
    documents: Sequence[SearchDocument], facets: Sequence[Facet]
) -> list[dict[str, object]]:
    """Per facet its values, and for every document which of them it has: few different
    combinations by number, many by how many values and then which."""
    found: list[dict[str, object]] = []
    for facet in facets:
        per_document = [document.facets.get(facet.name, ()) for document in documents]
        values = sorted({value for entry in per_document for value in entry})
        if not values:
            continue
        position = {value: number for number, value in enumerate(values)}
        coded = [tuple(sorted(position[value] for value in entry)) for entry in per_document]
        described: dict[str, object] = {
            "name": facet.name,
            "label": facet.label,
            "values": values,
            "labels": [facet.values.get(value, value) for value in values],
        }
        combinations = sorted(set(coded))
        if len(combinations) <= len(DIGITS):
            code = {entry: number for number, entry in enumerate(combinations)}
            described["sets"] = [list(entry) for entry in combinations]
            described["codes"] = pack_values(code[entry] for entry in coded)
        else:
            numbers = [number for entry in coded for number in entry[:_MOST_VALUES]]
            wide = len(values) > len(DIGITS)
            described["wide"] = wide
            described["counts"] = pack_values(min(len(entry), _MOST_VALUES) for entry in coded)
            described["codes"] = pack_wide(numbers) if wide else pack_values(numbers)
        found.append(described)
    return found


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

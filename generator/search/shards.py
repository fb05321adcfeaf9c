"""Write the index as script files that a browser fetches only when a query needs them.

``manifest.js``          the only name known in advance: sizes and the names of the next four
``kern.<hash>.js``       vocabulary for typos and parts of words, tiers, directory of postings
``sprache.<hash>.js``    stop words and synonym groups
``facetten.<hash>.js``   facet values of every document
``karten.<hash>.js``     hashes of the card files
``p<n>.<hash>.js``       postings of neighbouring terms
``k<n>.<hash>.js``       result cards of a few documents
``t<n>.<hash>.js``       their texts, for snippets; each card names the hash
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.search import settings
from generator.search.codec import (
    DIGITS,
    compact_json,
    digest,
    pack_gaps,
    pack_sorted,
    pack_values,
    pack_wide,
    script,
)
from generator.search.compounds import SHORT_NOUNS
from generator.search.documents import Facet, SearchDocument
from generator.search.index import GROUP_MARK, INITIALS_MARK, Postings, document, impact
from generator.search.stopwords import QUESTION_WORDS, STOP_WORDS, WEAK_WORDS
from generator.search.synonyms import Group, phrase, phrases
from generator.search.vocabulary import keys

FORMAT = 1
MANIFEST = "manifest.js"
_SEPARATOR = "|"


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
    manifest = {
        "format": FORMAT,
        "documents": len(documents),
        "ranking": settings.RANKING,
        "levels": settings.LEVELS,
        "perCards": settings.CARDS_PER_SHARD,
        "perTexts": settings.TEXTS_PER_SHARD,
        "files": {
            "kern": add(
                "kern",
                compact_json(
                    {
                        "terms": pack_sorted(core),
                        "sizes": pack_values(_size(len(postings.lists[term])) for term in core),
                        "tiers": pack_values(document.tier for document in documents),
                        "starts": "\n".join(starts),
                        "marks": "".join(marks),
                    }
                ),
            ),
            "sprache": add("sprache", compact_json(_language(postings, groups))),
            "facetten": add("facetten", compact_json(_facets(documents, facets))),
            "karten": add("karten", "".join(cards)),
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
    """(first term, lines) of each shard, in the order of the terms."""
    start, size = "", 0
    lines: list[str] = []
    for term in sorted({*postings.lists, *postings.redirects, *by_sound}):
        entries = postings.lists.get(term, ())
        gaps = pack_gaps(map(document, entries))
        impacts = pack_values(map(impact, entries))
        line = f"{term}\t{gaps}\t{impacts}"
        if term in postings.redirects:
            line += "\t" + " ".join(postings.redirects[term])
        elif term in by_sound:
            line += "\t" + " ".join(by_sound[term])
        elif term[0] == GROUP_MARK:
            line += "\t" + _SEPARATOR.join(groups[int(term[1:])].words)
        if lines and size + len(line) > settings.SHARD_BYTES:
            yield start, "\n".join(lines)
            lines, size = [], 0
        if not lines:
            start = term
        lines.append(line)
        size += len(line) + 1
    if lines:
        yield start, "\n".join(lines)


def _blocks(documents: Sequence[SearchDocument], size: int) -> Iterator[Sequence[SearchDocument]]:
    for at in range(0, len(documents), size):
        yield documents[at : at + size]


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
    """Per facet: its values, the combinations that occur, and one code per document."""
    found: list[dict[str, object]] = []
    for facet in facets:
        per_document = [document.facets.get(facet.name, ()) for document in documents]
        values = sorted({value for entry in per_document for value in entry})
        if not values:
            continue
        position = {value: number for number, value in enumerate(values)}
        coded = [tuple(sorted(position[value] for value in entry)) for entry in per_document]
        combinations = sorted(set(coded))
        code = {entry: number for number, entry in enumerate(combinations)}
        codes = [code[entry] for entry in coded]
        wide = len(combinations) > len(DIGITS)
        found.append(
            {
                "name": facet.name,
                "label": facet.label,
                "values": values,
                "labels": [facet.values.get(value, value) for value in values],
                "sets": [list(entry) for entry in combinations],
                "wide": wide,
                "codes": pack_wide(codes) if wide else pack_values(codes),
            }
        )
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

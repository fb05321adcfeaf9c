"""Build the search index of a wiki, all documents together.

An edit revises what an earlier build kept (`revision.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.search.cards import card
from generator.search.compounds import Splitter
from generator.search.documents import FACETS, Facet, SearchDocument
from generator.search.expansion import Expander, expand
from generator.search.index import analyse, phrase_starts
from generator.search.kept import Kept, Known, Run, Word
from generator.search.lexicon import load_lexicon
from generator.search.lines import Place, shards
from generator.search.meanings import Meanings
from generator.search.merging import Merged, merge
from generator.search.shards import common_files, narrowing_files
from generator.search.synonyms import Group
from generator.search.weighing import Told
from generator.workers import without_collector


def whole(analysed: Iterable[str], meanings: Meanings, cache_dir: Path | None = None) -> Merged:
    """The dictionary of all documents; `analysed`: their words, in their order."""
    told = Told(analysed)
    words = list(told.words)
    expanded = expand(words, list(told.runs), cache_dir)
    lexicon = load_lexicon(cache_dir, briefly=True)  # the words are cut: who did has a quicker one
    expander = Expander(Splitter(lexicon, words), lexicon)
    sources = [
        meanings.sources(number, expander.splitter, lexicon)
        for number in range(len(meanings.groups))
    ]
    return merge(told, expanded, meanings, lexicon, sources)


def keep(merged: Merged, kept: Kept | None) -> Known:
    """Remember the words; the stretches are kept when their files are written."""
    told, expanded = merged.told, merged.expanded
    if kept is not None:
        kept.clear()
        rows = zip(told.words, told.used.tolist(), expanded.of_words(), strict=True)
        kept.set_words(sorted(Word(word, used, *terms) for word, used, terms in rows))
        names = map(" ".join, expanded.names)
        kept.set_runs(sorted(map(Run, told.runs, told.used_runs, names)))
        kept.set_census(merged.census)
    return Known(told.totals, merged.sources)


def build_index(
    documents: Sequence[SearchDocument],
    groups: Sequence[Group] = (),
    cache_dir: Path | None = None,
    facets: Sequence[Facet] = FACETS,
) -> dict[str, str]:
    """File name → content of all index files. Same documents, same bytes.

    Documents of a kind stand together: what they have in common takes less space then.
    """
    ordered = sorted(documents, key=lambda document: (document.typ, document.id))
    by_id = {document.id: document for document in ordered}
    meanings = Meanings(groups)
    files: dict[str, str] = {}
    with without_collector():
        starts = phrase_starts(meanings.known)
        words = [analyse(document, starts).as_json() for document in ordered]
        listed = []
        for document in ordered:
            others = [by_id[ident] for ident in document.related if ident in by_id]
            entry, of_document = card(document, [(other.title, other.url) for other in others])
            files |= of_document
            listed.append(entry)
        merged = whole(words, meanings, cache_dir)
        places: list[Place] = []
        for made in shards([lines for _, lines in merged.lines.stretches()]):
            for place, name, content in made:
                places.append(place)
                files[name] = content
        narrowing, marks = narrowing_files(listed, facets)
        return files | narrowing | common_files(listed, places, merged.census, meanings, marks)

"""Build the search index of a wiki in one call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from generator.search.documents import FACETS, Facet, SearchDocument
from generator.search.expansion import expand
from generator.search.index import analyse, phrase_starts
from generator.search.lexicon import load_lexicon
from generator.search.merging import merge
from generator.search.shards import write_shards
from generator.search.synonyms import Group, phrases
from generator.workers import without_collector


def build_index(
    documents: Sequence[SearchDocument],
    groups: Sequence[Group] = (),
    cache_dir: Path | None = None,
    facets: Sequence[Facet] = FACETS,
    analysed: Sequence[str] | None = None,
) -> dict[str, str]:
    """File name → content of all index files. Same documents, same bytes.

    Documents of a kind stand together: what they have in common takes less space then.
    `analysed`: the words of each document, if they are at hand.
    """
    places = sorted(range(len(documents)), key=lambda n: (documents[n].typ, documents[n].id))
    ordered = [documents[n] for n in places]
    with without_collector():
        if analysed is None:
            starts = phrase_starts(phrases(groups))
            words = [analyse(document, starts).as_json() for document in ordered]
        else:
            words = [analysed[n] for n in places]
        lexicon = load_lexicon(cache_dir)
        terms_of = partial(expand, lexicon=lexicon, cache_dir=cache_dir)
        postings = merge(words, groups, lexicon, terms_of)
        return write_shards(ordered, postings, groups, facets)

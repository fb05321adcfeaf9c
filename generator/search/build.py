"""Build the search index of a wiki in one call."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.search.documents import FACETS, Facet, SearchDocument
from generator.search.index import analyse, merge, phrase_starts
from generator.search.lexicon import load_lexicon
from generator.search.shards import write_shards
from generator.search.synonyms import Group, phrases


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
    with _without_collector():
        starts = phrase_starts(phrases(groups))
        analysed = [analyse(document, starts) for document in ordered]
        postings = merge(analysed, groups, load_lexicon(cache_dir))
        return write_shards(ordered, postings, groups, facets)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of small objects and no cycles: looking for cycles would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""The index of a wiki, with what words mean the same here: the shipped synonyms, the county's own, and
its glossary.

The list of this repository (`content/suche/synonyme.yml`) is knowledge of municipal German at large, so
it serves every content folder; a folder's own `suche/synonyme.yml` and its glossary add to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.records.solution_types import Begriff
from generator.search.build import build_index
from generator.search.collect import search_documents, search_facets
from generator.search.documents import SearchDocument
from generator.search.synonym_file import SYNONYMS, read_synonyms
from generator.search.synonyms import Group, merge_groups

CACHE = Path(".cache")  # what is dear to compute and depends on no content
SHIPPED = Path(__file__).resolve().parents[2] / "content" / SYNONYMS


def word_groups(content: Path, catalogue: Catalogue) -> tuple[Group, ...]:
    """All groups for a wiki, the shipped ones first."""
    own = (content / SYNONYMS).resolve()
    sources = [read_synonyms(SHIPPED)[0]]
    if own != SHIPPED:
        sources.append(read_synonyms(own)[0])
    return merge_groups(*sources, _glossary(catalogue))


def _glossary(catalogue: Catalogue) -> tuple[Group, ...]:
    groups = []
    for term in catalogue.all(Begriff):
        others = tuple(
            dict.fromkeys(w for w in (term.abkuerzung, *term.synonyme) if w and w != term.titel)
        )
        if others:
            groups.append(Group(term.titel, others))
    return tuple(groups)


def wiki_index(content: Path, catalogue: Catalogue, addresses: Addresses) -> dict[str, str]:
    """File name → content of the search index of a wiki, for the folder `suche/index/`."""
    return index_of(search_documents(catalogue, addresses), content, catalogue)


def index_of(
    documents: Sequence[SearchDocument], content: Path, catalogue: Catalogue
) -> dict[str, str]:
    """The same from documents that are at hand."""
    return build_index(documents, word_groups(content, catalogue), CACHE, search_facets(catalogue))

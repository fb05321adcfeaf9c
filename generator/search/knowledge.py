"""The index of a wiki, with what words mean the same here: the shipped synonyms, the county's own, and
its glossary.

The list of this repository (`content/suche/synonyme.yml`) is knowledge of municipal German at large, so
it serves every content folder; a folder's own `suche/synonyme.yml` and its glossary add to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.records.solution_types import Begriff
from generator.search.build import build_index
from generator.search.collect import search_documents, search_facets
from generator.search.documents import SearchDocument, from_json
from generator.search.index import Starts, analyse, phrase_starts
from generator.search.synonym_file import SYNONYMS, read_synonyms
from generator.search.synonyms import Group, merge_groups, phrases

LEXICON = Path(".cache")  # where the German lexicon is kept unless somebody says otherwise
SHIPPED = Path(__file__).resolve().parents[2] / "content" / SYNONYMS


def word_groups(content: Path, catalogue: Catalogue) -> tuple[Group, ...]:
    """All groups for a wiki, the shipped ones first."""
    own = (content / SYNONYMS).resolve()
    sources = [_groups_in(SHIPPED, _stamp(SHIPPED))]
    if own != SHIPPED:
        sources.append(_groups_in(own, _stamp(own)))
    return merge_groups(*sources, _glossary(catalogue))


@lru_cache(maxsize=4)
def _groups_in(file: Path, stamp: int) -> tuple[Group, ...]:
    return read_synonyms(file)[0]


def _stamp(file: Path) -> int:
    return file.stat().st_mtime_ns if file.is_file() else 0


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
    documents: Sequence[SearchDocument],
    content: Path,
    catalogue: Catalogue,
    analysed: Sequence[str] | None = None,
    lexicon: Path = LEXICON,
) -> dict[str, str]:
    """The same from documents that are at hand, and perhaps their words (`analyse`)."""
    groups = word_groups(content, catalogue)
    return build_index(documents, groups, lexicon, search_facets(catalogue), analysed)


def known_phrases(content: Path, catalogue: Catalogue) -> Starts:
    """What `analyse` looks for in the documents of a wiki."""
    return phrase_starts(phrases(word_groups(content, catalogue)))


def digest_of(starts: Starts) -> str:
    """Tells whether words were analysed with the same phrases."""
    return sha256(repr(sorted(starts.items())).encode()).hexdigest()


def words_of(starts: Starts, documents: Sequence[str]) -> list[str]:
    """The words of documents (as JSON), as JSON."""
    return [analyse(from_json(document), starts).as_json() for document in documents]

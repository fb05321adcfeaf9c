"""The index of a wiki, with what words mean the same here: the shipped synonyms, the county's own, and
its glossary.

The list of this repository (`content/suche/synonyme.yml`) is knowledge of municipal German at large, so
it serves every content folder; a folder's own `suche/synonyme.yml` and its glossary add to it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.search.build import build_index
from generator.search.collect import search_documents
from generator.search.documents import from_json
from generator.search.index import Starts, analyse
from generator.search.meanings import Meanings
from generator.search.narrowing import category_names, search_facets
from generator.search.synonym_file import SYNONYMS, read_synonyms
from generator.search.synonyms import Group, merge_groups

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
    told = (json.loads(detail) for _, _, detail in catalogue.rows("synonyme"))
    return tuple(Group(title, tuple(others)) for title, *others in told)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What words mean in a wiki.  `digest` tells whether it is the same as before."""

    meanings: Meanings
    digest: str

    def as_data(self) -> Any:
        """For JSON, to be kept between builds."""
        groups = [[group.begriff, group.auch, group.siehe] for group in self.meanings.groups]
        return [self.digest, groups, self.meanings.as_data()]


def knowledge(content: Path, catalogue: Catalogue, kept: Any = None) -> Knowledge:
    """What words mean in this wiki.  `kept` is what `Knowledge.as_data` gave before."""
    glossary = _glossary(catalogue)
    own = content / SYNONYMS
    texts = [path.read_bytes() for path in (SHIPPED, own) if path.is_file()]
    digest = sha256(b"\0".join([*texts, repr(glossary).encode()])).hexdigest()
    if kept and kept[0] == digest:
        groups = tuple(
            Group(begriff, tuple(auch), tuple(siehe)) for begriff, auch, siehe in kept[1]
        )
        return Knowledge(Meanings(groups, kept[2]), digest)
    return Knowledge(Meanings(word_groups(content, catalogue)), digest)


def wiki_index(content: Path, catalogue: Catalogue, addresses: Addresses) -> dict[str, str]:
    """File name → content of the search index of a wiki, for the folder `suche/index/`."""
    documents = search_documents(catalogue, addresses)
    groups = word_groups(content, catalogue)
    return build_index(
        documents,
        groups,
        LEXICON,
        search_facets({d.id: d.title for d in documents}, category_names(catalogue)),
    )


def words_of(starts: Starts, documents: Sequence[str]) -> list[str]:
    """The words of documents (as JSON), as JSON."""
    return [analyse(from_json(document), starts).as_json() for document in documents]

"""The index as script files that a browser fetches only when a query needs them.

``manifest.js``          the only name known in advance: sizes, hashes of the next ones
``kern.<hash>.js``       vocabulary for typos and parts of words, tiers
``sprache.<hash>.js``    stop words and synonym groups
``facetten.<hash>.js``   facet values of every document
and the others of ``facet_file.py``
``v<n>.<hash>.js``       where the postings of a stretch of the alphabet are, with hashes
``w<n>.<hash>.js``       hashes of some cards
``p.<hash>.js``          postings of neighbouring terms (``lines.py``)
``d.<hash>.js``          result card of a document (``cards.py``)
``t.<hash>.js``          its text

Here are those about all documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from generator.search import settings
from generator.search.cards import Listed
from generator.search.codec import compact_json, digest, pack_sorted, pack_values, script
from generator.search.documents import Facet
from generator.search.facet_file import facet_file, list_files
from generator.search.index import GROUP_MARK
from generator.search.lines import Place
from generator.search.meanings import Meanings
from generator.search.merging import Census

FORMAT = 3
MANIFEST = "manifest.js"
_T = TypeVar("_T")


class Marked(Protocol):
    """A document as far as the search itself must know it."""

    @property
    def mark(self) -> str:
        """In the name of its card."""

    @property
    def tier(self) -> int: ...


def common_files(
    documents: Sequence[Marked],
    places: Sequence[Place],
    census: Census,
    meanings: Meanings,
    narrowing: Mapping[str, str],
) -> dict[str, str]:
    """File name → content, for the folder ``suche/index/``.

    `places` are all shards in their order; `narrowing` the marks of `narrowing_files`.
    """
    files: dict[str, str] = {}
    add = _adder(files)
    per = settings.PER_SECTION
    sections = [
        add(f"v{n}", "".join(p.mark for p in block) + "\n" + pack_sorted(p.start for p in block))
        for n, block in enumerate(_blocks(places, per))
    ]
    cards = [
        add(f"w{n}", "".join(document.mark for document in block))
        for n, block in enumerate(_blocks(documents, per))
    ]
    language = meanings.language(census.core, lambda n: census.size(f"{GROUP_MARK}{n}"))
    core_file = {
        "terms": census.packed_core(),
        "sizes": pack_values(census.core_sizes().tolist()),
        "tiers": pack_values(document.tier for document in documents),
    }
    manifest = {
        "format": FORMAT,
        "documents": len(documents),
        "ranking": settings.RANKING,
        "levels": settings.LEVELS,
        "perSection": per,
        "starts": pack_sorted(place.start for place in places[::per]),
        "sections": "".join(sections),
        "cards": "".join(cards),
        "files": {
            "kern": add("kern", compact_json(core_file)),
            "sprache": add("sprache", compact_json(language)),
            **narrowing,
        },
    }
    files[MANIFEST] = script("manifest", compact_json(manifest))
    return files


def narrowing_files(
    documents: Sequence[Listed], facets: Sequence[Facet]
) -> tuple[dict[str, str], dict[str, str]]:
    """(file name → content, name → mark) of what results and lists are narrowed down by."""
    files: dict[str, str] = {}
    add = _adder(files)
    marks = {"facetten": add("facetten", compact_json(facet_file(documents, facets, add)))}
    return files, marks | list_files(documents, facets, add)


def _adder(files: dict[str, str]) -> Callable[[str, str], str]:
    """Adds a file that is called after its content; gives its mark."""

    def add(name: str, text: str) -> str:
        mark = digest(text)
        files[f"{name}.{mark}.js"] = script(name, text)
        return mark

    return add


def _blocks(entries: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for at in range(0, len(entries), size):
        yield entries[at : at + size]

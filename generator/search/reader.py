"""Read the index files back, as the browser does: only what a query needs."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.search.codec import payload, unpack_gaps, unpack_sorted, unpack_values
from generator.search.index import GROUP_MARK, INITIALS_MARK
from generator.search.shards import MANIFEST

Postings = tuple[list[int], list[int]]
"""Documents and their impacts."""

MARKS = (GROUP_MARK, INITIALS_MARK)
_MARK = 6


class Shard:
    """Postings of neighbouring terms."""

    def __init__(self, text: str) -> None:
        self.postings: dict[str, Postings] = {}
        self.redirects: dict[str, list[str]] = {}
        """Irregular form → terms of its base forms."""
        self.words: dict[str, list[str]] = {}
        """Synonym group → its words as written."""
        for line in text.split("\n") if text else ():
            term, gaps, impacts, *targets = line.split("\t")
            if gaps:
                self.postings[term] = (unpack_gaps(gaps), unpack_values(impacts))
            if targets and term[0] == GROUP_MARK:
                self.words[term] = targets[0].split("|")
            elif targets:
                self.redirects[term] = targets[0].split(" ")

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Order of magnitude of the document frequency of each word, groups left out."""
        return {
            term: len(documents).bit_length()
            for term, (documents, _) in self.postings.items()
            if term[0] not in MARKS and "_" not in term
        }


class IndexReader:
    """A search index made of script files."""

    def __init__(self, read: Callable[[str], str]) -> None:
        """``read`` gives the content of an index file by its name."""
        self._read = read
        self.manifest: dict[str, Any] = json.loads(payload(read(MANIFEST))[1])
        self.ranking: dict[str, float] = self.manifest["ranking"]
        self.size: int = self.manifest["documents"]
        self._shards: dict[int, Shard] = {}

    @classmethod
    def from_directory(cls, folder: Path) -> IndexReader:
        """The index below ``suche/index/`` of a built site."""
        return cls(lambda name: (folder / name).read_text(encoding="utf-8"))

    @classmethod
    def from_files(cls, files: dict[str, str]) -> IndexReader:
        """An index that was just built."""
        return cls(files.__getitem__)

    def _named(self, name: str) -> str:
        return payload(self._read(f"{name}.{self.manifest['files'][name]}.js"))[1]

    @cached_property
    def _core(self) -> dict[str, Any]:
        core: dict[str, Any] = json.loads(self._named("kern"))
        return core

    @cached_property
    def language(self) -> dict[str, Any]:
        """Stop words and synonym groups."""
        language: dict[str, Any] = json.loads(self._named("sprache"))
        return language

    @cached_property
    def terms(self) -> list[str]:
        """The core vocabulary, sorted."""
        return unpack_sorted(self._core["terms"])

    @cached_property
    def sizes(self) -> list[int]:
        """Order of magnitude of the document frequency of each core term."""
        return unpack_values(self._core["sizes"])

    @cached_property
    def tiers(self) -> list[int]:
        """Tier of each document."""
        return unpack_values(self._core["tiers"])

    @cached_property
    def _starts(self) -> list[str]:
        text: str = self._core["starts"]
        return text.split("\n")

    def postings(self, term: str) -> Postings | None:
        """The documents of a term, or None if no document has it."""
        return self.shard_of(term).postings.get(term)

    def group_words(self, number: int) -> list[str]:
        """The words of a synonym group that some document has."""
        term = f"{GROUP_MARK}{number}"
        return self.shard_of(term).words.get(term, [])

    def shard_of(self, term: str) -> Shard:
        """The shard where a term is or would be."""
        number = max(0, bisect_right(self._starts, term) - 1)
        if number not in self._shards:
            mark = self._core["marks"][number * _MARK : (number + 1) * _MARK]
            text = payload(self._read(f"p{number}.{mark}.js"))[1] if mark else ""
            self._shards[number] = Shard(text)
        return self._shards[number]

    def card(self, document: int) -> dict[str, Any]:
        """The result card of a document."""
        per = self.manifest["perCards"]
        marks = self._named("karten")
        number = document // per
        name = f"k{number}.{marks[number * _MARK : (number + 1) * _MARK]}.js"
        cards = json.loads(payload(self._read(name))[1])
        card: dict[str, Any] = cards[document % per]
        return card

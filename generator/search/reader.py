"""Read the index files back, as the browser does: only what a query needs."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import Any

from generator.search.bits import packed_length, unpack_postings
from generator.search.cards import card_name
from generator.search.codec import (
    MARK,
    name_hash,
    payload,
    rough_size,
    unpack_after,
    unpack_sorted,
    unpack_values,
)
from generator.search.index import GROUP_MARK, INITIALS_MARK
from generator.search.meanings import CORRECT
from generator.search.shards import MANIFEST

Postings = tuple[list[int], list[int]]
"""Documents and their impacts."""

MARKS = (GROUP_MARK, INITIALS_MARK)


class Shard:
    """Postings of neighbouring terms; a list is only unpacked when it is asked for."""

    def __init__(self, text: str) -> None:
        self._packed: dict[str, str] = {}
        self._postings: dict[str, Postings] = {}
        self.redirects: dict[str, list[str]] = {}
        """Irregular form → terms of its base forms."""
        self.correct: set[str] = set()
        """Words that are no misspelling, though the wiki does not have them."""
        self.words: dict[str, list[str]] = {}
        """Synonym group → its words as written."""
        self.groups: dict[str, list[int]] = {}
        """Word or phrase → synonym groups it belongs to."""
        self.loose: dict[str, list[int]] = {}
        """Word → synonym groups with phrases that have it."""
        term = ""
        for line in text.split("\n") if text else ():
            packed, postings, targets, groups, loose = (line + "\t\t\t").split("\t")[:5]
            term = unpack_after(term, packed)
            if postings:
                self._packed[term] = postings
            if targets == CORRECT:
                self.correct.add(term)
            elif targets and term[0] == GROUP_MARK:
                self.words[term] = targets.split("|")
            elif targets:
                self.redirects[term] = targets.split(" ")
            if groups:
                self.groups[term] = [*map(int, groups.split(" "))]
            if loose:
                self.loose[term] = [*map(int, loose.split(" "))]

    def __contains__(self, term: str) -> bool:
        return term in self._packed

    def postings(self, term: str) -> Postings | None:
        """The documents of a term, or None if no document has it."""
        if term in self._packed and term not in self._postings:
            self._postings[term] = unpack_postings(self._packed[term])
        return self._postings.get(term)

    def size(self, term: str) -> int:
        """In how many documents a term is."""
        return packed_length(self._packed[term]) if term in self._packed else 0

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Order of magnitude of the document frequency of each word, groups left out."""
        return {
            term: packed_length(postings).bit_length()
            for term, postings in self._packed.items()
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
        self._starts = unpack_sorted(self.manifest["starts"])
        self._sections: dict[int, tuple[str, list[str]]] = {}
        self._shards: dict[int, Shard] = {}

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
    def words(self) -> list[str]:
        """Words of synonym groups outside the core vocabulary."""
        return unpack_sorted(self.language["words"])

    @cached_property
    def group_sizes(self) -> list[int]:
        """In how many documents each synonym group is, roughly."""
        return [rough_size(code) for code in unpack_values(self.language["sizes"])]

    @cached_property
    def _phrases(self) -> frozenset[int]:
        return frozenset(unpack_postings(self.language["phrases"])[0])

    def may_be_phrase(self, key: str) -> bool:
        """Whether it is worth while to look for a phrase in the index."""
        return name_hash(key) in self._phrases

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

    def postings(self, term: str) -> Postings | None:
        """The documents of a term, or None if no document has it."""
        return self.shard_of(term).postings(term)

    def group_words(self, number: int) -> list[str]:
        """The words of a synonym group that some document has."""
        term = f"{GROUP_MARK}{number}"
        return self.shard_of(term).words.get(term, [])

    def _marked(self, letter: str, number: int, marks: str, place: int) -> str:
        """The text of a file whose hash is the one at this place."""
        mark = marks[place * MARK : (place + 1) * MARK]
        return payload(self._read(f"{letter}{number}.{mark}.js"))[1]

    def _section(self, number: int) -> tuple[str, list[str]]:
        """Hashes and beginnings of neighbouring shards."""
        if number not in self._sections:
            text = self._marked("v", number, self.manifest["sections"], number)
            marks, starts = text.split("\n")
            self._sections[number] = marks, unpack_sorted(starts)
        return self._sections[number]

    def shard_of(self, term: str) -> Shard:
        """The shard where a term is or would be."""
        if not self._starts:
            return Shard("")
        section = max(0, bisect_right(self._starts, term) - 1)
        marks, starts = self._section(section)
        within = max(0, bisect_right(starts, term) - 1)
        number = section * self.manifest["perSection"] + within
        if number not in self._shards:
            mark = marks[within * MARK : (within + 1) * MARK]
            self._shards[number] = Shard(payload(self._read(f"p.{mark}.js"))[1])
        return self._shards[number]

    def card(self, document: int) -> dict[str, Any]:
        """The result card of a document."""
        section, place = divmod(document, self.manifest["perSection"])
        marks = self._marked("w", section, self.manifest["cards"], section)
        mark = marks[place * MARK : (place + 1) * MARK]
        card: dict[str, Any] = json.loads(payload(self._read(card_name(mark)))[1])
        return card

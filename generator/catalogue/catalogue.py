"""The catalogue: every record with everything that follows from the others.

It answers by lists (`entries.py`), so a question costs the length of its answer, not the number of
records; and it notes every question while somebody keeps a record of what they read (`reading.py`).
`today` is an input, so the same input gives the same catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar, cast

from generator.catalogue.entries import Entry, entries, first_entries
from generator.catalogue.indexes import Indexes, Row
from generator.catalogue.peers import Partners
from generator.catalogue.public import public_records
from generator.catalogue.reading import (
    ALL,
    BESIDE,
    COMMON,
    COUNT,
    FEW,
    ORDER,
    PARTS,
    TODAY,
    WHOLE,
    Reads,
    Seen,
    plain_record,
)
from generator.catalogue.references import Reference, references
from generator.catalogue.scoring import Score, score
from generator.catalogue.validity import Validity, validity
from generator.records.common import Nachnutzung, Record
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.german import collation_key
from generator.records.project_types import BestPractice
from generator.records.settings import Wiki
from generator.records.solution_types import Einsatz, Loesung
from generator.records.tree import Category, ContentTree
from generator.records.types import TYPES

R = TypeVar("R", bound=Record)
TYPE_OF: dict[type[Record], str] = {model: typ for typ, model in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Use:
    """A solution in use at an organisation."""

    solution: Loesung
    entry: Einsatz


@dataclass(frozen=True, slots=True)
class Adoption:
    """A result or practice taken over by an organisation."""

    record: Bewertung | BestPractice
    entry: Nachnutzung


@dataclass(slots=True)
class Catalogue:
    """All records together.  `records` is sorted by id; every list is in a stable order.

    `reads` is what the page being made has asked for so far, or None if nobody keeps a record.
    """

    today: date
    records: Mapping[str, Record]
    indexes: Indexes = field(default_factory=Indexes)
    categories: dict[str, Category] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    unreadable: frozenset[str] = (
        frozenset()
    )  # ids of files with errors: they exist, but are not here
    histories: Mapping[str, str] = field(default_factory=dict)  # path → what changed when, as JSON
    reads: Reads | None = None
    settings: Wiki = field(default_factory=Wiki)
    partners: Partners = field(default_factory=Partners)
    _places: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def contact_page(self) -> str:
        """The address of the static page that says how to reach the office, if there is one."""
        pages = [p for p in ("kontakt.md", "impressum.md") if p in self.pages]
        return f"{pages[0].removesuffix('.md')}/" if pages else ""

    @property
    def office(self) -> str:
        """Whom to ask about the wiki, and where that stands."""
        page = f"im Wiki: {self.contact_page}" if self.contact_page else ""
        return ", ".join(filter(None, (self.settings.office, self.settings.kontakt, page)))

    def note(self, fact: str) -> None:
        """The page being made depends on this fact."""
        if self.reads is not None:
            self.reads[fact] = ALL

    def day(self) -> date:
        """Today, for pages that show it or reckon with it; they are made again on a new day."""
        self.note(TODAY)
        return self.today

    # Records

    def get(self, ident: str) -> Record | None:
        """A record by its id or a former id."""
        if self.reads is not None:  # as `rows` does: no other question is asked as often
            self.reads[f"{WHOLE}name {ident}"] = ALL
        rows = self.indexes.rows("name", ident)
        return self.seen(rows[0][1]) if rows else None

    def find(self, ident: str, kind: type[R]) -> R | None:
        """A record of a certain type by its id, or None."""
        record = self.get(ident)
        return record if isinstance(record, kind) else None

    def seen(self, ident: str) -> Record:
        """A record whose id came from a list of the catalogue."""
        record = self.records[ident]
        return record if self.reads is None else cast(Record, Seen(record, self.reads))

    def plain(self, record: Record) -> Record:
        """The record itself, for somebody who reads all of it."""
        return plain_record(record, self.reads)

    def history(self, record: Record) -> list[Any]:
        """What changed in a record and when (`history/histories.py`), newest first: one fact."""
        self.note(f"h {record.datei}")
        return cast("list[Any]", json.loads(self.histories.get(record.datei, "[]")))

    def name(self, ident: str) -> str:
        """A record's title, or the id itself if there is no such record."""
        record = self.get(ident)
        return record.titel if record else ident

    # Lists

    def rows(self, index: str, key: str = "", *, sorts: bool = False) -> list[Row]:
        """A whole list; with `sorts` its order matters to the reader, beyond that of the ids."""
        self.note(f"{ORDER if sorts else WHOLE}{index} {key}")
        return self.indexes.rows(index, key)

    def part(self, index: str, key: str = "", number: int = 1) -> list[Record]:
        """The records of part `number` of a list, counted from 1; `PARTS` says how long parts are."""
        return [self.seen(ident) for _, ident, _ in self.part_rows(index, key, number)]

    def part_rows(self, index: str, key: str = "", number: int = 1) -> list[Row]:
        """The same as rows, for lists whose details say more; their `sort` is not to be shown."""
        self.note(f"{number} {index} {key}")
        size = PARTS[index]
        return self.indexes.rows(index, key)[(number - 1) * size : number * size]

    def count(self, index: str, key: str = "") -> int:
        """The length of a list."""
        self.note(f"{COUNT}{index} {key}")
        return self.indexes.length(index, key)

    def few(self, index: str, key: str) -> list[Row]:
        """A list that says something only while it is short; else none of it."""
        self.note(f"{FEW}{index} {key}")
        return self.indexes.rows(index, key) if self.indexes.length(index, key) <= COMMON else []

    def neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """The records before and after in the list of the type."""
        self.note(f"{BESIDE}{record.id}")
        before, after = self._beside(record)
        return self.seen(before) if before else None, self.seen(after) if after else None

    def all(self, kind: type[R]) -> list[R]:
        """All records of a type, by id.  Who needs some only asks for a list."""
        ids = sorted(ident for _, ident, _ in self.rows("art", TYPE_OF[kind]))
        return [cast(R, self.seen(ident)) for ident in ids]

    def keywords(self, number: int) -> list[tuple[str, str, int]]:
        """Part `number` of all keywords in alphabetical order: (slug, spelling, records)."""
        self.note(f"{number} worte ")
        size = PARTS["worte"]
        rows = self.indexes.rows("worte")[(number - 1) * size : number * size]
        return [(ident, *word_of(detail)) for _, ident, detail in rows]

    def keyword(self, slug: str) -> str:
        """How a keyword is spelled."""
        return word_of(keyword_entry(slug, self.rows("schlagwort", slug)).detail)[0]

    # Relations

    def ids_of(self, record: Record) -> tuple[str, ...]:
        """The ids under which others may refer to a record."""
        return (record.id, *(old for old in record.frueher if old != record.id))

    def outgoing(self, record: Record) -> list[Reference]:
        """Every reference of a record, in field order."""
        return list(references(self.plain(record)))

    def incoming(self, record: Record) -> list[Reference]:
        """Every reference to a record, by the id of its source."""
        idents = self.ids_of(record)
        sources = sorted({row[1] for ident in idents for row in self.rows("ziel", ident)})
        return [
            reference
            for source in sources
            for reference in references(self.plain(self.seen(source)))
            if reference.target in idents
        ]

    def sources_of(self, record: Record, name: str, kind: type[R]) -> list[R]:
        """Records of a type that refer to `record` in one of their fields, in the order of the type."""
        rows = self._referring(record, name, kind)
        return [cast(R, self.seen(ident)) for _, ident, _ in rows]

    def first_sources(self, record: Record, name: str, kind: type[R]) -> tuple[list[R], int]:
        """The first of `sources_of`, and how many there are in all."""
        if record.frueher:
            rows = self._referring(record, name, kind)
            shown = [cast(R, self.seen(ident)) for _, ident, _ in rows[: PARTS["von"]]]
            return shown, len(rows)
        key = f"{record.id} {name} {TYPE_OF[kind]}"
        return cast("list[R]", self.part("von", key)), self.count("von", key)

    def _referring(self, record: Record, name: str, kind: type[R]) -> list[Row]:
        keys = [f"{ident} {name} {TYPE_OF[kind]}" for ident in self.ids_of(record)]
        return sorted({row for key in keys for row in self.rows("von", key, sorts=len(keys) > 1)})

    # Judgements

    def successor(self, record: Record) -> str | None:
        """The id of what replaced a record."""
        idents = self.ids_of(record)
        newer = sorted({row[1] for ident in idents for row in self.rows("ersetzt", ident)})
        return next((ident for ident in newer if ident != record.id), None)

    def validity(self, record: Record) -> Validity:
        """How long a record holds: one fact, whatever it follows from."""
        reads, self.reads = self.reads, None
        plain = plain_record(record, None)
        judged = validity(plain, self.successor(plain), self.today)
        self.reads = reads
        self.note(f"v {plain.id}")
        return judged

    def score(self, evaluation: Bewertung) -> Score | None:
        return score(evaluation, self.find(evaluation.kriterienkatalog or "", Kriterienkatalog))

    def subject(self, evaluation: Bewertung) -> Loesung | None:
        """The evaluated solution, if the subject is one and not a need in plain words."""
        return self.find(evaluation.gegenstand, Loesung)

    def genus(self, record: Record) -> str | None:
        """The product genus of a solution, or of the solution that an evaluation is about."""
        if isinstance(record, Bewertung):
            subject = self.subject(record)
            return subject.kategorie if subject is not None else None
        return record.kategorie if isinstance(record, Loesung) else None

    def entries(self, record: Record) -> Iterator[Entry]:
        """Where a record stands in the lists."""
        return entries(record, self.validity(record), self.genus(record))

    def saved_days(self, record: Bewertung | BestPractice) -> Decimal:
        """Person-days that adopters say they saved."""
        return sum((n.ersparte_personentage or Decimal(0) for n in record.nachnutzung), Decimal(0))

    # Use

    def uses(self, organisation: Record) -> tuple[list[Use], int]:
        """The first solutions in use at an organisation, and how many there are."""
        found, count = self._entries_of("einsatz", organisation)
        return [Use(r, r.im_einsatz[int(number)]) for r, number in found], count

    def adoptions(self, organisation: Record) -> tuple[list[Adoption], int]:
        """The first results that an organisation took over, and how many there are."""
        found, count = self._entries_of("uebernahme", organisation)
        return [Adoption(r, r.nachnutzung[int(number)]) for r, number in found], count

    def _entries_of(self, index: str, record: Record) -> tuple[list[tuple[Any, str]], int]:
        rows = sorted(row for ident in self.ids_of(record) for row in self.rows(index, ident))
        return [(self.seen(i), detail) for _, i, detail in rows[: PARTS[index]]], len(rows)

    def _beside(self, record: Record) -> tuple[str | None, str | None]:
        rows = self.indexes.rows("art", record.typ)
        if record.typ not in self._places:
            self._places[record.typ] = {row[1]: at for at, row in enumerate(rows)}
        at = self._places[record.typ][record.id]
        before = rows[at - 1][1] if at else None
        return before, rows[at + 1][1] if at + 1 < len(rows) else None


def word_of(detail: str) -> tuple[str, int]:
    """Spelling and number of records of a keyword, from its place in the list of all."""
    spelling, _, count = detail.rpartition(" ")
    return spelling, int(count)


def keyword_entry(slug: str, rows: Sequence[Row]) -> Entry:
    """The place of a keyword in the list of all: spelled as by the first record that has it."""
    spelling = min(rows, key=lambda row: row[1])[2]
    return Entry("worte", "", collation_key(spelling), slug, f"{spelling} {len(rows)}")


def build_catalogue(tree: ContentTree, today: date, *, public: bool = False) -> Catalogue:
    """Link and judge the records of `tree`.

    With `public`, `interkommunal` records are left out and `intern` fields emptied, here at the
    source, so that no page, index or export can leak them.
    """
    chosen: Sequence[Record] = public_records(tree.records) if public else tree.records
    records = {r.id: r for r in sorted(chosen, key=lambda r: r.id)}
    catalogue = catalogue_of(records, today, tree)
    catalogue.partners.public = public
    if tree.peers:
        catalogue.indexes.change((), catalogue.partners.entries())
    return catalogue


def catalogue_of(records: Mapping[str, Record], today: date, tree: ContentTree) -> Catalogue:
    """A catalogue of records in memory.  Their names and successors first: validity needs them."""
    first = Indexes(e for r in records.values() for e in first_entries(r))
    catalogue = catalogue_over(records, first, today, tree)
    catalogue.unreadable = tree.unreadable
    catalogue.indexes = Indexes(e for r in records.values() for e in catalogue.entries(r))
    words = catalogue.indexes.lists("schlagwort")
    catalogue.indexes.change((), [keyword_entry(slug, rows) for slug, rows in words.items()])
    return catalogue


def catalogue_over(
    records: Mapping[str, Record], indexes: Indexes, today: date, tree: ContentTree
) -> Catalogue:
    """A catalogue of records and their lists; from `tree` it takes what else there is."""
    # Without records: what is kept here must not hold what a public catalogue may not know.
    genera = ContentTree(tree.root, categories=tree.categories)
    return Catalogue(
        today,
        records,
        indexes,
        dict(tree.categories),
        list(tree.pages),
        list(tree.assets),
        settings=tree.settings,
        partners=Partners(tree.root, tree.peers, partial(_of_a_peer, today, genera)),
    )


def _of_a_peer(today: date, genera: ContentTree, records: Mapping[str, Record]) -> Catalogue:
    """A catalogue of the records of a peer alone; of ours it only knows the genera."""
    return catalogue_of(records, today, genera)

"""The catalogue: every record with everything that follows from the others.

Built once from a content tree and a day.  Lookups are dictionaries; what is dear to compute (kinship)
is computed on demand.  `today` is an input, so the same input gives the same catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from generator.catalogue.public import public_records
from generator.catalogue.references import Reference, references
from generator.catalogue.scoring import Score, score
from generator.catalogue.validity import Validity, supersedes, validity
from generator.records.common import Nachnutzung, Record
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.project_types import BestPractice
from generator.records.settings import Wiki
from generator.records.solution_types import Einsatz, Loesung
from generator.records.tree import Category, ContentTree

R = TypeVar("R", bound=Record)


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
    """All records together.  `records` is sorted by id; every list is in a stable order."""

    today: date
    records: dict[str, Record]
    categories: dict[str, Category]
    pages: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    former: dict[str, str] = field(default_factory=dict)  # former id → id
    outgoing: dict[str, list[Reference]] = field(default_factory=dict)
    incoming: dict[str, list[Reference]] = field(default_factory=dict)
    successor: dict[str, str] = field(default_factory=dict)  # id → id of what replaced it
    validities: dict[str, Validity] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)  # organisation → uses
    adoptions: dict[str, list[Adoption]] = field(default_factory=dict)  # organisation → adoptions
    settings: Wiki = field(default_factory=Wiki)

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

    def get(self, ident: str) -> Record | None:
        """A record by its id or a former id."""
        return self.records.get(ident) or self.records.get(self.former.get(ident, ""))

    def find(self, ident: str, kind: type[R]) -> R | None:
        """A record of a certain type by its id, or None."""
        record = self.get(ident)
        return record if isinstance(record, kind) else None

    def all(self, kind: type[R]) -> list[R]:
        """All records of a type, by id."""
        return [r for r in self.records.values() if isinstance(r, kind)]

    def name(self, ident: str) -> str:
        """A record's title, or the id itself if there is no such record."""
        record = self.get(ident)
        return record.titel if record else ident

    def sources_of(self, ident: str, *fields: str) -> list[Record]:
        """Records that refer to `ident` in one of the fields, each once."""
        hits = {
            r.source: self.records[r.source]
            for r in self.incoming.get(ident, ())
            if r.field in fields
        }
        return list(hits.values())

    def validity(self, record: Record) -> Validity:
        return self.validities[record.id]

    def score(self, evaluation: Bewertung) -> Score | None:
        return score(evaluation, self.find(evaluation.kriterienkatalog or "", Kriterienkatalog))

    def subject(self, evaluation: Bewertung) -> Loesung | None:
        """The evaluated solution, if the subject is one and not a need in plain words."""
        return self.find(evaluation.gegenstand, Loesung)

    def saved_days(self, record: Bewertung | BestPractice) -> Decimal:
        """Person-days that adopters say they saved."""
        return sum((n.ersparte_personentage or Decimal(0) for n in record.nachnutzung), Decimal(0))


def build_catalogue(tree: ContentTree, today: date, *, public: bool = False) -> Catalogue:
    """Link and judge the records of `tree`.

    With `public`, `interkommunal` records are left out and `intern` fields emptied, here at the
    source, so that no page, index or export can leak them.
    """
    chosen = public_records(tree.records) if public else tree.records
    records = {r.id: r for r in sorted(chosen, key=lambda r: r.id)}
    catalogue = Catalogue(
        today, records, dict(tree.categories), list(tree.pages), list(tree.assets)
    )
    catalogue.settings = tree.settings
    for record in records.values():
        for old in record.frueher:
            catalogue.former.setdefault(old, record.id)
    _link(catalogue)
    _judge(catalogue)
    _count(catalogue)
    return catalogue


def _link(catalogue: Catalogue) -> None:
    incoming: defaultdict[str, list[Reference]] = defaultdict(list)
    for record in catalogue.records.values():
        found = list(references(record))
        catalogue.outgoing[record.id] = found
        for reference in found:
            target = catalogue.get(reference.target)
            if target is not None:
                incoming[target.id].append(reference)
    catalogue.incoming = dict(incoming)


def _judge(catalogue: Catalogue) -> None:
    for record in catalogue.records.values():
        if not supersedes(record):
            continue
        replaced = list(record.ersetzt) if isinstance(record, Bewertung) else []
        replaced += [b.ziel for b in record.bezug if b.art == "ersetzt"]
        for ident in replaced:
            target = catalogue.get(ident)
            if target is not None and target.id != record.id:
                catalogue.successor.setdefault(target.id, record.id)
    for record in catalogue.records.values():
        catalogue.validities[record.id] = validity(
            record, catalogue.successor.get(record.id), catalogue.today
        )


def _count(catalogue: Catalogue) -> None:
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    adoptions: defaultdict[str, list[Adoption]] = defaultdict(list)
    for record in catalogue.records.values():
        if isinstance(record, Loesung):
            for use in record.im_einsatz:
                uses[use.organisation].append(Use(record, use))
        elif isinstance(record, Bewertung | BestPractice):
            for adoption in record.nachnutzung:
                adoptions[adoption.organisation].append(Adoption(record, adoption))
    catalogue.uses, catalogue.adoptions = dict(uses), dict(adoptions)

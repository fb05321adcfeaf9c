"""What each type's page shows besides the record itself: one function per type.

A function returns the extra context of its template; `common` gives what all of them share.  Lists
are cut where a page would get too long; the template links to the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.related import Kinship
from generator.pages.ordering import by_relevance, by_title, newest
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.project_types import AgErgebnis, Arbeitsgruppe, BestPractice, Projekt
from generator.records.solution_types import Anbieter, Loesung, Organisation
from generator.records.vocabulary import BEZUG_INVERS, BEZUGSART

CUT = 12  # entries of a list on a record page


@dataclass(frozen=True, slots=True)
class Relations:
    """Records that stand in one kind of relation to this one."""

    label: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """The first entries of a list, and how many there are in all."""

    entries: tuple[Any, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.entries)


def some(entries: list[Any]) -> Some:
    return Some(tuple(entries[:CUT]), len(entries))


def common(record: Record, catalogue: Catalogue, kinship: Kinship) -> dict[str, Any]:
    return {
        "r": record,
        "g": catalogue.validity(record),
        "bezuege": relations(record, catalogue),
        "verwandt": kinship.related(record),
    }


def relations(record: Record, catalogue: Catalogue) -> list[Relations]:
    """Relations in both directions, grouped by how they read from here."""
    groups: dict[str, dict[str, Record]] = {}
    for bezug in record.bezug:
        target = catalogue.get(bezug.ziel)
        if target is not None:
            groups.setdefault(BEZUGSART.label(bezug.art), {})[target.id] = target
    for reference in catalogue.incoming.get(record.id, ()):
        if reference.field == "bezug":
            source = catalogue.records[reference.source]
            art = source.bezug[int(reference.path[1])].art
            groups.setdefault(BEZUG_INVERS[art], {})[source.id] = source
    return [
        Relations(label, tuple(by_title(found.values()))) for label, found in sorted(groups.items())
    ]


def evaluation(record: Bewertung, catalogue: Catalogue) -> dict[str, Any]:
    solution = catalogue.subject(record)
    return {
        "loesung": solution,
        "rechnung": catalogue.score(record),
        "katalog": catalogue.find(record.kriterienkatalog or "", Kriterienkatalog),
        "vorgaenger": predecessors(record, catalogue),
        "alternativen": some(alternatives(record, solution, catalogue)),
        "erspart": catalogue.saved_days(record),
    }


def predecessors(record: Bewertung, catalogue: Catalogue) -> list[Bewertung]:
    """Former evaluations, newest first; each once, so a circle ends."""
    found: dict[str, Bewertung] = {}
    queue = list(record.ersetzt)
    while queue:
        older = catalogue.find(queue.pop(0), Bewertung)
        if older is not None and older.id not in found and older.id != record.id:
            found[older.id] = older
            queue += older.ersetzt
    return newest(found.values())


def alternatives(
    record: Bewertung, solution: Loesung | None, catalogue: Catalogue
) -> list[Bewertung]:
    """Other evaluations of the same product genus or of the same subject."""
    chain = {e.id for e in predecessors(record, catalogue)} | {record.id}
    found = []
    for other in catalogue.all(Bewertung):
        theirs = catalogue.subject(other)
        same_genus = (
            solution is not None and theirs is not None and theirs.kategorie == solution.kategorie
        )
        if other.id not in chain and (
            same_genus or other.gegenstand.casefold() == record.gegenstand.casefold()
        ):
            found.append(other)
    return by_relevance(catalogue, found)


def project(record: Projekt, catalogue: Catalogue) -> dict[str, Any]:
    linked = catalogue.sources_of(record.id, "bezug")
    linked += [t for b in record.bezug if (t := catalogue.get(b.ziel)) is not None]
    unique = list({r.id: r for r in linked}.values())
    return {
        "ergebnisse": some(newest([r for r in unique if isinstance(r, AgErgebnis)])),
        "bewertungen": some(
            by_relevance(catalogue, [r for r in unique if isinstance(r, Bewertung)])
        ),
    }


def working_group(record: Arbeitsgruppe, catalogue: Catalogue) -> dict[str, Any]:
    results = [
        r for r in catalogue.sources_of(record.id, "arbeitsgruppe") if isinstance(r, AgErgebnis)
    ]
    results = newest(results)
    evaluations = [
        r for r in catalogue.sources_of(record.id, "durchgefuehrt_von") if isinstance(r, Bewertung)
    ]
    return {
        "ergebnisse": some(results),
        "bewertungen": some(by_relevance(catalogue, evaluations)),
        "offen": [(p, r) for r in results for p in r.offene_punkte][:CUT],
        "schritte": [(s, r) for r in results[:1] for s in r.naechste_schritte],
    }


def solution(record: Loesung, catalogue: Catalogue) -> dict[str, Any]:
    evaluations = [
        r for r in catalogue.sources_of(record.id, "gegenstand") if isinstance(r, Bewertung)
    ]
    same = [
        o for o in catalogue.all(Loesung) if o.kategorie == record.kategorie and o.id != record.id
    ]
    return {
        "bewertungen": some(by_relevance(catalogue, evaluations)),
        "gattung": catalogue.categories.get(record.kategorie),
        "alternativen": some(by_title(same)),
    }


def vendor(record: Anbieter, catalogue: Catalogue) -> dict[str, Any]:
    solutions = [r for r in catalogue.sources_of(record.id, "anbieter") if isinstance(r, Loesung)]
    return {"loesungen": some(by_title(solutions))}


def criteria_catalogue(record: Kriterienkatalog, catalogue: Catalogue) -> dict[str, Any]:
    used = [
        r for r in catalogue.sources_of(record.id, "kriterienkatalog") if isinstance(r, Bewertung)
    ]
    return {"bewertungen": some(by_relevance(catalogue, used))}


def organisation(record: Organisation, catalogue: Catalogue) -> dict[str, Any]:
    def referring(kind: type[Record], *fields: str) -> list[Any]:
        return [r for r in catalogue.sources_of(record.id, *fields) if isinstance(r, kind)]

    due = [
        r
        for r in referring(Record, "herausgeber")
        if catalogue.validity(r).state in ("abgelaufen", "bald_zu_pruefen")
    ]
    same_size = [
        o for o in catalogue.all(Organisation)
        if record.art == "kommune" and o.id != record.id and o.groessenklasse == record.groessenklasse and o.groessenklasse
    ]  # fmt: skip
    return {
        "einsatz": some(
            sorted(catalogue.uses.get(record.id, ()), key=lambda u: u.solution.titel.casefold())
        ),
        "uebernommen": some(list(catalogue.adoptions.get(record.id, ()))),
        "bewertungen": some(by_relevance(catalogue, referring(Bewertung, "durchgefuehrt_von"))),
        "projekte": some(by_title(referring(Projekt, "beteiligte"))),
        "gruppen": some(by_title(referring(Arbeitsgruppe, "mitglieder"))),
        "ergebnisse": some(newest(referring(AgErgebnis, "teilnehmende"))),
        "erfahrungen": some(by_title(referring(BestPractice, "herausgeber"))),
        "faellig": some(sorted(due, key=lambda r: (catalogue.validity(r).until, r.id))),
        "gleich_gross": some(by_title(same_size)),
    }


EXTRA: Mapping[str, Callable[[Any, Catalogue], dict[str, Any]]] = {
    "bewertung": evaluation,
    "projekt": project,
    "arbeitsgruppe": working_group,
    "loesung": solution,
    "anbieter": vendor,
    "kriterienkatalog": criteria_catalogue,
    "organisation": organisation,
}

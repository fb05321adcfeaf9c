"""What each type's page shows besides the record itself: one function per type.

A function returns the extra context of its template; `common` gives what all of them share.  Lists
are cut where a page would get too long; the template links to the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.peers import elsewhere
from generator.catalogue.profiles import fit
from generator.catalogue.related import related
from generator.catalogue.subscriptions import PLACES, record_subscription
from generator.pages.comparing import comparable
from generator.pages.history_view import history as changes_of
from generator.pages.ordering import by_relevance, by_title, newest
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.project_types import AgErgebnis, Arbeitsgruppe, BestPractice, Projekt
from generator.records.solution_types import Anbieter, Loesung, Organisation
from generator.records.vocabulary import BEZUG_INVERS, BEZUGSART, ORGANISATIONSART

CUT = 5  # entries of a list on a record page
CHAIN = 7  # evaluations that replaced each other
RELATIONS = 15  # entries of all relations together, but at least two of each kind


@dataclass(frozen=True, slots=True)
class Relations:
    """Records that stand in one kind of relation to this one: the first ones, and how many there are."""

    label: str
    records: tuple[Record, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.records)


@dataclass(frozen=True, slots=True)
class Some:
    """The first entries of a list, and how many there are in all."""

    entries: tuple[Any, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.entries)


def some(entries: Sequence[Any], total: int | None = None) -> Some:
    """The first entries of a list; `total` if the rest is not at hand."""
    return Some(tuple(entries[:CUT]), len(entries) if total is None else total)


def common(record: Record, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "r": record,
        "g": catalogue.validity(record),
        "bezuege": relations(record, catalogue),
        "verwandt": related(record, catalogue),
        "aenderungen": changes_of(record, catalogue),
        "passung": fit(record, catalogue),
    }


def relations(record: Record, catalogue: Catalogue) -> list[Relations]:
    """Relations in both directions, grouped by how they read from here."""
    groups: dict[str, dict[str, Record]] = {}
    for bezug in record.bezug:
        target = catalogue.get(bezug.ziel)
        if target is not None:
            groups.setdefault(BEZUGSART.label(bezug.art), {})[target.id] = target
    for ident in catalogue.ids_of(record):
        for _, source, art in catalogue.rows("bezug", ident):
            groups.setdefault(BEZUG_INVERS[art], {})[source] = catalogue.seen(source)
    most = max(2, RELATIONS // max(1, len(groups)))
    return [
        Relations(label, tuple(by_title(found.values())[:most]), len(found))
        for label, found in sorted(groups.items())
    ]


def evaluation(record: Bewertung, catalogue: Catalogue) -> dict[str, Any]:
    solution = catalogue.subject(record)
    others = alternatives(record, catalogue)
    return {
        "loesung": solution,
        "rechnung": catalogue.score(record),
        "katalog": catalogue.find(record.kriterienkatalog or "", Kriterienkatalog),
        "verlauf": around(history(record, catalogue), record.id),
        "gattung": catalogue.categories.get(solution.kategorie) if solution else None,
        "alternativen": others,
        "vergleichbar": [r.id for r in comparable(record, list(others.entries))],
        "erspart": catalogue.saved_days(record),
        "anderswo": _elsewhere(record, catalogue, 3),
    }


def history(record: Bewertung, catalogue: Catalogue) -> list[Bewertung]:
    """All evaluations of the chain that a record stands in, newest first: what it replaced, what that
    replaced, and what replaced it.  Each once, so a circle ends."""
    found: dict[str, Bewertung] = {record.id: record}
    for step in (_replaced, _replacing):
        queue = [record]
        while queue:
            for other in step(queue.pop(0), catalogue):
                if other.id not in found:
                    found[other.id] = other
                    queue.append(other)
    return newest(found.values())


def _replaced(record: Bewertung, catalogue: Catalogue) -> Iterator[Bewertung]:
    for ident in (*record.ersetzt, *(b.ziel for b in record.bezug if b.art == "ersetzt")):
        older = catalogue.find(ident, Bewertung)
        if older is not None:
            yield older


def _replacing(record: Bewertung, catalogue: Catalogue) -> Iterator[Bewertung]:
    yield from catalogue.sources_of(record, "ersetzt", Bewertung)
    for ident in catalogue.ids_of(record):
        for _, source, art in catalogue.rows("bezug", ident):
            newer = catalogue.find(source, Bewertung) if art == "ersetzt" else None
            if newer is not None:
                yield newer


def around(chain: Sequence[Any], ident: str) -> Some:
    """As much of a chain of records as a page shows, with this one in its middle."""
    at = next(n for n, r in enumerate(chain) if r.id == ident)
    first = max(0, min(at - CHAIN // 2, len(chain) - CHAIN))
    return Some(tuple(chain[first : first + CHAIN]), len(chain))


def _elsewhere(record: Record, catalogue: Catalogue, most: int) -> Some:
    """The newest evaluations of other wikis."""
    found = elsewhere(record, catalogue)
    return some(found[:most], len(found))


def alternatives(record: Bewertung, catalogue: Catalogue) -> Some:
    """Other evaluations of the same product genus or of the same subject."""
    chain = {e.id for e in history(record, catalogue)}
    rows = set(catalogue.rows("gegenstand", record.gegenstand.casefold(), sorts=True))
    genus = catalogue.genus(record)
    if genus is not None:
        rows |= set(catalogue.rows("geprueft", genus, sorts=True))
    others = [ident for _, ident, _ in sorted(rows) if ident not in chain]
    return some([catalogue.seen(ident) for ident in others[:CUT]], len(others))


def project(record: Projekt, catalogue: Catalogue) -> dict[str, Any]:
    sources = [row[1] for i in catalogue.ids_of(record) for row in catalogue.rows("bezug", i)]
    linked = [catalogue.seen(i) for i in sources]
    linked += [t for b in record.bezug if (t := catalogue.get(b.ziel)) is not None]
    unique = list({r.id: r for r in linked}.values())
    return {
        "ergebnisse": some(newest([r for r in unique if isinstance(r, AgErgebnis)])),
        "bewertungen": some(
            by_relevance(catalogue, [r for r in unique if isinstance(r, Bewertung)])
        ),
    }


def working_group(record: Arbeitsgruppe, catalogue: Catalogue) -> dict[str, Any]:
    results = catalogue.sources_of(record, "arbeitsgruppe", AgErgebnis)
    return {
        "abonnement": record_subscription(record.ordner, record.id),
        "ergebnisse": some(results),
        "bewertungen": some(*catalogue.first_sources(record, "durchgefuehrt_von", Bewertung)),
        "offen": some([(p, r) for r in results for p in r.offene_punkte]),
        "schritte": some([(s, r) for r in results[:1] for s in r.naechste_schritte]),
    }


def solution(record: Loesung, catalogue: Catalogue) -> dict[str, Any]:
    same = [r for r in catalogue.part("gattung", record.kategorie) if r.id != record.id]
    return {
        "bewertungen": some(*catalogue.first_sources(record, "gegenstand", Bewertung)),
        "gattung": catalogue.categories.get(record.kategorie),
        "alternativen": some(same, catalogue.count("gattung", record.kategorie) - 1),
        "anderswo": _elsewhere(record, catalogue, 1),  # its page is full
    }


def vendor(record: Anbieter, catalogue: Catalogue) -> dict[str, Any]:
    return {"loesungen": some(*catalogue.first_sources(record, "anbieter", Loesung))}


def criteria_catalogue(record: Kriterienkatalog, catalogue: Catalogue) -> dict[str, Any]:
    return {"bewertungen": some(*catalogue.first_sources(record, "kriterienkatalog", Bewertung))}


UNDER_WAY = ("laufend", "geplant")
# What the page of a municipality says is missing.
MISSING = (
    ("einsatz", "Lösungen vor Ort"),
    ("uebernommen", "übernommene Ergebnisse"),
    ("bewertungen", "Bewertungen"),
    ("projekte", "Projekte"),
    ("gruppen", "Arbeitsgruppen"),
)


def organisation(record: Organisation, catalogue: Catalogue) -> dict[str, Any]:
    due = catalogue.part("faellig", record.id)
    size = record.groessenklasse if record.art == "kommune" else None
    same_size = catalogue.part("groesse", size) if size else []
    subscribed = record.art in PLACES
    evaluations, all_evaluations = catalogue.first_sources(record, "durchgefuehrt_von", Bewertung)
    under_way = catalogue.count("laufend", record.id)
    told: dict[str, Any] = {
        "abonnement": record_subscription(record.ordner, record.id) if subscribed else None,
        "waehlbar": subscribed,
        "facette": "kommune" if is_municipality(record) else "organisation",
        "einsatz": some(*catalogue.uses(record)),
        "uebernommen": some(*catalogue.adoptions(record)),
        "bewertungen": some(
            [e for e in evaluations if e.pruefstatus not in UNDER_WAY], all_evaluations - under_way
        ),
        "projekte": some(*catalogue.first_sources(record, "beteiligte", Projekt)),
        "gruppen": some(*catalogue.first_sources(record, "mitglieder", Arbeitsgruppe)),
        "ergebnisse": some(*catalogue.first_sources(record, "teilnehmende", AgErgebnis)),
        "erfahrungen": some(*catalogue.first_sources(record, "herausgeber", BestPractice)),
        "laufend": some(catalogue.part("laufend", record.id), under_way),
        "faellig": some(due, catalogue.count("faellig", record.id)),
        "gleich_gross": some(
            [o for o in same_size if o.id != record.id],
            catalogue.count("groesse", size) - 1 if size else 0,
        ),
    }
    return {**told, "fehlt": [label for name, label in MISSING if not told[name].total]}


def is_municipality(record: Organisation) -> bool:
    """Whether the search lists an organisation among the municipalities (`search/collect.py`)."""
    if any(record.art == term.value for term in ORGANISATIONSART.terms):
        return record.art in ("kommune", "kreis")
    return record.ags is not None


EXTRA: Mapping[str, Callable[[Any, Catalogue], dict[str, Any]]] = {
    "bewertung": evaluation,
    "projekt": project,
    "arbeitsgruppe": working_group,
    "loesung": solution,
    "anbieter": vendor,
    "kriterienkatalog": criteria_catalogue,
    "organisation": organisation,
}

"""Catalogue → search documents: which words of a record count where, and what its result card shows.

Everything an author writes is findable: the title and the tags most, the body last.  Facets carry the
contract's values (they stand in addresses); the vocabularies say how they read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.fieldtable import rules_of
from generator.records.german import german_date
from generator.records.project_types import AgErgebnis, Arbeitsgruppe, BestPractice, Projekt
from generator.records.solution_types import Anbieter, Begriff, Loesung, Organisation
from generator.records.types import TYPES
from generator.records.value_rules import TextRule
from generator.records.vocabulary import (
    GROESSENKLASSE,
    GUELTIGKEIT,
    HANDLUNGSFELD,
    ORGANISATIONSART,
    PROJEKTSTATUS,
    PRUEFSTATUS,
    VERDIKT,
)
from generator.search.documents import FACETS, Facet, SearchDocument

# Fields that are told elsewhere (title, tags, summary) or say nothing about the subject.
_NOT_BODY = frozenset(
    {
        "titel",
        "kurzfassung",
        "schlagworte",
        "auch_gesucht_als",
        "synonyme",
        "abkuerzung",
        "fruehere_namen",
    }
    | {"verantwortlich", "lizenz", "intern", "quellen", "spdx", "doppelt_weil"}
)
_MOST_WORDS = 12  # keywords on a result card
_MARKUP = re.compile(r"\]\([^)\s]*\)|[*_`#>|\[\]]+|^\s*[-+]\s+|^\s*\d+\.\s+|-{3,}", re.M)


def search_documents(catalogue: Catalogue, addresses: Addresses) -> list[SearchDocument]:
    """One document per record, in the catalogue's order."""
    return [search_document(record, catalogue, addresses) for record in catalogue.records.values()]


def search_facets(organisations: Mapping[str, str]) -> tuple[Facet, ...]:
    """The facets of the search page, with the words that people read for their values.

    `organisations`: their titles by their ids.
    """
    words: dict[str, dict[str, str]] = {
        "typ": {typ: model.mehrzahl for typ, model in TYPES.items()},
        "verdikt": {t.value: t.label for t in (*VERDIKT.terms, *PRUEFSTATUS.terms)},
        "kommune": dict(organisations),
        "organisation": dict(organisations),
    }
    for vocabulary in (GUELTIGKEIT, HANDLUNGSFELD, GROESSENKLASSE):
        words[vocabulary.name] = {t.value: t.label for t in vocabulary.terms}
    return tuple(replace(facet, values=words.get(facet.name, {})) for facet in FACETS)


def search_document(record: Record, catalogue: Catalogue, addresses: Addresses) -> SearchDocument:
    """What the search knows of a record."""
    record = catalogue.plain(record)
    return SearchDocument(
        id=record.id,
        typ=record.typ,
        url=addresses.public(record.page_url),
        title=record.titel,
        tags=tuple(dict.fromkeys(_tags(record, catalogue))),
        summary=record.kurzfassung,
        body=_body(record, catalogue),
        facets=_facets(record, catalogue),
        card=_card(record, catalogue),
        tier=_tier(record, catalogue),
        related=tuple(dict.fromkeys(_related(record, catalogue))),
    )


def _tags(record: Record, catalogue: Catalogue) -> Iterator[str]:
    yield from record.schlagworte
    yield from record.auch_gesucht_als
    if isinstance(record, Begriff):
        yield from record.synonyme
        if record.abkuerzung:
            yield record.abkuerzung
    elif isinstance(record, Anbieter):
        yield from record.fruehere_namen
    elif isinstance(record, Projekt) and record.leitgedanke:
        yield record.leitgedanke
    solution = record if isinstance(record, Loesung) else None
    if isinstance(record, Bewertung):
        solution = catalogue.subject(record)
        if solution is not None:
            yield solution.titel
    if solution is not None:
        category = catalogue.categories.get(solution.kategorie)
        if category is not None:
            yield category.name
        if solution.anbieter:
            yield catalogue.name(solution.anbieter)


def _body(record: Record, catalogue: Catalogue) -> str:
    told = {record.titel.casefold(), record.kurzfassung.casefold()}
    texts = [t for t in _texts(record) if t.casefold() not in told]
    texts += [_MARKUP.sub(" ", record.text)] if record.text else []
    texts += [
        catalogue.name(r.target)
        for r in catalogue.outgoing(record)
        if r.field in ("durchgefuehrt_von", "arbeitsgruppe")
    ]
    return "\n".join(dict.fromkeys(texts))


def _texts(value: Any) -> Iterator[str]:
    """All free texts of a record or group, by the field table."""
    for name, info in type(value).model_fields.items():
        item = getattr(value, name)
        if name in _NOT_BODY or item is None or info.title is None:
            continue
        for entry in item if isinstance(item, tuple) else (item,):
            if isinstance(entry, BaseModel):
                yield from _texts(entry)
            elif isinstance(entry, str) and any(isinstance(r, TextRule) for r in rules_of(info)):
                yield _MARKUP.sub(" ", entry)


def _facets(record: Record, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    involved = list(_involved(record, catalogue))
    facets: dict[str, tuple[str, ...]] = {
        "typ": (record.typ,),
        "handlungsfeld": record.handlungsfeld,
        "gueltigkeit": (catalogue.validity(record).state,),
        "kommune": tuple(dict.fromkeys(o.id for o in involved if _is_municipality(o))),
        "organisation": tuple(dict.fromkeys(o.id for o in involved if not _is_municipality(o))),
        "jahr": ((record.datum if isinstance(record, AgErgebnis) else str(record.stand))[:4],),
    }
    if isinstance(record, Bewertung):
        facets["verdikt"] = (record.verdikt or record.pruefstatus,)
        facets["groessenklasse"] = record.groessenklassen
    elif isinstance(record, Organisation) and record.groessenklasse:
        facets["groessenklasse"] = (record.groessenklasse,)
    return {name: values for name, values in facets.items() if values}


def _is_municipality(organisation: Organisation) -> bool:
    """A municipality or county; one of an art of the county's own words (an "amt") shows it by its key."""
    if any(organisation.art == term.value for term in ORGANISATIONSART.terms):
        return organisation.art in ("kommune", "kreis")
    return organisation.ags is not None


def _involved(record: Record, catalogue: Catalogue) -> Iterator[Organisation]:
    """The organisations that did, use or take part in it."""
    if isinstance(record, Organisation):
        yield record
    ids: list[str] = []
    if isinstance(record, Bewertung):
        ids += [*record.durchgefuehrt_von, *(n.organisation for n in record.nachnutzung)]
    elif isinstance(record, BestPractice):
        ids += [record.herausgeber, *(n.organisation for n in record.nachnutzung)]
    elif isinstance(record, Projekt):
        ids += record.beteiligte
    elif isinstance(record, AgErgebnis):
        ids += record.teilnehmende
    elif isinstance(record, Arbeitsgruppe):
        ids += record.mitglieder
    elif isinstance(record, Loesung):
        ids += [e.organisation for e in record.im_einsatz]
    for ident in ids:
        organisation = catalogue.find(ident, Organisation)
        if organisation is not None:
            yield organisation


def _card(record: Record, catalogue: Catalogue) -> dict[str, str]:
    judged = catalogue.validity(record)
    finished = isinstance(record, Bewertung) and record.pruefstatus == "abgeschlossen"
    card = {
        "typ": record.einzahl,
        "organisation": catalogue.name(record.herausgeber),
        "datum": german_date(record.datum if isinstance(record, AgErgebnis) else record.stand),
        "kontakt": ", ".join(filter(None, (record.verantwortlich, record.kontakt))),
    }
    also = [*record.schlagworte, *record.auch_gesucht_als]
    if isinstance(record, Begriff):
        also += [*record.synonyme, *filter(None, [record.abkuerzung])]
    if also:
        card["auch"] = "|".join(list(dict.fromkeys(also))[:_MOST_WORDS])
    if isinstance(record, Bewertung):
        names = [catalogue.name(i) for i in record.durchgefuehrt_von]
        card["organisation"] = names[0] + (" und weitere" if len(names) > 1 else "")
        state = record.verdikt or record.pruefstatus
        card["verdikt"] = VERDIKT.label(state) if record.verdikt else PRUEFSTATUS.label(state)
        card["verdikt_wert"] = state
    elif isinstance(record, AgErgebnis):
        card["organisation"] = catalogue.name(record.arbeitsgruppe)
    elif isinstance(record, Projekt):
        card["verdikt"] = PROJEKTSTATUS.label(record.projektstatus)
        card["verdikt_wert"] = record.projektstatus
    if finished or judged.state != "gueltig":
        until = german_date(judged.until)
        words = {
            "gueltig": f"Gilt bis {until}",
            "bald_zu_pruefen": f"Gilt nur noch bis {until}",
            "abgelaufen": f"Abgelaufen seit {until}",
        }
        card["gueltigkeit"] = words.get(judged.state, GUELTIGKEIT.label(judged.state))
        card["gueltigkeit_wert"] = judged.state
    return card


def _tier(record: Record, catalogue: Catalogue) -> int:
    """0 valid and finished, 1 running or due soon, 2 planned or expired, 3 superseded."""
    state = catalogue.validity(record).state
    if state == "ersetzt" or record.status == "archiviert":
        return 3
    stage = record.pruefstatus if isinstance(record, Bewertung) else "abgeschlossen"
    if state == "abgelaufen" or stage in ("geplant", "abgebrochen"):
        return 2
    return 1 if state == "bald_zu_pruefen" or stage == "laufend" else 0


def _related(record: Record, catalogue: Catalogue) -> Iterator[str]:
    for bezug in record.bezug:
        target = catalogue.get(bezug.ziel)
        if target is not None:
            yield target.id

"""Catalogue → search documents: which words of a record count where, and what its result card shows.

Everything an author writes is findable: the title and the tags most, the body last.  What can be
narrowed down by is in `narrowing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pydantic import BaseModel

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.entries import happened
from generator.catalogue.peers import Guest, guest_path
from generator.catalogue.standing import is_outdated
from generator.catalogue.validity import is_judged, told
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.fieldtable import rules_of
from generator.records.german import first_sentence, german_date, shortened
from generator.records.project_types import AgErgebnis, Projekt
from generator.records.solution_types import Anbieter, Begriff, Loesung
from generator.records.value_rules import TextRule
from generator.records.vocabulary import PROJEKTSTATUS, PRUEFSTATUS, VERDIKT
from generator.search.documents import AS_OF, SearchDocument
from generator.search.narrowing import PARTNER, facet_values

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
# What means the same in every wiki; the rest are ids of the other one.  Validity is not among it: who
# narrows down by it asks for verdicts that hold here.
_OF_GUESTS = ("handlungsfeld", "groessenklasse", "jahr", AS_OF)
_MOST_WORDS = 12  # keywords on a result card
_MOST_TRIGGERS, _TRIGGER = 3, 160  # triggers on a result card, and how long each of them may be
_MARKUP = re.compile(r"\]\([^)\s]*\)|[*_`#>|\[\]]+|^\s*[-+]\s+|^\s*\d+\.\s+|-{3,}", re.M)


def search_documents(catalogue: Catalogue, addresses: Addresses) -> list[SearchDocument]:
    """One document per record, in the catalogue's order, then those of other wikis."""
    own = [search_document(record, catalogue, addresses) for record in catalogue.records.values()]
    return own + [guest_document(g, addresses) for g in catalogue.partners.guests()]


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
        facets=facet_values(record, catalogue),
        card=_card(record, catalogue, addresses),
        tier=_tier(record, catalogue),
        related=tuple(dict.fromkeys(_related(record, catalogue))),
    )


def guest_document(guest: Guest, addresses: Addresses) -> SearchDocument:
    """A record of another wiki: found like ours, after ours, and marked with where it comes from.

    It is of a kind of its own, so that the lists of our types, their counts and verdicts hold ours only.
    Its references are those of the other wiki; here its organisations and neighbours are no facets.
    """
    document = search_document(guest.record, guest.catalogue, addresses)
    facets = {n: v for n, v in document.facets.items() if n in _OF_GUESTS}
    card = {**document.card, "herkunft": guest.peer.titel, "wesen": guest.record.typ}
    card.pop("neu", None)  # an address in the other wiki
    return replace(
        document,
        id=guest.name,
        typ=PARTNER,
        url=addresses.public(guest_path(guest.name)),
        facets={**facets, "typ": (PARTNER,), "herkunft": (guest.peer.titel,)},
        card=card,
        tier=max(1, document.tier),
        related=(),
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


def _texts(value: BaseModel) -> Iterator[str]:
    """All free texts of a record or group, by the field table."""
    for name, is_text in _told_fields(type(value)):
        item = getattr(value, name)
        if item is None:
            continue
        for entry in item if isinstance(item, tuple) else (item,):
            if isinstance(entry, BaseModel):
                yield from _texts(entry)
            elif is_text and isinstance(entry, str):
                yield _MARKUP.sub(" ", entry)


@cache
def _told_fields(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields that may hold free texts, and whether they are texts themselves."""
    return tuple(
        (name, any(isinstance(rule, TextRule) for rule in rules_of(info)))
        for name, info in model.model_fields.items()
        if name not in _NOT_BODY and info.title is not None
    )


def _card(record: Record, catalogue: Catalogue, addresses: Addresses) -> dict[str, str]:
    judged = catalogue.validity(record)
    card = {
        "typ": record.einzahl,
        "organisation": catalogue.name(record.herausgeber),
        "datum": german_date(happened(record)),
        "kontakt": ", ".join(filter(None, (record.verantwortlich, record.kontakt))),
        "bis": judged.until.isoformat(),
    }
    also = [*record.schlagworte, *record.auch_gesucht_als]
    if isinstance(record, Begriff):
        also += [*record.synonyme, *filter(None, [record.abkuerzung])]
    if also:
        card["auch"] = "|".join(list(dict.fromkeys(also))[:_MOST_WORDS])
    if isinstance(record, AgErgebnis):
        card["organisation"] = catalogue.name(record.arbeitsgruppe)
    elif isinstance(record, Loesung):
        if record.betriebsmodell:
            card["betrieb"] = " ".join(record.betriebsmodell)
    elif isinstance(record, Projekt):
        card["verdikt"] = PROJEKTSTATUS.label(record.projektstatus)
        card["verdikt_wert"] = record.projektstatus
    if isinstance(record, Bewertung):
        card |= _verdict(record, catalogue)
        if record.groessenklassen:
            card["fuer"] = " ".join(record.groessenklassen)
    if is_judged(record):
        card["frist"] = "bewertung"
    if is_judged(record) or judged.state != "gueltig":
        card["gueltigkeit"] = told(record, judged)
        card["gueltigkeit_wert"] = judged.state
    successor = catalogue.get(judged.successor) if judged.successor else None
    if successor is not None:
        card["neu"] = f"{addresses.public(successor.page_url)} {successor.titel}"
    return card


def _verdict(record: Bewertung, catalogue: Catalogue) -> dict[str, str]:
    """What an evaluation says, why, and what would change it."""
    names = [catalogue.name(i) for i in record.durchgefuehrt_von]
    state = record.verdikt or record.pruefstatus
    label = VERDIKT.label(state) if record.verdikt else PRUEFSTATUS.label(state)
    found = {
        "organisation": names[0] + (" und weitere" if len(names) > 1 else ""),
        "verdikt": label,
        "verdikt_wert": state,
    }
    if record.verdikt_begruendung:
        found["grund"] = first_sentence(_MARKUP.sub(" ", record.verdikt_begruendung))
    triggers = [
        shortened(": ".join(filter(None, (w.ausloeser, w.schwelle))).rstrip("."), _TRIGGER)
        for w in record.wiedervorlage[:_MOST_TRIGGERS]
    ]
    if triggers:
        found["ausloeser"] = "|".join(t.replace("|", "/") for t in triggers)
    return found


def _tier(record: Record, catalogue: Catalogue) -> int:
    """0 valid and finished, 1 running or due soon, 2 planned or expired, 3 superseded."""
    judged = catalogue.validity(record)
    if is_outdated(record, judged):
        return 3
    state = judged.state
    stage = record.pruefstatus if isinstance(record, Bewertung) else "abgeschlossen"
    if state == "abgelaufen" or stage in ("geplant", "abgebrochen"):
        return 2
    return 1 if state == "bald_zu_pruefen" or stage == "laufend" else 0


def _related(record: Record, catalogue: Catalogue) -> Iterator[str]:
    for bezug in record.bezug:
        target = catalogue.get(bezug.ziel)
        if target is not None:
            yield target.id

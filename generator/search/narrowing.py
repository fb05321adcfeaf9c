"""What results can be narrowed down by: facets, and the values of a record in each of them.

Some are for all records (``documents.FACETS``); the rest follow from the field table: each field that is
marked there as a facet is one for the lists of its type.  Values are those of the contract (they stand in
addresses); vocabularies, titles and categories say how they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.entries import happened
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.fieldtable import rules_of, vocabulary_of
from generator.records.project_types import AgErgebnis, Arbeitsgruppe, BestPractice, Projekt
from generator.records.solution_types import Loesung, Organisation
from generator.records.types import TYPES
from generator.records.value_rules import ReferenceRule
from generator.records.vocabulary import (
    GROESSENKLASSE,
    GUELTIGKEIT,
    HANDLUNGSFELD,
    ORGANISATIONSART,
    PRUEFSTATUS,
    VERDIKT,
)
from generator.search.documents import AS_OF, FACETS, UNTIL, Facet

HERE = "Dieses Wiki"
PARTNER = "partner"  # the kind of records of other wikis


def search_facets(names: Mapping[str, str], categories: Mapping[str, str]) -> tuple[Facet, ...]:
    """All facets, with the words that people read for their values.

    `names`: titles of records by their ids; `categories`: names of product genera by their ids.
    """
    words: dict[str, Mapping[str, str]] = {
        "typ": {
            **{typ: model.mehrzahl for typ, model in TYPES.items()},
            PARTNER: "Aus anderen Wikis",
        },
        "verdikt": {t.value: t.label for t in (*VERDIKT.terms, *PRUEFSTATUS.terms)},
        "kommune": names,
        "organisation": names,
    }
    for vocabulary in (GUELTIGKEIT, HANDLUNGSFELD, GROESSENKLASSE):
        words[vocabulary.name] = {t.value: t.label for t in vocabulary.terms}
    shared = [replace(facet, values=words.get(facet.name, {})) for facet in FACETS]
    own = [
        Facet(name, str(info.title), _words(info, name, names, categories), typ)
        for typ in TYPES
        for name, info in own_facets(typ).items()
    ]
    return (*shared, *own)


def category_names(catalogue: Catalogue) -> dict[str, str]:
    """The product genera by their ids."""
    return {ident: category.name for ident, category in catalogue.categories.items()}


@cache
def own_facets(typ: str) -> Mapping[str, FieldInfo]:
    """The fields of a type that make a facet of its lists, those of the type itself first."""
    taken = {field for facet in FACETS for field in (facet.name, *facet.fields)}
    marked = {
        name: info
        for name, info in TYPES[typ].model_fields.items()
        if name not in taken
        and isinstance(info.json_schema_extra, dict)
        and info.json_schema_extra.get("x-facette")
    }
    common = [name for name in marked if name in Record.model_fields]
    return {name: marked[name] for name in (*(n for n in marked if n not in common), *common)}


def _words(
    info: FieldInfo, name: str, names: Mapping[str, str], categories: Mapping[str, str]
) -> Mapping[str, str]:
    vocabulary = vocabulary_of(info)
    if vocabulary is not None:
        return {t.value: t.label for t in vocabulary.terms}
    if name == "kategorie":
        return categories
    return names if any(isinstance(rule, ReferenceRule) for rule in rules_of(info)) else {}


def facet_values(record: Record, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The values of a record in each facet, and its days."""
    involved = list(_involved(record, catalogue))
    judged = catalogue.validity(record)
    facets: dict[str, tuple[str, ...]] = {
        "typ": (record.typ,),
        "handlungsfeld": record.handlungsfeld,
        "gueltigkeit": (judged.state,),
        "kommune": tuple(dict.fromkeys(o.id for o in involved if _is_municipality(o))),
        "organisation": tuple(dict.fromkeys(o.id for o in involved if not _is_municipality(o))),
        "jahr": (happened(record)[:4],),
        UNTIL: (judged.until.isoformat(),),
        AS_OF: (happened(record),),
    }
    if catalogue.partners.audience():  # where all comes from here, nobody needs to choose
        facets["herkunft"] = (HERE,)
    if isinstance(record, Bewertung):
        facets["verdikt"] = (record.verdikt or record.pruefstatus,)
        facets["groessenklasse"] = record.groessenklassen
    elif isinstance(record, Organisation) and record.groessenklasse:
        facets["groessenklasse"] = (record.groessenklasse,)
    for name in own_facets(record.typ):
        values = _values(getattr(record, name))
        if _refers(record.typ, name):
            values = tuple(dict.fromkeys(_id_of(value, catalogue) for value in values))
        facets[name] = values
    return {name: values for name, values in facets.items() if values}


@cache
def _refers(typ: str, name: str) -> bool:
    """Whether a field names other records."""
    rules = rules_of(TYPES[typ].model_fields[name])
    return any(isinstance(rule, ReferenceRule) for rule in rules)


def _values(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(dict.fromkeys(map(str, value if isinstance(value, tuple) else (value,))))


def _id_of(value: str, catalogue: Catalogue) -> str:
    """The id of a record that may have been called by a former one."""
    record = catalogue.get(value)
    return record.id if record is not None else value


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

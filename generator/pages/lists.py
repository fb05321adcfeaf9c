"""List pages: per type, field of action and keyword; due reviews; what is new; the glossary.

Every list is cut into pages of a fixed size, so that no page grows with the wiki.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.pages.ordering import by_default, by_relevance, by_title, newest
from generator.pages.page import Page
from generator.records.common import Record
from generator.records.german import collation_key
from generator.records.solution_types import Begriff
from generator.records.types import TYPES
from generator.records.value_rules import slug
from generator.records.vocabulary import HANDLUNGSFELD

PER_PAGE = 25
TERMS_PER_PAGE = 36
KEYWORDS_PER_PAGE = 150
CRUMB_START = ("Start", "")

# What each type's list is for, in the reader's words.
INTROS = {
    "bewertung": "Was Kommunen und Arbeitsgruppen geprüft haben, gerade prüfen oder zu prüfen planen. Auch Absagen "
    "stehen hier: Sie ersparen anderen die Prüfung.",
    "projekt": "Vorhaben der Region: worum es geht, für wen, und wie weit sie sind.",
    "ag-ergebnis": "Was Arbeitsgruppen herausgefunden und entschieden haben.",
    "best-practice": "Vorgehen, die sich bewährt haben, mit Voraussetzungen und Stolpersteinen.",
    "kriterienkatalog": "Kriterien und Gewichte, nach denen Lösungen bewertet werden.",
    "loesung": "Produkte und Dienste: wer sie einsetzt und was geprüft wurde.",
    "anbieter": "Wer Lösungen anbietet, mit Rahmenverträgen.",
    "arbeitsgruppe": "Wo Verwaltungen gemeinsam an einem Thema arbeiten.",
    "organisation": "Kommunen, Kreise, Verbände und Partner.",
    "begriff": "Begriffe und Abkürzungen, so erklärt, wie sie hier gemeint sind.",
}


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of a list this is.  `base` is the path of its first page."""

    base: str
    number: int
    count: int

    def path(self, number: int) -> str:
        return self.base if number == 1 else f"{self.base}seite/{number}/"

    @property
    def suffix(self) -> str:
        """What tells the further pages' titles apart."""
        return f" (Seite {self.number})" if self.number > 1 else ""

    @property
    def window(self) -> list[int]:
        """Page numbers to show; 0 stands for a gap."""
        near = {1, self.count, *range(self.number - 2, self.number + 3)}
        shown: list[int] = []
        for number in sorted(n for n in near if 1 <= n <= self.count):
            if shown and number - shown[-1] > 1:
                shown.append(0)
            shown.append(number)
        return shown


def paged(
    base: str, entries: Sequence[Any], size: int = PER_PAGE
) -> Iterator[tuple[Pager, Sequence[Any]]]:
    """Cut a list; an empty list has one empty page."""
    count = max(1, -(-len(entries) // size))
    for number in range(1, count + 1):
        yield Pager(base, number, count), entries[(number - 1) * size : number * size]


def list_pages(catalogue: Catalogue) -> Iterator[Page]:
    for typ, model in TYPES.items():
        if typ != "begriff":
            records = by_default(catalogue, catalogue.all(model))
            yield from _list(f"{model.ordner}/", model.mehrzahl, INTROS[typ], records, typ=typ)
    yield from _glossary(catalogue)
    yield from _fields_of_action(catalogue)
    yield from _keywords(catalogue)
    yield _due(catalogue)
    yield from _list(
        "neu/", "Neu und geändert", "Die jüngsten Einträge zuerst, nach dem Tag ihres Standes.",
        newest(r for r in catalogue.records.values() if r.typ not in ("begriff", "organisation"))[:200],
    )  # fmt: skip


def _list(base: str, title: str, intro: str, records: Sequence[Record], *, typ: str = "",
          area: str = "", crumbs: Sequence[tuple[str, str]] = (CRUMB_START,), kind: str = "") -> Iterator[Page]:  # fmt: skip
    for pager, part in paged(base, records):
        yield Page(
            path=pager.path(pager.number),
            kind="liste",
            area=area or base,
            title=f"{kind}{title}{pager.suffix}",
            description=intro,
            template="liste.html",
            context={
                "titel": title, "einleitung": intro, "eintraege": part, "anzahl": len(records), "typ": typ,
                "seiten": pager, "krumen": crumbs,
            },
        )  # fmt: skip


def _glossary(catalogue: Catalogue) -> Iterator[Page]:
    base = "glossar/"
    terms = by_title(catalogue.all(Begriff))
    letters: dict[str, str] = {}
    for index, term in enumerate(terms):
        page = Pager(base, 1, 1).path(index // TERMS_PER_PAGE + 1)
        letters.setdefault(initial(term), f"{page}#{initial(term).lower()}")
    for pager, part in paged(base, terms, TERMS_PER_PAGE):
        groups: dict[str, list[Begriff]] = {}
        for term in part:
            groups.setdefault(initial(term), []).append(term)
        yield Page(
            path=pager.path(pager.number),
            kind="liste",
            area=base,
            title=f"Glossar{pager.suffix}",
            description=INTROS["begriff"],
            template="glossar.html",
            context={
                "gruppen": groups,
                "buchstaben": letters,
                "seiten": pager,
                "einleitung": INTROS["begriff"],
                "krumen": (CRUMB_START,),
            },
        )


def initial(record: Record) -> str:
    """The heading letter of a title; "0" stands for digits and signs."""
    first = collation_key(record.titel)[:1].upper()
    return first if "A" <= first <= "Z" else "0"


def _fields_of_action(catalogue: Catalogue) -> Iterator[Page]:
    base = "handlungsfelder/"
    groups: dict[str, list[Record]] = {
        term.value: [r for r in catalogue.records.values() if term.value in r.handlungsfeld]
        for term in HANDLUNGSFELD.terms
    }
    yield Page(
        path=base,
        kind="liste",
        area=base,
        title="Handlungsfelder",
        description="Die sechs Handlungsfelder der Strategie und was es dazu gibt.",
        template="handlungsfelder.html",
        context={
            "felder": [(t, groups[t.value]) for t in HANDLUNGSFELD.terms],
            "krumen": (CRUMB_START,),
        },
    )
    crumbs = (CRUMB_START, ("Handlungsfelder", base))
    for term in HANDLUNGSFELD.terms:
        records = by_relevance(catalogue, groups[term.value])
        intro = "Bewertungen, Ergebnisse, Projekte und Erfahrungen in diesem Handlungsfeld; Gültiges und Neues zuerst."
        yield from _list(
            f"{base}{term.value}/", term.label, intro, records, area=base, crumbs=crumbs
        )


def keyword_groups(catalogue: Catalogue) -> dict[str, tuple[str, list[Record]]]:
    """Slug → (spelling, records); spellings that differ only in case or signs are one keyword."""
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    spelling: dict[str, str] = {}
    for record in catalogue.records.values():
        for keyword in record.schlagworte:
            ident = slug(keyword)
            if ident and (not groups[ident] or groups[ident][-1] is not record):
                spelling.setdefault(ident, keyword)
                groups[ident].append(record)
    return {
        i: (spelling[i], groups[i])
        for i in sorted(groups, key=lambda i: collation_key(spelling[i]))
    }


def _keywords(catalogue: Catalogue) -> Iterator[Page]:
    base = "schlagworte/"
    groups = keyword_groups(catalogue)
    entries = [(ident, word, len(records)) for ident, (word, records) in groups.items()]
    for pager, part in paged(base, entries, KEYWORDS_PER_PAGE):
        yield Page(
            path=pager.path(pager.number),
            kind="liste",
            area=base,
            title=f"Schlagworte{pager.suffix}",
            description="Alle Schlagworte von A bis Z.",
            template="schlagworte.html",
            context={
                "worte": part,
                "anzahl": len(entries),
                "seiten": pager,
                "krumen": (CRUMB_START,),
            },
        )
    crumbs = (CRUMB_START, ("Schlagworte", base))
    for ident, (word, records) in groups.items():
        ordered = by_relevance(catalogue, records)
        yield from _list(
            f"{base}{ident}/",
            word,
            f"Alle Einträge mit dem Schlagwort „{word}“.",
            ordered,
            area=base,
            crumbs=crumbs,
            kind="Schlagwort ",
        )


def _due(catalogue: Catalogue) -> Page:
    by_date = sorted(catalogue.records.values(), key=lambda r: (catalogue.validity(r).until, r.id))
    active = [r for r in by_date if r.status != "archiviert"]
    expired = [r for r in active if catalogue.validity(r).state == "abgelaufen"]
    soon = [r for r in active if catalogue.validity(r).state == "bald_zu_pruefen"]
    later = [r for r in active if catalogue.validity(r).state == "gueltig"]
    return Page(
        path="zu-pruefen/",
        kind="liste",
        area="zu-pruefen/",
        title="Zu prüfen",
        description="Was abgelaufen ist oder in den nächsten 90 Tagen abläuft.",
        template="zu_pruefen.html",
        context={
            "gruppen": [("abgelaufen", "Abgelaufen", expired), ("bald_zu_pruefen", "Bald zu prüfen", soon)],
            "naechste": later[:1], "krumen": (CRUMB_START,), "grenze": 40,
        },
    )  # fmt: skip

"""List pages: per type, field of action and keyword; due reviews; what is new; the glossary.

Every list is cut into pages of a fixed size, so that no page grows with the wiki.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

from generator.catalogue.catalogue import Catalogue, word_of
from generator.catalogue.indexes import Place
from generator.catalogue.reading import PARTS
from generator.catalogue.subscriptions import EVERYTHING, Subscription, field_subscription
from generator.pages.page import Page, PagePlan
from generator.records.common import Record
from generator.records.german import collation_key
from generator.records.types import TYPES
from generator.records.vocabulary import HANDLUNGSFELD

NEWEST = 200
CRUMB_START = ("Start", "")
FIELD_TYPES = ("bewertung", "projekt", "ag-ergebnis", "best-practice")
# Title and introduction, or who looks them up when the page is made.
Head: TypeAlias = "tuple[str, str] | Callable[[], tuple[str, str]]"

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


T = TypeVar("T")


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

    def part(self, entries: Sequence[T], size: int) -> Sequence[T]:
        """The entries of this part, if each has `size` of them."""
        return entries[(self.number - 1) * size : self.number * size]

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


def pagers(base: str, count: int, size: int) -> list[Pager]:
    """The parts of a list of `count` entries; an empty list has one empty part."""
    pages = max(1, -(-count // size))
    return [Pager(base, number, pages) for number in range(1, pages + 1)]


def list_pages(catalogue: Catalogue) -> Iterator[PagePlan]:
    """All list pages.  Planning counts; what stands on a page is looked up when it is made."""
    for typ, model in TYPES.items():
        if typ != "begriff":
            head = (model.mehrzahl, INTROS[typ])
            yield from _list(
                catalogue, ("art", typ), f"{model.ordner}/", head, typ=typ, chosen=f"typ={typ}"
            )
    yield from _glossary(catalogue)
    yield from _fields_of_action(catalogue)
    yield from _keywords(catalogue)
    yield PagePlan("zu-pruefen/", "liste", "zu-pruefen/", lambda: _due(catalogue))
    yield from _list(
        catalogue, ("neu", ""), "neu/",
        ("Neu und geändert", "Die jüngsten Einträge zuerst, nach dem Tag ihres Standes."), most=NEWEST,
        chosen="sort=neu",
        subscription=EVERYTHING,
    )  # fmt: skip


def _list(catalogue: Catalogue, place: Place, base: str, head: Head, *, typ: str = "", area: str = "",
          crumbs: Sequence[tuple[str, str]] = (CRUMB_START,), kind: str = "", most: int = 10**9,
          total: int | None = None, chosen: str = "",
          subscription: Subscription | None = None) -> Iterator[PagePlan]:  # fmt: skip
    """The pages of a list; `chosen`: what the search page takes for it, where it can be narrowed down."""

    def make(number: int) -> Page:
        title, intro = head() if callable(head) else head
        entries = min(catalogue.count(*place), most)
        pager = pagers(base, entries, PARTS[place[0]])[number - 1]
        return Page(
            path=pager.path(number),
            kind="liste",
            area=area or base,
            title=f"{kind}{title}{pager.suffix}",
            description=intro,
            template="liste.html",
            context={
                "titel": title, "einleitung": intro, "eintraege": catalogue.part(*place, number), "anzahl": entries,
                "typ": typ, "seiten": pager, "krumen": crumbs, "auswahl": chosen, "abonnement": subscription,
            },
        )  # fmt: skip

    count = catalogue.count(*place) if total is None else total
    for pager in pagers(base, min(count, most), PARTS[place[0]]):
        yield PagePlan(pager.path(pager.number), "liste", area or base, partial(make, pager.number))


def _glossary(catalogue: Catalogue) -> Iterator[PagePlan]:
    base, size = "glossar/", PARTS["glossar"]

    def make(number: int) -> Page:
        pager = pagers(base, catalogue.count("glossar"), size)[number - 1]
        groups: dict[str, list[Record]] = {}
        for term in catalogue.part("glossar", "", number):
            groups.setdefault(initial(collation_key(term.titel)), []).append(term)
        letters: dict[str, str] = {}
        for index, (sort, _, _) in enumerate(catalogue.rows("glossar", sorts=True)):
            page = pager.path(index // size + 1)
            letters.setdefault(initial(sort), f"{page}#{initial(sort).lower()}")
        return Page(
            path=pager.path(number),
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

    for pager in pagers(base, catalogue.count("glossar"), size):
        yield PagePlan(pager.path(pager.number), "liste", base, partial(make, pager.number))


def initial(sort: str) -> str:
    """The heading letter of a title in its sorting form; "0" stands for digits and signs."""
    first = sort[:1].upper()
    return first if "A" <= first <= "Z" else "0"


def _fields_of_action(catalogue: Catalogue) -> Iterator[PagePlan]:
    base = "handlungsfelder/"

    def make() -> Page:
        counts = [
            (t, catalogue.count("feld", t.value), {n: catalogue.count("feldart", f"{t.value} {n}") for n in FIELD_TYPES})
            for t in HANDLUNGSFELD.terms
        ]  # fmt: skip
        return Page(
            path=base,
            kind="liste",
            area=base,
            title="Handlungsfelder",
            description="Die sechs Handlungsfelder der Strategie und was es dazu gibt.",
            template="handlungsfelder.html",
            context={"felder": counts, "krumen": (CRUMB_START,)},
        )

    yield PagePlan(base, "liste", base, make)
    crumbs = (CRUMB_START, ("Handlungsfelder", base))
    intro = "Bewertungen, Ergebnisse, Projekte und Erfahrungen in diesem Handlungsfeld; Gültiges und Neues zuerst."
    for term in HANDLUNGSFELD.terms:
        yield from _list(
            catalogue, ("feld", term.value), f"{base}{term.value}/", (term.label, intro), area=base, crumbs=crumbs,
            chosen=f"handlungsfeld={term.value}",
            subscription=field_subscription(term.value),
        )  # fmt: skip


def _keywords(catalogue: Catalogue) -> Iterator[PagePlan]:
    base = "schlagworte/"

    def make(number: int) -> Page:
        pager = pagers(base, catalogue.count("worte"), PARTS["worte"])[number - 1]
        return Page(
            path=pager.path(number),
            kind="liste",
            area=base,
            title=f"Schlagworte{pager.suffix}",
            description="Alle Schlagworte von A bis Z.",
            template="schlagworte.html",
            context={
                "worte": catalogue.keywords(number),
                "anzahl": catalogue.count("worte"),
                "seiten": pager,
                "krumen": (CRUMB_START,),
            },
        )

    for pager in pagers(base, catalogue.count("worte"), PARTS["worte"]):
        yield PagePlan(pager.path(pager.number), "liste", base, partial(make, pager.number))
    for _, ident, detail in catalogue.rows("worte"):
        yield from _keyword(catalogue, ident, word_of(detail)[1])


def _keyword(catalogue: Catalogue, ident: str, total: int) -> Iterator[PagePlan]:
    def head() -> tuple[str, str]:
        word = catalogue.keyword(ident)
        return word, f"Alle Einträge mit dem Schlagwort „{word}“."

    base = "schlagworte/"
    crumbs = (CRUMB_START, ("Schlagworte", base))
    yield from _list(
        catalogue, ("schlagwort", ident), f"{base}{ident}/", head, area=base, crumbs=crumbs, kind="Schlagwort ",
        total=total,
    )  # fmt: skip


def _due(catalogue: Catalogue) -> Page:
    def group(state: str, title: str) -> tuple[str, str, list[Record], int]:
        return state, title, catalogue.part("zustand", state), catalogue.count("zustand", state)

    return Page(
        path="zu-pruefen/",
        kind="liste",
        area="zu-pruefen/",
        title="Zu prüfen",
        description="Was abgelaufen ist oder in den nächsten 90 Tagen abläuft.",
        template="zu_pruefen.html",
        context={
            "gruppen": [group("abgelaufen", "Abgelaufen"), group("bald_zu_pruefen", "Bald zu prüfen")],
            "naechste": catalogue.part("zustand", "gueltig")[:1], "krumen": (CRUMB_START,), "abonnement": EVERYTHING,
        },
    )  # fmt: skip

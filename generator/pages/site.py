"""All pages of the site.

`site_pages` says which pages there are; a page's plan makes it when it is needed, so that a build may
make only those whose facts have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.standing import GROUPS
from generator.pages import my_municipality
from generator.pages.api_page import PATH as API
from generator.pages.api_page import api_page
from generator.pages.comparing import compare_files, compare_plans
from generator.pages.field_reference import field_reference
from generator.pages.form_page import form_page
from generator.pages.impact import impact_pages
from generator.pages.insights import insight_pages
from generator.pages.lists import CRUMB_START, list_pages
from generator.pages.method import PATH as METHOD
from generator.pages.method import method_page
from generator.pages.page import Page, PagePlan
from generator.pages.partner_pages import partner_pages
from generator.pages.pictures.dotmap import dot_map
from generator.pages.record_pictures import own_municipalities, pictures
from generator.pages.record_views import EXTRA, common
from generator.pages.subscribing import AREA, PATH, subscribing_page
from generator.records.common import Record
from generator.records.types import TYPES
from generator.records.vocabulary import HANDLUNGSFELD

SHORT_LIST = 5
EXAMPLES = 3
MITMACHEN = "mitmachen/index.md"
ASKED = "schon-geprueft/"


def site_pages(catalogue: Catalogue, intro: Callable[[], str] = str) -> Iterator[PagePlan]:
    """Every generated page.  `intro` gives the HTML of the content folder's own index.md."""
    yield PagePlan("", "start", "", lambda: start_page(catalogue, intro()))
    yield PagePlan("suche/", "suche", "suche/", lambda: search_page(catalogue))
    yield PagePlan(ASKED, "geprueft", ASKED, lambda: asked_page(catalogue))
    yield from list_pages(catalogue)
    yield PagePlan(API, "api", "mitmachen/", lambda: api_page(catalogue))
    yield from insight_pages(catalogue)
    yield from impact_pages(catalogue)
    yield from compare_plans(catalogue)
    yield PagePlan(METHOD, "methode", METHOD, lambda: method_page(catalogue))
    yield PagePlan(PATH, "liste", AREA, lambda: subscribing_page(catalogue))
    choosing = partial(my_municipality.choosing_page, catalogue)
    yield PagePlan(my_municipality.PATH, "liste", "organisationen/", choosing)
    fields = list(field_reference())
    for page in fields:
        yield PagePlan(page.path, page.kind, page.area, partial(_same, page))
    if (
        MITMACHEN not in catalogue.pages
    ):  # every page invites to contribute: there must be such a page
        first = replace(fields[0], path="mitmachen/")
        yield PagePlan(first.path, first.kind, first.area, partial(_same, first))
    yield from form_page()
    yield from partner_pages(catalogue)
    for typ, model in TYPES.items():
        for _, ident, _ in catalogue.rows("art", typ):
            make = partial(record_page, ident, catalogue)
            yield PagePlan(f"{model.ordner}/{ident}/", typ, f"{model.ordner}/", make)


def _same(page: Page) -> Page:
    return page


def start_page(catalogue: Catalogue, intro: str) -> Page:
    valid, running = catalogue.count("entschieden"), catalogue.count("laufend")
    due = catalogue.count("zustand", "faellig")
    places, all_places = own_municipalities(catalogue)
    return Page(
        path="",
        kind="start",
        area="",
        title="",
        description="Hat das schon jemand geprüft? Bewertungen, Ergebnisse und Erfahrungen aus Kommunen.",
        template="start.html",
        context={
            "zahlen": [
                (valid, "gültige Bewertung" if valid == 1 else "gültige Bewertungen", "bewertungen/"),
                (running, "läuft oder ist geplant" if running == 1 else "laufen oder sind geplant", "bewertungen/"),
                (due, "zu prüfen", "zu-pruefen/"),
            ],
            "beispiele": example_needs(catalogue),
            "frisch": catalogue.part("entschieden"),
            "laufend": catalogue.part("laufend"),
            "bald": catalogue.part("zustand", "bald_zu_pruefen")[:SHORT_LIST],
            "abgelaufen": catalogue.count("zustand", "abgelaufen"),
            "felder": [(t, catalogue.count("feld", t.value)) for t in HANDLUNGSFELD.terms],
            "orte": places,
            "orte_mehr": all_places - len(places),
            "karte": dot_map(places),
            "arten": types_in_use(catalogue),
            "einleitung": intro,
        },
    )  # fmt: skip


def types_in_use(catalogue: Catalogue) -> list[tuple[type[Record], int]]:
    """The types that have records, and how many."""
    counts = [(model, catalogue.count("art", typ)) for typ, model in TYPES.items()]
    return [(model, count) for model, count in counts if count]


def example_needs(catalogue: Catalogue) -> list[str]:
    """Three needs to try, in everyday words: from evaluations first, then from other records."""
    words = []
    for typ in ("bewertung", *(t for t in TYPES if t != "bewertung")):
        words += [r.auch_gesucht_als[0] for r in catalogue.part("alltagswort", typ)]
        if len(set(words)) >= EXAMPLES:
            break
    return list(dict.fromkeys(words))[:EXAMPLES]


def search_page(catalogue: Catalogue) -> Page:
    return Page(
        path="suche/",
        kind="suche",
        area="suche/",
        title="Suche",
        description="Alle Einträge durchsuchen.",
        template="suche.html",
        context={
            "arten": types_in_use(catalogue),
            "krumen": (CRUMB_START,),
        },
    )


def asked_page(catalogue: Catalogue) -> Page:
    """ "Schon geprüft?": answers in the browser; here the evaluations by how they stand."""
    return Page(
        path=ASKED,
        kind="geprueft",
        area=ASKED,
        title="Schon geprüft?",
        description="Beschreiben Sie Ihren Bedarf: Was gilt, was läuft, was verworfen wurde und warum.",
        template="schon_geprueft.html",
        context={
            "gruppen": [
                (group, catalogue.part("urteil", group.name), catalogue.count("urteil", group.name))
                for group in GROUPS
            ],
            "arten": types_in_use(catalogue),
            "partner": bool(catalogue.partners.audience()),
            "anders": "suche/",
            "anders_wort": "suchen Sie im ganzen Wiki",
            "krumen": (CRUMB_START,),
        },
    )


def record_page(ident: str, catalogue: Catalogue) -> Page:
    record = catalogue.seen(ident)
    context: dict[str, Any] = common(record, catalogue)
    if record.typ in EXTRA:
        context |= EXTRA[record.typ](record, catalogue)
    before, after = catalogue.neighbours(record)
    context |= {
        "bilder": pictures(record, catalogue, context),
        "vor": before,
        "nach": after,
        "krumen": (CRUMB_START, (record.mehrzahl, f"{record.ordner}/")),
    }
    return Page(
        path=record.page_url,
        kind=record.typ,
        area=f"{record.ordner}/",
        title=record.titel,
        description=record.kurzfassung,
        template=f"{record.typ}.html",
        context=context,
        files={
            **compare_files(record, catalogue, context.get("vergleichbar", ())),
            **my_municipality.profile_files(record, catalogue),
        },
    )

"""All pages of the site, in one pass over the catalogue.

`site_pages` is a pure function of the catalogue: it says which pages there are and what stands on
them.  `write_pages` renders them into the shell and writes them below a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.related import Kinship, kinship
from generator.pages.environment import Renderer
from generator.pages.field_reference import field_reference
from generator.pages.lists import CRUMB_START, list_pages
from generator.pages.ordering import by_default, by_relevance, by_title, newest
from generator.pages.page import Page, Shell
from generator.pages.pictures import dot_map
from generator.pages.record_views import EXTRA, common
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.solution_types import Organisation
from generator.records.types import TYPES
from generator.records.vocabulary import HANDLUNGSFELD

SHORT_LIST = 5
MAP_LIMIT = 60
MITMACHEN = "mitmachen/index.md"


def site_pages(catalogue: Catalogue, intro: str = "") -> Iterator[Page]:
    """Every generated page.  `intro` is the HTML of the content folder's own index.md."""
    yield start_page(catalogue, intro)
    yield search_page(catalogue)
    yield from list_pages(catalogue)
    fields = list(field_reference())
    yield from fields
    if (
        MITMACHEN not in catalogue.pages
    ):  # every page invites to contribute: there must be such a page
        yield replace(fields[0], path="mitmachen/")
    yield from record_pages(catalogue)


def start_page(catalogue: Catalogue, intro: str) -> Page:
    evaluations = catalogue.all(Bewertung)
    active = [e for e in evaluations if e.status != "archiviert"]
    states = {e.id: catalogue.validity(e).state for e in active}
    valid = [
        e
        for e in active
        if e.pruefstatus == "abgeschlossen" and states[e.id] in ("gueltig", "bald_zu_pruefen")
    ]
    running = [e for e in active if e.pruefstatus in ("laufend", "geplant")]
    due = [
        r
        for r in catalogue.records.values()
        if r.status != "archiviert"
        and catalogue.validity(r).state in ("abgelaufen", "bald_zu_pruefen")
    ]
    places = by_title(own_municipalities(catalogue))[:MAP_LIMIT]
    counts = [(model, len(catalogue.all(model))) for model in TYPES.values()]
    return Page(
        path="",
        kind="start",
        area="",
        title="",
        description="Hat das schon jemand geprüft? Bewertungen, Ergebnisse und Erfahrungen aus Kommunen.",
        template="start.html",
        context={
            "zahlen": [
                (len(valid), "gültige Bewertung" if len(valid) == 1 else "gültige Bewertungen", "bewertungen/"),
                (len(running), "läuft oder ist geplant" if len(running) == 1 else "laufen oder sind geplant", "bewertungen/"),
                (len(due), "zu prüfen", "zu-pruefen/"),
            ],
            "beispiele": example_needs(catalogue),
            "frisch": newest(e for e in valid)[:SHORT_LIST],
            "laufend": by_relevance(catalogue, running)[:SHORT_LIST],
            "faellig": sorted(due, key=lambda r: (catalogue.validity(r).until, r.id))[:SHORT_LIST],
            "felder": [(t, sum(t.value in r.handlungsfeld for r in catalogue.records.values())) for t in HANDLUNGSFELD.terms],
            "orte": places,
            "karte": dot_map(places),
            "arten": [(m, n) for m, n in counts if n],
            "einleitung": intro,
        },
    )  # fmt: skip


def own_municipalities(catalogue: Catalogue) -> list[Organisation]:
    """Municipalities of the counties in the wiki, by their AGS; all of them if that says nothing."""
    places = [o for o in catalogue.all(Organisation) if o.art == "kommune"]
    counties = tuple(o.ags for o in catalogue.all(Organisation) if o.art == "kreis" and o.ags)
    return [p for p in places if p.ags and p.ags.startswith(counties)] or places


def example_needs(catalogue: Catalogue) -> list[str]:
    """Three needs to try, in everyday words, taken from finished or running evaluations."""
    words = []
    for evaluation in by_relevance(catalogue, catalogue.all(Bewertung)):
        words += list(evaluation.auch_gesucht_als[:1]) or list(evaluation.schlagworte[:1])
    for record in newest(r for r in catalogue.records.values() if r.auch_gesucht_als):
        words += record.auch_gesucht_als[:1]
    return list(dict.fromkeys(words))[:3]


def search_page(catalogue: Catalogue) -> Page:
    counts = [(model, len(catalogue.all(model))) for model in TYPES.values()]
    return Page(
        path="suche/",
        kind="suche",
        area="suche/",
        title="Suche",
        description="Alle Einträge durchsuchen.",
        template="suche.html",
        context={"arten": [(m, n) for m, n in counts if n], "krumen": (CRUMB_START,)},
    )


def record_pages(catalogue: Catalogue) -> Iterator[Page]:
    kin = kinship(catalogue)
    for model in TYPES.values():
        ordered = by_default(catalogue, catalogue.all(model))
        for index, record in enumerate(ordered):
            before = ordered[index - 1] if index else None
            after = ordered[index + 1] if index + 1 < len(ordered) else None
            yield record_page(record, catalogue, kin, before, after)


def record_page(
    record: Record, catalogue: Catalogue, kin: Kinship, before: Record | None, after: Record | None
) -> Page:
    context: dict[str, Any] = common(record, catalogue, kin)
    if record.typ in EXTRA:
        context |= EXTRA[record.typ](record, catalogue)
    context |= {
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
    )


def write_pages(
    pages: Iterable[Page], renderer: Renderer, shell: Shell, site: FilePath
) -> list[str]:
    """Render and write pages; returns their paths in directory form."""
    paths = []
    for page in pages:
        content = renderer.render(page.path, page.template, page.context)
        target = site / renderer.addresses.file(page.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(shell.wrap(page, content), encoding="utf-8", newline="\n")
        paths.append(page.path)
    return paths

"""Evaluations of the whole: the priority matrix, who uses what, evaluations over time, and their index.

Every page shows one part of a list of the catalogue, so its size and its cost do not grow with the
wiki; lists that nobody reads to their end stop after `MOST` entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, cast

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.reading import PARTS
from generator.pages.lists import CRUMB_START, Pager, pagers
from generator.pages.page import Page, PagePlan
from generator.pages.pictures.priority import priority_matrix
from generator.pages.pictures.timeline import timeline
from generator.pages.pictures.usage import use_matrix
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import collation_key
from generator.records.project_types import Projekt, Realisierbarkeit, Relevanz
from generator.records.solution_types import Loesung
from generator.records.tree import Category
from generator.records.vocabulary import HANDLUNGSFELD, Term

AREA = "auswertungen/"
KIND = "auswertung"
CRUMBS = (CRUMB_START, ("Auswertungen", AREA))
MOST = 200  # entries of a list that is cut into pages
TIMES = "zeitleiste/gattung/"
GENERA = 60  # product genera on one page
FIELDS: tuple[Term | None, ...] = (None, *HANDLUNGSFELD.terms)


def insight_pages(catalogue: Catalogue) -> Iterator[PagePlan]:
    """The index and all pages below it but those of "Wirkung" (`impact.py`)."""
    yield plan(AREA, lambda: _index(catalogue))
    for field in FIELDS:
        yield from _parts(catalogue, "matrix/", "matrix", field, _matrix)
        yield from _parts(catalogue, "zeitleiste/", "verlauf", field, _timeline)
    yield from _timelines_of_genera(catalogue)
    yield from _uses(catalogue)


def plan(path: str, make: Any) -> PagePlan:
    return PagePlan(path, KIND, AREA, make)


def page(path: str, title: str, description: str, template: str, **context: Any) -> Page:
    context.setdefault("krumen", CRUMBS)
    return Page(path, KIND, AREA, title, description, template, context)


def _index(catalogue: Catalogue) -> Page:
    used = sum(catalogue.count("nutzung", genus) for genus in catalogue.categories)
    return page(
        AREA,
        "Auswertungen",
        "Bilder und Zahlen aus allen Einträgen: Wirkung, Einsatz, Zeitleiste, Projekte.",
        "auswertungen.html",
        krumen=(CRUMB_START,),
        bewertungen=catalogue.count("art", "bewertung"),
        bewertet=catalogue.count("matrix"),
        projekte=catalogue.count("art", "projekt"),
        genutzt=used,
        uebernahmen=catalogue.count("ersparnis"),
    )


def _parts(
    catalogue: Catalogue, base: str, index: str, field: Term | None, make: Any
) -> Iterator[PagePlan]:
    """The pages of one list, as a whole or of a field of action."""
    key = field.value if field else ""
    count = min(catalogue.count(index, key), MOST)
    for pager in pagers(f"{base}{key}/" if field else base, count, PARTS[index]):
        yield plan(pager.path(pager.number), partial(make, catalogue, field, pager))


def _counts(catalogue: Catalogue, index: str) -> list[tuple[Term, int]]:
    return [(t, catalogue.count(index, t.value)) for t in HANDLUNGSFELD.terms]


def _matrix(catalogue: Catalogue, field: Term | None, pager: Pager) -> Page:
    key = field.value if field else ""
    projects = cast("list[Projekt]", catalogue.part("matrix", key, pager.number))
    where = f" · {field.label}" if field else ""
    return page(
        pager.path(pager.number),
        f"Relevanz und Realisierbarkeit{where}{pager.suffix}",
        "Projekte nach den zehn Kriterien der Strategie: was wichtig ist und was sich umsetzen lässt.",
        "matrix.html",
        krumen=(*CRUMBS, ("Relevanz und Realisierbarkeit", "matrix/")) if field else CRUMBS,
        feld=field,
        felder=_counts(catalogue, "matrix"),
        punkte=priority_matrix(projects, (pager.number - 1) * PARTS["matrix"] + 1),
        bewertet=catalogue.count("matrix", key),
        projekte=catalogue.count("feldart", f"{key} projekt") if field else catalogue.count("art", "projekt"),
        kriterien=criteria(),
        seiten=pager,
        hoechstens=MOST,
    )  # fmt: skip


def criteria() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The ten criteria as the field table explains them: (axis, field name, criteria)."""
    return [
        (title, name, [(i.title or n, i.description or "") for n, i in model.model_fields.items()])
        for title, name, model in (
            ("Relevanz", "relevanz", Relevanz),
            ("Realisierbarkeit", "realisierbarkeit", Realisierbarkeit),
        )
    ]


def _timeline(catalogue: Catalogue, about: Term | Category | None, pager: Pager) -> Page:
    """Evaluations over time: all, of a field of action, or of a product genus."""
    genus = about if isinstance(about, Category) else None
    field = about if isinstance(about, Term) else None
    key = f"gattung {genus.id}" if genus else field.value if field else ""
    where = f" · {genus.name if genus else field.label if field else ''}" if about else ""
    evaluations = cast("list[Bewertung]", catalogue.part("verlauf", key, pager.number))
    crumbs = [("Zeitleiste der Bewertungen", "zeitleiste/")] if about else []
    crumbs += [("Nach Produktgattung", TIMES)] if genus else []
    return page(
        pager.path(pager.number),
        f"Zeitleiste der Bewertungen{where}{pager.suffix}",
        "Wann was geprüft wurde und bis wann das Ergebnis gilt.",
        "zeitleiste.html",
        krumen=(*CRUMBS, *crumbs),
        wovon=where,
        feld=field,
        gattung=genus,
        felder=_counts(catalogue, "verlauf"),
        gattungen=bool(_evaluated(catalogue)),
        bild=timeline(evaluations, catalogue.day()) if evaluations else None,
        anzahl=catalogue.count("verlauf", key),
        seiten=pager,
        hoechstens=MOST,
    )


def _evaluated(catalogue: Catalogue) -> list[Category]:
    """The product genera of which there is an evaluation, by name."""
    found = (
        c for c in catalogue.categories.values() if catalogue.count("verlauf", f"gattung {c.id}")
    )
    return sorted(found, key=lambda c: (collation_key(c.name), c.id))


def _timelines_of_genera(catalogue: Catalogue) -> Iterator[PagePlan]:
    """A timeline for each product genus, and the pages that name them."""
    genera = _evaluated(catalogue)
    for pager in pagers(TIMES, len(genera), GENERA) if genera else ():
        yield plan(pager.path(pager.number), partial(_times, catalogue, pager))
    for genus in genera:
        count = min(catalogue.count("verlauf", f"gattung {genus.id}"), MOST)
        for pager in pagers(f"{TIMES}{genus.id}/", count, PARTS["verlauf"]):
            yield plan(pager.path(pager.number), partial(_timeline, catalogue, genus, pager))


def _times(catalogue: Catalogue, pager: Pager) -> Page:
    genera = _evaluated(catalogue)
    shown = pager.part(genera, GENERA)
    return page(
        pager.path(pager.number),
        f"Zeitleisten nach Produktgattung{pager.suffix}",
        "Wann welche Art von Produkten geprüft wurde.",
        "zeitleisten.html",
        krumen=(*CRUMBS, ("Zeitleiste der Bewertungen", "zeitleiste/")),
        gattungen=counted(
            catalogue, shown, "verlauf gattung ", "gilt gattung ", "angekuendigt gattung "
        ),
        seiten=pager,
    )


def _uses(catalogue: Catalogue) -> Iterator[PagePlan]:
    base = "einsatz/"
    genera = genera_with_solutions(catalogue)
    for pager in pagers(base, len(genera), GENERA):
        yield plan(pager.path(pager.number), partial(_genera, catalogue, pager))
    for genus in genera:
        count = min(catalogue.count("nutzung", genus.id), MOST)
        for pager in pagers(f"{base}{genus.id}/", count, PARTS["nutzung"]) if count else ():
            yield plan(pager.path(pager.number), partial(_use, catalogue, genus.id, pager))


def genera_with_solutions(catalogue: Catalogue) -> list[Category]:
    """The product genera of which there is a solution, by name."""
    found = (c for c in catalogue.categories.values() if catalogue.count("gattung", c.id))
    return sorted(found, key=lambda c: (collation_key(c.name), c.id))


def counted(
    catalogue: Catalogue, genera: Iterable[Category], *lists: str
) -> list[tuple[Category | int, ...]]:
    """Each genus with the lengths of some lists.  Those are named with what their keys begin with: after the
    space comes the genus."""
    places = [name.split(" ", 1) for name in lists]
    return [(g, *(catalogue.count(name, key + g.id) for name, key in places)) for g in genera]


def _genera(catalogue: Catalogue, pager: Pager) -> Page:
    genera = genera_with_solutions(catalogue)
    shown = pager.part(genera, GENERA)
    return page(
        pager.path(pager.number),
        f"Wer setzt was ein?{pager.suffix}",
        "Welche Kommune welche Lösung nutzt, erprobt, verworfen oder abgelöst hat.",
        "einsatz.html",
        gattungen=counted(catalogue, shown, "gattung ", "nutzung ", "gilt gattung "),
        seiten=pager,
    )


def _use(catalogue: Catalogue, genus: str, pager: Pager) -> Page:
    solutions = cast("list[Loesung]", catalogue.part("nutzung", genus, pager.number))
    evaluations = {s.id: catalogue.first_sources(s, "gegenstand", Bewertung)[0] for s in solutions}
    wanted = {use.organisation for s in solutions for use in s.im_einsatz}
    for evaluation in (e for found in evaluations.values() for e in found):
        wanted |= {*evaluation.durchgefuehrt_von, *(n.organisation for n in evaluation.nachnutzung)}
    found: dict[str, Record] = {}
    for ident in sorted(wanted):
        record = catalogue.get(ident)
        if record is not None and record.typ == "organisation":
            found[ident] = record
    category = catalogue.categories[genus]
    return page(
        pager.path(pager.number),
        f"Wer setzt was ein? {category.name}{pager.suffix}",
        f"Welche Kommune bei {category.name} was nutzt, erprobt, verworfen oder abgelöst hat.",
        "einsatz_gattung.html",
        krumen=(*CRUMBS, ("Wer setzt was ein?", "einsatz/")),
        gattung=category,
        bild=use_matrix(solutions, evaluations, found),
        bewertungen=evaluations,
        geprueft=catalogue.count("verlauf", f"gattung {genus}"),
        ohne=catalogue.count("gattung", genus) - catalogue.count("nutzung", genus),
        anzahl=catalogue.count("nutzung", genus),
        seiten=pager,
    )

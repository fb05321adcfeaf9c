"""The dashboard "Wirkung": what the records say about use and success, every figure with its list.

All figures are lengths of lists of the catalogue, so they cost what is shown; only the saved days are a
sum, over one list whose details hold the numbers.  What nobody has reported is told as unknown, never
as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import cast

from generator.catalogue.catalogue import Adoption, Catalogue
from generator.catalogue.reading import PARTS
from generator.pages.insights import CRUMBS, counted, genera_with_solutions, page, plan
from generator.pages.lists import Pager, pagers
from generator.pages.page import Page, PagePlan
from generator.pages.pictures.columns import columns, months_until
from generator.pages.pictures.dotmap import DotMap, dot_map
from generator.pages.record_pictures import own_municipalities
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.project_types import BestPractice, Projekt
from generator.records.vocabulary import GUELTIGKEIT, HANDLUNGSFELD, PRUEFSTATUS, VERDIKT

BASE = "wirkung/"
OWN_CRUMBS = (*CRUMBS, ("Wirkung", BASE))
MONTHS = 24
YEARS = 6
TOWNS = 12  # municipalities on one page
PROJECTS = 20  # projects without an evaluation that are named
GAPS = 40  # product genera on one page


@dataclass(frozen=True, slots=True)
class Saved:
    """Adoptions and the person-days that they report; `unknown` adoptions report none."""

    adoptions: int
    reported: int
    days: Decimal

    @property
    def unknown(self) -> int:
        return self.adoptions - self.reported


def impact_pages(catalogue: Catalogue) -> Iterator[PagePlan]:
    yield plan(BASE, lambda: _overview(catalogue))
    for pager in pagers(f"{BASE}uebernahmen/", catalogue.count("ersparnis"), PARTS["ersparnis"]):
        yield plan(pager.path(pager.number), partial(_adoptions, catalogue, pager))
    for pager in pagers(f"{BASE}abdeckung/", catalogue.count("ort", "kommune"), TOWNS):
        yield plan(pager.path(pager.number), partial(_coverage, catalogue, pager))
    for pager in pagers(f"{BASE}luecken/", len(genera_with_solutions(catalogue)), GAPS):
        yield plan(pager.path(pager.number), partial(_gaps, catalogue, pager))


def saved(details: Iterable[str]) -> Saved:
    """The sum over the details "number days" of adoptions; no days means not reported."""
    days = [detail.partition(" ")[2] for detail in details]
    reported = [Decimal(d) for d in days if d]
    return Saved(len(days), len(reported), sum(reported, Decimal(0)))


def _overview(catalogue: Catalogue) -> Page:
    months = months_until(catalogue.day(), MONTHS)
    grown = [
        (m, catalogue.count("monat", m), catalogue.count("monat", f"bewertung {m}")) for m in months
    ]
    return page(
        BASE,
        "Wirkung",
        "Was geprüft, übernommen und gespart wurde, und wo noch etwas fehlt.",
        "wirkung.html",
        bewertungen=catalogue.count("art", "bewertung"),
        stand=[(t, catalogue.count("pruefung", t.value)) for t in PRUEFSTATUS.terms],
        verdikte=[
            (
                t,
                catalogue.count("pruefung", t.value),
                [(g, catalogue.count("pruefung", f"{t.value} {g.value}")) for g in GUELTIGKEIT.terms],
            )
            for t in VERDIKT.terms
        ],
        jahre=years(catalogue),
        ersparnis=saved(detail for _, _, detail in catalogue.rows("ersparnis")),
        felder=[
            (
                t,
                catalogue.count("feldart", f"{t.value} projekt"),
                catalogue.count("feldart", f"{t.value} bewertung"),
                catalogue.count("gilt", f"feld {t.value}"),
                catalogue.count("angekuendigt", f"feld {t.value}"),
            )
            for t in HANDLUNGSFELD.terms
        ],
        gattungen=_open_genera(catalogue),
        saeulen=columns(grown),
        eintraege=sum(catalogue.count("art", typ) for typ in DATED),
    )  # fmt: skip


DATED = (
    "projekt", "ag-ergebnis", "bewertung", "best-practice", "kriterienkatalog", "loesung", "anbieter", "arbeitsgruppe",
)  # fmt: skip
"""Types whose records say when something was known; places and words only say when they were checked."""


def years(catalogue: Catalogue) -> list[tuple[int, int]]:
    """Evaluations by the year of their `stand`, newest first; the last row holds all older ones (year 0)."""
    total = catalogue.count("art", "bewertung")
    found = []
    for year in range(catalogue.day().year + 1, catalogue.day().year + 1 - YEARS, -1):
        months = (f"bewertung {year}-{month:02d}" for month in range(1, 13))
        found.append((year, sum(catalogue.count("monat", month) for month in months)))
    older = total - sum(count for _, count in found)
    while found and not found[0][1]:
        found.pop(0)
    while found and not older and not found[-1][1]:
        found.pop()
    return [*found, (0, older)] if older else found


def _open_genera(catalogue: Catalogue) -> tuple[int, int]:
    """How many product genera with solutions have a valid evaluation, and how many there are."""
    genera = genera_with_solutions(catalogue)
    return sum(1 for g in genera if catalogue.count("gilt", f"gattung {g.id}")), len(genera)


def _adoptions(catalogue: Catalogue, pager: Pager) -> Page:
    shown = []
    for _, ident, detail in catalogue.part_rows("ersparnis", "", pager.number):
        record = cast("Bewertung | BestPractice", catalogue.seen(ident))
        shown.append(Adoption(record, record.nachnutzung[int(detail.partition(" ")[0])]))
    return page(
        pager.path(pager.number),
        f"Gemeldete Übernahmen{pager.suffix}",
        "Wer welches Ergebnis übernommen und wie viel Aufwand das erspart hat.",
        "uebernahmen.html",
        krumen=OWN_CRUMBS,
        ersparnis=saved(detail for _, _, detail in catalogue.rows("ersparnis")),
        uebernahmen=shown,
        seiten=pager,
    )


def _coverage(catalogue: Catalogue, pager: Pager) -> Page:
    towns = catalogue.rows("ort", "kommune", sorts=True)
    shown = pager.part(towns, TOWNS)
    return page(
        pager.path(pager.number),
        f"Abdeckung nach Kommune und Handlungsfeld{pager.suffix}",
        "Welche Kommune in welchem Handlungsfeld geprüft oder ein Ergebnis übernommen hat.",
        "abdeckung.html",
        krumen=OWN_CRUMBS,
        kommunen=[
            (t, _covered(catalogue, t), _all_covered(catalogue, t))
            for t in (catalogue.seen(i) for _, i, _ in shown)
        ],
        felder=HANDLUNGSFELD.terms,
        anzahl=len(towns),
        karte=_coverage_map(catalogue) if pager.number == 1 else None,
        seiten=pager,
    )


def _coverage_map(catalogue: Catalogue) -> tuple[DotMap, dict[str, int]] | None:
    """Where evaluations were made or taken over: the map, and how many by municipality."""
    places, _ = own_municipalities(catalogue)
    counts = {place.id: _all_covered(catalogue, place) for place in places}
    picture = dot_map(places, dict.fromkeys(counts, "zahl"))
    return None if picture is None else (picture, counts)


def _all_covered(catalogue: Catalogue, town: Record) -> int:
    """The same in all fields; an evaluation that belongs to several counts once."""
    return sum(catalogue.count("abdeckung", ident) for ident in catalogue.ids_of(town))


def _covered(catalogue: Catalogue, town: Record) -> list[int]:
    """Evaluations that a municipality made or took over, by field of action."""
    return [
        sum(catalogue.count("abdeckung", f"{i} {t.value}") for i in catalogue.ids_of(town))
        for t in HANDLUNGSFELD.terms
    ]


def _gaps(catalogue: Catalogue, pager: Pager) -> Page:
    genera = genera_with_solutions(catalogue)
    shown = pager.part(genera, GAPS)
    return page(
        pager.path(pager.number),
        f"Offene Lücken{pager.suffix}",
        "Produktgattungen, Handlungsfelder und Projekte, zu denen es keine gültige Bewertung gibt.",
        "luecken.html",
        krumen=OWN_CRUMBS,
        gattungen=counted(
            catalogue, shown, "gattung ", "geprueft ", "gilt gattung ", "angekuendigt gattung "
        ),
        felder=[
            (
                t,
                catalogue.count("feldart", f"{t.value} bewertung"),
                catalogue.count("gilt", f"feld {t.value}"),
                catalogue.count("angekuendigt", f"feld {t.value}"),
            )
            for t in HANDLUNGSFELD.terms
        ],
        projekte=projects_without(catalogue) if pager.number == 1 else [],
        projekte_genannt=PROJECTS,
        seiten=pager,
    )


def projects_without(catalogue: Catalogue) -> list[Projekt]:
    """The first projects of the list that no evaluation is linked with, in either direction."""
    found: list[Projekt] = []
    for _, ident, _ in catalogue.rows("art", "projekt", sorts=True):
        project = cast(Projekt, catalogue.seen(ident))
        if project.status != "archiviert" and not _evaluated(catalogue, project):
            found.append(project)
            if len(found) == PROJECTS:
                break
    return found


def _evaluated(catalogue: Catalogue, project: Projekt) -> bool:
    if any(catalogue.count("von", f"{i} bezug bewertung") for i in catalogue.ids_of(project)):
        return True
    return any(catalogue.find(b.ziel, Bewertung) is not None for b in project.bezug)

"""The figures of "Wirkung" are the lengths of lists, sums show their parts, unknown is not zero."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.pages.impact import Saved, impact_pages, saved, years
from generator.pages.insights import insight_pages
from generator.pages.page import Page
from tests.helpers import Folder


def page(catalogue: Catalogue, path: str, pages: Callable[..., Any] = impact_pages) -> Page:
    made: Page = next(plan.make() for plan in pages(catalogue) if plan.path == path)
    return made


def test_unreported_days_are_unknown(folder: Folder) -> None:
    folder.add("organisation", "ort", art="kommune")
    taken = [
        {"organisation": "ort", "ersparte_personentage": "7.5"},
        {"organisation": "kreis-muster", "ersparte_personentage": "0"},
        {"organisation": "ort"},
    ]
    folder.add("bewertung", "b", nachnutzung=taken)
    folder.add("best-practice", "x", nachnutzung=taken[:1])
    shown = page(folder.catalogue(), "wirkung/").context["ersparnis"]
    assert shown == Saved(adoptions=4, reported=3, days=Decimal(15))
    assert shown.unknown == 1
    assert saved([]) == Saved(0, 0, Decimal(0))


def test_every_adoption_is_listed(folder: Folder) -> None:
    folder.add("bewertung", "b", nachnutzung=[{"organisation": "kreis-muster", "ersparte_personentage": "3"}, {"organisation": "kreis-muster"}])  # fmt: skip
    rows = page(folder.catalogue(), "wirkung/uebernahmen/").context["uebernahmen"]
    assert [(r.record.id, r.entry.ersparte_personentage) for r in rows] == [("b", 3), ("b", None)]


def test_verdicts_add_up_to_the_finished_evaluations(folder: Folder) -> None:
    folder.add("bewertung", "gilt")
    folder.add("bewertung", "alt", einsatzzweck="Archiv", verdikt="nicht_empfohlen", gueltig_bis="2026-04-30")  # fmt: skip
    open_ = {"verdikt": None, "verdikt_begruendung": None, "gueltig_bis": None}
    folder.add("bewertung", "offen", einsatzzweck="Bauamt", pruefstatus="geplant", **open_)
    context = page(folder.catalogue(), "wirkung/").context
    assert {t.value: n for t, n in context["stand"] if n} == {"abgeschlossen": 2, "geplant": 1}
    verdicts = {t.value: (n, {g.value: m for g, m in by if m}) for t, n, by in context["verdikte"] if n}  # fmt: skip
    assert verdicts == {
        "empfohlen": (1, {"gueltig": 1}),
        "nicht_empfohlen": (1, {"abgelaufen": 1}),
    }
    for count, by in verdicts.values():
        assert count == sum(by.values())


def test_years_hold_every_evaluation_once(folder: Folder) -> None:
    for n, day in enumerate(("2026-03-31", "2025-01-01", "2001-01-01")):
        folder.add("bewertung", f"b{n}", stand=day, einsatzzweck=f"Zweck {n}")
    counted = years(folder.catalogue())
    assert counted[0] == (2026, 1)
    assert counted[1] == (2025, 1)
    assert counted[-1] == (0, 1)
    assert sum(n for _, n in counted) == 3


def test_coverage_counts_own_and_adopted_evaluations(folder: Folder) -> None:
    folder.add("organisation", "ort", art="kommune", frueher=["dorf"])
    folder.add("bewertung", "a", durchgefuehrt_von=["dorf"], handlungsfeld=["mobilitaet"])
    folder.add("bewertung", "b", einsatzzweck="Bauamt", handlungsfeld=["mobilitaet", "verwaltung"], nachnutzung=[{"organisation": "ort"}])  # fmt: skip
    context = page(folder.catalogue(), "wirkung/abdeckung/").context
    ((town, counts, total),) = context["kommunen"]
    covered = {t.value: n for t, n in zip(context["felder"], counts, strict=True) if n}
    assert (town.id, covered, total) == ("ort", {"verwaltung": 1, "mobilitaet": 2}, 2)
    assert context["karte"] is None, "nobody knows where it lies"


def test_gaps_close_with_a_valid_evaluation_only(folder: Folder) -> None:
    folder.add("loesung", "alpha")
    folder.add("projekt", "geprueft")
    folder.add("projekt", "offen")
    folder.add("bewertung", "alt", gegenstand="alpha", gueltig_bis="2026-04-30", bezug=[{"art": "umsetzt", "ziel": "geprueft"}])  # fmt: skip
    context = page(folder.catalogue(), "wirkung/luecken/").context
    assert [row[1:] for row in context["gattungen"]] == [(1, 1, 0, 0)]
    assert [p.id for p in context["projekte"]] == ["offen"]
    folder.add("bewertung", "neu", gegenstand="alpha", ersetzt=["alt"])
    context = page(folder.catalogue(), "wirkung/luecken/").context
    assert [row[1:] for row in context["gattungen"]] == [(1, 2, 1, 0)]


def test_pages_of_uses_only_where_there_are_uses(folder: Folder) -> None:
    folder.add("loesung", "alpha")
    paths = {plan.path for plan in insight_pages(folder.catalogue())}
    assert "einsatz/" in paths
    assert "einsatz/terminvergabe/" not in paths
    folder.add("organisation", "ort", art="kommune")
    folder.add("loesung", "beta", im_einsatz=[{"organisation": "ort", "status": "genutzt"}])
    made = page(folder.catalogue(), "einsatz/terminvergabe/", insight_pages)
    assert [s.id for _, s in made.context["bild"].solutions] == ["beta"]
    assert made.context["ohne"] == 1


def test_the_timeline_of_a_product_genus_holds_its_evaluations_only(folder: Folder) -> None:
    folder.file(
        "kategorien.yml", "- id: terminvergabe\n  name: Termine\n- id: e-akte\n  name: Akte\n"
    )
    folder.add("loesung", "kalender")
    folder.add("loesung", "ordner", kategorie="e-akte")
    folder.add("bewertung", "alt", gegenstand="kalender", stand="2024-01-01", einsatzzweck="A")
    folder.add("bewertung", "neu", gegenstand="kalender", stand="2026-01-01", einsatzzweck="B")
    folder.add("bewertung", "akte", gegenstand="ordner")
    folder.add("bewertung", "frei", gegenstand="Etwas ohne Gattung")
    catalogue = folder.catalogue()
    shown = page(catalogue, "zeitleiste/gattung/terminvergabe/", insight_pages)
    assert [bar.record.id for bar in shown.context["bild"].bars] == ["neu", "alt"]
    assert shown.title == "Zeitleiste der Bewertungen · Termine"
    listed = page(catalogue, "zeitleiste/gattung/", insight_pages).context["gattungen"]
    assert [(g.id, n) for g, n, *_ in listed] == [("e-akte", 1), ("terminvergabe", 2)]
    everything = page(catalogue, "zeitleiste/", insight_pages).context["bild"].bars
    assert len(everything) == 4

"""The page for people who want the data: which files there are, what stands in them, what one may rely on."""

from __future__ import annotations

from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.exports.api import COLUMNS
from generator.pages.page import Page
from generator.records.types import TYPES

PATH = "api/"

# Fields of a record in the API that no file of the content holds.
DERIVED = (
    ("id", "Kennung des Eintrags; sie bleibt für immer."),
    ("url", "Adresse der Seite, unterhalb der Startseite des Wikis."),
    ("gueltigkeit", "gueltig, bald_zu_pruefen, abgelaufen oder ersetzt, am Tag des Baus."),
    ("gueltigkeit_bis", "Letzter Tag, an dem die Angaben gelten."),
    ("nutzwert", "Σ Gewicht × Punkte ÷ 100, von 0 bis 10; leer, wenn es keine Punkte gibt."),
    ("ausgeschlossen", "Ein Ausschlusskriterium ist nicht erfüllt; dann zählt der Nutzwert nicht."),
    ("ersetzt_durch", "Kennung des neueren Eintrags."),
)


def api_page(catalogue: Catalogue) -> Page:
    """What the wiki offers to programs."""
    kinds: list[tuple[str, Any, int]] = [
        (t, m, catalogue.count("art", t)) for t, m in TYPES.items()
    ]
    used = next((typ for typ, _, count in kinds if count), None)
    example = catalogue.part("art", used)[0] if used else None
    return Page(
        path=PATH,
        kind="api",
        area="mitmachen/",
        title="Daten und Schnittstelle",
        description="Alle Einträge als JSON und CSV, mit Schemas: für Auswertungen und andere Programme.",
        template="api.html",
        context={
            "arten": kinds,
            "anzahl": sum(count for _, _, count in kinds),
            "beispiel": example.id if example else None,
            "abgeleitet": DERIVED,
            "spalten": COLUMNS,
            "krumen": (("Start", ""), ("Mitmachen", "mitmachen/")),
        },
    )

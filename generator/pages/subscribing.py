"""The page that says what can be subscribed to, and how."""

from __future__ import annotations

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.subscriptions import (
    DUE,
    EVERYTHING,
    NEWS,
    field_subscription,
    record_subscription,
)
from generator.pages.lists import CRUMB_START
from generator.pages.page import Page
from generator.pages.record_pictures import own_municipalities
from generator.records.vocabulary import HANDLUNGSFELD

PATH, AREA = "abonnieren/", "neu/"
PLACES, COUNTIES, GROUPS = 24, 3, 8  # that are named; the others' links stand on their pages


def subscribing_page(catalogue: Catalogue) -> Page:
    places, all_places = own_municipalities(catalogue)
    places = places[:PLACES]
    counties = catalogue.part("ort", "kreis")[:COUNTIES]
    groups = catalogue.part("art", "arbeitsgruppe")[:GROUPS]
    fields = [(field_subscription(t.value), t.label) for t in HANDLUNGSFELD.terms]
    return Page(
        path=PATH,
        kind="liste",
        area=AREA,
        title="Abonnieren",
        description="Kalender mit fälligen Prüfungen und Feeds mit Neuem: für alles, ein Handlungsfeld, eine Arbeitsgruppe "
        "oder eine Kommune.",
        template="abonnieren.html",
        context={
            "alles": EVERYTHING,
            "gruppen": [
                ("Nach Handlungsfeld", fields, 0, "handlungsfelder/"),
                (
                    "Nach Kommune",
                    [(record_subscription("organisationen", o.id), o.titel) for o in (*places, *counties)],
                    all_places - len(places) + catalogue.count("ort", "kreis") - len(counties),
                    "organisationen/",
                ),
                (
                    "Nach Arbeitsgruppe",
                    [(record_subscription("arbeitsgruppen", g.id), g.titel) for g in groups],
                    catalogue.count("art", "arbeitsgruppe") - len(groups),
                    "arbeitsgruppen/",
                ),
            ],
            "neueste": NEWS,
            "termine": DUE,
            "krumen": (CRUMB_START,),
        },
    )  # fmt: skip

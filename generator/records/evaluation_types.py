"""Evaluations and the catalogues of criteria they use: their rows of the field table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import model_validator

from generator.records.common import (
    Kennung,
    Nachnutzung,
    Organisationsverweis,
    Record,
    Titel,
)
from generator.records.fields import (
    Datum,
    Dezimal,
    Eintrag,
    JaNein,
    Markdown,
    Spanne,
    Text,
    Zeitpunkt,
    feld,
)
from generator.records.value_rules import NumberRule, ReferenceRule, VocabularyRule
from generator.records.vocabulary import (
    GROESSENKLASSE,
    METHODE,
    PRUEFSTATUS,
    VERDIKT,
)

Texte = tuple[Text, ...]
Gewicht = Annotated[Decimal, NumberRule(low=0, high=100)]


class Zeitraum(Eintrag):
    """From … to …"""

    schreibweise = "2026-01 bis 2026-03"

    von: Zeitpunkt = feld("von", "Beginn.", "2026-01", required=True)
    bis: Zeitpunkt | None = feld("bis", "Ende.", "2026-03")

    @model_validator(mode="before")
    @classmethod
    def _single(cls, value: object) -> object:
        if isinstance(value, str):
            value = re.split(r"\sbis\s|[–/]|\s-\s", value, maxsplit=1)
        if isinstance(value, list | tuple) and len(value) in (1, 2):
            return {"von": value[0], "bis": value[-1]}
        return value


class Ausschlusskriterium(Eintrag):
    """A condition without which nothing is recommended."""

    text: Text = feld(
        "Text", "Was zwingend erfüllt sein muss.", "Daten bleiben in der EU", required=True
    )
    erfuellt: JaNein = feld("Erfüllt", "ja oder nein.", "ja", required=True)
    nachweis: Text | None = feld(
        "Nachweis", "Womit es belegt ist.", "Vertrag zur Auftragsverarbeitung"
    )


class Kriterium(Eintrag):
    """The points of one criterion, with their reason."""

    id: Kennung = feld(
        "Kennung", "Kennung aus dem Kriterienkatalog.", "bedienbarkeit", required=True
    )
    gewicht: Gewicht | None = feld(
        "Gewicht", "Anteil in Prozent; sonst gilt das des Katalogs.", "25"
    )
    punkte: Annotated[Decimal, NumberRule(low=0, high=10)] = feld(
        "Punkte", "0 (ungenügend) bis 10 (hervorragend).", "8", required=True
    )
    begruendung: Text | None = feld("Begründung", "Warum so viele Punkte.", "Kurze Einarbeitung")
    nachweis: Text | None = feld("Nachweis", "Womit es belegt ist.", "Test mit acht Beschäftigten")


class Kosten(Eintrag):
    """Costs in euros: an amount or a range, always with its basis."""

    einmalig: Spanne | None = feld(
        "Einmalig", "Einmalige Kosten in Euro.", {"von": "1000", "bis": "2000"}
    )
    laufend_jahr: Spanne | None = feld(
        "Laufend je Jahr", "Kosten je Jahr in Euro.", {"von": "500", "bis": "800"}
    )
    basis: Text | None = feld("Basis", "Woher die Zahlen kommen.", "öffentliche Preisliste 2026")
    bezugsgroesse: Text | None = feld(
        "Bezugsgröße",
        "Worauf sich die Zahlen beziehen; eine Zahl von Einwohnern oder Arbeitsplätzen lässt sich umrechnen.",
        "Kommune mit 10.000 Einwohnern",
    )


class Wiedervorlage(Eintrag):
    """What would make us look again."""

    kurzform: ClassVar[str | None] = "ausloeser"
    ausloeser: Text = feld("Auslöser", "Was die Bewertung ändern würde.", "Kosten", required=True)
    schwelle: Text | None = feld("Schwelle", "Ab wann.", "unter 5.000 Euro je Jahr")


class Votum(Eintrag):
    """A dissenting opinion."""

    kurzform: ClassVar[str | None] = "text"
    text: Text = feld(
        "Votum",
        "Die abweichende Meinung und ihr Grund.",
        "Für Städte mit Außenstellen lohnt es sich.",
        required=True,
    )
    organisation: Organisationsverweis | None = feld(
        "Organisation", "Wer so gestimmt hat.", "rheine"
    )


class Bewertung(Record):
    """An evaluation: planned, running, finished or given up."""

    ordner = "bewertungen"
    einzahl, mehrzahl = "Bewertung", "Bewertungen"
    beschreibung = "Die Prüfung einer Lösung oder eines Bedarfs, auch geplant oder mit Absage."
    pruefabstand_monate = 12

    gegenstand: Annotated[str, ReferenceRule(("loesung",), free=True)] = feld(
        "Gegenstand",
        "Kennung der Lösung oder der Bedarf in Worten.",
        "Digitale Terminals",
        required=True,
    )
    bedarf: Text = feld(
        "Bedarf",
        "Welches Problem gelöst werden soll, in einfachen Worten.",
        "Bürgerinnen und Bürger sollen Anträge auch abends stellen können.",
        required=True,
    )
    einsatzzweck: Text = feld(
        "Einsatzzweck", "Wofür genau bewertet wurde.", "Terminvergabe im Bürgerbüro", required=True
    )
    pruefstatus: Annotated[str, VocabularyRule(PRUEFSTATUS)] = feld(
        "Prüfstatus",
        "Wie weit die Prüfung ist.",
        "abgeschlossen",
        required=True,
        facet=True,
        column=True,
    )
    verdikt: Annotated[str, VocabularyRule(VERDIKT)] | None = feld(
        "Verdikt",
        "Das Ergebnis; Pflicht, wenn die Prüfung abgeschlossen ist.",
        "empfohlen",
        facet=True,
        column=True,
    )
    verdikt_begruendung: Markdown | None = feld(
        "Begründung", "Warum dieses Ergebnis.", "Die Lösung erfüllt alle Muss-Kriterien."
    )
    methode: Annotated[str, VocabularyRule(METHODE)] = feld(
        "Methode", "Wie geprüft wurde.", "nutzwertanalyse", required=True, facet=True, column=True
    )
    durchgefuehrt_von: tuple[
        Annotated[str, ReferenceRule(("organisation", "arbeitsgruppe"))], ...
    ] = feld(
        "Durchgeführt von",
        "Organisationen oder Arbeitsgruppen.",
        ["ag-ki"],
        required=True,
        facet=True,
        column=True,
    )
    zeitraum: Zeitraum | None = feld(
        "Zeitraum", "Wann geprüft wurde.", {"von": "2026-01", "bis": "2026-03"}
    )
    aufwand_personentage: Dezimal | None = feld(
        "Aufwand", "Aufwand der Prüfung in Personentagen.", "12", column=True
    )
    groessenklassen: tuple[Annotated[str, VocabularyRule(GROESSENKLASSE)], ...] = feld(
        "Größenklassen",
        "Für welche Kommunen das Ergebnis gilt.",
        ["gk6", "gk7"],
        default=(),
        facet=True,
        column=True,
    )
    rahmenbedingungen: Markdown | None = feld(
        "Rahmenbedingungen",
        "Unter welchen Bedingungen.",
        "Betrieb beim kommunalen IT-Dienstleister.",
    )
    ausschlusskriterien: tuple[Ausschlusskriterium, ...] = feld(
        "Ausschlusskriterien",
        "Was zwingend erfüllt sein muss.",
        [{"text": "Daten bleiben in der EU", "erfuellt": "ja"}],
        default=(),
    )
    kriterienkatalog: Annotated[str, ReferenceRule(("kriterienkatalog",))] | None = feld(
        "Kriterienkatalog", "Kennung des Katalogs, aus dem die Kriterien stammen.", "online-dienste"
    )
    kriterien: tuple[Kriterium, ...] = feld(
        "Kriterien",
        "Punkte je Kriterium mit Begründung.",
        [{"id": "bedienbarkeit", "gewicht": "100", "punkte": "8"}],
        default=(),
    )
    kosten: Kosten | None = feld(
        "Kosten",
        "Kosten mit Basis; niemals aus Angeboten.",
        {"einmalig": "1000 bis 2000", "basis": "öffentliche Preisliste"},
    )
    gueltig_bis: Datum | None = feld(
        "Gültig bis",
        "Bis wann das Ergebnis gilt; Pflicht, wenn die Prüfung abgeschlossen ist.",
        "2027-12-31",
        column=True,
    )
    annahmen: Texte = feld(
        "Annahmen", "Worauf das Ergebnis beruht.", ["Preise bleiben stabil"], default=()
    )
    wiedervorlage: tuple[Wiedervorlage, ...] = feld(
        "Was das Ergebnis ändern würde",
        "Auslöser für eine neue Prüfung.",
        [{"ausloeser": "Kosten", "schwelle": "unter 5.000 Euro je Jahr"}],
        default=(),
    )
    abweichende_voten: tuple[Votum, ...] = feld(
        "Abweichende Voten",
        "Andere Meinungen und ihre Gründe.",
        ["Für Außenstellen lohnt es sich."],
        default=(),
    )
    ersetzt: tuple[Annotated[str, ReferenceRule(("bewertung",))], ...] = feld(
        "Ersetzt", "Ältere Bewertungen, die diese ablöst.", ["terminbuchung-2022"], default=()
    )
    doppelt_weil: Text | None = feld(
        "Warum noch eine Bewertung",
        "Grund, wenn es für denselben Zweck schon eine gültige gibt.",
        "andere Größenklasse",
    )
    nachnutzung: tuple[Nachnutzung, ...] = feld(
        "Nachnutzung", "Wer das Ergebnis übernommen hat.", [{"organisation": "rheine"}], default=()
    )


class Katalogkriterium(Eintrag):
    """A criterion with its usual weight."""

    id: Kennung = feld("Kennung", "Kurze Kennung.", "bedienbarkeit", required=True)
    name: Titel = feld("Name", "Name des Kriteriums.", "Bedienbarkeit", required=True)
    beschreibung: Text | None = feld(
        "Beschreibung", "Was damit gemeint ist.", "Ohne Schulung nutzbar"
    )
    gewicht: Gewicht = feld("Gewicht", "Anteil in Prozent; zusammen 100.", "25", required=True)


class Kriterienkatalog(Record):
    """A reusable set of criteria."""

    ordner = "kriterienkataloge"
    einzahl, mehrzahl = "Kriterienkatalog", "Kriterienkataloge"
    beschreibung = "Kriterien und Gewichte, nach denen bewertet wird."

    kriterien: tuple[Katalogkriterium, ...] = feld(
        "Kriterien",
        "Kriterien mit Gewicht, zusammen 100.",
        [{"id": "bedienbarkeit", "name": "Bedienbarkeit", "gewicht": "100"}],
        required=True,
    )
    ausschlusskriterien: Texte = feld(
        "Ausschlusskriterien",
        "Was zwingend erfüllt sein muss.",
        ["Daten bleiben in der EU"],
        default=(),
    )

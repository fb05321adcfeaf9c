"""Projects, working groups, their results and good practice: their rows of the field table."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import model_validator

from generator.records.common import (
    Nachnutzung,
    Organisationsverweis,
    Record,
    Titel,
)
from generator.records.fields import Eintrag, JaNein, Markdown, Text, Zeitpunkt, feld
from generator.records.value_rules import NumberRule, ReferenceRule, VocabularyRule
from generator.records.vocabulary import (
    EINSTUFUNG,
    PROJEKTSTATUS,
)

Stufe = Annotated[int, NumberRule(low=1, high=4, whole=True)]
Texte = tuple[Text, ...]


class Relevanz(Eintrag):
    """The strategy's five criteria of relevance, 1 (low) to 4 (high)."""

    bedarf: Stufe | None = feld("Bedarf", "Wie groß der Bedarf ist, 1 bis 4.", "4")
    mehrwert: Stufe | None = feld("Mehrwert", "Wie groß der Nutzen ist, 1 bis 4.", "3")
    reichweite: Stufe | None = feld("Reichweite", "Wie viele es erreicht, 1 bis 4.", "3")
    uebertragbarkeit: Stufe | None = feld(
        "Interkommunale Übertragbarkeit", "Wie leicht andere es übernehmen, 1 bis 4.", "4"
    )
    visionsbezug: Stufe | None = feld("Visionsbezug", "Wie gut es zur Vision passt, 1 bis 4.", "3")


class Realisierbarkeit(Eintrag):
    """The strategy's five criteria of feasibility, 1 (hard) to 4 (easy)."""

    schwierigkeiten: Stufe | None = feld("Schwierigkeiten", "4 = kaum Schwierigkeiten.", "3")
    netzwerk: Stufe | None = feld("Netzwerk", "4 = alle Partner sind da.", "3")
    kosten: Stufe | None = feld("Kosten", "4 = geringe Kosten.", "2")
    voraussetzungen: Stufe | None = feld("Voraussetzungen", "4 = alle sind erfüllt.", "3")
    referenzen: Stufe | None = feld("Referenzen", "4 = viele Vorbilder.", "2")


class Meilenstein(Eintrag):
    """A dated step of a project."""

    titel: Titel = feld("Titel", "Was erreicht werden soll.", "Auftaktworkshop", required=True)
    datum: Zeitpunkt = feld("Datum", "Wann.", "2023-11", required=True)
    erreicht: JaNein | None = feld("Erreicht", "ja oder nein.", "ja")


class Kennzahl(Eintrag):
    """A figure that shows success."""

    kurzform: ClassVar[str | None] = "name"
    name: Text = feld("Name", "Was gezählt wird.", "Gebuchte Termine", required=True)
    wert: Text | None = feld("Wert", "Der gemessene Wert.", "1200")
    einheit: Text | None = feld("Einheit", "Einheit und Bezug.", "je Monat")
    stand: Zeitpunkt | None = feld("Stand", "Wann gemessen.", "2026-01")

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, value: object) -> object:
        """`Gebuchte Termine: 1200`, as one would write it in a list."""
        if isinstance(value, dict) and len(value) == 1 and not set(value) & set(cls.model_fields):
            return dict(zip(("name", "wert"), next(iter(value.items())), strict=True))
        return value


class Projekt(Record):
    """A project of the strategy, or another one of the region."""

    ordner = "projekte"
    einzahl, mehrzahl = "Projekt", "Projekte"
    beschreibung = "Ein Vorhaben mit Ziel, Zielgruppen und Stand."
    pruefabstand_monate = 12

    leitgedanke: Titel | None = feld("Leitgedanke", "Das Motto des Projekts.", "EINFALLSREICH SEIN")
    einstufung: Annotated[str, VocabularyRule(EINSTUFUNG)] = feld(
        "Einstufung",
        "Rang in der Strategie.",
        "leitprojekt",
        required=True,
        facet=True,
        column=True,
    )
    projektstatus: Annotated[str, VocabularyRule(PROJEKTSTATUS)] = feld(
        "Projektstatus",
        "Wie weit das Projekt ist.",
        "in_umsetzung",
        required=True,
        facet=True,
        column=True,
    )
    zielgruppen: Texte = feld(
        "Zielgruppen", "Für wen das Projekt da ist.", ["Verwaltungen"], default=()
    )
    mehrwerte: Texte = feld("Mehrwerte", "Was es bringt.", ["kürzere Wege"], default=())
    beteiligte: tuple[Organisationsverweis, ...] = feld(
        "Beteiligte", "Beteiligte Organisationen.", ["kreis-steinfurt"], default=()
    )
    relevanz: Relevanz | None = feld(
        "Relevanz", "Bewertung nach fünf Kriterien, 1 bis 4.", {"bedarf": "4", "mehrwert": "3"}
    )
    realisierbarkeit: Realisierbarkeit | None = feld(
        "Realisierbarkeit",
        "Bewertung nach fünf Kriterien, 1 bis 4.",
        {"schwierigkeiten": "3", "kosten": "2"},
    )
    meilensteine: tuple[Meilenstein, ...] = feld(
        "Meilensteine", "Datierte Schritte.", [{"titel": "Auftakt", "datum": "2023-11"}], default=()
    )
    foerderung: Text | None = feld(
        "Förderung", "Förderprogramm und Laufzeit.", "Landesförderung bis 2027"
    )
    kennzahlen: tuple[Kennzahl, ...] = feld(
        "Kennzahlen", "Woran man den Erfolg misst.", [{"name": "Gebuchte Termine"}], default=()
    )


class Option(Eintrag):
    """One of the ways that a working group considered."""

    kurzform: ClassVar[str | None] = "titel"
    titel: Text = feld("Titel", "Der betrachtete Weg.", "Gemeinsame Beschaffung", required=True)
    beschreibung: Text | None = feld("Beschreibung", "Worum es dabei geht.", "…")
    verworfen_weil: Text | None = feld(
        "Verworfen, weil", "Grund, falls nicht gewählt.", "zu hohe Kosten"
    )


class AgErgebnis(Record):
    """What a working group found out or decided."""

    ordner = "ag-ergebnisse"
    einzahl, mehrzahl = "AG-Ergebnis", "AG-Ergebnisse"
    beschreibung = "Was eine Arbeitsgruppe herausgefunden oder entschieden hat."

    arbeitsgruppe: Annotated[str, ReferenceRule(("arbeitsgruppe",))] = feld(
        "Arbeitsgruppe",
        "Kennung der Arbeitsgruppe.",
        "ag-ki",
        required=True,
        facet=True,
        column=True,
    )
    fragestellung: Text = feld(
        "Fragestellung",
        "Welche Frage die AG beantwortet.",
        "Lohnt sich ein gemeinsamer Chatbot?",
        required=True,
    )
    datum: Zeitpunkt = feld(
        "Datum", "Wann das Ergebnis feststand.", "2025-07", required=True, column=True
    )
    ergebnis: Markdown = feld("Ergebnis", "Was herauskam.", "Die AG …", required=True)
    entscheidung: Markdown | None = feld(
        "Entscheidung", "Was entschieden wurde.", "Nicht beschaffen."
    )
    begruendung: Markdown | None = feld("Begründung", "Warum.", "Die Kosten sind zu hoch.")
    optionen: tuple[Option, ...] = feld(
        "Optionen",
        "Welche Wege betrachtet wurden.",
        [{"titel": "Gemeinsame Beschaffung"}],
        default=(),
    )
    offene_punkte: Texte = feld(
        "Offene Punkte", "Was noch zu klären ist.", ["Datenschutz"], default=()
    )
    naechste_schritte: Texte = feld(
        "Nächste Schritte", "Wie es weitergeht.", ["Markt sichten"], default=()
    )
    teilnehmende: tuple[Organisationsverweis, ...] = feld(
        "Teilnehmende", "Teilnehmende Organisationen.", ["kaaw"], default=()
    )


class BestPractice(Record):
    """An experience that others can use."""

    ordner = "best-practices"
    einzahl, mehrzahl = "Best Practice", "Best Practices"
    beschreibung = "Ein Vorgehen, das sich bewährt hat, mit seinen Stolpersteinen."

    ausgangslage: Markdown = feld(
        "Ausgangslage", "Wie es vorher war.", "Jede Kommune …", required=True
    )
    vorgehen: Markdown = feld("Vorgehen", "Was gemacht wurde.", "Zwölf Kommunen …", required=True)
    aufwand: Text | None = feld("Aufwand", "Zeit, Geld, Menschen.", "zwei Workshops")
    ergebnis: Markdown | None = feld("Ergebnis", "Was herauskam.", "Eine gemeinsame Plattform.")
    lessons_learned: Texte = feld(
        "Gelernt", "Was man daraus lernt.", ["früh beteiligen"], default=()
    )
    stolpersteine: Texte = feld(
        "Stolpersteine", "Was schwierig war.", ["fehlende Zeit"], default=()
    )
    voraussetzungen: Texte = feld(
        "Voraussetzungen", "Was es braucht.", ["Rückendeckung"], default=()
    )
    uebertragbarkeit: Markdown | None = feld(
        "Übertragbarkeit", "Für wen es passt.", "Für alle Größenklassen."
    )
    nachnutzung: tuple[Nachnutzung, ...] = feld(
        "Nachnutzung", "Wer es übernommen hat.", [{"organisation": "rheine"}], default=()
    )


class Arbeitsgruppe(Record):
    """A working group."""

    ordner = "arbeitsgruppen"
    einzahl, mehrzahl = "Arbeitsgruppe", "Arbeitsgruppen"
    beschreibung = "Ein Kreis von Verwaltungen, der gemeinsam an einem Thema arbeitet."
    pruefabstand_monate = 12

    auftrag: Markdown = feld("Auftrag", "Wofür die Gruppe da ist.", "Die AG prüft …", required=True)
    seit: Zeitpunkt | None = feld("seit", "Seit wann es sie gibt.", "2024", column=True)
    mitglieder: tuple[Organisationsverweis, ...] = feld(
        "Mitglieder", "Organisationen in der Gruppe.", ["kaaw"], default=()
    )
    rhythmus: Text | None = feld("Rhythmus", "Wie oft sie tagt.", "vierteljährlich")

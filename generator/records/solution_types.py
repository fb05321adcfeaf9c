"""Solutions, vendors, organisations and glossary terms: their rows of the field table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import model_validator

from generator.records.common import (
    Kennung,
    Kurztext,
    Note,
    Organisationsverweis,
    Record,
    Titel,
)
from generator.records.fields import Anzahl, Eintrag, Markdown, Text, Weblink, Zeitpunkt, feld
from generator.records.sizes import size_of_municipality
from generator.records.value_rules import (
    DetailsRule,
    NumberRule,
    PatternRule,
    ReferenceRule,
    VocabularyRule,
)
from generator.records.vocabulary import (
    BETRIEBSMODELL,
    EINSATZSTATUS,
    ORGANISATIONSART,
)

Texte = tuple[Text, ...]


class Nachnutzbar(Eintrag):
    """Something that others may take over."""

    kurzform: ClassVar[str | None] = "art"
    art: Text = feld("Art", "Was übernommen werden darf.", "Leistungsbeschreibung", required=True)
    rechte: Text | None = feld("Rechte", "Unter welchen Bedingungen.", "frei für Kommunen")
    bis: Zeitpunkt | None = feld("bis", "Bis wann.", "2028")


class Einsatz(Eintrag):
    """Use of a solution by one organisation."""

    organisation: Organisationsverweis = feld(
        "Organisation", "Wer sie einsetzt.", "rheine", required=True
    )
    seit: Zeitpunkt | None = feld("seit", "Seit wann.", "2024-05")
    bis: Zeitpunkt | None = feld("bis", "Bis wann.", "2026")
    status: Annotated[str, VocabularyRule(EINSATZSTATUS)] | None = feld(
        "Status", "Wie sie eingesetzt wird.", "genutzt"
    )
    zufriedenheit: Note | None = feld("Zufriedenheit", "1 (gering) bis 5 (hoch).", "4")
    einfuehrungsstrategie: Text | None = feld(
        "Einführung", "Wie eingeführt wurde.", "Amt für Amt, beginnend mit dem Bürgerbüro"
    )


DATENSCHUTZ = DetailsRule(
    (
        ("avv", "Auftragsverarbeitung"),
        ("dsfa", "Datenschutz-Folgenabschätzung"),
        ("rechtsgrundlage", "Rechtsgrundlage"),
        ("speicherort", "Speicherort"),
        ("loeschkonzept", "Löschkonzept"),
    )
)
SICHERHEIT = DetailsRule(
    (
        ("bsi_grundschutz", "BSI IT-Grundschutz"),
        ("zertifikate", "Zertifikate"),
        ("pentest", "Penetrationstest"),
        ("verschluesselung", "Verschlüsselung"),
        ("notfallkonzept", "Notfallkonzept"),
    )
)
BARRIEREFREIHEIT = DetailsRule(
    (
        ("bitv_pruefbericht", "BITV-Prüfbericht"),
        ("pruefdatum", "Geprüft am"),
        ("ergebnis", "Ergebnis"),
        ("erklaerung_url", "Erklärung"),
    )
)
SOUVERAENITAET = DetailsRule(
    (
        ("offene_standards", "Offene Standards"),
        ("datenexport", "Datenexport"),
        ("ausstiegsstrategie", "Ausstieg"),
        ("quelloffen", "Quelloffen"),
        ("abhaengigkeiten", "Abhängigkeiten"),
    )
)
EFA = DetailsRule(
    (
        ("leistung", "Leistung"),
        ("federfuehrung", "Federführung"),
        ("nachnutzungsmodell", "Nachnutzungsmodell"),
        ("reifegrad", "Reifegrad"),
    )
)


class Loesung(Record):
    """A product or service."""

    ordner = "loesungen"
    einzahl, mehrzahl = "Lösung", "Lösungen"
    beschreibung = "Ein Produkt oder Dienst und wer ihn einsetzt."
    pruefabstand_monate = 12

    anbieter: Annotated[str, ReferenceRule(("anbieter",))] | None = feld(
        "Anbieter", "Kennung des Anbieters.", "beispiel-gmbh", facet=True, column=True
    )
    kategorie: Kennung = feld(
        "Kategorie",
        "Produktgattung aus kategorien.yml.",
        "terminvergabe",
        required=True,
        facet=True,
        column=True,
    )
    betriebsmodell: tuple[Annotated[str, VocabularyRule(BETRIEBSMODELL)], ...] = feld(
        "Betriebsmodell",
        "Wie die Lösung betrieben werden kann.",
        ["saas_de"],
        default=(),
        facet=True,
        column=True,
    )
    lizenzmodell: Text | None = feld(
        "Lizenzmodell", "Wie lizenziert wird.", "Open Source", facet=True, column=True
    )
    spdx: Text | None = feld("SPDX-Kennung", "Lizenz des Quelltextes.", "EUPL-1.2")
    quellcode_url: Weblink | None = feld(
        "Quelltext", "Adresse des Quelltextes.", "https://gitlab.opencode.de/beispiel"
    )
    publiccode_url: Weblink | None = feld(
        "publiccode.yml",
        "Adresse der publiccode.yml.",
        "https://gitlab.opencode.de/beispiel/publiccode.yml",
    )
    leistungen: Texte = feld(
        "Leistungen", "FIM- oder LeiKa-Schlüssel.", ["99115005000000"], default=()
    )
    efa: Annotated[dict[str, str], EFA] | None = feld(
        "Einer für Alle", "Angaben zu EfA.", {"leistung": "Wohngeld"}
    )
    schnittstellen: Texte = feld(
        "Schnittstellen", "Welche Anschlüsse es gibt.", ["XMeld"], default=()
    )
    datenschutz: Annotated[dict[str, str], DATENSCHUTZ] | None = feld(
        "Datenschutz", "Angaben zum Datenschutz.", {"avv": "Muster liegt vor"}
    )
    sicherheit: Annotated[dict[str, str], SICHERHEIT] | None = feld(
        "Sicherheit", "Angaben zur Informationssicherheit.", {"zertifikate": "ISO 27001"}
    )
    barrierefreiheit: Annotated[dict[str, str], BARRIEREFREIHEIT] | None = feld(
        "Barrierefreiheit", "Angaben zur Barrierefreiheit.", {"ergebnis": "teilweise konform"}
    )
    souveraenitaet: Annotated[dict[str, str], SOUVERAENITAET] | None = feld(
        "Digitale Souveränität", "Offenheit und Ausstieg.", {"datenexport": "CSV"}
    )
    nachnutzbar: tuple[Nachnutzbar, ...] = feld(
        "Nachnutzbar",
        "Was andere übernehmen dürfen.",
        [{"art": "Leistungsbeschreibung"}],
        default=(),
    )
    im_einsatz: tuple[Einsatz, ...] = feld(
        "Im Einsatz",
        "Wer die Lösung einsetzt.",
        [{"organisation": "rheine", "status": "genutzt"}],
        default=(),
    )


class Rahmenvertrag(Eintrag):
    """A framework contract that others can use."""

    kurzform: ClassVar[str | None] = "titel"
    titel: Titel = feld(
        "Titel", "Name des Rahmenvertrags.", "Rahmenvertrag Fachverfahren", required=True
    )
    traeger: Text | None = feld("Träger", "Wer ihn geschlossen hat.", "IT-Zweckverband")
    bis: Zeitpunkt | None = feld("bis", "Laufzeit.", "2028-12")
    url: Weblink | None = feld("Adresse", "Webadresse.", "https://www.example.org/vertrag")


class Anbieter(Record):
    """A vendor or provider."""

    ordner = "anbieter"
    einzahl, mehrzahl = "Anbieter", "Anbieter"
    beschreibung = "Wer eine Lösung anbietet."

    art: Text | None = feld(
        "Art",
        "Unternehmen, kommunaler IT-Dienstleister, Gemeinschaft …",
        "Unternehmen",
        column=True,
    )
    sitz: Text | None = feld("Sitz", "Ort des Hauptsitzes.", "Münster", column=True)
    url: Weblink | None = feld("Adresse im Web", "Webauftritt.", "https://www.example.org")
    rahmenvertraege: tuple[Rahmenvertrag, ...] = feld(
        "Rahmenverträge",
        "Verträge, die andere nutzen können.",
        [{"titel": "Rahmenvertrag"}],
        default=(),
    )
    fruehere_namen: Texte = feld(
        "Frühere Namen", "Unter welchen Namen bekannt.", ["Alt GmbH"], default=()
    )


class Koordinaten(Eintrag):
    """Geographic position in degrees, WGS 84."""

    schreibweise = "[52.28, 7.44]"

    lat: Annotated[Decimal, NumberRule(low=-90, high=90)] = feld(
        "Breite", "Grad Nord.", "52.28", required=True
    )
    lon: Annotated[Decimal, NumberRule(low=-180, high=180)] = feld(
        "Länge", "Grad Ost.", "7.44", required=True
    )

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, value: object) -> object:
        if isinstance(value, str) and value[:1].isdigit():  # 52.28, 7.44
            value = re.split(r"\s*[,;]\s*|\s+", value.strip())
        if isinstance(value, list | tuple) and len(value) == 2:
            return {"lat": value[0], "lon": value[1]}
        return value


class Organisation(Record):
    """A municipality, county, association or other partner."""

    ordner = "organisationen"
    einzahl, mehrzahl = "Organisation", "Organisationen"
    beschreibung = "Eine Kommune, ein Kreis, ein Zweckverband oder ein anderer Partner."

    art: Annotated[str, VocabularyRule(ORGANISATIONSART)] = feld(
        "Art", "Was für eine Organisation.", "kommune", required=True, facet=True, column=True
    )
    ags: (
        Annotated[
            str,
            PatternRule(
                "ags",
                r"[0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{8}",
                "ist kein amtlicher Gemeindeschlüssel: 8 Ziffern für Gemeinden, 5 für Kreise.",
                lambda text: text.replace(" ", "").zfill(8),
            ),
        ]
        | None
    ) = feld("AGS", "Amtlicher Gemeindeschlüssel.", "05566052", column=True)
    einwohner: Anzahl | None = feld(
        "Einwohner", "Zahl der Einwohnerinnen und Einwohner.", "12000", column=True
    )
    koordinaten: Koordinaten | None = feld(
        "Koordinaten", "Lage in Grad.", {"lat": "52.28", "lon": "7.44"}
    )
    fachverfahren: tuple[Annotated[str, ReferenceRule(("loesung",), free=True)], ...] = feld(
        "Fachverfahren",
        "Eingesetzte Fachverfahren: Kennung der Lösung oder Name.",
        ["E-Akte"],
        default=(),
    )

    @property
    def groessenklasse(self) -> str | None:
        """KGSt size class from `einwohner`; counties form a class of their own."""
        if self.art == "kreis":
            return "kreis"
        if self.art != "kommune" or self.einwohner is None:
            return None
        return size_of_municipality(self.einwohner)


class Begriff(Record):
    """A glossary term."""

    ordner = "glossar"
    einzahl, mehrzahl = "Begriff", "Glossar"
    beschreibung = "Ein Fachwort in einfachen Worten."
    pruefabstand_monate = 36

    definition: Markdown = feld(
        "Definition",
        "Erklärung in ein bis zwei einfachen Sätzen.",
        "Ein Verfahren, das …",
        required=True,
    )
    synonyme: tuple[Kurztext, ...] = feld(
        "Synonyme", "Andere Wörter für dasselbe.", ["E-Akte"], default=()
    )
    abkuerzung: Kurztext | None = feld("Abkürzung", "Übliche Abkürzung.", "DMS")

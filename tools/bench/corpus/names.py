"""Invented names: places, offices, vendors, products and titles of all types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.bench.corpus.words import Words


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _split(
    """Adlers Ahorn Amsel Auer Birken Brombeer Dachs Distel Drossel Eiben Elster Erlen Falken Farn
    Fichten Finken Fuchs Ginster Grau Grün Habichts Hasel Heide Igel Kiebitz Kranich Lerchen
    Linden Luchs Marder Meisen Moos Mühlen Nebel Nessel Otter Raben Reiher Roggen Schilf
    Schlehen Silber Sperber Star Storchen Ulmen Wachtel Weiher Wiesel Zeisig"""
)
_SECOND = _split(
    """aue beuren bruch brück bühl deich eck egge esch fleth furt garten grund hagen halde hude
    kamp koppel lohne markt moor quell rain ried siel stieg thal warft wiehe wied winkel"""
)
_OFFICES = _split(
    """Bürgerbüro Ordnungsamt Sozialamt Bauamt Standesamt Jugendamt Schulamt Kulturamt Steueramt
    Hauptamt Umweltamt Gesundheitsamt Rechnungsprüfungsamt Bauhof Stadtarchiv Veterinäramt"""
)
_OTHER_KINDS = (
    ("Kreis {}land", "kreis"),
    ("IT-Zweckverband {}land", "zweckverband"),
    ("Hochschule {}stadt", "hochschule"),
    ("Verein Digitale Dörfer {}", "verein"),
    ("Stadtwerke {}tal", "unternehmen"),
    ("Netzwerk {}", "netzwerk"),
)
_FORMS = (
    "GmbH",
    "AG",
    "eG",
    "Systemhaus GmbH",
    "Software GmbH & Co. KG",
    "Verbund",
    "Genossenschaft",
)
_METHODS = ("Prüfung", "Erprobung", "Marktsichtung", "Erfahrungen", "Vergleich")
_TITLES: dict[str, tuple[str, ...]] = {
    "arbeitsgruppe": ("AG {0}", "AG {1} und {2}", "Arbeitskreis {0}"),
    "kriterienkatalog": ("Kriterien für {0}", "Kriterien für {1} und {2}"),
    "begriff": ("{0}",),
    "loesung": ("Muster-{0}", "Beispiel-{0}", "Probe-{0}", "Muster-{1} {year}", "Offene {0} Beispiel"),
    "projekt": ("{0} für {place}", "{1} und {2} in {place}", "Digitale {0}", "{0} im Blick", "{1} ohne {2}"),
    "ag-ergebnis": ("Leitplanken für {0}", "{0}: gemeinsamer Weg", "{0} vorerst nicht", "{1} und {2} abgestimmt", "Empfehlung zu {0}", "{0} in {place}"),
    "best-practice": ("Erst {0}, dann {1}", "{0} gemeinsam einführen", "Mit wenig Aufwand zu {0}", "{1} teilen, {2} sparen", "{0}: Lehren aus {place}"),
    "bewertung": ("{0} mit {1}, {method} {year}", "{0} im {office}, {method} {year}", "{0} für {place}", "{0} und {1} für kleine Kommunen", "{0}: {method} {year}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Makes names from the words of the corpus."""

    words: Words

    def place(self, rng: Random) -> str:
        return rng.choice(_FIRST) + rng.choice(_SECOND)

    def office(self, rng: Random) -> str:
        return rng.choice(_OFFICES)

    def title(self, typ: str, rng: Random, topic: Sequence[str]) -> str:
        """A title for a record of this type; not yet unique."""
        if typ == "organisation":
            if rng.random() < 0.83:
                return self.place(rng)
            return rng.choice(_OTHER_KINDS)[0].format(rng.choice(_FIRST))
        if typ == "anbieter":
            return f"Beispiel {topic[0]} {rng.choice(_FORMS)}"
        pattern = rng.choice(_TITLES[typ])
        return pattern.format(
            *topic,
            place=self.place(rng),
            office=self.office(rng),
            method=rng.choice(_METHODS),
            year=rng.randint(2021, 2026),
        )

    def kind_of(self, title: str) -> str:
        """The kind of organisation that a title of ours tells."""
        for pattern, kind in _OTHER_KINDS:
            if title.startswith(pattern.split("{")[0]):
                return kind
        return "kommune"

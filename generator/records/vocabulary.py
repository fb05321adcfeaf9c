"""The word lists of the record contract: value, label and meaning in one place.

Pages, search facets, forms, JSON Schema and messages all read them here.  A state is always told by
word, then icon, then colour: the style sheet picks icon and colour by the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Term:
    """One allowed value with its word for people."""

    value: str
    label: str
    description: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A word list.  `closed` lists refuse other values; open ones only suggest."""

    name: str
    noun: str  # completes „x“ ist …: "kein Verdikt"
    terms: tuple[Term, ...]
    closed: bool = True

    @cached_property
    def values(self) -> tuple[str, ...]:
        return tuple(t.value for t in self.terms)

    def get(self, value: str) -> Term:
        """The term for `value`; an unknown value of an open list stands for itself."""
        return next((t for t in self.terms if t.value == value), Term(value, value))

    def label(self, value: str) -> str:
        return self.get(value).label


def _vocabulary(name: str, noun: str, *terms: tuple[str, ...], closed: bool = True) -> Vocabulary:
    return Vocabulary(name, noun, tuple(Term(*t) for t in terms), closed)


STATUS = _vocabulary(
    "status",
    "kein Bearbeitungsstatus",
    ("entwurf", "Entwurf", "Noch in Arbeit, nicht abgestimmt."),
    ("in_pruefung", "In Prüfung", "Liegt zur fachlichen Durchsicht vor."),
    ("freigegeben", "Freigegeben", "Geprüft und veröffentlicht."),
    ("archiviert", "Archiviert", "Nur noch zum Nachlesen."),
)
PROJEKTSTATUS = _vocabulary(
    "projektstatus",
    "kein Projektstatus",
    ("idee", "Idee"),
    ("in_planung", "In Planung"),
    ("in_umsetzung", "In Umsetzung"),
    ("pilot", "Pilot"),
    ("im_betrieb", "Im Betrieb"),
    ("abgeschlossen", "Abgeschlossen"),
    ("zurueckgestellt", "Zurückgestellt"),
    ("eingestellt", "Eingestellt"),
    ("unbekannt", "Stand nicht bekannt", "Die Quellen sagen nichts zum heutigen Stand."),
)
EINSTUFUNG = _vocabulary(
    "einstufung",
    "keine Einstufung",
    ("leitprojekt", "Leitprojekt", "Soll vorrangig umgesetzt werden."),
    ("potenzialprojekt", "Potenzialprojekt", "Äußere Einflüsse bestimmen die Umsetzung mit."),
    ("vorhaben", "Vorhaben", "Ein weiteres Vorhaben außerhalb der Strategie."),
)
PRUEFSTATUS = _vocabulary(
    "pruefstatus",
    "kein Prüfstatus",
    ("geplant", "Geplant", "Angekündigt: Mitmachen ist erwünscht."),
    ("laufend", "Läuft", "Die Prüfung läuft gerade."),
    ("abgeschlossen", "Abgeschlossen", "Es gibt ein Ergebnis."),
    ("abgebrochen", "Abgebrochen", "Ohne Ergebnis beendet."),
)
VERDIKT = _vocabulary(
    "verdikt",
    "kein Verdikt",
    ("empfohlen", "Empfohlen", "Kann für den genannten Zweck übernommen werden."),
    (
        "bedingt_empfohlen",
        "Bedingt empfohlen",
        "Kann unter den genannten Bedingungen übernommen werden.",
    ),
    ("weiter_beobachten", "Weiter beobachten", "Noch nicht reif für eine Entscheidung."),
    (
        "derzeit_nicht_empfohlen",
        "Derzeit nicht empfohlen",
        "Es steht dabei, was sich ändern müsste.",
    ),
    ("nicht_empfohlen", "Nicht empfohlen", "Für den genannten Zweck ungeeignet."),
    ("ohne_votum", "Ohne Votum", "Erfahrungen ohne Empfehlung."),
)
METHODE = _vocabulary(
    "methode",
    "keine Methode",
    ("nutzwertanalyse", "Nutzwertanalyse", "Gewichtete Kriterien mit Punkten."),
    ("markterkundung", "Markterkundung", "Sichtung mehrerer Anbieter und ihrer Angaben."),
    ("produktdemo", "Produktvorführung", "Eine Lösung wurde vorgeführt."),
    ("pilot", "Pilotbetrieb", "Im kleinen Rahmen im Echtbetrieb erprobt."),
    ("praxiserfahrung", "Praxiserfahrung", "Erfahrungen aus dem laufenden Betrieb."),
)
HANDLUNGSFELD = _vocabulary(
    "handlungsfeld",
    "kein Handlungsfeld",
    ("verwaltung", "Digitale Verwaltung"),
    ("klimaschutz", "Klimaschutz und Nachhaltigkeit"),
    ("demografie", "Demografie"),
    ("mobilitaet", "Mobilität"),
    ("bevoelkerungsschutz", "Bevölkerungsschutz und Gesundheit"),
    ("infrastruktur", "Infrastruktur und Standort"),
)
BETRIEBSMODELL = _vocabulary(
    "betriebsmodell",
    "kein Betriebsmodell",
    ("eigenbetrieb", "Eigener Betrieb", "Auf eigenen Servern der Kommune."),
    (
        "kommunaler_it_dienstleister",
        "Kommunaler IT-Dienstleister",
        "Im Rechenzentrum eines kommunalen IT-Dienstleisters.",
    ),
    ("saas_de", "Cloud-Dienst, Deutschland", "Vom Anbieter betrieben, Daten in Deutschland."),
    ("saas_eu", "Cloud-Dienst, EU", "Vom Anbieter betrieben, Daten in der EU."),
    (
        "saas_drittland",
        "Cloud-Dienst, Drittland",
        "Vom Anbieter betrieben, Daten außerhalb der EU.",
    ),
)
GROESSENKLASSE = _vocabulary(
    "groessenklasse",
    "keine Größenklasse",
    ("gk4", "50.000 bis 100.000 Einwohner", "KGSt-Größenklasse 4"),
    ("gk5", "25.000 bis unter 50.000 Einwohner", "KGSt-Größenklasse 5"),
    ("gk6", "10.000 bis unter 25.000 Einwohner", "KGSt-Größenklasse 6"),
    ("gk7", "unter 10.000 Einwohner", "KGSt-Größenklasse 7"),
    ("kreis", "Kreis", "Kreise und ihre Aufgaben"),
)
QUELLENART = _vocabulary(
    "quellenart",
    "keine Quellenart",
    ("strategie", "Strategie"),
    ("presse", "Pressemitteilung"),
    ("fachartikel", "Fachartikel"),
    ("eigener_test", "Eigener Test"),
    ("referenzgespraech", "Referenzgespräch"),
    ("herstellerangabe", "Angabe des Herstellers"),
    ("veroeffentlichung", "Veröffentlichung"),
    ("erfahrungsbericht", "Erfahrungsbericht"),
)
BEZUGSART = _vocabulary(
    "bezugsart",
    "keine Bezugsart",
    ("teil_von", "Teil von"),
    ("umsetzt", "Setzt um"),
    ("ergebnis_von", "Ergebnis von"),
    ("beruht_auf", "Beruht auf"),
    ("ersetzt", "Ersetzt"),
    ("widerspricht", "Widerspricht"),
    ("siehe_auch", "Siehe auch"),
)
# How the same relation reads from its target.  Symmetric ones keep their word.
BEZUG_INVERS = {
    "teil_von": "Umfasst",
    "umsetzt": "Umgesetzt durch",
    "ergebnis_von": "Ergebnisse",
    "beruht_auf": "Grundlage für",
    "ersetzt": "Ersetzt durch",
    "widerspricht": "Widerspricht",
    "siehe_auch": "Siehe auch",
}
VERTRAULICHKEIT = _vocabulary(
    "vertraulichkeit",
    "keine Vertraulichkeit",
    ("oeffentlich", "Öffentlich", "Darf auch außerhalb des Intranets erscheinen."),
    ("interkommunal", "Interkommunal", "Nur für die beteiligten Verwaltungen."),
)
GUELTIGKEIT = _vocabulary(
    "gueltigkeit",
    "keine Gültigkeit",
    ("gueltig", "Gültig", "Die Angaben gelten heute."),
    ("bald_zu_pruefen", "Bald zu prüfen", "Die Gültigkeit endet in den nächsten 90 Tagen."),
    ("abgelaufen", "Abgelaufen", "Die Angaben müssen neu geprüft werden."),
    ("ersetzt", "Ersetzt", "Es gibt einen neueren Stand."),
)
ORGANISATIONSART = _vocabulary(
    "organisationsart",
    "keine bekannte Art",
    ("kommune", "Stadt oder Gemeinde"),
    ("kreis", "Kreis"),
    ("zweckverband", "Zweckverband"),
    ("hochschule", "Hochschule"),
    ("behoerde", "Behörde"),
    ("kammer", "Kammer"),
    ("verband", "Verband"),
    ("verein", "Verein"),
    ("unternehmen", "Unternehmen"),
    ("bildungstraeger", "Bildungsträger"),
    ("netzwerk", "Netzwerk"),
    ("sonstige", "Sonstige"),
    closed=False,
)
EINSATZSTATUS = _vocabulary(
    "einsatzstatus",
    "kein bekannter Einsatzstatus",
    ("geplant", "Geplant"),
    ("pilot", "Pilot"),
    ("genutzt", "Genutzt"),
    ("verworfen", "Verworfen"),
    ("abgeloest", "Abgelöst"),
    closed=False,
)
REPOSITORYART = _vocabulary(
    "repositoryart",
    "keine bekannte Art",
    ("github", "GitHub"),
    ("gitlab", "GitLab", "Auch openCode."),
    ("gitea", "Gitea", "Auch Forgejo und Codeberg."),
)
VOCABULARIES = {
    v.name: v
    for v in (
        STATUS,
        PROJEKTSTATUS,
        EINSTUFUNG,
        PRUEFSTATUS,
        VERDIKT,
        METHODE,
        HANDLUNGSFELD,
        BETRIEBSMODELL,
        GROESSENKLASSE,
        QUELLENART,
        BEZUGSART,
        VERTRAULICHKEIT,
        GUELTIGKEIT,
        ORGANISATIONSART,
        EINSATZSTATUS,
    )
}

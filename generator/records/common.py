"""What every record has: the common fields of the contract and the grouped values they use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict

from generator.records.fields import Datum, Dezimal, Eintrag, Text, Weblink, Zeitpunkt, feld
from generator.records.lean import Lean
from generator.records.value_rules import (
    AnythingRule,
    NumberRule,
    PatternRule,
    ReferenceRule,
    TextRule,
    VocabularyRule,
    as_id,
)
from generator.records.vocabulary import (
    BEZUGSART,
    HANDLUNGSFELD,
    QUELLENART,
    STATUS,
    VERTRAULICHKEIT,
)

Kurztext = Annotated[str, TextRule(limit=300)]
Titel = Annotated[str, TextRule(limit=160)]
Organisationsverweis = Annotated[str, ReferenceRule(("organisation",))]
Datensatzverweis = Annotated[str, ReferenceRule(())]  # any type
Note = Annotated[int, NumberRule(low=1, high=5, whole=True)]
Kennung = Annotated[
    str,
    PatternRule(
        "kennung",
        r"[a-z0-9-]{1,100}",
        "ist keine Kennung: nur Kleinbuchstaben, Ziffern und Bindestriche, höchstens 100 Zeichen.",
        as_id,
    ),
]
# A page that leads on to the record is called like this: `index` would take the place of the list.
FruehereKennung = Annotated[
    str,
    PatternRule(
        "kennung",
        r"(?!(?:index|con|prn|aux|nul|com[1-9]|lpt[1-9])$)[a-z0-9-]{1,100}",
        "kann keine Kennung gewesen sein: nur Kleinbuchstaben, Ziffern und Bindestriche, höchstens 100 Zeichen; Namen wie „index“ und „con“ sind vergeben.",
        as_id,
    ),
]
Funktionspostfach = Annotated[
    str,
    PatternRule(
        "kontakt",
        r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
        "ist keine E-Mail-Adresse. Gemeint ist ein Funktionspostfach wie digitalisierung@kreis.example.",
    ),
]


class Bezug(Eintrag):
    """A relation to another record; the inverse is shown on the other page by itself."""

    art: Annotated[str, VocabularyRule(BEZUGSART)] = feld(
        "Art", "Wie die beiden zusammenhängen.", "siehe_auch", required=True
    )
    ziel: Datensatzverweis = feld(
        "Ziel", "Kennung des anderen Eintrags.", "service-innovation-lab", required=True
    )


class Quelle(Eintrag):
    """Where a fact comes from."""

    titel: Titel = feld(
        "Titel",
        "Titel des Dokuments, Artikels oder Gesprächs.",
        "Interkommunale Digitalisierungsstrategie",
        required=True,
    )
    art: Annotated[str, VocabularyRule(QUELLENART)] = feld(
        "Art", "Was für eine Quelle das ist.", "strategie", required=True
    )
    herausgeber: Text | None = feld(
        "Herausgeber", "Wer die Quelle veröffentlicht hat.", "Kreis Steinfurt"
    )
    datum: Zeitpunkt | None = feld("Datum", "Wann die Quelle erschienen ist.", "2022-06")
    url: Weblink | None = feld(
        "Adresse", "Webadresse der Quelle.", "https://www.example.org/bericht"
    )
    fundstelle: Text | None = feld("Fundstelle", "Seite oder Abschnitt.", "S. 24")


class Record(Lean):
    """The common fields.  `id` and `datei` come from the file's place, `text` from its body."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ordner: ClassVar[str]  # the type's folder in content/
    einzahl: ClassVar[str]  # "Bewertung"
    mehrzahl: ClassVar[str]  # "Bewertungen"
    beschreibung: ClassVar[str]  # one sentence for people who want to write one
    pruefabstand_monate: ClassVar[int] = 24

    id: str
    datei: str  # path relative to the content folder, "/" on every system
    text: str = ""

    typ: str = feld("Typ", "Die Art des Eintrags; passt zum Ordner.", required=True)
    titel: Titel = feld(
        "Titel", "Kurzer, eindeutiger Titel.", "Online-Terminvereinbarung", required=True
    )
    kurzfassung: Kurztext = feld(
        "Kurz gesagt",
        "Das Wichtigste in ein bis zwei Sätzen, höchstens 300 Zeichen.",
        "Termine im Bürgerbüro lassen sich rund um die Uhr buchen.",
        required=True,
    )
    status: Annotated[str, VocabularyRule(STATUS)] = feld(
        "Bearbeitungsstatus",
        "Wie weit der Eintrag abgestimmt ist.",
        "freigegeben",
        required=True,
        facet=True,
        column=True,
    )
    stand: Datum = feld(
        "Stand",
        "Tag, an dem die Angaben zuletzt geprüft wurden.",
        "2026-03-31",
        required=True,
        column=True,
    )
    herausgeber: Organisationsverweis = feld(
        "Herausgeber",
        "Organisation, die den Eintrag verantwortet.",
        "kreis-steinfurt",
        required=True,
        facet=True,
        column=True,
    )
    verantwortlich: Text = feld(
        "Verantwortlich",
        "Stelle oder Funktion, niemals eine Person.",
        "Smart Region Büro",
        required=True,
        column=True,
    )
    kontakt: Funktionspostfach | None = feld(
        "Kontakt", "Funktionspostfach für Rückfragen.", "digitalisierung@kreis.example"
    )
    naechste_pruefung: Datum | None = feld(
        "Nächste Prüfung",
        "Wann die Angaben wieder geprüft werden; sonst gilt der übliche Abstand.",
        "2027-03-31",
        column=True,
    )
    handlungsfeld: tuple[Annotated[str, VocabularyRule(HANDLUNGSFELD)], ...] = feld(
        "Handlungsfeld",
        "Handlungsfelder der Strategie.",
        ["verwaltung"],
        default=(),
        facet=True,
        column=True,
    )
    schlagworte: tuple[Kurztext, ...] = feld(
        "Schlagworte",
        "Wenige treffende Schlagworte.",
        ["Bürgerbüro", "Termin"],
        default=(),
        facet=True,
        column=True,
    )
    auch_gesucht_als: tuple[Kurztext, ...] = feld(
        "Auch gesucht als",
        "Alltagswörter und Abkürzungen, unter denen danach gesucht wird.",
        ["Terminbuchung"],
        default=(),
    )
    bezug: tuple[Bezug, ...] = feld(
        "Bezüge",
        "Zusammenhänge mit anderen Einträgen.",
        [{"art": "siehe_auch", "ziel": "service-innovation-lab"}],
        default=(),
    )
    quellen: tuple[Quelle, ...] = feld(
        "Quellen",
        "Woher die Angaben stammen; mindestens eine.",
        [{"titel": "Interkommunale Digitalisierungsstrategie", "art": "strategie"}],
        required=True,
    )
    vertraulichkeit: Annotated[str, VocabularyRule(VERTRAULICHKEIT)] = feld(
        "Vertraulichkeit", "Wer den Eintrag sehen darf.", "oeffentlich", required=True, column=True
    )
    frueher: tuple[FruehereKennung, ...] = feld(
        "Frühere Kennungen",
        "Alte Kennungen; sie leiten auf diesen Eintrag weiter.",
        ["terminbuchung"],
        default=(),
    )
    lizenz: Text | None = feld("Lizenz", "Lizenz des Eintrags; sonst gilt CC-BY-4.0.", "CC-BY-4.0")
    intern: Annotated[dict[str, Any], AnythingRule()] | None = feld(
        "Intern", "Zusätzliche Angaben, die nie öffentlich erscheinen.", {"aktenzeichen": "10-24"}
    )

    @property
    def page_url(self) -> str:
        """The page's address below the site root: `<folder>/<id>/`."""
        return f"{self.ordner}/{self.id}/"

    @property
    def pruefung_am(self) -> date:
        """`naechste_pruefung`, or `stand` plus the type's interval (months of 30.44 days)."""
        if self.naechste_pruefung:
            return self.naechste_pruefung
        return self.stand + timedelta(days=round(self.pruefabstand_monate * 30.44))


class Nachnutzung(Eintrag):
    """Somebody took this over: an adoption."""

    organisation: Organisationsverweis = feld(
        "Organisation", "Wer übernommen hat.", "rheine", required=True
    )
    seit: Zeitpunkt | None = feld("seit", "Seit wann.", "2026-01")
    abweichungen: Text | None = feld(
        "Abweichungen", "Was vor Ort anders gemacht wurde.", "ohne Kassenanbindung"
    )
    ersparte_personentage: Dezimal | None = feld(
        "Ersparte Personentage", "Geschätzte Ersparnis gegenüber einer eigenen Prüfung.", "8"
    )
    zufriedenheit: Note | None = feld("Zufriedenheit", "Von 1 (gering) bis 5 (hoch).", "4")

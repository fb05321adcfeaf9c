"""`wiki.yml` in a content folder: how this wiki calls itself.  Optional; every field is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import ValidationError

from generator.records.common import Funktionspostfach, Quelle
from generator.records.fields import Eintrag, JaNein, Text, Weblink, feld
from generator.records.messages import explain
from generator.records.problems import Problem, Severity
from generator.records.source import read_source
from generator.records.value_rules import PatternRule, VocabularyRule
from generator.records.vocabulary import REPOSITORYART

SETTINGS_FILE = "wiki.yml"


class Erfolgsziel(Eintrag):
    """What the publisher wants to measure success by, in the words of a document."""

    wortlaut: Text = feld(
        "Wortlaut",
        "Das Ziel, wörtlich und ohne Anführungszeichen.",
        "den Erfolg konkret messbar zu machen",
        required=True,
    )
    quelle: Quelle = feld(
        "Quelle",
        "Wo das steht.",
        {"titel": "Interkommunale Digitalisierungsstrategie", "art": "strategie"},
        required=True,
    )


class Wiki(Eintrag):
    """Name and origin of a wiki."""

    titel: Text | None = feld("Titel", "Name des Wikis.", "SIL-Wissensspeicher")
    untertitel: Text | None = feld("Untertitel", "Kreis oder Region.", "Kreis Steinfurt")
    herausgeber: Text | None = feld("Herausgeber", "Wer das Wiki herausgibt.", "Kreis Steinfurt")
    redaktion: Text | None = feld(
        "Redaktion",
        "Welche Stelle Fragen zum Wiki beantwortet; niemals eine Person.",
        "Smart Region Büro",
    )
    kontakt: Funktionspostfach | None = feld(
        "Kontakt", "Funktionspostfach der Redaktion.", "wissensspeicher@kreis.example"
    )
    beispieldaten: Text | None = feld(
        "Beispieldaten",
        "Hinweis auf jeder Seite, wenn die Daten erfunden sind.",
        "Dieser Kreis ist erfunden.",
    )
    repository: Weblink | None = feld(
        "Repository",
        "Wo die Einträge liegen; ergibt die Links zum Bearbeiten.",
        "https://gitlab.opencode.de/kreis/wissen",
    )
    govdata_kennung: (
        Annotated[
            str,
            PatternRule(
                "govdata-kennung",
                r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}",
                "ist keine Kennung. Gemeint ist der letzte Teil der Adresse, die GovData vergibt.",
            ),
        ]
        | None
    ) = feld(
        "Kennung bei GovData",
        "Kennung des Datenbereitstellers (contributorID), die GovData vergibt; steht im DCAT-Eintrag.",
        "musterkreis",
    )
    repository_art: Annotated[str, VocabularyRule(REPOSITORYART)] | None = feld(
        "Art des Repositorys", "Womit es läuft; sonst folgt es aus der Adresse.", "gitlab"
    )
    repository_zweig: Text | None = feld(
        "Zweig", "Zweig, aus dem das Wiki gebaut wird; sonst main.", "main"
    )
    repository_app: (
        Annotated[
            str,
            PatternRule(
                "anwendung",
                r"[A-Za-z0-9._-]{8,200}",
                "ist keine Anwendungskennung. Gemeint ist die Kennung (Application ID), die GitLab oder Forgejo anzeigt.",
            ),
        ]
        | None
    ) = feld(
        "Anwendung",
        "Kennung der OAuth-Anwendung bei GitLab oder Forgejo, für die Anmeldung in der Redaktion; sonst mit Zugangsschlüssel.",
        "3f2a9c0d1e",
    )
    repository_ordner: Text | None = feld(
        "Ordner",
        "Ordner der Einträge im Repository; sonst content. Ein Punkt: ganz oben.",
        "content",
    )

    verlauf: JaNein | None = feld(
        "Verlauf",
        "Ob jeder Eintrag zeigt, was sich wann geändert hat, wenn das Wiki in Git liegt; sonst ja.",
        "nein",
    )

    erfolgsziel: Erfolgsziel | None = feld(
        "Erfolgsziel",
        "Ziel, an dem sich das Wiki messen lässt; steht über den Zahlen der Seite „Wirkung“.",
        {
            "wortlaut": "den Erfolg konkret messbar zu machen",
            "quelle": {"titel": "Interkommunale Digitalisierungsstrategie", "art": "strategie"},
        },
    )

    @property
    def shows_history(self) -> bool:
        return self.verlauf is not False

    @property
    def office(self) -> str:
        """Whom to ask about this wiki, as far as it is known."""
        return ", ".join(filter(None, (self.redaktion, self.herausgeber)))


def read_settings(root: Path, shown: str) -> tuple[Wiki, list[Problem]]:
    """The settings of a content folder; defaults if there is no file."""
    file = root / SETTINGS_FILE
    if not file.is_file():
        return Wiki(), []
    source = read_source(file, shown)
    data = source.document.root
    if source.errors or not isinstance(data, dict):
        return Wiki(), source.problems
    try:
        return Wiki.model_validate({k: v for k, v in data.items() if v is not None}), []
    except ValidationError as error:
        for path, code, message in explain(error, Wiki, source.document):
            source.add_at(path, Severity.ERROR, code, message, key=code == "unbekanntes-feld")
        return Wiki(), source.problems

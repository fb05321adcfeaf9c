"""How does a need stand that somebody asks about?  The groups of an answer to "Schon geprüft?".

`standing` puts a record into its group, from what a search knows of it too; its twin in the browser is
`theme/assets/javascripts/suche/urteil.js`.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalogue.validity import Validity
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung

REJECTED = ("nicht_empfohlen", "derzeit_nicht_empfohlen")
EXPERIENCE = ("best-practice", "projekt", "ag-ergebnis", "loesung")


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the answer."""

    name: str
    title: str
    advice: str
    """What to do with what stands here."""


GROUPS = (
    Group(
        "gilt",
        "Gilt heute",
        "Das können Sie übernehmen oder darauf aufbauen, statt selbst zu prüfen.",
    ),
    Group(
        "laeuft",
        "Läuft gerade oder ist geplant",
        "Bitte nicht noch einmal anfangen: Machen Sie mit oder warten Sie das Ergebnis ab.",
    ),
    Group(
        "verworfen",
        "Geprüft und verworfen",
        "Das lohnt sich erst wieder, wenn sich etwas Wesentliches ändert.",
    ),
    Group(
        "veraltet",
        "Veraltet, ersetzt oder ohne Ergebnis",
        "Lesen, was damals zählte; vor einer Entscheidung neu prüfen.",
    ),
    Group(
        "erfahrung",
        "Erfahrungen und Projekte dazu",
        "Keine Bewertungen, aber Menschen, die damit schon zu tun hatten.",
    ),
)


def standing(typ: str, result: str, state: str, *, outdated: bool) -> str:
    """The group of a record, or "" if it says nothing about a need.

    `result` is the verdict of an evaluation, or how far it is; `state` its validity; `outdated` means
    superseded or archived.
    """
    if typ != "bewertung":
        return "erfahrung" if typ in EXPERIENCE and not outdated else ""
    if outdated or result == "abgebrochen":
        return "veraltet"
    if result in ("laufend", "geplant"):
        return "laeuft"
    if state in ("abgelaufen", "ersetzt"):
        return "veraltet"
    return "verworfen" if result in REJECTED else "gilt"


def is_outdated(record: Record, judged: Validity) -> bool:
    return judged.state == "ersetzt" or record.status == "archiviert"


def standing_of(record: Bewertung, judged: Validity) -> str:
    """The group of an evaluation."""
    result = record.verdikt or record.pruefstatus
    return standing(record.typ, result, judged.state, outdated=is_outdated(record, judged))

"""Is this still true?  Derived from dates and successors, never stored.

A finished evaluation holds until `gueltig_bis` (inclusive); any other record until its next review.
A record with a finished successor is superseded, whatever its dates say.

States only ever move on with time, so a reader's browser corrects them by its own clock without a build:
`theme/assets/javascripts/gueltigkeit.js` is the twin of `state_on` and `SENTENCES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import german_date

SOON = timedelta(days=90)
# Sorting of states where fresh knowledge comes first.
ORDER = {"gueltig": 0, "bald_zu_pruefen": 1, "abgelaufen": 2, "ersetzt": 3}
# How a state reads: a finished evaluation holds, the statements of anything else are due for review.
SENTENCES = {
    "bewertung": {
        "gueltig": "Gilt bis {}",
        "bald_zu_pruefen": "Gilt nur noch bis {}",
        "abgelaufen": "Abgelaufen seit {}",
        "ersetzt": "Ersetzt durch neueren Stand",
    },
    "angaben": {
        "gueltig": "Angaben gelten bis {}",
        "bald_zu_pruefen": "Angaben prüfen bis {}",
        "abgelaufen": "Prüfung überfällig seit {}",
        "ersetzt": "Ersetzt durch neueren Stand",
    },
}


@dataclass(frozen=True, slots=True)
class Validity:
    """`state` is one of the vocabulary `gueltigkeit`; `until` the last day it holds."""

    state: str
    until: date
    successor: str | None = None

    @property
    def order(self) -> int:
        return ORDER[self.state]


def validity(record: Record, successor: str | None, today: date) -> Validity:
    until = valid_until(record)
    if successor is not None:
        return Validity("ersetzt", until, successor)
    return Validity(state_on(until, today), until)


def is_judged(record: Record) -> bool:
    """Whether a record holds by its verdict: a finished evaluation, unlike statements of any kind."""
    return isinstance(record, Bewertung) and record.pruefstatus == "abgeschlossen"


def told(record: Record, judged: Validity) -> str:
    """The validity of a record in words."""
    kind = "bewertung" if is_judged(record) else "angaben"
    return SENTENCES[kind][judged.state].format(german_date(judged.until))


def state_on(until: date, day: date) -> str:
    """The state on some day of what holds until another, if nothing replaces it."""
    if until < day:
        return "abgelaufen"
    return "bald_zu_pruefen" if until - day <= SOON else "gueltig"


def valid_until(record: Record) -> date:
    """The last day on which the record's statements hold."""
    if isinstance(record, Bewertung) and record.gueltig_bis:
        return record.gueltig_bis
    return record.pruefung_am


def supersedes(record: Record) -> bool:
    """Only finished, published work replaces older work; a planned evaluation does not."""
    if record.status == "entwurf":
        return False
    return not isinstance(record, Bewertung) or record.pruefstatus == "abgeschlossen"

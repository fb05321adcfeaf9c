"""What readers can subscribe to: the whole wiki, a Handlungsfeld, a working group, a municipality.

Each has a feed (what is new or changed) and a calendar (what is to be reviewed, what is going to be
evaluated).  A record belongs to a municipality or working group that it names as publisher, member,
evaluator, user or adopter (`entries.py`).  All lists are bounded, so that no file grows with the wiki.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.reading import PARTS
from generator.records.common import Record
from generator.records.vocabulary import HANDLUNGSFELD

NEWS, DUE, OVERDUE, PLANNED = 40, 60, 20, 20
"""How many records of each kind a feed or calendar shows."""
PLACES = ("kommune", "kreis")  # organisations that have subscriptions


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed and one calendar.

    `slug` names their files; `key` the lists of the catalogue ("" for everything); `record` is the id
    of the working group or municipality, if it is about one.
    """

    slug: str
    key: str = ""
    record: str = ""

    @property
    def feed(self) -> str:
        return f"feeds/{self.slug}.xml"

    @property
    def json_feed(self) -> str:
        return f"feeds/{self.slug}.json"

    @property
    def calendar(self) -> str:
        return f"kalender/{self.slug}.ics"

    @property
    def page(self) -> str:
        """The page that shows the same on the web."""
        return f"{self.slug}/" if self.key else "neu/"


EVERYTHING = Subscription("alle")


def field_subscription(value: str) -> Subscription:
    return Subscription(f"handlungsfelder/{value}", f"feld {value}")


def record_subscription(folder: str, ident: str) -> Subscription:
    return Subscription(f"{folder}/{ident}", ident, ident)


def subscriptions(catalogue: Catalogue) -> Iterator[Subscription]:
    """All there are."""
    yield EVERYTHING
    for term in HANDLUNGSFELD.terms:
        yield field_subscription(term.value)
    for _, ident, _ in catalogue.rows("art", "arbeitsgruppe"):
        yield record_subscription("arbeitsgruppen", ident)
    for art in PLACES:
        for _, ident, _ in catalogue.rows("ort", art):
            yield record_subscription("organisationen", ident)


def title_of(catalogue: Catalogue, subscription: Subscription) -> str:
    """What a subscription is about, in words."""
    if subscription.record:
        return catalogue.name(subscription.record)
    if subscription.key:
        return HANDLUNGSFELD.label(subscription.key.removeprefix("feld "))
    return "Alles"


def news(catalogue: Catalogue, subscription: Subscription) -> list[Record]:
    """What is new or changed, newest first."""
    return _of(catalogue, NEWS, "meldung", subscription)


def due(catalogue: Catalogue, subscription: Subscription) -> list[Record]:
    """What is to be reviewed next, soonest first."""
    if not subscription.key:
        soon = _parts(catalogue, DUE, "zustand", "bald_zu_pruefen")
        return soon + _parts(catalogue, DUE - len(soon), "zustand", "gueltig")
    return _of(catalogue, DUE, "termin", subscription)


def overdue(catalogue: Catalogue, subscription: Subscription) -> list[Record]:
    """What should have been reviewed, the latest first."""
    return _of(catalogue, OVERDUE, "versaeumt", subscription)


def planned(catalogue: Catalogue, subscription: Subscription) -> list[Record]:
    """Evaluations that are announced or under way and say when, latest beginning first."""
    return _of(catalogue, PLANNED, "vorhaben", subscription)


def _of(catalogue: Catalogue, most: int, index: str, subscription: Subscription) -> list[Record]:
    record = catalogue.get(subscription.record) if subscription.record else None
    if record is None or not record.frueher:
        return _parts(catalogue, most, index, subscription.key)
    keys = catalogue.ids_of(record)
    rows = sorted({row for key in keys for row in catalogue.rows(index, key, sorts=True)})
    return [catalogue.seen(ident) for _, ident, _ in rows[:most]]


def _parts(catalogue: Catalogue, most: int, index: str, key: str = "") -> list[Record]:
    """The first records of a list, asked for in its parts."""
    found: list[Record] = []
    for number in range(1, -(-most // PARTS[index]) + 1):
        part = catalogue.part(index, key, number)
        found += part
        if len(part) < PARTS[index]:
            break
    return found[:most]

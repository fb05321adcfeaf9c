"""Calendars as iCalendar files (RFC 5545): what is to be reviewed and what is going to be evaluated.

Reviews are all-day events on the last day on which a record holds, with a reminder two weeks before;
announced and running evaluations reach over the time they say.  An event keeps its UID whatever becomes
of its record, so a moved date moves the event in the reader's calendar.  Written by hand: a library for
this takes milliseconds for each event, and the tests read the files with one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.subscriptions import Subscription, due, overdue, planned, title_of
from generator.exports.identity import stable_name
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import german_date
from generator.records.vocabulary import PRUEFSTATUS

REMINDER = "-P14D"
LINE = 75  # octets in a line
_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f]")


def calendar_files(
    subscription: Subscription, catalogue: Catalogue, addresses: Addresses, site_url: str
) -> dict[str, str | bytes]:
    """The calendar of a subscription."""
    wiki = catalogue.settings.titel or "SIL-Wissensspeicher"
    name = f"{wiki}: {title_of(catalogue, subscription)}" if subscription.key else wiki
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SIL-Wissensspeicher//Kalender//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    events = []
    for record in (*overdue(catalogue, subscription), *due(catalogue, subscription)):
        events.append(_review(record, catalogue, _address(record, addresses, site_url)))
    for record in planned(catalogue, subscription):
        if isinstance(record, Bewertung) and record.zeitraum is not None:
            events.append(_evaluation(record, catalogue, _address(record, addresses, site_url)))
    text = "".join((_written(*head), *events, _written("END:VCALENDAR")))
    return {subscription.calendar: text.encode()}


def _written(*lines: str) -> str:
    return "".join([f"{folded(line)}\r\n" for line in lines])


def _review(record: Record, catalogue: Catalogue, address: str) -> str:
    """The day on which a record must be looked at again."""
    until = catalogue.validity(record).until
    done = isinstance(record, Bewertung) and record.pruefstatus == "abgeschlossen"
    what = "Gültigkeit endet" if done else "Angaben prüfen"
    says = f"{record.einzahl}: {record.kurzfassung}\nZuständig: {_office(record, catalogue)}"
    title = f"{what}: {record.titel}"
    return _event(
        stable_name(catalogue.settings, record.id, "pruefung"),
        record.stand, title, says, until, until, address, "Prüfung",
    )  # fmt: skip


def _evaluation(record: Bewertung, catalogue: Catalogue, address: str) -> str:
    """The time of an evaluation that is announced or under way."""
    assert record.zeitraum is not None  # asked by the caller
    first, last = days(record.zeitraum.von, record.zeitraum.bis)
    state = PRUEFSTATUS.label(record.pruefstatus)
    title = f"Prüfung {state.casefold()}: {record.titel}"
    says = f"{record.bedarf}\nMitmachen ist erwünscht: {_office(record, catalogue)}"
    return _event(
        stable_name(catalogue.settings, record.id, "zeitraum"),
        record.stand, title, says, first, last, address, "Bewertung",
    )  # fmt: skip


@lru_cache(maxsize=4096)  # a record stands in the calendars of its fields and of its organisation
def _event(uid: str, stand: date, title: str, says: str, first: date, last: date, address: str,
           category: str) -> str:  # fmt: skip
    changed = f"{_basic(stand)}T000000Z"
    last = min(last, date.max - timedelta(days=1))
    return _written(
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"DTSTART;VALUE=DATE:{_basic(first)}",
        f"DTEND;VALUE=DATE:{_basic(last + timedelta(days=1))}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(says)}",
        f"CATEGORIES:{_text(category)}",
        *([f"URL:{address}"] if address else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(f'{german_date(first)}: {title}')}",
        f"TRIGGER:{REMINDER}",
        "END:VALARM",
        "END:VEVENT",
    )


def _office(record: Record, catalogue: Catalogue) -> str:
    who = f"{record.verantwortlich}, {catalogue.name(record.herausgeber)}"
    return f"{who}, {record.kontakt}" if record.kontakt else who


def _address(record: Record, addresses: Addresses, site_url: str) -> str:
    """Calendars know no relative addresses."""
    return f"{site_url}{addresses.public(record.page_url)}" if site_url else ""


def days(von: str, bis: str | None) -> tuple[date, date]:
    """First and last day of a time that is given by year, month or day."""
    first, last = _span(von)
    if bis is not None:
        last = max(last, _span(bis)[1])
    return first, last


def _span(when: str) -> tuple[date, date]:
    parts = [int(part) for part in when.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    year, months = parts[0], parts[1:] or [1, 12]
    return date(year, months[0], 1), date(year, months[-1], monthrange(year, months[-1])[1])


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """A value of type TEXT."""
    for sign, written in _ESCAPES:
        text = text.replace(sign, written)
    return _UNPRINTABLE.sub("", text)


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, without cutting a character in two."""
    data = line.encode()
    if len(data) <= LINE:
        return line
    pieces, at, room = [], 0, LINE
    while len(data) - at > room:
        end = at + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(data[at:end])
        at, room = end, LINE - 1  # the next piece begins with a blank
    pieces.append(data[at:])
    return b"\r\n ".join(pieces).decode()

"""What one record adds to the lists of the catalogue.

Every list there is (a type's records, those of a keyword, what refers to an organisation, what is due)
is made of entries, and a record's entries follow from that record alone, its validity and the genus of
its subject.  So a changed record changes exactly the lists that its old or its new entries stand in.

The `sort` of an entry is text: lists are ordered by it, then by id, in memory and in the store alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.catalogue.figures import figures
from generator.catalogue.likeness import INDEX, concepts
from generator.catalogue.references import references
from generator.catalogue.standing import standing_of
from generator.catalogue.validity import Validity, supersedes
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import collation_key
from generator.records.product_names import name_key, names_of
from generator.records.project_types import AgErgebnis, Arbeitsgruppe, BestPractice
from generator.records.solution_types import Anbieter, Begriff, Loesung, Organisation
from generator.records.value_rules import slug

# Reference works are read alphabetically, everything else by validity and freshness.
ALPHABETICAL = (Anbieter, Begriff, Loesung, Organisation)
_STATE = {"abgeschlossen": 0, "laufend": 1, "geplant": 2, "abgebrochen": 3}
# Words that nearly every municipal record could carry: they explain no kinship.
_GENERIC = (
    "digital",
    "service",
    "kommun",
    "interkommun",
    "gemeinsam",
    "kreis",
    "verwaltung",
    "projekt",
    "stadt",
    "gemeinde",
    "bürger",
    "einfach",
)
_WITHOUT_KIN = (Anbieter, Begriff, Organisation)
# Fields that make a record the concern of the organisations and working groups they name.
_AHEAD = ("laufend", "geplant")
_CONCERNED = frozenset(
    ("herausgeber", "durchgefuehrt_von", "beteiligte", "teilnehmende", "mitglieder", "arbeitsgruppe", "nachnutzung",
     "im_einsatz")
)  # fmt: skip


class Entry(NamedTuple):
    """A record in a list: `place` is the index and `key` the list in it."""

    place: str
    key: str
    sort: str
    id: str
    detail: str = ""


def by_title(record: Record) -> str:
    return collation_key(record.titel)


def by_age(record: Record) -> str:
    """Newest first."""
    return _descending(happened(record))


def _descending(day: str) -> str:
    """Sorts later days first."""
    return f"{99999999 - int(day.replace('-', '').ljust(8, '0')):08d}"


def by_newest(record: Record) -> str:
    return f"{by_age(record)} {by_title(record)}"


def by_relevance(record: Record, judged: Validity) -> str:
    """Archived last; then valid before expired; finished before running before planned; newest first."""
    state = _STATE[record.pruefstatus] if isinstance(record, Bewertung) else 0
    return f"{record.status == 'archiviert':d}{judged.order}{state}{by_newest(record)}"


def by_default(record: Record, judged: Validity) -> str:
    """The order of a type's list."""
    return by_title(record) if isinstance(record, ALPHABETICAL) else by_relevance(record, judged)


def happened(record: Record) -> str:
    """When it happened: a working group's result on its day, anything else as of `stand`."""
    return record.datum if isinstance(record, AgErgebnis) else str(record.stand)


def entries(record: Record, judged: Validity, genus: str | None) -> Iterator[Entry]:
    """All entries of a record.  `genus` is the product genus of a solution or of an evaluated one."""
    relevance = by_relevance(record, judged)
    for index, key, sort, detail in (
        *_names(record),
        *_successions(record),
        *_subjects(record, judged, relevance, genus),
        *_states(record, judged, relevance),
        *_relations(record, relevance),
        *figures(record, judged, by_newest(record), genus),
        *_subscribed(record, judged),
        *(
            (_KIN, f"{kind}:{word}", str(judged.order), "")
            for kind, word in features(record, genus)
        ),
    ):
        yield Entry(index, key, sort, record.id, detail)


def first_entries(record: Record) -> Iterator[Entry]:
    """The entries that do not depend on validity, and that validity is judged by."""
    for index, key, sort, detail in (*_names(record), *_successions(record)):
        yield Entry(index, key, sort, record.id, detail)


_Row = tuple[str, str, str, str]
_KIN = "merkmal"


def _names(record: Record) -> Iterator[_Row]:
    """What a record is called: an id wins over the former id of another record."""
    yield "name", record.id, "0", record.typ
    for old in record.frueher:
        yield "name", old, "1", record.typ
    yield "titel", f"{record.typ} {record.titel.casefold()}", record.datei, ""
    if record.datei != f"{record.ordner}/{record.id}.md":  # where an editor does not look for it
        yield "ablage", record.typ, "", record.datei


def _successions(record: Record) -> Iterator[_Row]:
    """What a record replaces."""
    if supersedes(record):
        replaced = list(record.ersetzt) if isinstance(record, Bewertung) else []
        replaced += [b.ziel for b in record.bezug if b.art == "ersetzt"]
        for target in dict.fromkeys(replaced):
            yield "ersetzt", target, "", ""


def _subjects(
    record: Record, judged: Validity, relevance: str, genus: str | None
) -> Iterator[_Row]:
    """Lists by type and subject."""
    title = by_title(record)
    yield "art", record.typ, by_default(record, judged), ""
    if isinstance(record, Begriff):
        yield "glossar", "", title, ""
        words = [record.titel, *filter(None, (record.abkuerzung, *record.synonyme))]
        if len(set(words)) > 1:
            yield "synonyme", "", "", json.dumps([*dict.fromkeys(words)], ensure_ascii=False)
    for field in record.handlungsfeld:
        yield "feld", field, relevance, ""
        yield "feldart", f"{field} {record.typ}", "", ""
    for word in record.schlagworte:
        if slug(word):
            yield "schlagwort", slug(word), relevance, word
    if record.auch_gesucht_als:
        order = relevance if isinstance(record, Bewertung) else by_newest(record)
        yield "alltagswort", record.typ, order, record.auch_gesucht_als[0]
    if isinstance(record, Bewertung):
        yield "gegenstand", record.gegenstand.casefold(), relevance, ""
        for concept in concepts(record):
            yield INDEX, concept, "", ""
        if genus:
            yield "geprueft", genus, relevance, ""
    elif isinstance(record, Loesung):
        yield "gattung", record.kategorie, title, ""
        for name in names_of(record):
            yield "benannt", name_key(name), title, ""
    elif isinstance(record, Organisation):
        yield "ort", record.art, title, record.ags or ""
        if record.art == "kommune" and record.groessenklasse:
            yield "groesse", record.groessenklasse, title, ""


def _states(record: Record, judged: Validity, relevance: str) -> Iterator[_Row]:
    """Lists by how a record stands today."""
    until = judged.until.isoformat()
    holds = judged.state in ("gueltig", "bald_zu_pruefen")
    due = judged.state in ("abgelaufen", "bald_zu_pruefen")
    if not isinstance(record, Begriff | Organisation):
        yield "neu", "", by_newest(record), ""
    if due:
        for target in _answering(record):
            yield "faellig", target, until, ""
    if isinstance(record, Bewertung):
        yield "urteil", standing_of(record, judged), by_newest(record), ""
    if record.status == "archiviert":
        return
    yield "zustand", judged.state, until, ""
    if due:
        yield "zustand", "faellig", until, ""
    if isinstance(record, Bewertung):
        if record.pruefstatus == "abgeschlossen" and holds:
            yield "entschieden", "", by_newest(record), ""
        elif record.pruefstatus in ("laufend", "geplant"):
            for target in ("", *dict.fromkeys(record.durchgefuehrt_von)):
                yield "laufend", target, relevance, ""


def _answering(record: Record) -> set[str]:
    """Who must look at a record again: who publishes it, and who made an evaluation."""
    return {
        record.herausgeber,
        *(record.durchgefuehrt_von if isinstance(record, Bewertung) else ()),
    }


def _relations(record: Record, relevance: str) -> Iterator[_Row]:
    """Lists of what refers to another record, under the id that the reference names."""
    sort = by_title(record)
    if isinstance(record, Bewertung):
        sort = relevance
    elif isinstance(record, AgErgebnis):
        sort = by_newest(record)
    seen = set()
    for reference in references(record):
        if (reference.target, reference.field) not in seen:
            seen.add((reference.target, reference.field))
            yield "von", f"{reference.target} {reference.field} {record.typ}", sort, ""
    for target in {target for target, _ in seen}:
        yield "ziel", target, "", ",".join(sorted(name for to, name in seen if to == target))
    for bezug in record.bezug:
        yield "bezug", bezug.ziel, by_title(record), bezug.art
    if isinstance(record, Loesung):
        for number, use in enumerate(record.im_einsatz):
            yield (
                "einsatz",
                use.organisation,
                f"{record.titel.casefold()} {number:03d}",
                str(number),
            )
    elif isinstance(record, Bewertung | BestPractice):
        for number, adoption in enumerate(record.nachnutzung):
            yield "uebernahme", adoption.organisation, f"{record.id} {number:03d}", str(number)


def _subscribed(record: Record, judged: Validity) -> Iterator[_Row]:
    """Lists of what feeds and calendars tell (`subscriptions.py`): all, by field of action, by who is concerned."""
    keys = {r.target for r in references(record) if r.field in _CONCERNED}
    keys |= {f"feld {field}" for field in record.handlungsfeld}
    if isinstance(record, Arbeitsgruppe | Organisation):
        keys.add(record.id)
    archived = record.status == "archiviert"
    changed = f"{_descending(str(record.stand))} {by_title(record)}"
    if not isinstance(record, Begriff | Organisation):
        yield "meldung", "", changed, ""
    for key in keys:
        yield "meldung", key, changed, ""
        if judged.state in ("gueltig", "bald_zu_pruefen") and not archived:
            yield "termin", key, judged.until.isoformat(), ""
    for key in keys | {""} if not archived else ():
        if judged.state == "abgelaufen":
            yield "versaeumt", key, _descending(judged.until.isoformat()), ""
        if isinstance(record, Bewertung) and record.zeitraum and record.pruefstatus in _AHEAD:
            yield "vorhaben", key, _descending(record.zeitraum.von), ""


def features(record: Record, genus: str | None) -> dict[tuple[str, str], str]:
    """What other records may have in common with this one: (kind, folded value) → as written here."""
    if isinstance(record, _WITHOUT_KIN):
        return {}
    found = {("schlagwort", s.casefold()): s for s in record.schlagworte}
    found |= {("handlungsfeld", h): h for h in record.handlungsfeld}
    found |= {("bezug", r.target): r.target for r in references(record) if r.field != "herausgeber"}
    words = _words(" ".join((record.titel, *record.auch_gesucht_als)))
    found |= {("wort", w.casefold()): w for w in reversed(words)}
    if genus:
        found["kategorie", genus] = genus
    return found


def _words(text: str) -> list[str]:
    """Nouns that say something: capitalised, long enough, and not what every record is about."""
    found: list[str] = re.findall(r"[A-ZÄÖÜ][^\W\d_]{5,}", text)
    return [w for w in found if not w.casefold().startswith(_GENERIC)]

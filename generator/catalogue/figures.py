"""What one record adds to the lists behind the pictures and the figures of "Wirkung".

Most of these lists are only ever counted.  Where a sum is needed, the detail of the entry holds the
number, so that a page with a total depends on one list and not on every record in it.

Keys: `matrix` and `verlauf` are kept as a whole ("") and by field of action, `verlauf` also by `gattung <id>`; `nutzung` by product
genus; `pruefung` by state, by verdict and by verdict and validity; `gilt` and `angekuendigt` by
`feld …` and `gattung …`; `abdeckung` by organisation, and by organisation and field of action; `monat` by month; `lage` by county, as the AGS says.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from generator.catalogue.validity import Validity
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import collation_key
from generator.records.project_types import BestPractice, Projekt
from generator.records.solution_types import Begriff, Loesung, Organisation

Figure: TypeAlias = tuple[str, str, str, str]  # index, key, sort, detail


def figures(record: Record, judged: Validity, newest: str, genus: str | None) -> Iterator[Figure]:
    """The entries of a record; `newest` sorts by freshness."""
    if not isinstance(record, Begriff | Organisation):
        yield "monat", f"{record.stand:%Y-%m}", "", ""
    if isinstance(record, Organisation) and record.art == "kommune" and record.koordinaten:
        place = f"{record.koordinaten.lat} {record.koordinaten.lon}"
        yield "lage", (record.ags or "")[:5], collation_key(record.titel), place
    if isinstance(record, Projekt):
        yield from _rated(record)
    elif isinstance(record, Loesung) and record.im_einsatz:
        order = f"{9999 - len(record.im_einsatz):04d} {collation_key(record.titel)}"
        yield "nutzung", record.kategorie, order, ""
    elif isinstance(record, Bewertung):
        yield from _evaluated(record, judged, newest, genus)
    if isinstance(record, Bewertung | BestPractice):
        for number, adoption in enumerate(record.nachnutzung):
            days = adoption.ersparte_personentage
            detail = f"{number} {'' if days is None else days}"
            yield "ersparnis", "", f"{collation_key(record.titel)} {number:03d}", detail


def _rated(record: Projekt) -> Iterator[Figure]:
    """Projects with points on both axes, the highest first."""
    means = mean(record.relevanz), mean(record.realisierbarkeit)
    if means[0] is None or means[1] is None:
        return
    order = f"{99 - means[0] - means[1]:09.5f} {collation_key(record.titel)}"
    for key in ("", *record.handlungsfeld):
        yield "matrix", key, order, ""


def mean(group: object) -> Decimal | None:
    """The mean of the points that are given; None if there are none."""
    points = [value for _, value in group or () if value is not None]  # type: ignore[attr-defined]
    return Decimal(sum(points)) / len(points) if points else None


def _evaluated(
    record: Bewertung, judged: Validity, newest: str, genus: str | None
) -> Iterator[Figure]:
    yield "monat", f"bewertung {record.stand:%Y-%m}", "", ""
    kind = [f"gattung {genus}"] if genus else []
    about = [*(f"feld {field}" for field in record.handlungsfeld), *kind]
    for key in ("", *record.handlungsfeld, *kind):
        yield "verlauf", key, newest, ""
    yield "pruefung", record.pruefstatus, "", ""
    if record.verdikt:
        yield "pruefung", record.verdikt, "", ""
        yield "pruefung", f"{record.verdikt} {judged.state}", "", ""
    place = _standing(record, judged)
    if place:
        for key in about:
            yield place, key, "", ""
    involved = {*record.durchgefuehrt_von, *(n.organisation for n in record.nachnutzung)}
    for organisation in sorted(involved):
        yield "abdeckung", organisation, "", ""
        for field in record.handlungsfeld:
            yield "abdeckung", f"{organisation} {field}", "", ""


def _standing(record: Bewertung, judged: Validity) -> str:
    """Whether an evaluation answers a need today, will do so, or neither."""
    if record.status == "archiviert":
        return ""
    if record.pruefstatus == "abgeschlossen":
        return "gilt" if judged.state in ("gueltig", "bald_zu_pruefen") else ""
    return "angekuendigt" if record.pruefstatus in ("laufend", "geplant") else ""

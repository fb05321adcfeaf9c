"""The pictures on a record's own page: its network, its life, its place in the matrix, its map.

They are made for thousands of pages, so each looks at few records: the network at the first references
to a record, the map at a county's municipalities, the life at the chain that the page shows anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from generator.catalogue.catalogue import Catalogue
from generator.pages.pictures.dotmap import DotMap, dot_map
from generator.pages.pictures.network import MOST, RELATIONS, network
from generator.pages.pictures.priority import Spot, priority_matrix
from generator.pages.pictures.timeline import Timeline, result_of, timeline, work_of
from generator.pages.pictures.usage import UNKNOWN
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.project_types import Projekt
from generator.records.solution_types import Anbieter, Begriff, Loesung, Organisation
from generator.records.vocabulary import BEZUG_INVERS, BEZUGSART, EINSATZSTATUS

MAP_LIMIT = 40  # municipalities on a map
USERS = 12  # of a solution, on its map
ROOM = {"loesung": 550, "bewertung": 550}  # letters for the network where a page tells much else
MUCH_ROOM = 3600
_WITHOUT_NETWORK = (Anbieter, Begriff, Organisation)  # their pages are lists of relations already
_RANK = {field: rank for rank, field in enumerate(("bezug", *RELATIONS))}


def pictures(record: Record, catalogue: Catalogue, context: Mapping[str, Any]) -> dict[str, Any]:
    """The pictures of a record, by name; None where there is nothing to draw."""
    return {
        "netz": None
        if isinstance(record, _WITHOUT_NETWORK)
        else network(neighbours(record, catalogue), ROOM.get(record.typ, MUCH_ROOM)),
        "zeit": life(context["verlauf"].entries, catalogue)
        if isinstance(record, Bewertung)
        else None,
        "platz": spot(record) if isinstance(record, Projekt) else None,
        "karte": use_map(record, catalogue) if isinstance(record, Loesung) else None,
    }


def neighbours(record: Record, catalogue: Catalogue) -> list[tuple[str, Record]]:
    """What a record refers to and what refers to it, each once, with the relation in words."""
    found: dict[str, tuple[int, str]] = {}

    def add(ident: str, field: str, words: str) -> None:
        entry = (_RANK[field], words)
        if ident not in own and (ident not in found or entry < found[ident]):
            found[ident] = entry

    own = catalogue.ids_of(record)
    for bezug in record.bezug:
        add(bezug.ziel, "bezug", BEZUGSART.label(bezug.art))
    for reference in catalogue.outgoing(record):
        if reference.field in RELATIONS and reference.field != "im_einsatz":  # the map's matter
            add(reference.target, reference.field, RELATIONS[reference.field][0])
    for ident in own:
        arts = {source: art for _, source, art in catalogue.rows("bezug", ident)}
        for _, source, fields in catalogue.part_rows("ziel", ident):
            for field in fields.split(","):
                if field in RELATIONS:
                    add(source, field, RELATIONS[field][1])
                elif field == "bezug" and source in arts:
                    add(source, field, BEZUG_INVERS[arts[source]])
    named: dict[str, tuple[str, Record]] = {}
    for ident, (_, words) in sorted(found.items(), key=lambda item: (item[1], item[0])):
        other = catalogue.get(ident)
        if other is not None:
            named.setdefault(other.id, (words, other))
        if len(named) > MOST:
            break
    return list(named.values())


def life(chain: Sequence[Bewertung], catalogue: Catalogue) -> Timeline | None:
    """An evaluation and the others of its chain over time."""
    drawn = [e for e in chain if work_of(e) or result_of(e)]
    return timeline(drawn, catalogue.day()) if drawn else None


def spot(project: Projekt) -> Spot | None:
    """A project's place in the priority matrix."""
    return next(iter(priority_matrix([project])), None)


def use_map(solution: Loesung, catalogue: Catalogue) -> DotMap | None:
    """Who uses a solution, among the municipalities around; None below two users with a place."""
    known = {t.value for t in EINSATZSTATUS.terms}
    marked: dict[str, str] = {}
    users: dict[str, Organisation] = {}
    for use in solution.im_einsatz[:USERS]:
        user = catalogue.find(use.organisation, Organisation)
        if user is not None and user.koordinaten and user.id not in users:
            users[user.id] = user
            marked[user.id] = use.status if use.status in known and use.status else UNKNOWN
    if len(users) < 2:
        return None
    return dot_map([*users.values()], marked, places_around(catalogue, [*users]))


def places_around(catalogue: Catalogue, known: Sequence[str]) -> list[tuple[float, float]]:
    """Latitude and longitude of the first municipalities of the wiki's counties, but for those known."""
    counties = [ags for _, _, ags in catalogue.rows("ort", "kreis") if ags]
    rows = [row for ags in counties or [""] for row in catalogue.rows("lage", ags)]
    places = (detail.split(" ") for _, ident, detail in rows[:MAP_LIMIT] if ident not in known)
    return [(float(lat), float(lon)) for lat, lon in places]


def own_municipalities(catalogue: Catalogue) -> tuple[list[Organisation], int]:
    """Municipalities of the counties in the wiki, by their AGS; all of them if that says nothing.

    The first of them, and how many there are.
    """
    counties = tuple(ags for _, _, ags in catalogue.rows("ort", "kreis") if ags)
    places = catalogue.rows("ort", "kommune")
    own = [row for row in places if row[2] and row[2].startswith(counties)] or places
    return [cast(Organisation, catalogue.seen(i)) for _, i, _ in own[:MAP_LIMIT]], len(own)

"""The network of one record: what it refers to and what refers to it, one step far.

The neighbours stand below each other, grouped by how they are related; every kind of relation reads as
a half-sentence from the record's point of view.  So the list is the table of the picture and carries
its links, and only the lines from the record to its neighbours are drawn, in units of rows.  They follow
from the order of the neighbours alone: the same record always gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.records.common import Record

LEAST, MOST = 3, 24  # below so many neighbours a list says enough; above, a picture is a tangle
ROW = 40  # letters that a row costs besides title and address
WIDTH = 60  # of the lines

# Field → how it reads from the record itself, and from the other end.  Whoever publishes a record is
# no relation worth drawing.
RELATIONS: Mapping[str, tuple[str, str]] = {
    "gegenstand": ("Prüft", "Geprüft in"),
    "ersetzt": ("Ersetzt", "Ersetzt durch"),
    "arbeitsgruppe": ("Aus der Arbeitsgruppe", "Ergebnisse"),
    "kriterienkatalog": ("Bewertet nach", "Maßstab für"),
    "anbieter": ("Angeboten von", "Bietet an"),
    "durchgefuehrt_von": ("Geprüft von", "Hat geprüft"),
    "im_einsatz": ("Gemeldet bei", "Meldet Einsatz von"),
    "nachnutzung": ("Übernommen von", "Hat übernommen"),
    "beteiligte": ("Beteiligt", "Wirkt mit bei"),
    "mitglieder": ("Mitglieder", "Mitglied in"),
    "teilnehmende": ("Teilgenommen", "Nahm teil an"),
    "fachverfahren": ("Setzt ein", "Fachverfahren bei"),
    "abweichende_voten": ("Abweichendes Votum von", "Abweichendes Votum in"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of one kind of relation, in words."""

    words: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The rows of the picture: per group its words, then its records.  `height` counts two per row."""

    groups: tuple[Group, ...]
    height: int
    lines: str
    more: bool


def network(neighbours: Sequence[tuple[str, Record]], room: int) -> Network | None:
    """`neighbours` with the words of their relation, best first: as many as fit into `room` letters."""
    if len(neighbours) < LEAST:
        return None
    kinds: dict[str, list[Record]] = {}
    shown = 0
    for words, record in neighbours[:MOST]:
        room -= len(record.titel) + len(record.page_url) + ROW
        if room < 0 and shown >= LEAST:
            break
        kinds.setdefault(words, []).append(record)
        shown += 1
    groups = tuple(Group(words, tuple(records)) for words, records in kinds.items())
    height = 2 * sum(1 + len(group.records) for group in groups)
    lines = _lines(height // 2, _rows(groups))
    return Network(groups, height, lines, len(neighbours) > shown)


def _rows(groups: Iterable[Group]) -> Iterable[int]:
    """The middle of the row of each neighbour."""
    row = 0
    for group in groups:
        row += 1
        for _ in group.records:
            yield 2 * row + 1
            row += 1


def _lines(start: int, ends: Iterable[int]) -> str:
    """One path: a curve from the record, in the middle of the left edge, to each neighbour."""
    bend = WIDTH // 2
    return "".join(f"M0 {start}C{bend} {start} {bend} {y} {WIDTH} {y}" for y in ends)

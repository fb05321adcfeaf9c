"""The network of one record: what it refers to and what refers to it, one step far.

The record stands left, its neighbours below each other to the right, grouped by how they are related;
every kind of relation reads as a half-sentence from the record's point of view.  The layout follows
from the order of the neighbours alone, so the same record always gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.records.common import Record

MOST = 24
LETTERS = 34  # of a label: what fits beside the lines on a phone
ROW, HEAD, LEFT, MIDDLE = 22, 26, 14, 84

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
class Node:
    """A neighbour; `label` is its title, cut to fit."""

    record: Record
    label: str
    y: int


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of one kind of relation, in words."""

    words: str
    nodes: tuple[Node, ...]
    y: int


@dataclass(frozen=True, slots=True)
class Network:
    """The picture: the record at (LEFT, y), lines to all nodes; `more` neighbours are left out."""

    groups: tuple[Group, ...]
    y: int
    height: int
    lines: str
    more: int


def network(neighbours: Sequence[tuple[str, Record]], more: int = 0) -> Network | None:
    """`neighbours` with the words of their relation, best first; none below three."""
    if len(neighbours) < 3:
        return None
    shown = neighbours[:MOST]
    kinds: dict[str, list[Record]] = {}
    for words, record in shown:
        kinds.setdefault(words, []).append(record)
    groups: list[Group] = []
    y = 0
    for words, records in kinds.items():
        head = y + 16
        y += HEAD
        nodes = []
        for record in records:
            nodes.append(Node(record, label(record.titel), y + ROW // 2))
            y += ROW
        groups.append(Group(words, tuple(nodes), head))
    middle = y // 2
    return Network(
        tuple(groups),
        middle,
        y + 4,
        _lines(middle, (node.y for group in groups for node in group.nodes)),
        more + len(neighbours) - len(shown),
    )


def _lines(start: int, ends: Iterable[int]) -> str:
    """One path: a curve from the record to each node."""
    bend = (LEFT + MIDDLE) // 2
    return "".join(f"M{LEFT} {start}C{bend} {start} {bend} {y} {MIDDLE} {y}" for y in ends)


def label(title: str) -> str:
    """A title that fits; cut after a word, or within a very long one."""
    if len(title) <= LETTERS:
        return title
    cut = title[: LETTERS - 1]
    words = cut.rsplit(None, 1)[0] if " " in cut[LETTERS // 2 :] else cut
    return words.rstrip(" ,;:–-") + "…"

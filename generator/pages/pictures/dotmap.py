"""Maps of dots: places by their coordinates, those that matter with their names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.pages.pictures.usage import legend
from generator.records.solution_types import Organisation

WIDTH = 560
CHARACTER = 6.6  # width of a letter of the labels
MARGIN = 14
LABEL_ROOM = 90  # names stand to the right of their dots
SIGN = 8  # radius of a sign


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map; `r` grows with the square root of the population.

    `label_x`, `label_y` is the baseline point of its name, `anchor` an SVG text-anchor.  `state`
    picks the sign of a marked place.
    """

    record: Organisation
    x: int
    y: int
    r: int
    label_x: int = 0
    label_y: int = 0
    anchor: str = "start"
    state: str = ""


@dataclass(frozen=True, slots=True)
class DotMap:
    """A map of dots with its size in pixels; `states` are those of its marks, with their words, and
    `around` a path of the places that are there only for orientation."""

    dots: tuple[Dot, ...]
    width: int
    height: int
    states: tuple[tuple[str, str], ...] = ()
    around: str = ""


def dot_map(
    places: Sequence[Organisation],
    marked: Mapping[str, str] | None = None,
    around: Sequence[Position] = (),
) -> DotMap | None:
    """Equirectangular projection, true to scale at the middle latitude; None below two places.

    `marked` gives the state of a place by its id, `around` more places for orientation.
    """
    located = [p for p in places if p.koordinaten]
    if len(located) < 2:
        return None
    positions = [(float(k.lat), float(k.lon)) for p in located if (k := p.koordinaten)]
    lats, lons = zip(*positions, *around, strict=True)
    squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
    span_x = max((max(lons) - min(lons)) * squeeze, 0.01)
    span_y = max(max(lats) - min(lats), 0.01)
    scale = min((WIDTH - 2 * MARGIN - LABEL_ROOM) / span_x, (WIDTH - 2 * MARGIN) / span_y)

    def at(position: Position) -> tuple[int, int]:
        lat, lon = position
        x = round(MARGIN + (lon - min(lons)) * squeeze * scale)
        return x, round(MARGIN + (max(lats) - lat) * scale)

    spots = [(place, *at(p)) for place, p in zip(located, positions, strict=True)]
    dots = tuple(_with_labels(spots, marked or {}))
    others = "".join("M{} {}h0".format(*at(position)) for position in around)
    states = tuple(entry for entry in legend() if entry[0] in (marked or {}).values())
    return DotMap(dots, WIDTH, round(span_y * scale) + 2 * MARGIN, states, others)


Position = tuple[float, float]  # latitude, longitude
Box = tuple[float, float, float, float]  # left, top, right, bottom


def _with_labels(
    spots: list[tuple[Organisation, int, int]], marked: Mapping[str, str]
) -> Iterator[Dot]:
    """Put each name beside its dot where it covers nothing: right, left, below, above."""
    taken: list[Box] = [
        (x - _radius(p), y - _radius(p), x + _radius(p), y + _radius(p)) for p, x, y in spots
    ]
    for place, x, y in spots:
        r, length = SIGN if marked else _radius(place), len(place.titel) * CHARACTER
        choices = (
            (x + r + 4, y + 4, "start", (x + r + 4, y - 6, x + r + 4 + length, y + 6)),
            (x - r - 4, y + 4, "end", (x - r - 4 - length, y - 6, x - r - 4, y + 6)),
            (x, y + r + 12, "middle", (x - length / 2, y + r + 2, x + length / 2, y + r + 14)),
            (x, y - r - 4, "middle", (x - length / 2, y - r - 14, x + length / 2, y - r - 2)),
        )

        def covered(choice: tuple[int, int, str, Box]) -> float:
            box = choice[3]
            outside = 1000.0 if box[0] < 0 or box[2] > WIDTH or box[1] < 0 else 0.0
            return outside + sum(_overlap(box, other) for other in taken)

        label_x, label_y, anchor, box = min(choices, key=covered)
        taken.append(box)
        yield Dot(place, x, y, r, label_x, label_y, anchor, state=marked.get(place.id, ""))


def _overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _radius(place: Organisation) -> int:
    return 4 + round(math.sqrt(place.einwohner or 0) / 55)

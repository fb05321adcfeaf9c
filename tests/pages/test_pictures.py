"""Pictures are true: what they show is where, as long and as many as the records say."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from generator.catalogue.catalogue import Catalogue
from generator.pages.pictures.columns import columns, months_until
from generator.pages.pictures.dotmap import dot_map
from generator.pages.pictures.network import MOST, ROW, network
from generator.pages.pictures.priority import CRITERIA, priority_matrix
from generator.pages.pictures.scale import day_of, percent, time_scale
from generator.pages.pictures.timeline import timeline
from generator.pages.pictures.usage import use_matrix
from generator.pages.record_pictures import neighbours, use_map
from generator.records.evaluation_types import Bewertung
from generator.records.project_types import Projekt
from generator.records.solution_types import Loesung, Organisation
from tests.helpers import DAY, Folder

RELEVANCE = {
    "bedarf": 4, "mehrwert": 4, "reichweite": 4, "uebertragbarkeit": 4, "visionsbezug": 4,
}  # fmt: skip
FEASIBILITY = {
    "schwierigkeiten": 1, "netzwerk": 1, "kosten": 1, "voraussetzungen": 1, "referenzen": 1,
}  # fmt: skip


def of(catalogue: Catalogue, *idents: str) -> list[Any]:
    return [catalogue.records[i] for i in idents]


# Scales


@pytest.mark.parametrize(
    ("value", "end", "day"),
    [
        ("2024", False, date(2024, 1, 1)),
        ("2024", True, date(2024, 12, 31)),
        ("2024-02", True, date(2024, 2, 29)),
        ("2024-02", False, date(2024, 2, 1)),
        ("2024-02-03", True, date(2024, 2, 3)),
        (date(2024, 2, 3), False, date(2024, 2, 3)),
    ],
)
def test_loose_dates_begin_and_end(value: str | date, end: bool, day: date) -> None:
    assert day_of(value, end=end) == day


def test_percent_stays_within_the_drawing() -> None:
    assert [percent(v, 1, 4) for v in (0, 1, 2.5, 4, 9)] == [0, 0, 50, 100, 100]
    assert percent(3, 3, 3) == 0


def test_a_scale_has_few_labels() -> None:
    scale = time_scale([date(1995, 6, 1), date(2026, 1, 1)])
    assert (scale.first, scale.last) == (1995, 2026)
    assert len(scale.years) <= 8
    assert [x for _, x in scale.years] == sorted({x for _, x in scale.years})


# Relevance × feasibility


def test_high_relevance_is_up_and_easy_is_right(folder: Folder) -> None:
    folder.add("projekt", "schwer", relevanz=RELEVANCE, realisierbarkeit=FEASIBILITY)
    turned = dict.fromkeys(RELEVANCE, 1), dict.fromkeys(FEASIBILITY, 4)
    folder.add("projekt", "leicht", relevanz=turned[0], realisierbarkeit=turned[1])
    hard, easy = priority_matrix(of(folder.catalogue(), "schwer", "leicht"))
    assert hard.x < 50 < easy.x
    assert hard.y < 50 < easy.y
    assert (hard.relevance, hard.feasibility, hard.given) == (4, 1, CRITERIA)
    assert [s.number for s in (hard, easy)] == [1, 2]


def test_missing_points_are_unknown_not_zero(folder: Folder) -> None:
    folder.add("projekt", "halb", relevanz={"bedarf": 4}, realisierbarkeit={"kosten": 2})
    folder.add("projekt", "einseitig", relevanz=RELEVANCE)
    folder.add("projekt", "ohne")
    spots = priority_matrix(of(folder.catalogue(), "halb", "einseitig", "ohne"))
    assert [(s.record.id, s.relevance, s.feasibility, s.given) for s in spots] == [
        ("halb", 4, 2, 2)
    ]
    assert not spots[0].complete


def test_dots_at_the_same_place_stand_apart_but_at_the_same_height(folder: Folder) -> None:
    names = [f"p{n}" for n in range(12)]
    for name in names:
        folder.add("projekt", name, relevanz=RELEVANCE, realisierbarkeit=FEASIBILITY)
    spots = priority_matrix(of(folder.catalogue(), *names))
    assert {s.y for s in spots} == {spots[0].y}
    places = sorted(s.x for s in spots)
    assert all(right - left >= 6 for left, right in pairwise(places))
    assert all(0 <= s.x <= 100 for s in spots)


def test_projects_are_listed_by_their_points(folder: Folder) -> None:
    folder.add("projekt", "wenig", relevanz={"bedarf": 1}, realisierbarkeit={"kosten": 2})
    folder.add("projekt", "viel", relevanz={"bedarf": 4}, realisierbarkeit={"kosten": 2})
    folder.add("projekt", "mittel", relevanz={"bedarf": 3}, realisierbarkeit={"kosten": 2})
    assert [r.id for r in folder.catalogue().part("matrix")] == ["viel", "mittel", "wenig"]


# Time


def evaluation(folder: Folder, **changes: Any) -> Bewertung:
    folder.add("bewertung", "b", **changes)
    record = folder.catalogue().records["b"]
    assert isinstance(record, Bewertung)
    return record


def test_a_result_holds_from_its_work_to_its_last_day(folder: Folder) -> None:
    record = evaluation(
        folder, zeitraum="2025-01 bis 2025-06", stand="2026-03-31", gueltig_bis="2027-12-31"
    )
    picture = timeline([record], DAY)
    assert (picture.scale.first, picture.scale.last) == (2025, 2027)
    bar = picture.bars[0]
    assert bar.work and bar.holds
    assert (bar.work.x, bar.holds.x + bar.holds.width) == (0, 100)
    assert bar.holds.x == pytest.approx(bar.work.x + bar.work.width, abs=0.01)
    assert bar.holds.x < picture.today < 100


def test_what_has_no_result_is_not_drawn_as_if_it_had(folder: Folder) -> None:
    record = evaluation(
        folder, pruefstatus="laufend", verdikt=None, verdikt_begruendung=None, gueltig_bis=None
    )
    bar = timeline([record], DAY).bars[0]
    assert (bar.work, bar.holds) == (None, None)


def test_a_mistyped_century_does_not_squeeze_the_others(folder: Folder) -> None:
    record = evaluation(folder, zeitraum="2025-01", gueltig_bis="2926-12-31")
    picture = timeline([record], DAY)
    assert picture.scale.last == DAY.year
    assert picture.bars[0].holds
    assert picture.bars[0].holds.x + picture.bars[0].holds.width <= 100.01


# Who uses what


def test_a_cell_says_the_strongest_thing_that_is_known(folder: Folder) -> None:
    for town in ("nutzt", "probiert", "nimmt", "prueft", "nichts"):
        folder.add("organisation", town, art="kommune")
    use = [
        {"organisation": "nutzt", "status": "genutzt", "seit": "2024-05"},
        {"organisation": "probiert", "status": "verworfen", "seit": "2024", "bis": "2025"},
    ]
    folder.add("loesung", "alpha", im_einsatz=use)
    folder.add(
        "bewertung", "b", gegenstand="alpha", durchgefuehrt_von=["nutzt", "prueft"],
        nachnutzung=[{"organisation": "nimmt", "seit": "2026-01"}, {"organisation": "nutzt"}],
    )  # fmt: skip
    catalogue = folder.catalogue()
    solution, judged = of(catalogue, "alpha", "b")
    towns = {i: r for i, r in catalogue.records.items() if isinstance(r, Organisation)}
    picture = use_matrix([solution], {"alpha": [judged]}, towns)
    assert {
        line.organisation.id: line.cells[0] and line.cells[0].words for line in picture.lines
    } == {
        "nutzt": "Genutzt seit Mai 2024",
        "probiert": "Verworfen (2024 bis 2025)",
        "nimmt": "Ergebnis übernommen (Januar 2026)",
        "prueft": "Selbst geprüft: Empfohlen",
    }
    assert [state for state, _ in picture.states] == ["genutzt", "verworfen", "uebernommen", "geprueft"]  # fmt: skip


def test_a_use_without_a_known_state_is_told_as_such(folder: Folder) -> None:
    folder.add("organisation", "a", art="kommune")
    folder.add("loesung", "alpha", im_einsatz=[{"organisation": "a"}])
    catalogue = folder.catalogue()
    picture = use_matrix(of(catalogue, "alpha"), {}, {"a": catalogue.records["a"]})
    assert picture.lines[0].cells[0]
    assert picture.lines[0].cells[0].words == "Stand nicht gemeldet"


def test_columns_of_the_matrix_are_evenly_spread(folder: Folder) -> None:
    folder.add("organisation", "a", art="kommune")
    names = [f"s{n}" for n in range(6)]
    for name in names:
        folder.add("loesung", name, im_einsatz=[{"organisation": "a", "status": "pilot"}])
    catalogue = folder.catalogue()
    picture = use_matrix(of(catalogue, *names), {}, {"a": catalogue.records["a"]})
    steps = {round(b - a, 1) for a, b in pairwise(picture.x)}
    assert len(steps) <= 2
    assert picture.x[-1] < 100
    assert "".join(letter for letter, _ in picture.solutions) == "ABCDEF"


# Maps


def test_a_map_names_those_who_use_it_and_shows_the_others(folder: Folder) -> None:
    for n, town in enumerate(("nord", "mitte", "sued")):
        folder.add(
            "organisation", town, art="kommune", koordinaten={"lat": 52 - n / 10, "lon": 7 + n / 10}
        )
    use = [{"organisation": o, "status": s} for o, s in (("nord", "genutzt"), ("sued", "eigenes"))]
    folder.add("loesung", "alpha", im_einsatz=use)
    catalogue = folder.catalogue()
    solution = catalogue.records["alpha"]
    assert isinstance(solution, Loesung)
    picture = use_map(solution, catalogue)
    assert picture
    marked = {d.record.id: (d.x, d.y, d.state) for d in picture.dots}
    assert {i: m[2] for i, m in marked.items()} == {"nord": "genutzt", "sued": "unbekannt"}
    assert [state for state, _ in picture.states] == ["genutzt", "unbekannt"]
    (others,) = re.findall(r"M(\d+) (\d+)h0", picture.around)
    assert marked["nord"][0] < int(others[0]) < marked["sued"][0]
    assert marked["nord"][1] < int(others[1]) < marked["sued"][1]


def test_no_map_of_a_single_place(folder: Folder) -> None:
    folder.add("organisation", "a", art="kommune", koordinaten={"lat": 52, "lon": 7})
    assert dot_map(of(folder.catalogue(), "a")) is None


# Networks


def test_relations_read_from_the_record(folder: Folder) -> None:
    folder.add("loesung", "alpha")
    folder.add("projekt", "p", bezug=[{"art": "umsetzt", "ziel": "alpha"}])
    folder.add("bewertung", "b", gegenstand="alpha", bezug=[{"art": "teil_von", "ziel": "p"}])
    catalogue = folder.catalogue()
    words = {
        ident: [(words, r.id) for words, r in neighbours(catalogue.records[ident], catalogue)]
        for ident in ("alpha", "b", "p")
    }
    assert words["alpha"] == [("Umgesetzt durch", "p"), ("Geprüft in", "b")]
    assert words["b"] == [("Teil von", "p"), ("Prüft", "alpha"), ("Geprüft von", "kreis-muster")]
    assert words["p"] == [("Setzt um", "alpha"), ("Umfasst", "b")]


def test_a_line_for_every_neighbour_and_none_below_three(folder: Folder) -> None:
    for n in range(9):
        folder.add("projekt", f"p{n}")
    catalogue = folder.catalogue()
    pairs = [("Siehe auch" if n % 2 else "Teil von", catalogue.records[f"p{n}"]) for n in range(9)]
    room = 5 * (len("P1") + len("projekte/p1/") + ROW)
    assert network(pairs[:2], room) is None
    picture = network(pairs, room)
    assert picture
    assert picture.more
    shown = [r for group in picture.groups for r in group.records]
    assert len(shown) == 5
    assert picture.lines.count("M0 ") == 5
    assert picture.height == 2 * (len(shown) + len(picture.groups))
    ends = [int(part.split()[-1]) for part in picture.lines.split("M")[1:]]
    assert ends == sorted(set(ends))
    assert all(0 < y < picture.height for y in ends)
    assert network(pairs, room) == picture
    crowd = network(pairs * 9, 10**6)
    assert crowd
    assert sum(len(group.records) for group in crowd.groups) == MOST


# Columns


def test_the_highest_month_fills_the_drawing() -> None:
    months = months_until(date(2026, 2, 10), 4)
    assert months == ["2025-11", "2025-12", "2026-01", "2026-02"]
    drawn = columns([(m, n, n // 2) for m, n in zip(months, (0, 2, 4, 1), strict=True)])
    assert [c.height for c in drawn] == [0, 50, 100, 25]
    assert [c.part_height for c in drawn] == [0, 25, 50, 0]
    assert drawn[-1].x + drawn[-1].width <= 100
    assert all(c.height == 0 for c in columns([("2026-01", 0, 0)]))


def test_a_mean_is_exact(folder: Folder) -> None:
    folder.add("projekt", "p", relevanz={"bedarf": 4, "mehrwert": 3, "reichweite": 3}, realisierbarkeit={"kosten": 2})  # fmt: skip
    (project,) = of(folder.catalogue(), "p")
    assert isinstance(project, Projekt)
    assert priority_matrix([project])[0].relevance == Decimal(10) / 3

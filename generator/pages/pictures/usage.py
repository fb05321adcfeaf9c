"""Who uses what: a few solutions of one kind across, organisations down, a sign where they meet.

What a cell says comes from three places, the strongest first: what the solution says about its use;
an adopted evaluation of it; an evaluation that the organisation made itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import collation_key, german_date
from generator.records.solution_types import Einsatz, Loesung
from generator.records.vocabulary import EINSATZSTATUS, VERDIKT

ROWS, CELLS = 24, 96  # at most; many columns leave fewer rows
LABEL = 36  # percent of the width for the names of the organisations
ADOPTED, EVALUATED, UNKNOWN = "uebernommen", "geprueft", "unbekannt"
WORDS = {
    ADOPTED: "Ergebnis übernommen",
    EVALUATED: "Selbst geprüft",
    UNKNOWN: "Stand nicht gemeldet",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """`state` picks the sign; the words say it all."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation and one cell per solution, None where nothing is known."""

    organisation: Record
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class UseMatrix:
    """`x` are the middles of the columns in percent; `more` organisations did not fit."""

    solutions: tuple[tuple[str, Loesung], ...]
    lines: tuple[Line, ...]
    x: tuple[float, ...]
    more: int
    states: tuple[tuple[str, str], ...]


def use_matrix(
    solutions: Sequence[Loesung],
    evaluations: Mapping[str, Iterable[Bewertung]],
    organisations: Mapping[str, Record],
) -> UseMatrix:
    """`evaluations` by the id of the solution; `organisations` by every id they go by."""
    cells: dict[str, dict[int, Cell]] = {}
    for column, solution in enumerate(solutions):
        for ident, cell in _cells(solution, evaluations.get(solution.id, ())):
            if ident in organisations:
                cells.setdefault(organisations[ident].id, {}).setdefault(column, cell)
    rows = sorted(
        ({o.id: o for o in organisations.values() if o.id in cells}).values(),
        key=lambda o: (collation_key(o.titel), o.id),
    )
    columns = range(len(solutions))
    lines = [
        Line(o, tuple(cells[o.id].get(column) for column in columns))
        for o in rows[: min(ROWS, CELLS // max(1, len(solutions)))]
    ]
    step = (100 - LABEL) / max(1, len(solutions))
    used = {cell.state for line in lines for cell in line.cells if cell}
    return UseMatrix(
        tuple((chr(65 + column), s) for column, s in enumerate(solutions)),
        tuple(lines),
        tuple(round(LABEL + step * (column + 0.5), 2) for column in columns),
        len(rows) - len(lines),
        tuple((state, word) for state, word in legend() if state in used),
    )


def legend() -> list[tuple[str, str]]:
    """Every state a cell may have, with its word."""
    return [(t.value, t.label) for t in EINSATZSTATUS.terms] + [*WORDS.items()]


def _cells(solution: Loesung, evaluations: Iterable[Bewertung]) -> Iterable[tuple[str, Cell]]:
    for use in solution.im_einsatz:
        state = use.status or UNKNOWN
        known = any(state == t.value for t in EINSATZSTATUS.terms)
        words = EINSATZSTATUS.label(state) if use.status else WORDS[UNKNOWN]
        yield use.organisation, Cell(state if known else UNKNOWN, words + _when(use))
    evaluations = list(evaluations)
    for evaluation in evaluations:
        for adoption in evaluation.nachnutzung:
            since = f" ({german_date(adoption.seit)})" if adoption.seit else ""
            yield adoption.organisation, Cell(ADOPTED, WORDS[ADOPTED] + since)
    for evaluation in evaluations:
        if evaluation.verdikt:
            words = f"{WORDS[EVALUATED]}: {VERDIKT.label(evaluation.verdikt)}"
            for ident in evaluation.durchgefuehrt_von:
                yield ident, Cell(EVALUATED, words)


def _when(use: Einsatz) -> str:
    since, until = german_date(use.seit), german_date(use.bis)
    if use.status in ("verworfen", "abgeloest") or not since:
        told = " bis ".join(filter(None, (since, until)))
        return f" ({told})" if told else ""
    begin = "ab" if use.status == "geplant" else "seit"
    return f" {begin} {since}" + (f" bis {until}" if until else "")

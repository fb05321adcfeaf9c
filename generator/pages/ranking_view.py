"""Evaluations by one catalogue of criteria, ranked, with what it takes to change the first place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.scoring import Score
from generator.catalogue.weighing import Candidate, candidate, ranking, turns, value
from generator.records.evaluation_types import Bewertung


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of several: `rank` is None for what is out of the ranking, `value` what its points give."""

    id: str
    name: str
    points: tuple[Decimal | None, ...]
    value: Decimal | None
    rank: int | None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnTold:
    """At `percent` of a criterion that weighs `today` percent now, `winner` comes first."""

    criterion: str
    today: Decimal
    percent: Decimal
    winner: str
    above: bool


@dataclass(frozen=True, slots=True)
class RankingView:
    """`criteria` with their weights in percent; `ranked` best first, then what is out of the ranking."""

    criteria: tuple[tuple[str, Decimal], ...]
    ranked: tuple[Ranked, ...]
    turns: tuple[TurnTold, ...]

    @property
    def places(self) -> list[Ranked]:
        return [r for r in self.ranked if r.rank is not None]


def decimal(number: Fraction) -> Decimal:
    """With many more digits than are ever shown."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def short_name(record: Bewertung, others: Sequence[Bewertung], catalogue: Catalogue) -> str:
    """What was judged, or the title where that does not tell the records apart."""
    alone = [o for o in others if o.id != record.id and o.gegenstand == record.gegenstand]
    subject = catalogue.subject(record)
    return record.titel if alone else subject.titel if subject else record.gegenstand


def rank_records(records: Sequence[Bewertung], catalogue: Catalogue) -> RankingView | None:
    """Those with the same catalogue as the first, under the weights of the first; None without points."""
    first = records[0]
    base = catalogue.score(first)
    if base is None:
        return None
    same = [r for r in records if r.kriterienkatalog == first.kriterienkatalog or r is first]
    scores: dict[str, Score] = {r.id: s for r in same if (s := catalogue.score(r)) is not None}
    criteria = [row.id for row in base.rows]
    kept = [r for r in same if r.id in scores]
    return view(
        [(row.name, row.weight) for row in base.rows],
        [candidate(r.id, scores[r.id], criteria) for r in kept],
        {r.id: short_name(r, kept, catalogue) for r in kept},
        {r.id: scores[r.id].excluded for r in kept},
    )


def view(
    criteria: Sequence[tuple[str, Decimal]],
    candidates: Sequence[Candidate],
    names: dict[str, str],
    excluded: dict[str, tuple[str, ...]],
) -> RankingView:
    """The ranking of candidates under these weights, ready to be shown."""
    weights = [Fraction(weight) for _, weight in criteria]
    total = sum(weights, Fraction(0)) or Fraction(1)
    ranks = {place.id: place for place in ranking(weights, candidates)}
    order = [*ranks, *(c.id for c in candidates if c.id not in ranks)]
    by_id = {c.id: c for c in candidates}

    def ranked(ident: str) -> Ranked:
        points = by_id[ident].points
        known = [p for p in points if p is not None]
        found = value(weights, known) if len(known) == len(points) else None
        return Ranked(
            ident,
            names[ident],
            tuple(None if p is None else decimal(p) for p in points),
            None if found is None else decimal(found),
            ranks[ident].rank if ident in ranks else None,
            excluded.get(ident, ()),
        )

    return RankingView(
        tuple((name, decimal(Fraction(weight) / total * 100)) for name, weight in criteria),
        tuple(ranked(ident) for ident in order),
        tuple(
            TurnTold(
                criteria[t.index][0],
                decimal(weights[t.index] / total * 100),
                decimal(t.share * 100),
                names[t.winner],
                t.above,
            )
            for t in turns(weights, candidates)
        ),
    )

"""Nutzwert: the weighted sum of points, with its full working, in exact decimals.

Σ gewicht × punkte / 100 on a scale of 0 to 10 (the additive model of a utility analysis as UfAB 2018
describes it).  An unmet exclusion criterion overrides any score.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.records.evaluation_types import Bewertung, Kriterienkatalog

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One criterion: `contribution` = weight × points / 100."""

    id: str
    name: str
    description: str
    weight: Decimal
    points: Decimal
    contribution: Decimal
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Score:
    """`total` on 0 to 10; `excluded` names the unmet exclusion criteria."""

    rows: tuple[ScoreRow, ...]
    total: Decimal
    weights: Decimal
    excluded: tuple[str, ...]


def score(evaluation: Bewertung, catalogue: Kriterienkatalog | None) -> Score | None:
    """The working of an evaluation, or None if it has no criteria with points."""
    if not evaluation.kriterien:
        return None
    known = {k.id: k for k in catalogue.kriterien} if catalogue else {}
    rows = []
    for kriterium in evaluation.kriterien:
        base = known.get(kriterium.id)
        weight = (
            kriterium.gewicht
            if kriterium.gewicht is not None
            else (base.gewicht if base else Decimal(0))
        )
        rows.append(
            ScoreRow(
                id=kriterium.id,
                name=base.name if base else kriterium.id,
                description=(base.beschreibung or "") if base else "",
                weight=weight,
                points=kriterium.punkte,
                contribution=weight * kriterium.punkte / HUNDRED,
                reason=kriterium.begruendung or "",
                evidence=kriterium.nachweis or "",
            )
        )
    return Score(
        rows=tuple(rows),
        total=sum((r.contribution for r in rows), Decimal(0)),
        weights=sum((r.weight for r in rows), Decimal(0)),
        excluded=tuple(a.text for a in evaluation.ausschlusskriterien if not a.erfuellt),
    )

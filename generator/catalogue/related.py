""" "Was Sie sonst noch interessieren könnte": records that have something rare in common.

Every record has features (`entries.features`): its tags, product genus, the records it refers to, the
words of its title and everyday names, its fields of action.  Two records are akin by the sum of the
rarity of what they share; the strongest shared feature is told as the reason.  Features that many
records share are skipped, so the cost does not grow with the number of records.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.entries import features
from generator.records.common import Record
from generator.records.vocabulary import HANDLUNGSFELD

LIMIT = 5
_WEIGHT = {"schlagwort": 2.0, "kategorie": 2.5, "bezug": 1.5, "wort": 1.0, "handlungsfeld": 0.3}
_RARE = 60
"""A feature of one record in so many is rare.  Not the size of the wiki, or every new record would
change what is akin everywhere."""


@dataclass(frozen=True, slots=True)
class Related:
    """A record worth a look, and why (a German half-sentence)."""

    record: Record
    reason: str


def related(record: Record, catalogue: Catalogue) -> list[Related]:
    """Up to `LIMIT` records, best first; those linked directly are shown elsewhere."""
    own = features(catalogue.plain(record), catalogue.genus(record))
    if not own:
        return []
    linked = {record.id}
    for reference in catalogue.outgoing(record):
        rows = catalogue.rows("name", reference.target)
        linked |= {rows[0][1]} if rows else set()
    for ident in catalogue.ids_of(record):
        linked |= {source for _, source, _ in catalogue.rows("ziel", ident)}
    scores: defaultdict[str, float] = defaultdict(float)
    orders: dict[str, str] = {}  # of two equally akin, the one that still holds
    reasons: dict[str, tuple[float, tuple[str, str]]] = {}
    for feature in sorted(own):
        holders = catalogue.few("merkmal", f"{feature[0]}:{feature[1]}")
        if len(holders) < 2:
            continue
        worth = _WEIGHT[feature[0]] * math.log(1 + _RARE / len(holders))
        for order, other, _ in holders:
            if other in linked:
                continue
            orders[other] = order
            scores[other] += worth
            if worth > reasons.get(other, (0.0,))[0]:
                reasons[other] = (worth, feature)
    best = sorted(scores, key=lambda ident: (-scores[ident], orders[ident], ident))[:LIMIT]
    return [
        Related(catalogue.seen(i), _reason(reasons[i][1], own[reasons[i][1]], catalogue))
        for i in best
    ]


def _reason(feature: tuple[str, str], written: str, catalogue: Catalogue) -> str:
    kind, value = feature
    if kind == "schlagwort":
        return f"gleiches Schlagwort: {written}"
    if kind == "kategorie":
        category = catalogue.categories.get(value)
        return f"gleiche Produktgattung: {category.name if category else value}"
    if kind == "bezug":
        return f"bezieht sich auch auf: {catalogue.name(value)}"
    if kind == "handlungsfeld":
        return f"gleiches Handlungsfeld: {HANDLUNGSFELD.label(value)}"
    return f"gemeinsames Wort: {written}"

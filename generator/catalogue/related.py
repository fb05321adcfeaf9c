""" "Was Sie sonst noch interessieren könnte": records that have something rare in common.

Every record gets features: its tags, product genus, the records it refers to, the words of its title
and everyday names, its fields of action.  Two records are akin by the sum of the rarity of what they
share; the strongest shared feature is told as the reason.  Features that many records share are
skipped, so the cost stays linear in the number of records.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field

from generator.catalogue.catalogue import Catalogue
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.solution_types import Anbieter, Begriff, Loesung, Organisation
from generator.records.vocabulary import HANDLUNGSFELD

COMMON = 60  # a feature shared by more records says too little and costs too much
LIMIT = 5
_WEIGHT = {"schlagwort": 2.0, "kategorie": 2.5, "bezug": 1.5, "wort": 1.0, "handlungsfeld": 0.3}
# Words that nearly every municipal record could carry: they explain no kinship.
_GENERIC = (
    "digital",
    "service",
    "kommun",
    "interkommun",
    "gemeinsam",
    "kreis",
    "verwaltung",
    "projekt",
    "stadt",
    "gemeinde",
    "bürger",
    "einfach",
)
_LEFT_OUT = (Anbieter, Begriff, Organisation)


@dataclass(frozen=True, slots=True)
class Related:
    """A record worth a look, and why (a German half-sentence)."""

    record: Record
    reason: str


@dataclass(slots=True)
class Kinship:
    """The feature index of a catalogue."""

    catalogue: Catalogue
    features: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def related(self, record: Record) -> list[Related]:
        """Up to `LIMIT` records, best first; those linked directly are shown elsewhere."""
        former = self.catalogue.former
        linked = {former.get(r.target, r.target) for r in self.catalogue.outgoing[record.id]}
        linked |= {r.source for r in self.catalogue.incoming.get(record.id, ())} | {record.id}
        scores: defaultdict[str, float] = defaultdict(float)
        reasons: dict[str, tuple[float, tuple[str, str]]] = {}
        for feature in self.features.get(record.id, ()):
            holders = self.holders[feature]
            if not 1 < len(holders) <= COMMON:
                continue
            worth = _WEIGHT[feature[0]] * math.log(1 + len(self.catalogue.records) / len(holders))
            for other in holders:
                if other in linked:
                    continue
                scores[other] += worth
                if worth > reasons.get(other, (0.0,))[0]:
                    reasons[other] = (worth, feature)
        best = sorted(scores, key=lambda i: (-scores[i], self.catalogue.validities[i].order, i))[
            :LIMIT
        ]
        return [Related(self.catalogue.records[i], self._reason(reasons[i][1])) for i in best]

    def _reason(self, feature: tuple[str, str]) -> str:
        kind, value = feature
        if kind == "schlagwort":
            return f"gleiches Schlagwort: {self._spelling(value)}"
        if kind == "kategorie":
            category = self.catalogue.categories.get(value)
            return f"gleiche Produktgattung: {category.name if category else value}"
        if kind == "bezug":
            return f"bezieht sich auch auf: {self.catalogue.name(value)}"
        if kind == "handlungsfeld":
            return f"gleiches Handlungsfeld: {HANDLUNGSFELD.label(value)}"
        return f"gemeinsames Wort: {self._spelling(value)}"

    def _spelling(self, folded: str) -> str:
        """The word as its first holder writes it."""
        for kind in ("schlagwort", "wort"):
            for ident in self.holders.get((kind, folded), ())[:1]:
                record = self.catalogue.records[ident]
                for text in (
                    *record.schlagworte,
                    *_words(record.titel),
                    *_words(" ".join(record.auch_gesucht_als)),
                ):
                    if text.casefold() == folded:
                        return text
        return folded


def kinship(catalogue: Catalogue) -> Kinship:
    result = Kinship(catalogue)
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for record in catalogue.records.values():
        if isinstance(record, _LEFT_OUT):
            continue
        features = tuple(sorted(_features(record, catalogue)))
        result.features[record.id] = features
        for feature in features:
            holders[feature].append(record.id)
    result.holders = dict(holders)
    return result


def _features(record: Record, catalogue: Catalogue) -> set[tuple[str, str]]:
    found = {("schlagwort", s.casefold()) for s in record.schlagworte}
    found |= {("handlungsfeld", h) for h in record.handlungsfeld}
    found |= {
        ("bezug", catalogue.former.get(r.target, r.target))
        for r in catalogue.outgoing[record.id]
        if r.field != "herausgeber"
    }
    words = " ".join((record.titel, *record.auch_gesucht_als))
    found |= {("wort", w.casefold()) for w in _words(words)}
    solution = record if isinstance(record, Loesung) else None
    if isinstance(record, Bewertung):
        solution = catalogue.subject(record)
    if solution is not None:
        found.add(("kategorie", solution.kategorie))
    return found


def _words(text: str) -> list[str]:
    """Nouns that say something: capitalised, long enough, and not what every record is about."""
    found: list[str] = re.findall(r"[A-ZÄÖÜ][^\W\d_]{5,}", text)
    return [w for w in found if not w.casefold().startswith(_GENERIC)]

"""What every record has, and the tools that the records of each type are written with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from generator.records.value_rules import slug
from tools.bench import DAY
from tools.bench.corpus.names import Names
from tools.bench.corpus.plan import Entry, Plan
from tools.bench.corpus.prose import Prose

T = TypeVar("T")
Fields = dict[str, Any]

_FIELDS_OF_ACTION = ("verwaltung", "klimaschutz", "demografie", "mobilitaet", "bevoelkerungsschutz", "infrastruktur")  # fmt: skip
_SOURCES = ("strategie", "presse", "fachartikel", "eigener_test", "referenzgespraech", "herstellerangabe", "veroeffentlichung", "erfahrungsbericht")  # fmt: skip
_RELATIONS = ("siehe_auch", "siehe_auch", "siehe_auch", "beruht_auf", "teil_von", "umsetzt", "ergebnis_von", "widerspricht")  # fmt: skip
_RELATED = ("projekt", "best-practice", "ag-ergebnis", "loesung", "begriff", "arbeitsgruppe")
_RESPONSIBLE = (
    "Stabsstelle Digitalisierung", "Amt für Organisation", "Redaktion Wissensspeicher", "Geschäftsführung der Arbeitsgruppe",
    "Zentrale Beschaffung", "Fachbereich Bürgerdienste", "Smart Region Büro",
)  # fmt: skip
_SOURCE_TITLES = ("Erfahrungsbericht zu {}", "Bericht {}", "Gespräch zu {}", "Handreichung {}", "Produktblatt {}", "Test: {}")  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One record while it is written."""

    plan: Plan
    names: Names
    entry: Entry
    rng: Random = field(init=False)
    prose: Prose = field(init=False)

    def __post_init__(self) -> None:
        self.rng = self.plan.rng("text", self.entry.typ, self.entry.ident)
        self.prose = Prose(self.rng, self.plan.words, self.entry.topic)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def organisation(self) -> str:
        """Any organisation; a few publish most."""
        entries = self.plan.entries["organisation"]
        return entries[int(len(entries) ** self.rng.random()) - 1].ident

    def other(self, typ: str) -> Entry:
        return self.rng.choice(self.plan.entries[typ])

    def some(self, entries: Sequence[Entry], low: int, high: int) -> list[str]:
        """Ids of different entries."""
        count = min(self.rng.randint(low, high), len(entries))
        return [e.ident for e in self.rng.sample(entries, count)]

    def before(self, day: date, days: int) -> date:
        """A day up to so many days before."""
        return day - timedelta(days=self.rng.randint(0, days))

    def month(self, days: int = 500) -> str:
        """A month before the record's date."""
        return self.before(self.entry.stand, days).isoformat()[:7]

    def adoptions(self, high: int) -> list[Fields]:
        """Who took it over, and what that saved."""
        rows: list[Fields] = []
        for ident in self.some(self.plan.municipalities, 1, high):
            row: Fields = {"organisation": ident, "seit": self.month(300)}
            if self.chance(0.6):
                row["abweichungen"] = self.prose.phrase()
            if self.chance(0.8):
                row["ersparte_personentage"] = self.rng.randint(2, 40) / 2
            if self.chance(0.6):
                row["zufriedenheit"] = self.rng.randint(1, 5)
            rows.append(row)
        return rows

    def links(self) -> list[str]:
        """Markdown links to other, public records, as an author would write them."""
        found = []
        for _ in range(self.rng.choice((0, 1, 1, 2, 3))):
            target = self.other(self.rng.choice(("begriff", "loesung", "organisation", "anbieter")))
            found.append(f"[{target.titel}](../{target.folder}/{target.ident}.md)")
        return found


def first_fields(draft: Draft) -> Fields:
    """The common fields that stand before a type's own."""
    entry, rng, prose = draft.entry, draft.rng, draft.prose
    fields: Fields = {
        "typ": entry.typ,
        "titel": entry.titel,
        "kurzfassung": prose.short(),
        "status": entry.status,
        "stand": entry.stand.isoformat(),
        "herausgeber": entry.ident if entry.kind == "kommune" else draft.organisation(),
        "verantwortlich": rng.choice(_RESPONSIBLE),
    }
    if draft.chance(0.75):
        fields["kontakt"] = f"{rng.choice(('rathaus', 'digitalisierung', 'redaktion'))}@{fields['herausgeber'][:40].strip('-')}.example"  # fmt: skip
    if draft.chance(0.7) or DAY - entry.stand > timedelta(days=330):
        review = DAY + timedelta(days=rng.randint(-40, 700))
        fields["naechste_pruefung"] = review.isoformat()
    fields["vertraulichkeit"] = "oeffentlich" if entry.public else "interkommunal"
    if draft.chance(0.04):
        fields["lizenz"] = "CC0-1.0"
    if draft.chance(0.05):
        fields["frueher"] = [f"{entry.ident}-alt"]
    if draft.chance(0.9):
        fields["handlungsfeld"] = rng.sample(_FIELDS_OF_ACTION, rng.choice((1, 1, 1, 2)))
    if draft.chance(0.9):
        tags = (draft.plan.words.common_noun(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 4))))
        fields["schlagworte"] = list(dict.fromkeys(tags))
    if draft.chance(0.7):
        fields["auch_gesucht_als"] = list(dict.fromkeys(f"{prose.noun()} {prose.noun()}" if draft.chance(0.5) else prose.noun() for _ in range(rng.randint(1, 4))))  # fmt: skip
    return fields


def last_fields(draft: Draft) -> Fields:
    """The common fields that stand after a type's own."""
    fields: Fields = {}
    related = {}
    for _ in range(draft.rng.choice((0, 0, 1, 1, 2, 3))):
        target = draft.other(draft.rng.choice(_RELATED))
        if target.ident != draft.entry.ident:
            related[target.ident] = draft.rng.choice(_RELATIONS)
    if draft.entry.typ in ("bewertung", "begriff"):  # states of these come from `ersetzt` alone
        related = dict.fromkeys(related, "siehe_auch")
    if related:
        fields["bezug"] = [{"art": art, "ziel": ident} for ident, art in related.items()]
    fields["quellen"] = [_source(draft) for _ in range(draft.rng.choice((1, 1, 2, 2, 3)))]
    if draft.chance(0.15):
        fields["intern"] = {
            "aktenzeichen": f"10-{draft.rng.randint(10, 99)}-{draft.rng.randint(1, 40)}",
            "vermerk": draft.prose.sentence(),
        }
    return fields


def _source(draft: Draft) -> Fields:
    title = draft.rng.choice(_SOURCE_TITLES).format(draft.prose.noun())
    source: Fields = {"titel": title, "art": draft.rng.choice(_SOURCES)}
    if draft.chance(0.7):
        source["herausgeber"] = draft.names.place(draft.rng)
    if draft.chance(0.9):
        source["datum"] = draft.month()
    if draft.chance(0.4):
        place = slug(draft.names.place(draft.rng))
        source["url"] = f"https://www.{place}.example/bericht-{draft.rng.randint(1, 999)}"
    if draft.chance(0.5):
        source["fundstelle"] = f"S. {draft.rng.randint(2, 90)}"
    return source

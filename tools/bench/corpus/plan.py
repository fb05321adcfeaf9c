"""Which records there are: types, ids, titles, dates and the history of evaluations.

The plan comes first, so that every record can refer to any other one.  It also keeps the rules across
records: titles are unique, of two valid evaluations of one subject the later one replaces the earlier
or says why it exists, and what is public names nothing confidential.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from generator.records.value_rules import slug
from tools.bench import DAY
from tools.bench.corpus.names import Names
from tools.bench.corpus.words import Words

SHARES = {
    "kriterienkatalog": 0.005,
    "arbeitsgruppe": 0.015,
    "anbieter": 0.04,
    "begriff": 0.08,
    "loesung": 0.13,
    "projekt": 0.12,
    "ag-ergebnis": 0.16,
    "best-practice": 0.13,
}
"""The rest are evaluations, about 27 %, and organisations."""
MOST_ORGANISATIONS = 360
MUNICIPALITIES = 0.83  # of the organisations
FOLDERS = {
    "kriterienkatalog": "kriterienkataloge",
    "arbeitsgruppe": "arbeitsgruppen",
    "anbieter": "anbieter",
    "begriff": "glossar",
    "loesung": "loesungen",
    "projekt": "projekte",
    "ag-ergebnis": "ag-ergebnisse",
    "best-practice": "best-practices",
    "bewertung": "bewertungen",
    "organisation": "organisationen",
}
CONFIDENTIAL = {"bewertung": 0.15, "ag-ergebnis": 0.2, "projekt": 0.05, "best-practice": 0.05}
VERDICTS = ("empfohlen", "bedingt_empfohlen", "weiter_beobachten", "derzeit_nicht_empfohlen", "nicht_empfohlen", "ohne_votum")  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What is known of a record before it is written."""

    typ: str
    ident: str
    titel: str
    topic: tuple[str, ...]
    stand: date
    status: str
    public: bool
    subject: Entry | str = ""  # of an evaluation
    purpose: str = ""
    pruefstatus: str = ""
    verdikt: str = ""
    ersetzt: str = ""
    doppelt: bool = False
    kind: str = ""  # of an organisation

    @property
    def folder(self) -> str:
        return FOLDERS[self.typ]

    @property
    def finished(self) -> bool:
        return self.pruefstatus == "abgeschlossen"


@dataclass(slots=True)
class Plan:
    """All entries, by type in a fixed order."""

    seed: int
    words: Words
    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _titles: set[tuple[str, str]] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)

    def rng(self, *names: object) -> Random:
        """A source of chance of its own for each purpose, so that no text depends on another one."""
        return Random("/".join(map(str, (self.seed, *names))))

    @property
    def municipalities(self) -> list[Entry]:
        return [e for e in self.entries["organisation"] if e.kind == "kommune"]

    def add(self, typ: str, number: int, names: Names) -> Entry:
        """Plan one record with a new title and id."""
        rng = self.rng(typ, number)
        topic = (self.words.compound(rng), *(self.words.noun(rng) for _ in range(4)))
        titel = names.title(typ, rng, topic)
        while (typ, titel.casefold()) in self._titles:
            titel = f"{titel.removesuffix('.')} {self.words.compound(rng)}"
        self._titles.add((typ, titel.casefold()))
        ident = base = slug(titel)[:80].strip("-")
        while ident in self._ids:
            ident = f"{base}-{len(self._ids)}"
        self._ids.add(ident)
        age = min(int(rng.expovariate(1 / 420)), 2200)
        status = rng.choices(("freigegeben", "in_pruefung", "entwurf", "archiviert"), (88, 4, 4, 4))
        entry = Entry(
            typ, ident, titel, topic,
            stand=DAY - timedelta(days=age),
            status=status[0],
            public=rng.random() >= CONFIDENTIAL.get(typ, 0),
        )  # fmt: skip
        self.entries[typ].append(entry)
        return entry


def make_plan(n: int, seed: int, words: Words) -> Plan:
    """Plan n records."""
    plan = Plan(seed, words)
    names = Names(words)
    organisations = min(max(12, round(n * 0.06)), MOST_ORGANISATIONS)
    for number in range(organisations):
        entry = plan.add("organisation", number, names)
        entry.kind = names.kind_of(entry.titel)
    for typ, share in SHARES.items():
        for number in range(max(2, round(n * share))):
            plan.add(typ, number, names)
    planned = sum(map(len, plan.entries.values()))
    for number in range(n - planned):
        plan.add("bewertung", number, names)
    _tell_histories(plan, names)
    return plan


def _tell_histories(plan: Plan, names: Names) -> None:
    """Give each evaluation a subject, a state and, if it follows another one, the link to it."""
    solutions = plan.entries["loesung"]
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    needs: set[str] = set()
    for number, entry in enumerate(plan.entries["bewertung"]):
        rng = plan.rng("subject", number)
        if rng.random() < 0.85:
            entry.subject = solutions[int(len(solutions) * rng.random() ** 1.6)]
            groups[entry.subject.ident].append(entry)
        else:
            entry.subject = f"{plan.words.compound(rng)} für {entry.topic[1]}"
            entry.doppelt = entry.subject in needs
            needs.add(entry.subject)
        entry.purpose = f"{entry.topic[0]} im {names.office(rng)}"
        state = rng.choices(("abgeschlossen", "laufend", "geplant", "abgebrochen"), (80, 7, 9, 4))
        entry.pruefstatus = state[0]
        if entry.finished:
            entry.verdikt = rng.choices(VERDICTS, (34, 24, 12, 13, 11, 6))[0]
    for group in groups.values():
        _chain(plan, sorted(group, key=lambda e: (e.stand, e.ident)))


def _chain(plan: Plan, group: list[Entry]) -> None:
    """Half of the later evaluations of a solution replace the one before; the others say why."""
    earlier: Entry | None = None
    for entry in group:
        if not entry.finished:
            continue
        if earlier is not None:
            rng = plan.rng("chain", entry.ident)
            if rng.random() < 0.5 and "entwurf" not in (entry.status, earlier.status):
                entry.ersetzt, entry.purpose = earlier.ident, earlier.purpose
                if earlier.verdikt == "empfohlen" or not entry.public:
                    earlier.status = "archiviert"
            entry.doppelt = True
        earlier = entry

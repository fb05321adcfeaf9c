"""The index after an edit is the index made anew, line by line."""

from __future__ import annotations

import json
import random
import sqlite3
from functools import partial

import pytest

from generator.search import lines as lines_room
from generator.search import merging, revision, settings
from generator.search.analysis import stem_folded
from generator.search.build import keep, whole
from generator.search.compounds import helps
from generator.search.index import analyse, phrase_starts
from generator.search.kept import TABLES, Kept, Known
from generator.search.lexicon import load_lexicon
from generator.search.lines import Lines, shards
from generator.search.meanings import Meanings
from generator.search.revision import Edit, TooMuch, revise
from generator.search.synonyms import Group
from tests.search.helpers import CACHE, document

# Words that are parts of each other, irregular, short, or known to a group: what an edit can disturb.
WORDS = [
    "Terminal",
    "Bürgerterminal",
    "Selbstbedienungsterminal",
    "Bedienung",
    "Haus",
    "Häuser",
    "Rathaus",
    "Rathäuser",
    "Bad",
    "Bäder",
    "Hallenbad",
    "Ausweis",
    "Ausweisabholung",
    "Abholung",
    "Abholbox",
    "Box",
    "Dokument",
    "Dokumentenmanagementsystem",
    "Management",
    "System",
    "Akte",
    "Aktenplan",
    "Plan",
    "Planung",
    "Bauplan",
    "Bau",
    "Bauamt",
    "Amt",
    "Ämter",
    "Hund",
    "Hand",
    "Kiosk",
    "Technisches",
    "Hilfswerk",
    "Wärme",
    "Wärmepumpe",
    "Pumpe",
    "Quittungsautomat",
    "Automat",
    "Beleg",
    "Belegprüfung",
    "prüfen",
    "geprüft",
    "Prüfung",
    "Sitzung",
    "Sitzungsdienst",
    "Dienst",
    "Rat",
    "Ratsinformationssystem",
    "Information",
    "Chatbot",
    "Chat",
    "Bot",
    "Service",
    "Innovation",
    "Labor",
]
GROUPS = [
    Group("Terminal", ("Kiosk", "Selbstbedienungsautomat")),
    Group("Dokumentenmanagement", ("DMS", "elektronische Akte"), ("Aktenplan",)),
    Group("Hallenbad", ("Schwimmbad",)),
]
MEANINGS = Meanings(GROUPS)
STARTS = phrase_starts(MEANINGS.known)


def contents(lines: Lines) -> list[str]:
    """Of the shards of one stretch, alone."""
    (made,) = shards([lines])
    return [content for _, _, content in made]


class Wiki:
    """Documents that change at random, the tables of their index, and the index made anew."""

    def __init__(self, seed: int, count: int) -> None:
        self.random = random.Random(seed)
        self.texts = {self.name(): self.text() for _ in range(count)}
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.executescript(TABLES)
        self.kept = Kept(db)
        self.order: list[str] = []
        self.begin()

    def name(self) -> str:
        return f"d{self.random.randrange(10**6):06}"

    def text(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(12, 16))
        made = self.random.choices(WORDS, k=2)
        words.append(made[0] + made[1].lower())
        title = " ".join(self.random.choices(WORDS, k=3))
        body = " ".join(words)
        return analyse(document("x", title, body, summary=" ".join(words[:4])), STARTS).as_json()

    def whole(self) -> dict[str, list[str]]:
        merged = whole([self.texts[n] for n in sorted(self.texts)], MEANINGS, CACHE)
        self.merged = merged
        return {name: contents(part) for name, part in merged.lines.stretches()}

    def begin(self) -> None:
        """Make everything anew."""
        self.whole()
        self.known = keep(self.merged, self.kept)
        self.kept.drop_stretches(self.kept.names())
        self.kept.set_stretches([(n, part, []) for n, part in self.merged.lines.stretches()])
        self.order = sorted(self.texts)
        self.then = dict(self.texts)

    def revise(self) -> None:
        changed = {
            n for n in self.then.keys() | self.texts.keys() if self.then.get(n) != self.texts.get(n)
        }
        edit = Edit(
            self.order,
            sorted(self.texts),
            {n: self.then[n] for n in changed & self.then.keys()},
            {n: self.texts[n] for n in changed & self.texts.keys()},
        )
        known = Known(*json.loads(as_json(self.known)))  # as a build keeps it
        found = revise(
            self.kept, known, edit, Texts(self.texts), MEANINGS, partial(load_lexicon, CACHE)
        )
        self.kept.drop_stretches(found.gone)
        self.kept.set_stretches([(n, part, []) for n, part in found.stretches.items()])
        self.known, self.order, self.then = known, sorted(self.texts), dict(self.texts)
        self.census = found.census

    def edit(self) -> None:
        name = self.random.choice(sorted(self.texts))
        choice = self.random.random()
        if choice < 0.6:
            self.texts[name] = self.text()
        elif choice < 0.8:
            self.texts[self.name()] = self.text()
        elif len(self.texts) > 3:
            del self.texts[name]


def as_json(known: Known) -> str:
    return json.dumps([known.totals, known.sources])


class Texts:
    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def __call__(self, name: str) -> str:
        return self.texts[name]

    def with_run(self, run: str) -> list[str]:
        return [name for name, text in self.texts.items() if f'"{run}"' in text]


@pytest.mark.parametrize("seed", range(4))
def test_random_edits(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(lines_room, "_EVERY", 12)
    monkeypatch.setattr(settings, "CORE_TERMS", 40)
    monkeypatch.setattr(settings, "SHARD_BYTES", 150)
    for room in (revision, merging):  # in so small a wiki every edit would change the averages
        monkeypatch.setattr(room, "averages_of", lambda totals, count: [900] * len(totals))
    wiki = Wiki(seed, 60)
    revised = 0
    for _ in range(12):
        for _ in range(wiki.random.choice([1, 1, 2, 3])):
            wiki.edit()
        try:
            wiki.revise()
        except TooMuch:
            wiki.begin()
            continue
        revised += 1
        expected = wiki.whole()
        assert wiki.kept.names() == sorted(expected)
        for name, texts in expected.items():
            assert contents(wiki.kept.stretch(name)) == texts
        merged = wiki.merged
        assert as_json(wiki.known) == as_json(keep(merged, None))
        known = wiki.kept.vocabulary()
        assert known.words == sorted(filter(helps, merged.told.words))
        assert known.stems == [*map(stem_folded, known.words)]
        assert sorted([*known.words, *known.others]) == sorted(merged.told.words)
        assert wiki.census.terms == merged.census.terms
        assert wiki.census.importance.tolist() == merged.census.importance.tolist()
        assert wiki.census.sizes.tolist() == merged.census.sizes.tolist()
        for census in (wiki.census, wiki.kept.census()):
            assert census.core == merged.census.core
            assert census.packed_core() == merged.census.packed_core()
            assert census.core_sizes().tolist() == [
                merged.census.size(t).bit_length() for t in census.core
            ]
    assert revised >= 4, "most edits must be revisions"


def test_another_average_is_too_much() -> None:
    wiki = Wiki(1, 10)
    for name in wiki.texts:
        long = document("x", "Terminal", " ".join(WORDS))
        wiki.texts[name] = analyse(long, STARTS).as_json()
    with pytest.raises(TooMuch):
        wiki.revise()

"""Texts of one record: titles, phrases, paragraphs and a Markdown body about a few topic words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.bench.corpus.words import Words

_PHRASES = (
    "{} vor {} klären",
    "Kein {} ohne {}",
    "{} und {} gehören zusammen",
    "{} fehlt in kleinen Gemeinden",
    "Früh über {} sprechen",
    "Weniger Aufwand für {}",
    "{} bleibt stabil",
    "{} ist mit {} abgestimmt",
    "Eine Stelle kümmert sich um {}",
    "{} gemeinsam beschaffen",
    "Klare Regeln für {}",
    "{} einmal im Jahr prüfen",
    "{} wurde mit zwölf Personen erprobt",
    "Mehr Zeit für {}",
    "{} ist noch offen",
    "Schulung zu {} und {}",
)
_QUESTIONS = (
    "Lohnt sich {} für kleine Gemeinden?",
    "Wie lässt sich {} mit {} verbinden?",
    "Wer kümmert sich künftig um {}?",
    "Brauchen wir {} in jedem Rathaus?",
)
_COLUMNS = ("Aufgabe", "Zuständig", "Stand", "Aufwand", "Ergebnis", "Anlass", "Stufe", "Beispiel")
_MARKS = ("ja", "nein", "teilweise", "offen", "geplant", "drei Tage", "monatlich", "14", "8,5")


@dataclass(frozen=True, slots=True)
class Prose:
    """Writes about `topic`; a third of all replaced nouns are topic words."""

    rng: Random
    words: Words
    topic: Sequence[str]

    def noun(self) -> str:
        rng = self.rng
        return rng.choice(self.topic) if rng.random() < 0.35 else self.words.noun(rng)

    def phrase(self) -> str:
        """A few words, as in lists."""
        return self.rng.choice(_PHRASES).format(self.noun(), self.noun())

    def phrases(self, low: int, high: int) -> list[str]:
        """Different phrases."""
        count = self.rng.randint(low, high)
        return list(dict.fromkeys(self.phrase() for _ in range(count)))

    def question(self) -> str:
        return self.rng.choice(_QUESTIONS).format(self.noun(), self.noun())

    def sentence(self) -> str:
        """A sentence of the example county with some other nouns."""
        parts = list(self.rng.choice(self.words.sentences))
        for place in range(1, len(parts), 2):
            if self.rng.random() < 0.5:
                parts[place] = self.noun()
        return "".join(parts)

    def sentences(self, low: int, high: int) -> str:
        return " ".join(self.sentence() for _ in range(self.rng.randint(low, high)))

    def short(self, limit: int = 280) -> str:
        """One or two sentences within a limit."""
        text = self.sentence()
        while len(text) > limit:
            text = self.sentence()
        more = self.sentence()
        return f"{text} {more}" if len(text) + len(more) < limit else text

    def body(self, words: int, links: Sequence[str]) -> str:
        """About so many words of Markdown; each link goes into a paragraph of its own."""
        waiting = list(links)
        blocks: list[str] = []
        written = 0
        while written < words:
            kind = self.rng.random()
            if not blocks or (kind < 0.28 and not blocks[-1].startswith("#")):
                block = f"## {self._heading()}"
            elif kind < 0.4 and not blocks[-1].startswith("#"):
                block = "\n".join(f"- {phrase}" for phrase in self.phrases(3, 6))
            elif kind < 0.44 and not blocks[-1].startswith("#"):
                block = "\n".join(f"{at}. {p}." for at, p in enumerate(self.phrases(3, 5), 1))
            elif kind < 0.47 and not blocks[-1].startswith(("#", "|")):
                block = self._table()
            elif kind < 0.49:
                block = f"> {self.sentence()}"
            else:
                block = self._paragraph(waiting)
            blocks.append(block)
            written += block.count(" ") + 1
        blocks += [f"Mehr dazu unter {link}." for link in waiting]
        return "\n\n".join(blocks) + "\n"

    def _heading(self) -> str:
        if self.rng.random() < 0.7:
            return self.rng.choice(self.words.headings)
        return f"{self.noun()} und {self.noun()}"

    def _paragraph(self, waiting: list[str]) -> str:
        text = self.sentences(2, 5)
        if self.rng.random() < 0.08:
            text += f" **{self.phrase()}.**"
        if waiting and self.rng.random() < 0.5:
            text += f" Mehr dazu unter {waiting.pop()}."
        return text

    def _table(self) -> str:
        columns = self.rng.sample(_COLUMNS, self.rng.randint(2, 4))
        rows = [columns, ["---"] * len(columns)]
        for _ in range(self.rng.randint(3, 7)):
            rows.append(
                [self.phrase(), *(self.rng.choice((self.noun(), *_MARKS)) for _ in columns[1:])]
            )
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

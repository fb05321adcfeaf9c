"""The words of the corpus: sentences of the example county, and nouns without end.

A noun has a rank; ranks are drawn log-uniformly, which is Zipf's law with exponent one.  The first
ranks are nouns of the shipped content, all later ones compounds of these: so a larger corpus has new
words all the way, as real collections of German texts do.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[3]
SENTENCES_FROM = ("examples/musterkreis/*/*.md", "content/glossar/*.md")
NOUNS_FROM = ("examples/musterkreis/*/*.md", "content/*/*.md")
LAST_RANK = 3_000_000

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_NOUN = re.compile(r"(?<=[a-zäöüß,] )([A-ZÄÖÜ][a-zäöüß]{3,13})(?=[ .,;:?!])")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÄÖÜ])")
_PLAIN = re.compile(r"[A-ZÄÖÜ][\w äöüÄÖÜß,;:„“–%-]{30,220}[.!?]")
# Real places, and words that the rules on privacy and procurement listen for.
_REAL = re.compile(r"Steinfurt|NRW|Nordrhein|Münster|Westfalen|SIL\b|KAAW|Kreis ")
_DELICATE = re.compile(r"Herr|Frau|ngebot|ieter|ergabe|usschreibung|ubmission|Zuschlag|\d{5}")
_SYNONYM = re.compile(r"begriff: ([A-ZÄÖÜ][a-zäöüß]{3,13})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Words:
    """Sentence templates (every second part is a noun) and nouns, most frequent first."""

    sentences: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    nouns: tuple[str, ...]
    _made: dict[int, str] = field(default_factory=dict)

    def noun(self, rng: Random) -> str:
        """Any noun, common ones more often."""
        rank = int(LAST_RANK ** rng.random()) - 1
        return self.nouns[rank] if rank < len(self.nouns) else self._compound(rank)

    def common_noun(self, rng: Random) -> str:
        """A noun of the shipped content, for words that editors choose from what there is."""
        return self.nouns[int(len(self.nouns) ** rng.random()) - 1]

    def compound(self, rng: Random) -> str:
        """A compound, for titles and names."""
        return self._compound(rng.randrange(len(self.nouns), LAST_RANK))

    def _compound(self, rank: int) -> str:
        if rank not in self._made:
            spread = rank * 0x9E3779B97F4A7C15 % 2**64  # neighbouring ranks share no parts
            parts = 3 if spread % 12 == 0 else 2
            word = ""
            for place in range(parts):
                share = (spread >> (20 * place) & 0xFFFFF) / 2**20
                part = self.nouns[int(len(self.nouns) ** math.sqrt(share)) - 1]
                word = part if not word else word + _joint(word) + part.lower()
            self._made[rank] = word
        return self._made[rank]


def _joint(word: str) -> str:
    """The letters between the parts of a compound."""
    if word.endswith(("ung", "heit", "keit", "schaft", "tion", "tät", "ing")):
        return "s"
    return "n" if word.endswith("e") else ""


def load_words() -> Words:
    """Read the shipped content.  Sentences that name real places are left out."""
    bodies = [_FRONT.sub("", text) for text in _texts(SENTENCES_FROM)]
    found = Counter(noun for text in _texts(NOUNS_FROM) for noun in _NOUN.findall(text))
    places = {
        word
        for folder in ("content", "examples/musterkreis")
        for path in (ROOT / folder / "organisationen").glob("*.md")
        for word in re.findall(
            r"\w+", path.read_text(encoding="utf-8").split("titel: ")[1].split("\n")[0]
        )
    }
    synonyms = (ROOT / "content/suche/synonyme.yml").read_text(encoding="utf-8")
    found.update(dict.fromkeys(_SYNONYM.findall(synonyms), 0))
    nouns = [
        word
        for word, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if word not in places and not _REAL.search(word) and not _DELICATE.search(word)
    ]
    headings = dict.fromkeys(
        heading
        for body in bodies
        for heading in re.findall(r"^## ([^\n\d:]{4,60})$", body, re.MULTILINE)
        if not _REAL.search(heading)
    )
    sentences = dict.fromkeys(sentence for body in bodies for sentence in _sentences(body))
    return Words(tuple(_template(s) for s in sentences), tuple(headings), tuple(nouns))


def _texts(patterns: tuple[str, ...]) -> list[str]:
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return [path.read_text(encoding="utf-8") for path in files]


def _sentences(body: str) -> Iterator[str]:
    for paragraph in body.split("\n\n"):
        if paragraph[:1].isupper():
            for sentence in _SENTENCE.split(" ".join(paragraph.split())):
                if _PLAIN.fullmatch(sentence) and not (
                    _REAL.search(sentence) or _DELICATE.search(sentence)
                ):
                    yield sentence


def _template(sentence: str) -> tuple[str, ...]:
    return tuple(_NOUN.split(sentence))

"""Has somebody evaluated this already?  How alike two evaluations are, and why.

An evaluation is reduced to *concepts*: the beginnings (six letters) of the words that say something in
its subject, title, need, purpose, tags and everyday names.  So „Terminvergabe“ and „Termine buchen“
share one, without a dictionary.  A concept that few evaluations have is worth more than one of many, and
one from the need is worth less than one from the subject.  Two evaluations are alike by the sum of what
they share, as a fraction of the smaller one's own worth; the same subject or product genus weighs in on
top.  Candidates come from the lists of the catalogue (one per concept, skipped where it is long), so
the cost does not grow with the number of records, and an edit repeats only the comparisons that it
touches.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.records.evaluation_types import Bewertung
from generator.records.solution_types import Loesung
from generator.records.value_rules import ID_PATTERN
from generator.search.analysis import fold, normalise, stem_folded
from generator.search.stopwords import QUESTION_WORDS, STOP_WORDS, WEAK_WORDS

if TYPE_CHECKING:  # the catalogue's lists are made of what this module says
    from generator.catalogue.catalogue import Catalogue

INDEX = "pruefwort"
ALIKE = 0.43
"""From which likeness on two evaluations are worth a look; measured, see docs/duplicates.md."""
FEWEST = 2  # shared concepts that say enough
_LETTERS = 6  # of a word that make a concept
_RARE = 60  # as in `related`: not the size of the wiki
_CANDIDATES = 8
_CORE, _NEED = 1.0, 0.6
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[A-Z]{2,}[0-9]*")
# What nearly every need of a municipality says, beside the search's own weak words.
_EVERYWHERE = frozenset(
    fold(word)[:_LETTERS]
    for line in (
        "digital online internet verwaltung kommunal interkommunal gemeinsam bürger bürgerin mensch leute",
        "beschäftigte mitarbeitende rathaus amt ämter service dienst dienste leistung zentral neu neue heute",
        "künftig täglich jahr tag woche stunde zeit arbeit aufgabe anliegen daten angebot bedarf zweck ziel",
        "vorgang prozess vereinfacht erleichtert direkt jederzeit rund uhr haus hause öffnungszeiten groß klein",
        "eigen eigene einheitlich anwendung lösung sollen können müssen erledigen anbieten bieten",
        "bereitstellen unterstützen vergleich muster beispiel markt marktsichtung modul plan planung vorhaben",
        "buchen buchung buchungssystem anmelden anmeldung beantragen",
    )
    for word in line.split()
)
# Words that begin like others but mean something else keep more letters.
_APART = (
    "terminal", "personal", "kommunika", "partner", "betriebs", "formulier", "selbst", "zusammen", "gesamt",
    "haupt", "mittel", "bundes", "landes", "verschl", "verans", "unter", "inform", "elektr", "transp",
)  # fmt: skip
_SKIPPED = STOP_WORDS | QUESTION_WORDS | WEAK_WORDS


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another evaluation, how alike it is (0 to 1), and why: German half-sentences."""

    id: str
    degree: float
    reasons: tuple[str, ...]
    same_subject: bool = False

    @property
    def why(self) -> str:
        return "; ".join(self.reasons)


def concepts(evaluation: Bewertung) -> dict[str, tuple[float, str]]:
    """Concept → its weight here, and a word as written."""
    core = [evaluation.titel, *evaluation.schlagworte, *evaluation.auch_gesucht_als]
    if not is_id(evaluation.gegenstand):  # a solution is compared by its id and its genus
        core.append(evaluation.gegenstand)
    return concepts_of(core, (evaluation.einsatzzweck, evaluation.bedarf))


def is_id(subject: str) -> bool:
    """Is it the id of a solution, as far as one can tell without looking?"""
    return "-" in subject and ID_PATTERN.fullmatch(subject) is not None


def concepts_of(core: Iterable[str], need: Iterable[str]) -> dict[str, tuple[float, str]]:
    """The same from texts."""
    found: dict[str, tuple[float, str]] = {}
    for weight, texts in ((_CORE, core), (_NEED, need)):
        for text in texts:
            for match in _WORD.finditer(normalise(text)):
                for key, word in _keys(match[0]):
                    found.setdefault(key, (weight, word))
    return found


@lru_cache(maxsize=1 << 14)
def _keys(written: str) -> tuple[tuple[str, str], ...]:
    """The concepts in one written word; a hyphen joins several."""
    found = []
    for part in written.split("-"):
        folded = fold(part)
        if folded in _SKIPPED or (len(folded) < 4 and not (part.isupper() and len(part) > 1)):
            continue
        key = stem_folded(folded)[: 9 if folded.startswith(_APART) else _LETTERS]
        if key not in _EVERYWHERE and folded[:_LETTERS] not in _EVERYWHERE:
            found.append((key, part))
    return tuple(found)


def alike(evaluation: Bewertung, catalogue: Catalogue) -> list[Likeness]:
    """Other evaluations that are like this one, the most alike first."""
    names = subject_names(evaluation.gegenstand, catalogue)
    found = compare(
        concepts(evaluation), names, catalogue.genus(evaluation), catalogue, but=evaluation.id
    )
    return [like for like in found if like.degree >= ALIKE]


def alike_to_need(
    need: str, catalogue: Catalogue, subjects: Iterable[str] = (), more: str = ""
) -> list[Likeness]:
    """Evaluations for a need in plain words; `subjects`: ids of solutions that it names; `more` says
    more about the need and counts less."""
    own = concepts_of((need,), (more,))
    genera = {solution.kategorie for i in subjects if (solution := catalogue.find(i, Loesung))}
    genus = genera.pop() if len(genera) == 1 else None
    found = compare(own, [need.casefold(), *subjects], genus, catalogue)
    return [like for like in found if like.degree >= ALIKE]


def named_solutions(need: str, candidates: Iterable[str], catalogue: Catalogue) -> list[str]:
    """Those of some solutions whose name the need names."""
    said = _folded(need)
    solutions = [(i, catalogue.find(i, Loesung)) for i in candidates]
    return [i for i, solution in solutions if solution and _folded(solution.titel) <= said]


def _folded(text: str) -> set[str]:
    """Every word of a text, folded."""
    return {fold(part) for match in _WORD.finditer(normalise(text)) for part in match[0].split("-")}


def compare(
    own: Mapping[str, tuple[float, str]],
    names: Iterable[str],
    genus: str | None,
    catalogue: Catalogue,
    *,
    but: str = "",
) -> list[Likeness]:
    """All evaluations that share something worth telling, the most alike first."""
    worth: dict[str, float] = {}
    sums: defaultdict[str, float] = defaultdict(float)
    for key in sorted(own):
        rows = catalogue.few(INDEX, key)
        worth[key] = own[key][0] * math.log(1 + _RARE / max(1, len(rows)))
        for _, ident, _ in rows:
            sums[ident] += worth[key]
    same = {ident for name in names for _, ident, _ in catalogue.rows("gegenstand", name)}
    kin = {ident for _, ident, _ in catalogue.few("geprueft", genus)} if genus else set()
    others = sorted({*sums, *same} - {but}, key=lambda i: (i not in same, -sums[i], i))
    total = sum(worth.values())
    found = [
        _judge(ident, own, worth, total, ident in same, ident in kin, catalogue)
        for ident in others[:_CANDIDATES]
    ]
    return sorted((f for f in found if f), key=lambda f: (not f.same_subject, -f.degree, f.id))


def _judge(
    ident: str,
    own: Mapping[str, tuple[float, str]],
    worth: Mapping[str, float],
    total: float,
    same: bool,
    kin: bool,
    catalogue: Catalogue,
) -> Likeness | None:
    other = catalogue.find(ident, Bewertung)
    if other is None:
        return None
    theirs = concepts(other)
    shared = sorted(own.keys() & theirs.keys(), key=lambda k: (-worth[k], k))
    if not shared and not same:
        return None
    # Only what the other one could share counts against it: rare words of a long text do not.
    weight = sum(worth[k] * theirs[k][0] for k in shared)
    most = sum(w * math.log(1 + _RARE) for w, _ in theirs.values())
    degree = weight / (min(total, most) or 1.0)
    reasons = []
    if same:
        degree += 0.5
        reasons.append(f"gleicher Gegenstand: {catalogue.name(other.gegenstand)}")
    elif kin:
        degree += 0.15
        genus = catalogue.genus(other) or ""
        category = catalogue.categories.get(genus)
        reasons.append(f"gleiche Produktgattung: {category.name if category else genus}")
    elif len(shared) < FEWEST and not (own[shared[0]][0] == theirs[shared[0]][0] == _CORE):
        degree /= 2  # one word of the need alone says little
    if shared:
        words = ", ".join(dict.fromkeys(own[k][1] for k in shared[:4]))
        reasons.append(f"ähnlicher Bedarf: {words}")
    return Likeness(ident, min(1.0, round(degree, 3)), tuple(reasons), same)


def subject_names(subject: str, catalogue: Catalogue) -> list[str]:
    """Under which names evaluations of the same subject stand in the lists."""
    names = [subject.casefold()]
    record = catalogue.get(subject)
    if record is not None:
        names += catalogue.ids_of(record)
    return list(dict.fromkeys(names))

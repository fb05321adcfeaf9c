"""The page that explains how evaluations are scored, with an example that is really computed.

The example are evaluations of this wiki, if it has two for the same purpose by the same catalogue; else
invented numbers, which the page says.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.weighing import Candidate
from generator.pages.page import Page
from generator.pages.ranking_view import RankingView, rank_records, view
from generator.records.evaluation_types import Bewertung, Kriterienkatalog

PATH = "methode/"
SHOWN = 3  # columns of the example
_INVENTED = (
    (("Bedienbarkeit", 40), ("Datenschutz", 35), ("Betrieb", 25)),
    {"Lösung A": (9, 5, 7), "Lösung B": (6, 9, 7)},
)


def method_page(catalogue: Catalogue) -> Page:
    found = example(catalogue)
    return Page(
        path=PATH,
        kind="methode",
        area=PATH,
        title="So wird bewertet",
        description="Wie aus Kriterien, Gewichten und Punkten ein Nutzwert wird, und was er nicht sagt.",
        template="methode.html",
        context={
            "krumen": (("Start", ""),),
            "katalog": found[0] if found else None,
            "bewertungen": found[1] if found else [],
            "beispiel": found[2] if found else invented(),
        },
    )


def example(
    catalogue: Catalogue,
) -> tuple[Kriterienkatalog, list[Bewertung], RankingView] | None:
    """The catalogue of criteria by which most was judged for one purpose, and that ranking."""
    best: tuple[Kriterienkatalog, list[Bewertung], RankingView] | None = None
    for record in catalogue.part("art", "kriterienkatalog"):
        base = catalogue.find(record.id, Kriterienkatalog)
        if base is None:
            continue
        groups: dict[str, list[Bewertung]] = {}
        for judged in catalogue.first_sources(base, "kriterienkatalog", Bewertung)[0]:
            score = catalogue.score(judged)
            if score is not None and judged.pruefstatus == "abgeschlossen":
                weights = " ".join(f"{r.id}={r.weight.normalize()}" for r in score.rows)
                groups.setdefault(f"{judged.einsatzzweck} {weights}", []).append(judged)
        for group in groups.values():
            ranked = rank_records(group[:SHOWN], catalogue)
            if ranked and len(ranked.places) > 1 and (best is None or len(group) > len(best[1])):
                best = (base, group[:SHOWN], ranked)
    return best


def invented() -> RankingView:
    """Two made-up candidates, ranked by the same code as real ones."""
    criteria, points = _INVENTED
    return view(
        [(name, Decimal(weight)) for name, weight in criteria],
        [Candidate(name, tuple(Fraction(p) for p in row)) for name, row in points.items()],
        {name: name for name in points},
        {},
    )

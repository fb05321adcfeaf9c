"""The Nutzwert: exact decimals, weights of the catalogue, exclusion."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.scoring import score
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.solution_types import Organisation
from tests.helpers import Folder, data


def evaluation(*criteria: dict[str, Any], **fields: Any) -> Bewertung:
    raw = data("bewertung", kriterien=list(criteria), **fields)
    return Bewertung.model_validate({**raw, "id": "b", "datei": "bewertungen/b.md"})


def catalogue(*weights: str) -> Kriterienkatalog:
    criteria = [{"id": f"k{n}", "name": f"K{n}", "gewicht": w} for n, w in enumerate(weights)]
    raw = data("kriterienkatalog", kriterien=criteria)
    return Kriterienkatalog.model_validate({**raw, "id": "k", "datei": "kriterienkataloge/k.md"})


def test_no_criteria_no_score() -> None:
    assert score(evaluation(), None) is None


def test_the_working_is_exact() -> None:
    found = score(
        evaluation(
            {"id": "k0", "punkte": "7.5", "begruendung": "gut"},
            {"id": "k1", "punkte": "0,1"},
            {"id": "k2", "punkte": "10", "gewicht": "33.4"},
        ),
        catalogue("33.3", "33.3", "50"),
    )
    assert found is not None
    assert [r.contribution for r in found.rows] == [
        Decimal("2.4975"),
        Decimal("0.0333"),
        Decimal("3.34"),
    ]
    assert found.total == Decimal("5.8708")
    assert found.weights == 100
    assert (found.rows[0].name, found.rows[0].reason) == ("K0", "gut")


def test_unmet_exclusion_criteria_are_named() -> None:
    found = score(
        evaluation(
            {"id": "k0", "gewicht": "100", "punkte": "10"},
            ausschlusskriterien=[
                {"text": "Daten in der EU", "erfuellt": "nein"},
                {"text": "Barrierefrei", "erfuellt": "ja"},
            ],
        ),
        None,
    )
    assert found is not None
    assert found.excluded == ("Daten in der EU",)
    assert found.total == 10


hundredths = st.integers(0, 10_000).map(lambda n: Decimal(n) / 100)
tenths = st.integers(0, 100).map(lambda n: Decimal(n) / 10)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.tuples(hundredths, tenths), min_size=1, max_size=12))
def test_the_total_is_the_weighted_sum(pairs: list[tuple[Decimal, Decimal]]) -> None:
    found = score(
        evaluation(
            *(
                {"id": f"k{n}", "gewicht": str(w), "punkte": str(p)}
                for n, (w, p) in enumerate(pairs)
            )
        ),
        None,
    )
    assert found is not None
    assert Fraction(found.total) == sum(Fraction(w) * Fraction(p) for w, p in pairs) / 100


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (0, "gk7"),
        (9_999, "gk7"),
        (10_000, "gk6"),
        (24_999, "gk6"),
        (25_000, "gk5"),
        (49_999, "gk5"),
        (50_000, "gk4"),
        (99_999, "gk4"),
        (100_000, None),
        (None, None),
    ],
)
def test_size_classes(population: int | None, expected: str | None) -> None:
    raw = data(
        "organisation", art="kommune", einwohner=None if population is None else str(population)
    )
    organisation = Organisation.model_validate({**raw, "id": "o", "datei": "organisationen/o.md"})
    assert organisation.groessenklasse == expected


@pytest.mark.parametrize(("kind", "expected"), [("kreis", "kreis"), ("zweckverband", None)])
def test_size_classes_of_others(kind: str, expected: str | None) -> None:
    raw = data("organisation", art=kind, einwohner="12000")
    organisation = Organisation.model_validate({**raw, "id": "o", "datei": "organisationen/o.md"})
    assert organisation.groessenklasse == expected


def test_saved_days_and_uses_are_counted(folder: Folder) -> None:
    folder.add("organisation", "musterstadt", art="kommune")
    adoptions = [
        {"organisation": "musterstadt", "ersparte_personentage": "0.1"},
        {"organisation": "kreis-muster", "ersparte_personentage": "0,2"},
        {"organisation": "kreis-muster"},
    ]
    folder.add("bewertung", "b", nachnutzung=adoptions)
    folder.add("loesung", "s", im_einsatz=[{"organisation": "musterstadt", "seit": "2024"}])
    found = folder.catalogue()
    record = found.find("b", Bewertung)
    assert record is not None
    assert found.saved_days(record) == Decimal("0.3")
    assert [a.record.id for a in found.adoptions(found.records["kreis-muster"])[0]] == ["b", "b"]
    assert [(u.solution.id, u.entry.seit) for u in found.uses(found.records["musterstadt"])[0]] == [
        ("s", "2024")
    ]

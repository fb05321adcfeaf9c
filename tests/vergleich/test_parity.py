"""The browser's Nutzwert, ranking and turning points are those of Python, over random cases."""

from __future__ import annotations

import json
import random
import subprocess
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generator.catalogue.weighing import Candidate, ranking, turns
from generator.records.german import german_number
from tests.search.helpers import ROOT, has_node

pytestmark = pytest.mark.skipif(not has_node(), reason="needs node")

SCRIPTS = ROOT / "theme/assets/javascripts/vergleich"
NUMBERS = (
    "0", "5", "0.05", "0.15", "0,25", "12.345", "99.95", "1234567.891", "1000", "100.00", "33.333333", "-2.5", "-0.04",
)  # fmt: skip
REFUSED = ("", "-", "1e3", "0x10", "1.2.3", "NaN", "1 000", "١٢", "9" * 31)


def in_node(cases: list[dict[str, Any]], numbers: list[str]) -> Any:
    scripts = [str(SCRIPTS / f"{name}.js") for name in ("bruch", "nutzwert")]
    done = subprocess.run(
        ["node", str(Path(__file__).parent / "parity.mjs")],
        input=json.dumps({"scripts": scripts, "cases": cases, "numbers": numbers}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def random_case(rng: random.Random) -> dict[str, Any]:
    """Few distinct values, so that ties, zero weights and equal points are common."""
    count = rng.randint(1, 7)
    steps = rng.choice((1, 2, 10))
    weights = [
        str(Decimal(rng.randint(0, 10 * steps)) / steps * rng.choice((1, 1, 10)))
        for _ in range(count)
    ]
    candidates = [
        {
            "id": f"b{n}",
            "excluded": rng.random() < 0.15,
            "points": [
                None if rng.random() < 0.05 else str(Decimal(rng.randint(0, 10 * steps)) / steps)
                for _ in range(count)
            ],
        }
        for n in rng.sample(range(9), rng.randint(1, 5))
    ]
    return {"weights": weights, "candidates": candidates}


def here(case: dict[str, Any]) -> dict[str, Any]:
    weights = [Fraction(w) for w in case["weights"]]
    candidates = [
        Candidate(
            c["id"],
            tuple(None if p is None else Fraction(p) for p in c["points"]),
            c["excluded"],
        )
        for c in case["candidates"]
    ]

    def told(number: Fraction) -> str:
        return f"{number.numerator}/{number.denominator}"

    def rounded(number: Fraction) -> str:
        return german_number(Decimal(number.numerator) / Decimal(number.denominator), 2)

    return {
        "places": [
            [p.id, p.rank, told(p.value), rounded(p.value)] for p in ranking(weights, candidates)
        ],
        "turns": [[t.index, told(t.share), t.winner, t.above] for t in turns(weights, candidates)],
    }


def test_python_and_the_browser_agree_exactly() -> None:
    rng = random.Random(20260520)
    cases = [random_case(rng) for _ in range(1500)]
    expected = [here(case) for case in cases]
    assert in_node(cases, [])["answers"] == expected
    assert sum(bool(e["turns"]) for e in expected) > 300, "cases with turning points"
    assert sum(len({p[1] for p in e["places"]}) < len(e["places"]) for e in expected) > 25, "ties"


def test_numbers_are_written_alike() -> None:
    found = in_node([], [*NUMBERS, *REFUSED])["numbers"]
    for text, said in zip(NUMBERS, found, strict=False):
        number = Decimal(text.replace(",", "."))
        assert said[0] == german_number(number), text
        assert said[1] == german_number(number, 1).replace("-0,0", "0,0"), text
    assert found[len(NUMBERS) :] == [None] * len(REFUSED)

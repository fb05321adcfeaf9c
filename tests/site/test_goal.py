"""The goal over the figures of "Wirkung" is the county's own: it comes from its settings, with its source."""

from __future__ import annotations

import pytest

from tests.helpers import Folder
from tests.site.sites import facts

PAGE = "wirkung/index.html"


@pytest.mark.parametrize(
    ("site", "goal", "source"),
    [
        ("kreis", "„den Erfolg konkret messbar zu machen“", "Projektblatt NACHVOLLZIEHBAR SEIN"),
        ("muster", "„Keine Kommune im Musterkreis prüft noch einmal", "Digitalstrategie des Musterkreises"),
    ],
)  # fmt: skip
def test_each_county_is_measured_by_its_own_goal(site: str, goal: str, source: str) -> None:
    text = facts(site)[PAGE].text
    assert goal in text
    assert source in text[text.index("Quelle des Ziels") :]
    assert site == "kreis" or "Steinfurt" not in text


def test_without_a_goal_it_says_so() -> None:
    text = facts("golden")[PAGE].text
    assert "Ein Ziel, an dem sich das messen ließe, hat dieses Wiki noch nicht genannt." in text
    assert "„" not in text.partition("Wirkung")[2].partition("Was wurde geprüft?")[0]


def test_a_goal_needs_its_source(folder: Folder) -> None:
    folder.file("wiki.yml", "titel: W\nerfolgsziel:\n  wortlaut: besser werden\n")
    (problem,) = [p for p in folder.problems() if "wiki.yml" in p.path]
    assert problem.line == 3
    assert "Pflichtfeld „quelle“" in problem.message

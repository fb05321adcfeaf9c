"""Which sizes can be scaled to, and which wordings are too vague for that."""

from __future__ import annotations

import pytest

from generator.catalogue.costs import Size, size_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommune mit 20.000 Einwohnern", Size("einwohner", 20_000)),
        ("Gemeinde mit 7 000 Einwohnerinnen und Einwohnern", Size("einwohner", 7_000)),
        ("1.234.567 Einwohner", Size("einwohner", 1_234_567)),
        ("Verwaltung mit 200 Arbeitsplätzen", Size("arbeitsplaetze", 200)),
        ("ein Arbeitsplatz", Size("arbeitsplaetze", 1)),
        ("je Arbeitsplatz und Jahr", Size("arbeitsplaetze", 1)),
        ("rund 500 EW", Size("einwohner", 500)),
        (None, None),
        ("", None),
        ("ein Gerät an einem Standort", None),
        ("eine Box mit 72 Fächern", None),
        ("Kommunen ab 10.000 Einwohnern", None),
        ("10.000 bis 25.000 Einwohner", None),
        ("10.000–25.000 Einwohner", None),
        ("Kreis mit 450.000 Einwohnern und 1.200 Arbeitsplätzen", None),
        ("drei Standorte und 20.000 Einwohner mit 4 Geräten", None),
        ("0 Einwohner", None),
        ("2,5 Einwohner", None),
        ("Einwohner", None),
    ],
)
def test_sizes(text: str | None, expected: Size | None) -> None:
    assert size_of(text) == expected

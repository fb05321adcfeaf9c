"""German words become terms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search.analysis import cistem, fold, normalise, stem, terms, words


@pytest.mark.parametrize(
    "written",
    ["Bürger:innen", "Bürger*innen", "Bürger_innen", "BürgerInnen", "Bürger/-innen",
     "Bürger/innen", "Bürger(innen)", "Bürgerinnen", "Bürgerin", "Bürgern", "BÜRGER"],
)  # fmt: skip
def test_gender_forms_are_one_word(written: str) -> None:
    assert terms(written) == terms("Bürger")


def test_gender_form_inside_a_compound() -> None:
    assert terms("Bürger:innenbüro") == terms("Bürgerbüro")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bürgerbüro", "Buergerbuero"), ("Straße", "STRASSE"), ("Maßnahme", "Massnahme"),
     ("Öffentlichkeit", "Oeffentlichkeit"), ("Müll", "Muell"), ("Café", "Cafe"),
     ("U\u0308bung", "Übung"), ("Selbst\u00adbedienung", "Selbstbedienung")],
)  # fmt: skip
def test_spellings_are_one_word(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize("word", ["Steuer", "neue", "Bauer", "Quelle", "Feuer"])
def test_ue_after_a_vowel_or_q_is_no_umlaut(word: str) -> None:
    assert fold(word) == word.lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Urkunde", "Urkunden"), ("Sirene", "Sirenen"), ("Genehmigungen", "Genehmigung"),
     ("Zähler", "Zählern"), ("Baumes", "Bäume"), ("Terminals", "Terminal"), ("LLMs", "LLM")],
)  # fmt: skip
def test_number_and_case_do_not_matter(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Zähler", "Zahl"), ("Person", "Perso"), ("Plan", "Pla")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_cistem_brings_more_together() -> None:
    assert cistem(fold("digitaler")) == cistem(fold("digital"))


@pytest.mark.parametrize(
    ("written", "whole", "parts"),
    [("Open-Source-Lizenz", "opensourcelizenz", {"open", "source", "lizenz", "opensource"}),
     ("E-Mail-Adresse", "emailadresse", {"mail", "adresse", "email"}),
     ("B-Plan", "bplan", {"plan"}),
     ("LoRaWAN", "lorawan", {"wan"}),
     ("OpenData", "opendata", {"open", "data"}),
     ("Kfz\u2011Zulassung", "kfzzulassung", {"kfz", "zulassung"})],
)  # fmt: skip
def test_written_compounds(written: str, whole: str, parts: set[str]) -> None:
    found = list(words(normalise(written)))
    assert [word.folded for word in found if word.whole] == [whole]
    assert parts <= {word.folded for word in found if not word.whole}


def test_numbers_and_names_with_digits() -> None:
    assert terms("2FA ab 50.000 Euro, CO2") == ["2fa", "ab", "50000", "euro", "co2"]


@settings(deadline=None)
@given(st.text())
def test_any_text_is_analysed(text: str) -> None:
    normal = normalise(text)
    for word in words(normal):
        assert normal[word.start : word.end]
        assert stem(word.surface) or not word.folded

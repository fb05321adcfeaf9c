"""Which specialist systems of a municipality are the same software as a solution, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import checking
from generator.catalogue.profiles import profile
from generator.records.product_names import name_key
from tests.helpers import DAY, Folder

SAME = [
    ("Muster-EWO", "muster ewo"),
    ("MusterEWO", "Muster‑Ewo"),
    ("Prüf-Straße", "PRUEF STRASSE"),
    ("Beispiel Finanz GmbH & Co. KG", "Beispiel-Finanz"),
    ("Beispiel AG", "beispiel"),
    ("Verein Muster e. V.", "Verein-Muster"),
    ("Café 2", "cafe2"),
]
DIFFERENT = [
    ("Muster-EWO", "Muster-EWO 2"),
    ("AG", "KG"),
    ("Muster", "Muster Termin"),
    ("GmbH", "AG"),
    ("Ev", "Eva"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_and_legal_form_do_not_matter(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_are_other_software(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_system_is_recognised_by_any_of_its_names(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "inhalt")
    folder.add("loesung", "musterterm", titel="Musterterm Online", frueher=["termin-alt"],
               auch_gesucht_als=["Terminvergabe", "Musterterm classic"])  # fmt: skip
    folder.add("loesung", "a-akte", titel="Akte Plus")
    folder.add("loesung", "b-akte", titel="AktePlus", frueher=["plus-b"])
    folder.add("organisation", "ort", art="kommune", fachverfahren=[
        "MUSTERTERM-ONLINE GmbH", "Termin Alt", "Terminvergabe", "Akte-Plus", "Fremdes Verfahren"])  # fmt: skip
    folder.add("organisation", "zweitort", art="kommune", fachverfahren=["musterterm Classic"])
    catalogue = checking.check_content(folder.root, DAY).catalogue
    found = profile(catalogue.records["ort"], catalogue)  # type: ignore[arg-type]
    assert found["fachverfahren"] == ["Musterterm Online", "Terminvergabe", "Akte-Plus", "Fremdes Verfahren"]  # fmt: skip
    assert found["loesungen"] == {"musterterm": "genutzt"}, (
        "two are called Akte Plus: neither is meant"
    )
    assert set(found["namen"]) == {"Musterterm Online"}
    assert {"termin-alt", "Musterterm classic"} <= set(found["namen"]["Musterterm Online"])
    other = profile(catalogue.records["zweitort"], catalogue)  # type: ignore[arg-type]
    assert other["fachverfahren"] == ["Musterterm Online"]

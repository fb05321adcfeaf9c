"""A public catalogue knows nothing of what is confidential: one canary word, looked for everywhere."""

from __future__ import annotations

from pathlib import Path

from generator.checking import check_content
from generator.records.problems import has_errors
from tests.helpers import DAY, Folder

CANARY = "kanarienvogel"


def hide(folder: Folder, typ: str, ident: str = "") -> str:
    return folder.add(
        typ,
        f"{CANARY}-{ident or typ}",
        vertraulichkeit="interkommunal",
        frueher=[f"{CANARY}-frueher-{ident or typ}"],
        schlagworte=[CANARY],
        **({"verdikt": "ohne_votum"} if typ == "bewertung" else {}),
    )


def test_no_trace_of_confidential_records(folder: Folder) -> None:
    organisation = hide(folder, "organisation")
    project, solution, result = (hide(folder, t) for t in ("projekt", "loesung", "bewertung"))
    vendor, group = hide(folder, "anbieter"), hide(folder, "arbeitsgruppe")
    common = {
        "intern": {"notiz": CANARY, CANARY: "x"},
        "bezug": [
            {"art": "siehe_auch", "ziel": project},
            {"art": "siehe_auch", "ziel": f"{CANARY}-frueher-projekt"},
            {"art": "teil_von", "ziel": "kreis-muster"},
        ],
    }
    folder.add("projekt", "p", beteiligte=[organisation, "kreis-muster"], **common)
    folder.add(
        "bewertung",
        "b",
        durchgefuehrt_von=[group, "ag-muster"],
        ersetzt=[result],
        nachnutzung=[{"organisation": organisation}, {"organisation": "kreis-muster"}],
        abweichende_voten=[{"text": "Nein.", "organisation": organisation}, "Doch."],
        **common,
    )
    folder.add(
        "loesung", "s", anbieter=vendor, im_einsatz=[{"organisation": organisation}], **common
    )
    folder.add("organisation", "o", fachverfahren=[solution, "E-Akte"], **common)
    folder.add("arbeitsgruppe", "g", mitglieder=[organisation], **common)
    folder.add("ag-ergebnis", "e", teilnehmende=[organisation], **common)
    folder.add("best-practice", "w", nachnutzung=[{"organisation": organisation}], **common)

    checked = check_content(folder.root, DAY, public=True)
    catalogue = checked.catalogue

    assert not has_errors(checked.problems), [str(p) for p in checked.problems]
    assert CANARY not in repr(catalogue).casefold()
    assert CANARY in repr(folder.catalogue()).casefold()
    assert set(catalogue.records) == {
        "ag-muster",
        "b",
        "e",
        "g",
        "kreis-muster",
        "o",
        "p",
        "s",
        "w",
    }
    assert [b.ziel for b in catalogue.records["p"].bezug] == ["kreis-muster"]


def test_pictures_of_confidential_records_stay_inside(folder: Folder) -> None:
    for name in ("offen", "geheim", "niemand", "seite"):
        folder.file(f"bilder/{name}.png", b"PNG")
    folder.add("begriff", "offen", "\n![Bild](../bilder/offen.png)\n")
    secret = {"vertraulichkeit": "interkommunal"}
    folder.add("begriff", "geheim", "\n![Bild](../bilder/geheim.png)\n", **secret)
    folder.file("seite.md", "![Bild](bilder/seite.png) `![Bild](bilder/niemand.png)`\n")
    checked = check_content(folder.root, DAY, public=True)
    assert checked.problems == []
    assert checked.catalogue.assets == ["bilder/offen.png", "bilder/seite.png"]


def test_the_example_county_has_a_public_side() -> None:
    root = Path(__file__).parents[2] / "examples/musterkreis"
    inside = check_content(root, DAY).catalogue
    outside = check_content(root, DAY, public=True).catalogue
    assert 0 < len(outside.records) < len(inside.records)
    assert all(
        r.intern is None and r.vertraulichkeit == "oeffentlich" for r in outside.records.values()
    )

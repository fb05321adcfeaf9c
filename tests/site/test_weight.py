"""No page grows with the wiki: one organisation, solution, vendor, group … that everything refers to.

Titles and summaries are as long as they get; a record's own text is short: what a record says itself
goes on elsewhere if there is much of it (`test_long_records.py`).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import checking
from generator.catalogue.addresses import addresses
from generator.pages.parts import MOST
from generator.pages.record_views import is_municipality
from generator.records.project_types import Realisierbarkeit, Relevanz
from generator.records.solution_types import Organisation
from generator.search.collect import search_documents
from tests.federation.exports import export_by, subscribe_in
from tests.site.conftest import Call
from tests.site.sites import GOLDEN

MANY = 60  # of each kind
WORDS = "Muster-Verfahren für Termine, Anträge und Auskünfte in allen Ämtern: Teil"  # a long title
SUMMARY = ("Ein Satz, der so lang ist, wie eine Kurzfassung es sein darf. " * 5)[:299]
COMMON = {
    "kurzfassung": SUMMARY, "status": "freigegeben", "stand": "2026-05-01", "herausgeber": "kreis",
    "verantwortlich": "Stabsstelle", "vertraulichkeit": "oeffentlich", "handlungsfeld": ["verwaltung"],
    "schlagworte": ["Überall", "Auch hier"], "quellen": [{"titel": "Eigene Angaben", "art": "erfahrungsbericht"}],
}  # fmt: skip
HUB = {"titel": "Mitte"}  # what all the others refer to
ARTS = ("teil_von", "umsetzt", "ergebnis_von", "beruht_auf", "widerspricht", "siehe_auch")


def records() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(folder, id, own fields) of a wiki in which everything refers to the same few records."""
    yield (
        "organisationen",
        "kreis",
        {"typ": "organisation", "titel": "Kreis", "art": "kreis", "ags": "05999"},
    )
    place = {"typ": "organisation", "art": "kommune", "einwohner": 12000}
    yield (
        "organisationen",
        "mitte-stadt",
        {**place, **HUB, "titel": "Mitte Stadt", "ags": "05999001"},
    )
    yield "anbieter", "mitte-anbieter", {"typ": "anbieter", "titel": "Mitte GmbH"}
    yield "loesungen", "mitte-loesung", {
        "typ": "loesung", "titel": "Mitte Lösung", "kategorie": "terminvergabe", "anbieter": "mitte-anbieter",
        "im_einsatz": [{"organisation": f"ort-{n:02d}", "seit": "2025-06", "status": "genutzt"} for n in range(MANY)],
    }  # fmt: skip
    yield "kriterienkataloge", "mitte-katalog", {
        "typ": "kriterienkatalog", "titel": "Mitte Katalog",
        "kriterien": [{"id": "eins", "name": "Eins", "gewicht": 100}],
    }  # fmt: skip
    yield "arbeitsgruppen", "mitte-ag", {
        "typ": "arbeitsgruppe", "titel": "AG Mitte", "auftrag": "Prüfen.", "mitglieder": [f"ort-{n:02d}" for n in range(MANY)],
    }  # fmt: skip
    yield "projekte", "mitte-projekt", {
        "typ": "projekt", "titel": "Mitte Projekt", "einstufung": "vorhaben", "projektstatus": "pilot",
    }  # fmt: skip
    done = {
        "typ": "bewertung", "bedarf": "Termine.", "pruefstatus": "abgeschlossen", "verdikt": "bedingt_empfohlen",
        "verdikt_begruendung": "Es läuft.", "methode": "pilot", "gueltig_bis": "2026-08-31", "gegenstand": "mitte-loesung",
    }  # fmt: skip
    users = [
        {"organisation": f"ort-{n:02d}", "seit": "2026-04", "abweichungen": "keine"}
        for n in range(MANY)
    ]
    yield "bewertungen", "mitte-bewertung", {
        **done, "titel": "Mitte Bewertung", "einsatzzweck": "Alles", "durchgefuehrt_von": ["mitte-ag"], "nachnutzung": users,
    }  # fmt: skip
    yield "best-practices", "mitte-praxis", {
        "typ": "best-practice", "titel": "Mitte Praxis", "ausgangslage": "Schlecht.", "vorgehen": "Gut.", "nachnutzung": users,
    }  # fmt: skip
    for n in range(MANY):
        title, to = (
            f"{WORDS} {n:02d}",
            {"bezug": [{"art": ARTS[n % len(ARTS)], "ziel": "mitte-projekt"}]},
        )
        taken = [{"organisation": "mitte-stadt", "seit": "2026-04", "ersparte_personentage": 5}]
        yield "organisationen", f"ort-{n:02d}", {
            **place, "titel": f"{title} Ort", "ags": f"05999{n + 100}", "koordinaten": {"lat": round(52 + n / 99, 3), "lon": round(7 + n % 7 / 9, 3)},
        }  # fmt: skip
        yield "loesungen", f"loesung-{n:02d}", {
            "typ": "loesung", "titel": f"{title} Lösung", "kategorie": "terminvergabe", "anbieter": "mitte-anbieter",
            "im_einsatz": [
                {"organisation": o, "seit": "2025-06", "bis": "2026-02", "status": "abgeloest", "zufriedenheit": 4}
                for o in ("mitte-stadt", *(f"ort-{m:02d}" for m in range(24) if m % 6 == n % 6 or n < 6))
            ],
        }  # fmt: skip
        yield "bewertungen", f"bewertung-{n:02d}", {
            **done, **to, "titel": f"{title} Bewertung", "einsatzzweck": f"Amt {n}", "doppelt_weil": "Jedes Amt ist anders.",
            "nachnutzung": taken,
            "zeitraum": {"von": "2025-11", "bis": "2026-04"},
            "durchgefuehrt_von": ["mitte-stadt", "mitte-ag"], "kriterienkatalog": "mitte-katalog",
            "kriterien": [{"id": "eins", "punkte": 7}],
        }  # fmt: skip
        yield "projekte", f"projekt-{n:02d}", {
            **to, "typ": "projekt", "titel": f"{title} Projekt", "einstufung": "vorhaben", "projektstatus": "pilot",
            "beteiligte": ["mitte-stadt"], "relevanz": dict.fromkeys(Relevanz.model_fields, n % 4 + 1),
            "realisierbarkeit": dict.fromkeys(Realisierbarkeit.model_fields, n % 3 + 1),
        }  # fmt: skip
        yield "best-practices", f"praxis-{n:02d}", {
            **to, "typ": "best-practice", "titel": f"{title} Praxis", "ausgangslage": "Schlecht.", "vorgehen": "Gut.",
            "herausgeber": "mitte-stadt", "nachnutzung": taken,
        }  # fmt: skip
        yield "arbeitsgruppen", f"ag-{n:02d}", {
            "typ": "arbeitsgruppe", "titel": f"{title} AG", "auftrag": "Prüfen.", "mitglieder": ["mitte-stadt"],
        }  # fmt: skip
        yield "ag-ergebnisse", f"ergebnis-{n:02d}", {
            **to, "typ": "ag-ergebnis", "titel": f"{title} Ergebnis", "arbeitsgruppe": "mitte-ag", "fragestellung": "Ob?",
            "datum": "2026-04", "ergebnis": "Ja.", "teilnehmende": ["mitte-stadt"], "offene_punkte": [SUMMARY],
            "naechste_schritte": [SUMMARY] * 9,
        }  # fmt: skip
        yield (
            "glossar",
            f"wort-{n:02d}",
            {"typ": "begriff", "titel": f"{title} Wort", "definition": "Ein Wort."},
        )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "inhalt"
    folder.mkdir()
    (folder / "kategorien.yml").write_bytes((GOLDEN / "inhalt" / "kategorien.yml").read_bytes())
    for kind, ident, own in records():
        lines = [
            f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in {**COMMON, **own}.items()
        ]
        file = folder / kind / f"{ident}.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("".join(lines), encoding="utf-8")
    # Another county has as many records about the same things.
    catalogue = checking.check_content(folder, checking.today()).catalogue
    subscribe_in(folder, export_by(catalogue), titel="Kreis mit einem recht langen Namen")
    return folder


def test_no_page_grows_with_the_wiki(call: Call, content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    answer = call("build", "--content", content, "--site-dir", site)
    assert answer.code == 0, answer.out + answer.err
    largest: defaultdict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        kind = re.search(r"ws-seite--([\w-]+)", text)
        size = (page.stat().st_size, page.relative_to(site).as_posix())
        largest[kind[1] if kind else "static"] = max(size, largest[kind[1] if kind else "static"])
    assert {
        "start",
        "liste",
        "auswertung",
        "organisation",
        "bewertung",
        "loesung",
        "projekt",
    } <= largest.keys()
    assert {kind: size for kind, size in largest.items() if size[0] > MOST} == {}

    town = (site / "organisationen" / "mitte-stadt" / "index.html").read_text(encoding="utf-8")
    for typ, shown in (("bewertung", 5), ("projekt", 5), ("best-practice", 5), ("loesung", 5)):
        link = f'suche/?kommune=mitte-stadt&amp;typ={typ}">und {MANY - shown} weitere</a>'
        assert link in town, f"where the other {typ} are"
    solution = (site / "loesungen" / "mitte-loesung" / "index.html").read_text(encoding="utf-8")
    assert f"{WORDS} 59 Ort" not in solution
    assert re.search(
        r'und 10 weitere \(alle in der <a href="[./]+api/v1/records/mitte-loesung\.json">', solution
    )


def test_what_is_left_out_is_found_by_the_search(content: Path) -> None:
    """The links to the search name facets that it has."""
    catalogue = checking.check_content(content, checking.today()).catalogue
    for document in search_documents(catalogue, addresses(True, ())):
        record = catalogue.get(document.id)
        if isinstance(record, Organisation):
            facet = "kommune" if is_municipality(record) else "organisation"
            assert document.facets[facet] == (record.id,)

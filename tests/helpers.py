"""Tiny factories: valid records as data or text, and content folders made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.catalogue.catalogue import Catalogue, build_catalogue
from generator.checking import check_content
from generator.records.problems import Problem
from generator.records.tree import read_tree
from generator.records.types import TYPES

Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
FIXTURES = Path(__file__).parent / "fixtures"
DAY = date(2026, 7, 1)  # "today" in tests

COMMON: dict[str, Any] = {
    "kurzfassung": "Worum es geht, in einem Satz.",
    "status": "freigegeben",
    "stand": "2026-03-31",
    "herausgeber": "kreis-muster",
    "verantwortlich": "Stabsstelle Digitalisierung",
    "vertraulichkeit": "oeffentlich",
    "schlagworte": ["Muster"],
    "quellen": [{"titel": "Musterbericht", "art": "veroeffentlichung"}],
}
OWN: dict[str, dict[str, Any]] = {
    "projekt": {"einstufung": "leitprojekt", "projektstatus": "in_planung"},
    "ag-ergebnis": {
        "arbeitsgruppe": "ag-muster",
        "fragestellung": "Lohnt sich das?",
        "datum": "2026-01",
        "ergebnis": "Es lohnt sich.",
    },
    "bewertung": {
        "gegenstand": "Termine im Netz buchen",
        "bedarf": "Termine sollen sich ohne Anruf buchen lassen.",
        "einsatzzweck": "Bürgerbüro",
        "pruefstatus": "abgeschlossen",
        "verdikt": "empfohlen",
        "verdikt_begruendung": "Es funktioniert.",
        "methode": "praxiserfahrung",
        "durchgefuehrt_von": ["kreis-muster"],
        "gueltig_bis": "2027-12-31",
    },
    "best-practice": {"ausgangslage": "Vorher war es schwer.", "vorgehen": "Wir haben geredet."},
    "kriterienkatalog": {
        "kriterien": [
            {"id": "bedienbarkeit", "name": "Bedienbarkeit", "gewicht": "60"},
            {"id": "kosten", "name": "Kosten", "gewicht": "40"},
        ]
    },
    "loesung": {"kategorie": "terminvergabe"},
    "anbieter": {"art": "Unternehmen"},
    "arbeitsgruppe": {"auftrag": "Die Gruppe prüft gemeinsam."},
    "organisation": {"art": "kreis"},
    "begriff": {"definition": "Ein Wort, einfach erklärt."},
}


def data(typ: str, **changes: Any) -> dict[str, Any]:
    """A minimal valid record as data; a change to None removes the field."""
    fields = {"typ": typ, "titel": f"Muster {typ}", **COMMON, **OWN[typ], **changes}
    return {name: value for name, value in fields.items() if value is not None}


def text(typ: str, body: str = "", **changes: Any) -> str:
    """The same as the text of a `.md` file."""
    head = yaml.dump(data(typ, **changes), Dumper=Dumper, allow_unicode=True, sort_keys=False)
    return f"---\n{head}---\n{body}"


class Folder:
    """A content folder under construction.  It starts with what every record refers to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file("kategorien.yml", "- id: terminvergabe\n  name: Terminvergabe\n")
        self.add("organisation", "kreis-muster", titel="Kreis Muster")
        self.add("arbeitsgruppe", "ag-muster", titel="AG Muster", schlagworte=["Gremium"])

    def file(self, relative: str, content: str | bytes) -> Path:
        path = self.root / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def add(self, typ: str, ident: str, body: str = "", suffix: str = ".md", **changes: Any) -> str:
        """Write a valid record; its title is its id unless said otherwise.  Returns the id."""
        changes.setdefault("titel", ident.replace("-", " ").title())
        content = text(typ, body, **changes)
        if suffix != ".md":
            content = content.removeprefix("---\n").removesuffix("---\n")
        self.file(f"{TYPES[typ].ordner}/{ident}{suffix}", content)
        return ident

    def problems(self, day: date = DAY) -> list[Problem]:
        return check_content(self.root, day).problems

    def codes(self, day: date = DAY) -> list[str]:
        return [p.code for p in self.problems(day)]

    def catalogue(self, day: date = DAY, *, public: bool = False) -> Catalogue:
        return build_catalogue(read_tree(self.root), day, public=public)

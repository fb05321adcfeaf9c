"""The registry of record types.

The classes, one `feld(…)` per field, are the field table: validation and its messages, JSON Schema,
templates for new records, forms, Excel, the field reference, facets and export columns are derived
from them.  Names, types and vocabularies follow chapter 3 of the design contract.
"""

from __future__ import annotations

from generator.records.common import Record
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.project_types import AgErgebnis, Arbeitsgruppe, BestPractice, Projekt
from generator.records.solution_types import Anbieter, Begriff, Loesung, Organisation

TYPES: dict[str, type[Record]] = {
    "projekt": Projekt,
    "ag-ergebnis": AgErgebnis,
    "bewertung": Bewertung,
    "best-practice": BestPractice,
    "kriterienkatalog": Kriterienkatalog,
    "loesung": Loesung,
    "anbieter": Anbieter,
    "arbeitsgruppe": Arbeitsgruppe,
    "organisation": Organisation,
    "begriff": Begriff,
}
FOLDERS: dict[str, str] = {cls.ordner: typ for typ, cls in TYPES.items()}

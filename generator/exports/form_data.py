"""`daten/formular/`: the field table and the rules within a record as data for the web form.

The form (`theme/assets/javascripts/formular/`) builds its fields from this and checks what is typed
with a small interpreter.  What it says are the templates of `records/wording.py`; what it looks for
are the expressions of `records/text_rules.py`, in JavaScript.  `tests/formular/` holds both to the
same findings.  The files are classic scripts: nothing is fetched, so the form works from a disk.
"""

from __future__ import annotations

import html.entities
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.catalogue.catalogue import Catalogue
from generator.exports.javascript_regex import javascript
from generator.exports.python_only import ONLY_PYTHON
from generator.pages.form_page import FIELDS
from generator.pages.repository import repository_of
from generator.records import record_rules, text_rules
from generator.records.common import Record
from generator.records.evaluation_types import Kriterienkatalog, Zeitraum
from generator.records.fields import Eintrag, Spanne
from generator.records.fieldtable import rules_of
from generator.records.files import RESERVED
from generator.records.messages import DERIVED, INVISIBLE, nested_model
from generator.records.project_types import Kennzahl
from generator.records.settings import Wiki
from generator.records.solution_types import Koordinaten
from generator.records.types import TYPES
from generator.records.value_rules import (
    MAX_MARKDOWN,
    MAX_TEXT,
    AnythingRule,
    BoolRule,
    DateRule,
    DetailsRule,
    LooseDateRule,
    NumberRule,
    PatternRule,
    ReferenceRule,
    Rule,
    TextRule,
    VocabularyRule,
)
from generator.records.vocabulary import Vocabulary
from generator.records.wording import WORDING
from generator.records.yaml_reader import CONTROL

ROOT = "daten/formular/"
CATALOGUES = f"{ROOT}kataloge/"
_FROM_FILE = ("id", "datei")  # the form asks for the id apart
# Groups with a way of writing of their own; the form's script has the same functions by these names.
SHAPES: Mapping[type[Eintrag], str] = {
    Spanne: "spanne",
    Zeitraum: "zeitraum",
    Kennzahl: "kennzahl",
    Koordinaten: "koordinaten",
}

# Optional fields that are wanted once another one has a certain value: field → value → fields.
WANTED = {"bewertung": {"pruefstatus": {"abgeschlossen": ["verdikt", "verdikt_begruendung", "gueltig_bis"]}}}  # fmt: skip


def form_files(catalogue: Catalogue) -> dict[str, str]:
    """The field table with its rules, and what of the wiki's settings the form needs."""
    categories = category_rows(catalogue)
    data = form_data() | {"kategorien": categories, "wiki": _wiki(catalogue.settings)}
    return {FIELDS: script("felder", data)}


def category_rows(catalogue: Catalogue) -> list[dict[str, str]]:
    """The product genera of the wiki."""
    return [
        {"id": c.id, "name": c.name, "hilfe": c.beschreibung} for c in catalogue.categories.values()
    ]


def catalogue_files(catalogue: Catalogue) -> dict[str, str]:
    """The criteria of each catalogue, for an evaluation that uses it."""
    return {
        f"{CATALOGUES}{record.id}.js": script(
            f"katalog {record.id}",
            {
                "titel": record.titel,
                "ausschlusskriterien": list(record.ausschlusskriterien),
                "kriterien": [
                    {"id": k.id, "name": k.name, "hilfe": k.beschreibung or "", "gewicht": f"{k.gewicht:f}"}
                    for k in record.kriterien
                ],
            },
        )
        for record in catalogue.all(Kriterienkatalog)
    }  # fmt: skip


def form_data() -> dict[str, Any]:
    """Everything that follows from the field table alone."""
    groups: dict[str, dict[str, Any]] = {}
    words: dict[str, dict[str, Any]] = {}
    types = {typ: _type(typ, model, groups, words) for typ, model in TYPES.items()}
    return {
        "typen": types,
        "gemeinsam": [_field(n, f, groups, words) for n, f in _own_fields(Record)],
        "gruppen": groups,
        "vokabulare": words,
        "wortlaut": WORDING,
        "grenzen": {"text": MAX_TEXT, "markdown": MAX_MARKDOWN, "meldungen": text_rules.MOST},
        "muster": {name: javascript(p) for name, p in _patterns().items()},
        "woerter": {name: sorted(words) for name, words in text_rules.WORD_LISTS.items()},
        "zeichen": {n: c for n, c in html.entities.html5.items() if c.isascii() and n[-1] == ";"},
        "regeln": [rule.__name__ for rule in record_rules.RULES],
        "berechnet": list(DERIVED),
        "vergeben": sorted(RESERVED),
        "nur_antrag": list(dict.fromkeys(ONLY_PYTHON.values())),
    }


def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        **text_rules.PATTERNS,
        "titel": record_rules.TITLE,
        "steuerzeichen": CONTROL,
        "unsichtbar": INVISIBLE,
    }


def _type(
    typ: str, model: type[Record], groups: dict[str, Any], words: dict[str, Any]
) -> dict[str, Any]:
    own = [(n, f) for n, f in _own_fields(model) if n not in Record.model_fields]
    return {
        "ordner": model.ordner,
        "einzahl": model.einzahl,
        "mehrzahl": model.mehrzahl,
        "hilfe": model.beschreibung,
        "felder": [_field(n, f, groups, words) for n, f in own],
        "gefragt": WANTED.get(typ, {}),
    }


def _own_fields(model: type[BaseModel]) -> Iterable[tuple[str, FieldInfo]]:
    return ((n, f) for n, f in model.model_fields.items() if n not in _FROM_FILE)


def _field(
    name: str, info: FieldInfo, groups: dict[str, Any], words: dict[str, Any]
) -> dict[str, Any]:
    """One row of the table.  `text` is the record's body and has no row of its own."""
    row: dict[str, Any] = {"name": name}
    if info.title:
        row |= {"wort": info.title, "hilfe": info.description or ""}
    if info.examples:
        row["beispiel"] = info.examples[0]
    if info.is_required():
        row["pflicht"] = 1
    if "tuple" in str(info.annotation):
        row["liste"] = 1
    group = nested_model(info.annotation)
    if group is not None:
        row["gruppe"] = _group(group, groups, words)
    elif rule := next(rules_of(info), None):
        row["regel"] = _rule(rule, words)
    return row


def _group(model: type[BaseModel], groups: dict[str, Any], words: dict[str, Any]) -> str:
    name = model.__name__
    if name not in groups:
        groups[name] = {}  # a group inside itself would end here
        described: dict[str, Any] = {
            "felder": [_field(n, f, groups, words) for n, f in model.model_fields.items()]
        }
        if short := getattr(model, "kurzform", None):
            described["kurzform"] = short
        if written := getattr(model, "schreibweise", ""):
            described["schreibweise"] = written
        if shape := next((s for m, s in SHAPES.items() if m is model), None):
            described["form"] = shape
        groups[name] = described
    return name


def _rule(rule: Rule, words: dict[str, Any]) -> dict[str, Any]:
    """What a rule looks for, as data."""
    match rule:
        case TextRule():
            kind: dict[str, Any] = {"art": "text", "grenze": rule.limit}
            return kind | ({"markdown": 1} if rule.markdown else {})
        case VocabularyRule():
            words.setdefault(rule.vocabulary.name, _vocabulary(rule.vocabulary))
            return {"art": "wort", "vokabular": rule.vocabulary.name}
        case ReferenceRule():
            kind = {"art": "verweis", "ziele": list(rule.targets)}
            return kind | ({"frei": 1} if rule.free else {})
        case DateRule():
            return {"art": "datum"}
        case LooseDateRule():
            return {"art": "zeitpunkt"}
        case NumberRule():
            bounds = {"unten": rule.low, "oben": rule.high}
            kind = {"art": "zahl", **{k: v for k, v in bounds.items() if v is not None}}
            return kind | ({"ganz": 1} if rule.whole else {})
        case BoolRule():
            return {"art": "janein"}
        case PatternRule():
            source, _ = javascript(re.compile(rule.pattern))
            kind = {"art": "muster", "code": rule.code, "muster": source, "sagt": rule.said}
            return kind | ({"meint": 1} if rule.mend else {})
        case DetailsRule():
            return {"art": "angaben", "bekannt": [list(pair) for pair in rule.known]}
        case AnythingRule():
            return {"art": "alles"}
    raise TypeError(f"no form knows {type(rule).__name__}")


def _vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "nomen": vocabulary.noun,
        "offen": 0 if vocabulary.closed else 1,
        "worte": [[t.value, t.label, t.description] for t in vocabulary.terms],
    }


def _wiki(settings: Wiki) -> dict[str, Any]:
    repository = repository_of(settings)
    return {
        "redaktion": settings.office,
        "kontakt": settings.kontakt or "",
        "repository": repository and repository.plain,
    }


def script(name: str, data: object) -> str:
    """A classic script that hands data to the form."""
    literal = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    literal = literal.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"wissenFormular.daten({json.dumps(name)},{literal});\n"

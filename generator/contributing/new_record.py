"""A new record from answers: what must be known, sensible defaults, and its file with all neighbours.

Announcing an evaluation needs four answers (title, need, organisation, who is in charge); everything
else that is required follows from them and can be changed later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from generator.catalogue.catalogue import Catalogue
from generator.contributing.drafts import Drafts, check_drafts, free_id
from generator.contributing.front_matter import CannotEdit, with_fields
from generator.contributing.raw_data import raw_record
from generator.contributing.yaml_text import record_text
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.problems import Problem
from generator.records.source import Source, read_fields, split_front_matter
from generator.records.tree import ContentTree
from generator.records.types import TYPES
from generator.records.value_rules import slug

# What belongs to one record alone and is not copied from a model.
_OWN = frozenset(
    [
        "titel",
        "kurzfassung",
        "stand",
        "frueher",
        "naechste_pruefung",
        "status",
        "intern",
        "nachnutzung",
        "im_einsatz",
        "bezug",
        "quellen",
        "verdikt",
        "verdikt_begruendung",
        "kriterien",
        "ausschlusskriterien",
        "kosten",
        "gueltig_bis",
        "annahmen",
        "abweichende_voten",
        "aufwand_personentage",
        "zeitraum",
        "ersetzt",
        "doppelt_weil",
        "pruefstatus",
        "meilensteine",
        "ergebnis",
        "entscheidung",
        "begruendung",
        "datum",
        "text",
    ]
)


_FOLLOWING = frozenset({"kurzfassung", "gegenstand", "einsatzzweck", "durchgefuehrt_von"})


@dataclass(slots=True)
class Answers:
    """What is known of the new record: raw values by field."""

    typ: str
    values: dict[str, Any] = field(default_factory=dict)
    ident: str = ""
    body: str = ""
    planned: bool = False

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


def required(typ: str) -> list[tuple[str, FieldInfo]]:
    """The fields that an author must fill, in order."""
    return [
        (name, info)
        for name, info in TYPES[typ].model_fields.items()
        if info.is_required() and info.title is not None and name != "typ"
    ]


def defaults(answers: Answers, today: date) -> dict[str, Any]:
    """What follows from the answers so far; a field that nothing is known of is not there."""
    values = answers.values
    found: dict[str, Any] = {
        "status": "entwurf",
        "stand": today.isoformat(),
        "vertraulichkeit": "interkommunal",
    }
    if answers.typ == "bewertung" and answers.planned:
        title, need = answers.text("titel"), answers.text("bedarf")
        subject = answers.text("gegenstand") or title
        publisher = values.get("herausgeber")
        found |= {
            "status": "freigegeben",
            "pruefstatus": "geplant",
            "methode": "markterkundung",
            "gegenstand": subject,
            "einsatzzweck": title or subject,
            "kurzfassung": _shortened(f"Geplant: {need}", 300) if need else "",
            "durchgefuehrt_von": [publisher] if publisher else None,
            "quellen": [{"titel": "Eigene Planung", "art": "erfahrungsbericht"}],
        }
    return {name: value for name, value in found.items() if value and not values.get(name)}


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rsplit(' ', 1)[0]}…"


def copied(model: Record) -> dict[str, Any]:
    """What a new record takes over from an existing one."""
    return {name: value for name, value in raw_record(model).items() if name not in _OWN}


def missing(answers: Answers) -> list[str]:
    """Required fields without a value; those that follow from another missing one are not named."""
    follow = _FOLLOWING if answers.planned else frozenset[str]()
    names = [name for name, _ in required(answers.typ) if not answers.values.get(name)]
    return [name for name in names if name not in follow] or names


@dataclass(slots=True)
class NewRecord:
    """The file of a new record, those of others that change with it, and what the checks say."""

    ident: str
    datei: str
    files: dict[str, str]
    checked: Drafts

    @property
    def others(self) -> list[str]:
        """Files of other records that change too."""
        return [datei for datei in self.files if datei != self.datei]


def draft(answers: Answers, tree: ContentTree, catalogue: Catalogue, today: date, suffix: str = ".md") -> NewRecord:  # fmt: skip
    """The new record with its commented text, checked among the others."""
    ident = answers.ident or free_id(answers.text("titel"), taken_ids(tree))
    model = TYPES[answers.typ]
    datei = f"{model.ordner}/{ident}{suffix}"
    data = {"typ": answers.typ, **answers.values}
    files = {datei: record_text(data, answers.body, suffix=suffix, help=True)}
    files |= predecessors(data, catalogue, tree.root)
    return NewRecord(ident, datei, files, check_drafts(tree, files, today))


def taken_ids(tree: ContentTree) -> set[str]:
    """Ids and former ids, also of files with errors."""
    taken = {r.id for r in tree.records} | {old for r in tree.records for old in r.frueher}
    return taken | set(tree.unreadable)


def predecessors(data: Mapping[str, Any], catalogue: Catalogue, root: Path) -> dict[str, str]:
    """The other direction of a supersession: what is replaced and may no longer stand as it does.

    The successor names what it replaces; the wiki shows the way back by itself.  Only a state has to
    change with it: a replaced recommendation, or a public record with a confidential successor, is
    archived.
    """
    finished = data.get("pruefstatus", "abgeschlossen") == "abgeschlossen"
    if not finished or data.get("status") == "entwurf":
        return {}
    replaced = list(data.get("ersetzt") or ())
    replaced += [b.get("ziel") for b in data.get("bezug") or () if isinstance(b, Mapping) and b.get("art") == "ersetzt"]  # fmt: skip
    files = {}
    for ident in replaced:
        old = catalogue.get(str(ident))
        if old is None or old.status == "archiviert":
            continue
        recommended = isinstance(old, Bewertung) and old.verdikt == "empfohlen"
        hidden = (
            old.vertraulichkeit == "oeffentlich" and data.get("vertraulichkeit") != "oeffentlich"
        )
        if recommended or hidden:
            text = (root / old.datei).read_text(encoding="utf-8-sig")
            with_status = {"status": "archiviert"}
            try:
                files[old.datei] = with_fields(
                    text, with_status, markdown=old.datei.endswith(".md")
                )
            except CannotEdit:
                continue  # the check says what is left to do
    return files


def field_of(problem: Problem, text: str, *, markdown: bool = True) -> str:
    """The top-level field in which a problem of a draft stands; "text" below the fields."""
    source = Source("")
    if markdown:
        parts = split_front_matter(text, source)
        if parts is None:
            return ""
        source.yaml_text, source.yaml_line = parts[0], 1
        if problem.line > parts[2] and problem.line > 1 and parts[1]:
            return "text"
    else:
        source.yaml_text = text
    if not read_fields(source):
        return ""
    keys = [(line, str(path[0])) for path, (line, _) in source.document.keys.items() if len(path) == 1]  # fmt: skip
    before = [name for line, name in sorted(keys) if line + source.yaml_line < problem.line]
    return before[-1] if before and problem.line > source.yaml_line + 1 else ""


def id_problem(ident: str, taken: Iterable[str]) -> str:
    """What is wrong with a wished id, or ""."""
    if ident != slug(ident) or not ident:
        return f"„{ident}“ ist keine Kennung: nur Kleinbuchstaben, Ziffern und Bindestriche. Vorschlag: {slug(ident) or 'eintrag'}"
    return f"Die Kennung „{ident}“ gibt es schon." if ident in set(taken) else ""

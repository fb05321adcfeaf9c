"""An evaluation on its way: others join it, it begins, it ends with a result or without.

Each step changes a few lines of the record's file and nothing else; the changed file passes the checks
before it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.contributing.drafts import Drafts, check_drafts
from generator.contributing.front_matter import CannotEdit, with_fields, with_item
from generator.contributing.new_record import predecessors
from generator.contributing.raw_data import raw_record
from generator.records.evaluation_types import Bewertung
from generator.records.tree import ContentTree

YEARS_VALID = 2


class NotPossible(Exception):
    """This step does not fit the evaluation; the German reason with the next step."""


@dataclass(slots=True)
class Step:
    """Changed files (the evaluation's first) and what the checks say of them."""

    datei: str
    files: dict[str, str] = field(default_factory=dict)
    checked: Drafts | None = None


def evaluation(ident: str, catalogue: Catalogue) -> Bewertung:
    """The evaluation of an id, or a German word about what there is instead."""
    record = catalogue.get(ident)
    if isinstance(record, Bewertung):
        return record
    open_ones = [r.id for r in catalogue.part("laufend")][:5]
    near = f" Geplant oder laufend sind: {', '.join(open_ones)}." if open_ones else ""
    raise NotPossible(f"Es gibt keine Bewertung „{ident}“.{near}")


def join(found: Bewertung, organisation: str, catalogue: Catalogue, tree: ContentTree, today: date) -> Step:  # fmt: skip
    """One more organisation takes part."""
    if found.pruefstatus not in ("geplant", "laufend"):
        raise NotPossible(
            f"Diese Prüfung ist {'schon abgeschlossen' if found.pruefstatus == 'abgeschlossen' else 'abgebrochen'}. "
            "Haben Sie das Ergebnis übernommen? Dann tragen Sie sich unter „nachnutzung“ ein."
        )
    if catalogue.get(organisation) is None:
        raise NotPossible(f"Es gibt keinen Eintrag „{organisation}“ unter organisationen/.")
    if organisation in found.durchgefuehrt_von:
        raise NotPossible(f"„{organisation}“ ist schon dabei.")
    text = _text(found, tree)
    text = _edit(lambda: with_item(text, "durchgefuehrt_von", organisation, markdown=_is_md(found)))
    return _step(found, text, {}, tree, today)


def begin(found: Bewertung, changes: Mapping[str, Any], tree: ContentTree, today: date) -> Step:
    """A planned evaluation begins."""
    if found.pruefstatus != "geplant":
        raise NotPossible(f"Beginnen kann nur eine geplante Prüfung; diese ist „{found.pruefstatus}“.")  # fmt: skip
    fields = {"pruefstatus": "laufend", "stand": today.isoformat(), **changes}
    return _changed(found, fields, tree, today)


def finish(
    found: Bewertung, changes: Mapping[str, Any], catalogue: Catalogue, tree: ContentTree, today: date,
) -> Step:  # fmt: skip
    """An evaluation ends with a verdict; what it replaces is archived where it must be."""
    if found.pruefstatus == "abgeschlossen":
        raise NotPossible("Diese Prüfung ist schon abgeschlossen.")
    fields = {
        "pruefstatus": "abgeschlossen",
        "stand": today.isoformat(),
        "gueltig_bis": (today + timedelta(days=365 * YEARS_VALID)).isoformat(),
        **changes,
    }
    others = predecessors({**raw_record(found), **fields}, catalogue, tree.root)
    return _changed(found, fields, tree, today, others)


def give_up(found: Bewertung, changes: Mapping[str, Any], tree: ContentTree, today: date) -> Step:
    """An evaluation ends without a result."""
    if found.pruefstatus in ("abgeschlossen", "abgebrochen"):
        raise NotPossible(f"Diese Prüfung ist schon „{found.pruefstatus}“.")
    fields = {"pruefstatus": "abgebrochen", "stand": today.isoformat(), **changes}
    return _changed(found, fields, tree, today)


def _changed(
    found: Bewertung, fields: Mapping[str, Any], tree: ContentTree, today: date,
    others: Mapping[str, str] | None = None,
) -> Step:  # fmt: skip
    text = _edit(lambda: with_fields(_text(found, tree), fields, markdown=_is_md(found)))
    return _step(found, text, others or {}, tree, today)


def _step(found: Bewertung, text: str, others: Mapping[str, str], tree: ContentTree, today: date) -> Step:  # fmt: skip
    step = Step(found.datei, {found.datei: text, **others})
    step.checked = check_drafts(tree, step.files, today)
    return step


def _text(found: Bewertung, tree: ContentTree) -> str:
    raw = (tree.root / found.datei).read_bytes().decode("utf-8-sig")
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _is_md(found: Bewertung) -> bool:
    return found.datei.endswith(".md")


def _edit(change: Any) -> str:
    try:
        text: str = change()
    except CannotEdit:
        raise NotPossible(
            "Die Datei ist so aufgebaut, dass sie sich nicht zeilenweise ändern lässt. Bitte von Hand ändern."
        ) from None
    return text

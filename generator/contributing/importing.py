"""From submissions (rows of a workbook, an issue) to files: all of them checked, none half written.

A submission is raw data with a place for messages.  New ones get the same defaults as `wissen new`;
with `update`, those with the id of a record change that record's file field by field.  Messages are those
of `wissen check`, at the place where the contributor wrote the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.contributing.drafts import GUARD_CODES, Drafts, check_drafts, free_id
from generator.contributing.front_matter import CannotEdit, with_fields
from generator.contributing.new_record import Answers, defaults, field_of, predecessors, taken_ids
from generator.contributing.raw_data import raw_record
from generator.contributing.yaml_text import record_text
from generator.records.common import Record
from generator.records.files import LONGEST_NAME
from generator.records.problems import Severity, quoted
from generator.records.tree import ContentTree
from generator.records.types import TYPES
from generator.records.value_rules import ID_PATTERN, slug

DELETE = "-"


@dataclass(slots=True)
class Submission:
    """One record as somebody sent it.  `place(field)` says where a field of it stands."""

    typ: str
    values: dict[str, Any]
    place: Callable[[str], str]
    ident: str = ""
    body: str = ""
    complaints: list[tuple[str, str]] = field(default_factory=list)  # (field, German message)


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a record that would change."""

    datei: str
    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class ImportPlan:
    """What an import would do."""

    files: dict[str, str] = field(default_factory=dict)  # everything that is in order
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # with their places
    notes: list[str] = field(default_factory=list)
    unchanged: int = 0
    is_guarded: bool = False
    records: dict[str, Record] = field(default_factory=dict)


def plan_import(
    submissions: Sequence[Submission], tree: ContentTree, catalogue: Catalogue, today: date, *, update: bool = False,
) -> ImportPlan:  # fmt: skip
    """Check everything together, drop what has errors, and check the rest again until it stands."""
    plan = ImportPlan()
    drafts: dict[str, str] = {}
    sources: dict[str, Submission] = {}
    taken = taken_ids(tree)
    for submission in submissions:
        for name, message in submission.complaints:
            plan.errors.append(f"{submission.place(name)}: {message}")
        if submission.complaints:
            continue
        datei = _draft(submission, tree, catalogue, today, taken, drafts, plan, update=update)
        if datei:
            sources[datei] = submission
    while drafts:
        checked = check_drafts(tree, {**drafts, **plan_others(drafts, sources, catalogue, tree)}, today)  # fmt: skip
        bad = _report(checked, drafts, sources, tree, plan)
        if not bad:
            break
        for datei in bad:
            drafts.pop(datei)
    if drafts:
        plan.files = {**drafts, **plan_others(drafts, sources, catalogue, tree)}
        plan.records = checked.records
    plan.new = [d for d in drafts if d in plan.new]
    plan.changed = [d for d in plan.files if d not in plan.new]
    plan.changes = [c for c in plan.changes if c.datei in drafts]
    plan.errors = list(dict.fromkeys(plan.errors))
    return plan


def plan_others(
    drafts: Mapping[str, str],
    sources: Mapping[str, Submission],
    catalogue: Catalogue,
    tree: ContentTree,
) -> dict[str, str]:
    """Records that must be archived because a draft replaces them."""
    others: dict[str, str] = {}
    for datei in drafts:
        if datei in sources:
            others |= predecessors(sources[datei].values, catalogue, tree.root)
    return {d: t for d, t in others.items() if d not in drafts}


def _draft(
    submission: Submission, tree: ContentTree, catalogue: Catalogue, today: date, taken: set[str],
    drafts: dict[str, str], plan: ImportPlan, *, update: bool,
) -> str:  # fmt: skip
    ident = submission.ident.strip()
    if ident and (not ID_PATTERN.fullmatch(ident) or len(ident) > LONGEST_NAME):
        plan.errors.append(f"{submission.place('id')}: {quoted(ident)} ist keine Kennung. Meinten Sie {quoted(slug(ident))}?")  # fmt: skip
        return ""
    old = catalogue.get(ident) if ident else None
    if old is not None and old.typ == submission.typ and update:
        return _update(submission, old, tree, drafts, plan)
    if ident and (ident in taken):
        more = "Zum Ändern bestehender Einträge: --aktualisieren." if old is not None and not update else "Bitte eine andere wählen."  # fmt: skip
        plan.errors.append(f"{submission.place('id')}: Die Kennung „{ident}“ gibt es schon. {more}")
        return ""
    answers = Answers(submission.typ, {k: v for k, v in submission.values.items() if v != DELETE})
    answers.planned = answers.values.get("pruefstatus") == "geplant"
    answers.values |= defaults(answers, today)
    title = answers.text("titel")
    ident = ident or free_id(title, taken, "" if slug(title) else "ohne-titel")
    taken.add(ident)
    datei = f"{TYPES[submission.typ].ordner}/{ident}.md"
    submission.values = answers.values
    drafts[datei] = record_text({"typ": submission.typ, **answers.values}, submission.body)
    plan.new.append(datei)
    return datei


def _update(
    submission: Submission,
    old: Record,
    tree: ContentTree,
    drafts: dict[str, str],
    plan: ImportPlan,
) -> str:
    """The fields that differ, put into the record's own file."""
    before = raw_record(old)
    after = _checked_raw(submission, before)
    changes = {n: v for n, v in after.items() if v != before.get(n)}
    text = (tree.root / old.datei).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    markdown = old.datei.endswith(".md")
    try:
        if changes:
            text = with_fields(text, changes, markdown=markdown)
        if submission.body.strip() and submission.body.strip() != old.text.strip():
            changes["text"] = submission.body.strip()
            text = _with_body(text, submission.body.strip(), markdown)
    except CannotEdit:
        plan.errors.append(f"{submission.place('id')}: Die Datei {old.datei} lässt sich nicht zeilenweise ändern. Bitte von Hand.")  # fmt: skip
        return ""
    if not changes:
        plan.unchanged += 1
        return ""
    if old.datei in drafts:
        plan.errors.append(f"{submission.place('id')}: „{old.id}“ steht zweimal in der Datei.")
        return ""
    plan.changes += [Change(old.datei, n, before.get(n) if n != "text" else old.text, v) for n, v in changes.items()]  # fmt: skip
    drafts[old.datei] = text
    return old.datei


def _checked_raw(submission: Submission, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the submission says in the one way of writing that `raw_record` has, where it is valid."""
    model = TYPES[submission.typ]
    after: dict[str, Any] = {}
    for name, value in submission.values.items():
        if value == DELETE:
            after[name] = None
        elif value is not None:
            after[name] = value
    try:
        whole = {**before, **{k: v for k, v in after.items() if v is not None}}
        record = model.model_validate({**whole, "id": "x", "datei": "x", "typ": submission.typ})
    except ValueError:
        return after  # the checks will say what is wrong
    plain = raw_record(record)
    return {n: (None if v is None else plain.get(n, v)) for n, v in after.items()}


def _with_body(text: str, body: str, markdown: bool) -> str:
    if not markdown:
        return with_fields(text, {"text": body}, markdown=False)
    lines = text.split("\n")
    fence = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    return "\n".join([*lines[: fence + 1], "", body, ""])


def _report(
    checked: Drafts, drafts: Mapping[str, str], sources: Mapping[str, Submission], tree: ContentTree, plan: ImportPlan,
) -> set[str]:  # fmt: skip
    """Note all problems at their places; returns the drafts with errors."""
    bad: set[str] = set()
    paths = {tree.shown(datei): datei for datei in drafts}
    plan.notes.clear()
    for problem in checked.problems:
        datei = paths.get(problem.path)
        if datei is None:
            if problem.severity is Severity.ERROR:  # it broke a record that was there
                plan.errors.append(str(problem))
                bad |= set(drafts)
            continue
        name = field_of(problem, drafts[datei], markdown=datei.endswith(".md"))
        said = f"{sources[datei].place(name)}: {problem.message}"
        again = problem.code == "schon-geprueft" and problem.severity is Severity.WARNING
        if problem.severity is Severity.ERROR or (again and datei in plan.new):
            plan.errors.append(said)
            plan.is_guarded = plan.is_guarded or problem.code in GUARD_CODES
            bad.add(datei)
        else:
            plan.notes.append(f"{said} ({problem.severity.value})")
    return bad

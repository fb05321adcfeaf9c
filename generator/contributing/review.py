"""The report on a change, as Markdown for a pull or merge request.

It answers what a reviewer asks: is something wrong, is it there already, what changes for readers, what
becomes public, what falls due.  Everything in it may come from strangers, so every text is escaped: no
links, no mentions, no references to issues, no HTML.
"""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError

from generator import checking
from generator.catalogue.catalogue import Catalogue, build_catalogue
from generator.catalogue.evaluation_rules import how_it_stands
from generator.checking import Checked
from generator.contributing.before_after import TEMPLATES, Differing, Reading, affected, differing
from generator.contributing.changes import Changes, RecordChange, checkout, compare
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.fieldtable import vocabulary_of
from generator.records.german import german_date
from generator.records.problems import Problem, Severity, has_errors, printable
from generator.records.tree import read_tree
from generator.records.types import TYPES
from generator.records.vocabulary import GUELTIGKEIT, VERTRAULICHKEIT

MOST = 40  # lines of one section
LONGEST = 140  # characters of one value
PAGES = 60  # pages read before and after
PLACES = 8  # places of one page
WORDS = 160  # characters of the words of one side
TWINS = ("schon-geprueft", "doppelte-bewertung", "doppelter-titel", "doppelte-kennung")
DUE = ("ueberfaellig",)
_ESCAPED = {
    **{sign: f"\\{sign}" for sign in "\\`*_{}[]()+!|~$"},
    "<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", "#": "&#35;", ":": "&#58;", "-": "&#45;", "=": "&#61;",
    "/": "&#47;",
}  # fmt: skip


@dataclass(slots=True)
class Review:
    """Two states of a folder and what lies between them."""

    checked: Checked
    before: Catalogue
    changes: Changes
    known: frozenset[tuple[str, str, str]] = field(
        default_factory=frozenset
    )  # problems that were there
    unread: str = ""  # why it is not known what readers see
    seen: dict[str, list[Differing]] = field(
        default_factory=dict
    )  # page (id or file) → what differs

    @property
    def has_errors(self) -> bool:
        return has_errors(self.checked.problems)

    def is_new(self, problem: Problem) -> bool:
        return (problem.path, problem.code, problem.message) not in self.known


def review(content: Path, revision: str, today: date, templates: Path = TEMPLATES) -> Review:
    """Compare the content folder with a revision; raises `NoBase`.  `templates`: of the record pages."""
    with tempfile.TemporaryDirectory(prefix="wissen-vorher-") as name:
        base = Path(name)
        checkout(content, revision, base)
        checked = checking.check_content(content, today)
        old = read_tree(base)
        old._shown_root = checked.tree.shown("").rstrip("/") or "."
        before = build_catalogue(old, today)
        earlier = _problems(base, checked, today)
        changes = compare(old, checked.tree)
        found = Review(checked, before, changes, earlier)
        then = Reading(before, base, templates)
        try:
            found.seen = _seen(found, then, Reading(checked.catalogue, content, templates))
        except TemplateError as error:
            place = f" ({error.name}, Zeile {error.lineno})" if isinstance(error, TemplateSyntaxError) else ""  # fmt: skip
            found.unread = f"Eine Vorlage des Themes ist fehlerhaft{place}. Deshalb fehlt hier, was Lesende sehen."  # fmt: skip
    return found


def _seen(found: Review, then: Reading, now: Reading) -> dict[str, list[Differing]]:
    """What readers see of the pages that were there before and still are: changed ones first."""
    former = {c.record.id: c.before.id for c in found.changes.records if c.before and c.after}
    near = {i for c in found.changes.records for i in _near(c, found)}
    others = {*near, *_other_states(found)} - former.keys()
    seen: dict[str, list[Differing]] = {}
    for ident in [*former, *sorted(others)][:PAGES]:
        old = former.get(ident, ident)
        if old in found.before.records and ident in found.checked.catalogue.records:
            seen[ident] = differing(then.record(old), now.record(ident))
    for path, kind in list(found.changes.files.items())[:PAGES]:
        if kind == "geändert":
            seen[path] = differing(then.static(path), now.static(path))
    return {page: places for page, places in seen.items() if places}


def _near(change: RecordChange, found: Review) -> set[str]:
    old, new = change.before, change.after
    return (affected(old.id, found.before) if old else set()) | (
        affected(new.id, found.checked.catalogue) if new else set()
    )


def _other_states(found: Review) -> dict[str, str]:
    """Records whose validity is another one now, and how."""
    after, before = found.checked.catalogue, found.before
    states = {}
    for ident in sorted(after.records.keys() & before.records.keys()):
        old = before.validity(before.records[ident]).state
        new = after.validity(after.records[ident]).state
        if old != new:
            states[ident] = f"{GUELTIGKEIT.label(old)} → {GUELTIGKEIT.label(new)}"
    return states


def _problems(base: Path, checked: Checked, today: date) -> frozenset[tuple[str, str, str]]:
    found = checking.check_content(base, today)
    shown = found.tree.shown("").rstrip("/")
    here = checked.tree.shown("").rstrip("/")
    return frozenset((p.path.replace(shown, here, 1), p.code, p.message) for p in found.problems)


def esc(value: Any, limit: int = LONGEST) -> str:
    """Any text as plain text in Markdown, on one line, shortened."""
    text = " ".join(printable(" ".join(str(value).split())).split())
    if len(text) > limit:
        text = f"{text[: limit - 1]}…"
    text = "".join(_ESCAPED.get(c, c) for c in text)
    return re.sub(r"^(\d{1,9})\.", r"\1\\.", text)


def report(found: Review) -> str:
    """The whole report."""
    lines = ["<!-- wissen-review -->", "# Durchsicht der Änderungen", "", *_summary(found), ""]
    for title, part in (
        ("Fehler, die den Bau verhindern", _problem_lines(found, errors=True)),
        ("Gibt es das schon?", _twin_lines(found)),
        ("Achtung, Vertraulichkeit", _confidence_lines(found)),
        ("Was sich ändert", _change_lines(found)),
        ("Was Lesende sehen, vorher und nachher", _reader_lines(found)),
        ("Seiten, die sich mit ändern", _page_lines(found)),
        ("Fällige Prüfungen", _due_lines(found)),
        ("Weitere Hinweise", _problem_lines(found, errors=False)),
        ("Seiten und Dateien", _file_lines(found)),
    ):
        some = list(part)
        if some:
            lines += [f"## {title}", "", *_first(some), ""]
    if len(lines) == 5:
        lines += ["Keine Änderung an den Einträgen.", ""]
    return "\n".join(lines)


def _first(lines: list[str]) -> list[str]:
    """The first entries, each with its lines below, and how many more there are."""
    ends = [i for i, line in enumerate(lines) if i >= MOST and not line.startswith(" ")]
    if not ends:
        return lines
    return [*lines[: ends[0]], f"- … und {len(ends)} weitere"]


def _summary(found: Review) -> Iterator[str]:
    counts = {"neu": 0, "geändert": 0, "gelöscht": 0}
    for change in found.changes.records:
        counts[_kind(change)] += 1
    errors = sum(p.severity is Severity.ERROR for p in found.checked.problems)
    state = "❌ **Es gibt Fehler**" if errors else "✅ **Alle Prüfungen bestanden**"
    yield f"{state}: {errors} Fehler. {counts['neu']} neue, {counts['geändert']} geänderte, {counts['gelöscht']} gelöschte Einträge; {len(found.changes.files)} andere Dateien."


def _kind(change: RecordChange) -> str:
    return "neu" if change.before is None else "gelöscht" if change.after is None else "geändert"


def _problem_lines(found: Review, *, errors: bool) -> Iterator[str]:
    for problem in found.checked.problems:
        is_error = problem.severity is Severity.ERROR
        if is_error is not errors or (problem.code in (*TWINS, *DUE) and not is_error):
            continue
        if is_error or found.is_new(problem):
            word = "" if is_error else f"{problem.severity.value}: "
            yield f"- `{_code(problem.path)}:{problem.line}:{problem.column}` {word}{esc(problem.message, 400)}"


def _twin_lines(found: Review) -> Iterator[str]:
    for problem in found.checked.problems:
        if problem.code in TWINS and found.is_new(problem):
            yield f"- `{_code(problem.path)}:{problem.line}` {esc(problem.message, 400)}"
    for change in found.changes.records:
        reason = getattr(change.after, "doppelt_weil", None)
        if reason and reason != getattr(change.before, "doppelt_weil", None):
            yield f"- {_name(change.record)}: begründet mit „{esc(reason)}“. Überzeugt das?"


def _confidence_lines(found: Review) -> Iterator[str]:
    for change in found.changes.records:
        old, new = change.before, change.after
        if old and new and old.vertraulichkeit != new.vertraulichkeit:
            words = [VERTRAULICHKEIT.label(r.vertraulichkeit) for r in (old, new)]
            public = " **Der Eintrag wird öffentlich, mit seiner ganzen Versionsgeschichte nur, wenn auch das Repository öffentlich ist.**"
            yield f"- {_name(new)}: {words[0]} → {words[1]}.{public if new.vertraulichkeit == 'oeffentlich' else ''}"


def _change_lines(found: Review) -> Iterator[str]:
    for change in found.changes.records:
        record = change.record
        if change.before is None:
            state = f", {how_it_stands(record, found.checked.catalogue)}" if isinstance(record, Bewertung) else ""  # fmt: skip
            yield f"- **Neu:** {_name(record)}{esc(state)}. {esc(record.kurzfassung)}"
        elif change.after is None:
            yield f"- **Gelöscht:** {_name(record)}. Auch Überholtes bleibt nützlich: besser „status: archiviert“ setzen."
        else:
            yield from _one_change(change)


def _one_change(change: RecordChange) -> Iterator[str]:
    assert change.before is not None and change.after is not None
    if change.renamed_from:
        kept = change.renamed_from in change.after.frueher
        note = "die alte Adresse leitet weiter" if kept else f"die alte Adresse geht verloren: bitte „frueher: [{change.renamed_from}]“ eintragen"  # fmt: skip
        yield f"- **Umbenannt:** {esc(change.renamed_from)} → {_name(change.after)}; {esc(note)}."
    else:
        yield f"- **Geändert:** {_name(change.after)}"
    for item in change.fields:
        info = type(change.after).model_fields.get(item.name)
        label = str(info.title) if info and info.title else "Text"
        if item.name == "text":
            yield f"  - {label}: {_text_change(str(item.before), str(item.after))}"
            continue
        vocabulary = vocabulary_of(info) if info else None
        old, new = (_shown(v, vocabulary) for v in (item.before, item.after))
        yield f"  - {esc(label)}: {old} → {new}"


def _text_change(before: str, after: str) -> str:
    plus = minus = 0
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        plus += line.startswith("+ ")
        minus += line.startswith("- ")
    return f"{plus} Zeilen neu, {minus} entfernt"


def _shown(value: Any, vocabulary: Any) -> str:
    if value is None:
        return "leer"
    if isinstance(value, list):
        return esc("; ".join(_flat(v) for v in value)) or "leer"
    if isinstance(value, dict):
        return esc(_flat(value))
    return f"„{esc(vocabulary.label(value) if vocabulary else value)}“"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_flat(v)}" for k, v in value.items())
    return "; ".join(map(_flat, value)) if isinstance(value, list) else str(value)


def _page_lines(found: Review) -> Iterator[str]:
    """Records that did not change themselves but look different: state, successor, what they show."""
    after = found.checked.catalogue
    own = {c.record.id for c in found.changes.records} | {c.renamed_from for c in found.changes.records}  # fmt: skip
    states = _other_states(found)
    for ident in sorted({*states, *found.seen} & after.records.keys()):
        if ident in states or ident not in own:
            words = f": {esc(states[ident])}" if ident in states else ""
            yield f"- {_name(after.records[ident])}{words}"
            if ident not in own:
                yield from _places(found.seen.get(ident, []), 2)


def _reader_lines(found: Review) -> Iterator[str]:
    """The changed pages as readers see them, before and after."""
    if found.unread:
        yield f"- {esc(found.unread)}"
    for change in found.changes.records:
        if places := found.seen.get(change.record.id):
            yield f"- {_name(change.record)}"
            yield from _places(places, PLACES)
    for path in found.changes.files:
        if places := found.seen.get(path):
            yield f"- `{_code(path)}`"
            yield from _places(places, PLACES)


def _places(places: list[Differing], most: int) -> Iterator[str]:
    for place in places[:most]:
        under = f"{esc(place.under, 60)}: " if place.under else ""
        old, new = (esc(text, WORDS) for text in (place.before, place.after))
        if old and new:
            words = f"„{old}“ → „{new}“"
        else:
            words = f"neu „{new}“" if new else f"fällt weg „{old}“"
        lead = f"… {esc(place.lead)} " if place.lead else ""
        tail = f" {esc(place.tail)} …" if place.tail else ""
        yield f"  - {under}{lead}{words}{tail}"
    if len(places) > most:
        yield f"  - … und {len(places) - most} weitere Stellen"


def _due_lines(found: Review) -> Iterator[str]:
    changed = {c.record.datei for c in found.changes.records}
    for problem in found.checked.problems:
        own = any(problem.path.endswith(datei) for datei in changed)
        if problem.code in DUE and (own or found.is_new(problem)):
            yield f"- `{_code(problem.path)}:{problem.line}` {esc(problem.message, 400)}"
    catalogue = found.checked.catalogue
    for change in found.changes.records:
        if change.after is None:
            continue
        judged = catalogue.validity(change.after)
        if judged.state == "bald_zu_pruefen":
            yield f"- {_name(change.after)}: gilt nur noch bis {german_date(judged.until)}"


def _file_lines(found: Review) -> Iterator[str]:
    for path, kind in found.changes.files.items():
        linked = "" if kind == "gelöscht" else _use(path, found)
        yield f"- `{_code(path)}`: {kind}{linked}"


def _use(path: str, found: Review) -> str:
    if path not in found.checked.tree.assets:
        return ""
    from generator.catalogue.links import linked_assets

    used = linked_assets(found.checked.catalogue, found.checked.tree.root)
    return "" if path in used else " (kein Eintrag zeigt diese Datei)"


def _name(record: Record) -> str:
    return f"{esc(TYPES[record.typ].einzahl)} „{esc(record.titel)}“ (`{_code(record.datei)}`)"


def _code(text: str) -> str:
    """A path between backticks."""
    return re.sub(r"[`|<>@\n\r]", "_", printable(text))[:200]

"""Rules across records.  Each is a small generator: what is wrong with one record among the others.

Records that do not validate by themselves are already reported and not part of the catalogue; a
reference to one of them is not called unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TypeAlias

from generator.catalogue import evaluation_rules
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.findings import Finding
from generator.catalogue.links import links_in, links_of, resolve
from generator.catalogue.public import REQUIRED_REFERENCES
from generator.catalogue.reading import Noted, Reads, noted
from generator.catalogue.references import Reference
from generator.records.blanks import blanks_in
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.problems import Problem, Severity, allowed, did_you_mean, quoted
from generator.records.solution_types import Begriff, Loesung, Organisation
from generator.records.source import Source, read_source
from generator.records.tree import ContentTree
from generator.records.types import TYPES
from generator.records.wording import said
from generator.records.yaml_reader import Path

MOST_GUESSES = 20  # per record; guessing compares with every id
NOBODY = ("", "n.n", "nn", "unbekannt", "offen", "tbd", "niemand", "unklar")


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the rules say of one record or static page, and what they read for that."""

    problems: list[Problem]
    reads: Noted


def check_catalogue(
    catalogue: Catalogue, tree: ContentTree, kept: dict[str, Checkup] | None = None
) -> list[Problem]:
    """All problems between the records of a complete (not public) catalogue, and of its pages.

    `kept` receives the checkup of each record (by id) and page (by path).
    """
    checkups = dict(check_each(catalogue, tree, (*catalogue.records, *catalogue.pages)))
    if kept is not None:
        kept.update(checkups)
    found = located(_ids_are_unique(tree), tree)
    return found + [p for checkup in checkups.values() for p in checkup.problems]


def check_each(
    catalogue: Catalogue, tree: ContentTree, names: Iterable[str]
) -> Iterator[tuple[str, Checkup]]:
    """The checkups of some records (ids) and static pages (paths, which have a dot)."""
    locator = _Locator(tree)
    for name in names:
        reads: Reads = {}
        catalogue.reads = reads
        try:
            if "." in name:
                problems = [*page_links(catalogue, tree, name), *page_blanks(tree, name)]
            else:
                findings = check_record(catalogue.seen(name), catalogue)
                problems = [locator.problem(*finding) for finding in findings]
        finally:
            catalogue.reads = None
        yield name, Checkup(problems, noted(reads))


def check_record(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    """What is wrong with a record among the others: a pure function of what the catalogue says."""
    for rule in RULES:
        yield from rule(record, catalogue)
    if isinstance(record, Bewertung):
        for evaluation_rule in evaluation_rules.RULES:
            yield from evaluation_rule(record, catalogue)


def located(findings: Iterable[Finding], tree: ContentTree) -> list[Problem]:
    """Findings with their places in the files."""
    locator = _Locator(tree)
    return [locator.problem(*finding) for finding in findings]


class _Locator:
    """Places for findings.  Files are read again only if something is wrong in them."""

    def __init__(self, tree: ContentTree) -> None:
        self._tree = tree
        self._sources: dict[str, Source] = {}

    def problem(
        self, record: Record, path: Path, severity: Severity, code: str, message: str
    ) -> Problem:
        if record.datei not in self._sources:
            shown = self._tree.shown(record.datei)
            self._sources[record.datei] = read_source(self._tree.root / record.datei, shown)
        source = self._sources[record.datei]
        line, column = source.locate(path)
        return Problem(source.shown, line + 1, column + 1, severity, code, message)


def _ids_are_unique(tree: ContentTree) -> Iterator[Finding]:
    first: dict[str, Record] = {}
    for record in tree.records:
        other = first.setdefault(record.id, record)
        if other is not record:
            yield (
                record,
                (),
                Severity.ERROR,
                "doppelte-kennung",
                (
                    f"Die Kennung {quoted(record.id)} gibt es schon: {other.datei}. Bitte die Datei umbenennen."
                ),
            )


def titles_are_unique(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    first = catalogue.rows("titel", f"{record.typ} {record.titel.casefold()}")[0]
    if first[1] != record.id:
        yield (
            record,
            ("titel",),
            Severity.ERROR,
            "doppelter-titel",
            f"Den Titel {quoted(record.titel)} trägt schon {first[0]}. Ist es derselbe Gegenstand? "
            "Sonst bitte den Titel genauer fassen.",
        )


def former_ids_are_free(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    for index, old in enumerate(record.frueher):
        taken = catalogue.get(old)
        if taken is not None and (taken.id != record.id or old == record.id):
            yield (
                record,
                ("frueher", index),
                Severity.ERROR,
                "kennung-vergeben",
                f"Die frühere Kennung {quoted(old)} gehört schon zu {taken.datei}.",
            )


def references_lead_somewhere(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    unknown = 0
    for reference in catalogue.outgoing(record):
        target = catalogue.get(reference.target)
        if target is None and reference.target not in catalogue.unreadable:
            unknown += 1
            yield from _unknown(catalogue, record, reference, guess=unknown <= MOST_GUESSES)
        elif target is not None and not _fits(reference, target):
            wanted = " oder ".join(TYPES[t].einzahl for t in reference.rule.targets)
            yield (
                record,
                reference.path,
                Severity.ERROR,
                "verweis-typ",
                f"{quoted(reference.target)} ist vom Typ {quoted(TYPES[target.typ].einzahl)}, hier gehört hin: {wanted}.",
            )


def _fits(reference: Reference, target: Record) -> bool:
    wanted = reference.rule.targets
    if reference.rule.free and isinstance(target, Begriff):
        return True  # plain words that the glossary happens to explain
    return not wanted or target.typ in wanted


def _unknown(
    catalogue: Catalogue, record: Record, reference: Reference, *, guess: bool
) -> Iterator[Finding]:
    targets = reference.rule.targets or tuple(TYPES)
    known = (r.id for r in catalogue.records.values() if r.typ in targets)
    hint = did_you_mean(reference.target, known) if guess else ""
    if reference.rule.free and not hint and "-" not in reference.target:
        return  # plain words that merely look like an id
    folder = TYPES[targets[0]].ordner if reference.rule.targets else "…"
    more = (
        "Ist kein Eintrag gemeint, beginnen Sie mit einem Großbuchstaben."
        if reference.rule.free
        else f"Gemeint ist der Dateiname ohne Endung, zum Beispiel aus {folder}/."
    )
    said = f"{quoted(reference.target)} gibt es nicht.{hint} {more}"
    yield record, reference.path, Severity.ERROR, "verweis", said


def public_records_keep_confidence(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    """Optional references to confidential records are dropped from a public build; these cannot be."""
    if record.vertraulichkeit != "oeffentlich":
        return
    named = [
        (r.path, r.target) for r in catalogue.outgoing(record) if r.field in REQUIRED_REFERENCES
    ]
    for place, href in links_of(catalogue.plain(record)):
        found = resolve(catalogue, record.datei, href)
        if found is not None and found.path:
            named.append((place, found.path.rstrip("/").rpartition("/")[2]))
    for path, ident in named:
        target = catalogue.get(ident)
        if target is not None and target.vertraulichkeit != "oeffentlich":
            yield (
                record,
                path,
                Severity.ERROR,
                "vertraulich",
                f"Dieser öffentliche Eintrag nennt den interkommunalen Eintrag {quoted(ident)}. "
                "Bitte weglassen oder die Vertraulichkeit angleichen.",
            )


def categories_exist(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    if isinstance(record, Loesung) and record.kategorie not in catalogue.categories:
        known = tuple(catalogue.categories)
        more = allowed(known) if known else " Die Liste steht in kategorien.yml."
        yield (
            record,
            ("kategorie",),
            Severity.ERROR,
            "kategorie",
            said(
                "kategorie",
                wert=quoted(record.kategorie),
                meint=did_you_mean(record.kategorie, known),
                erlaubt=more,
            ),
        )


def links_lead_somewhere(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    links = links_of(catalogue.plain(record))
    dead = [(p, h) for p, h in links if resolve(catalogue, record.datei, h) is None]
    for number, (place, href) in enumerate(dead):
        said = _dead_link(catalogue, href, guess=number < MOST_GUESSES)
        yield record, place, Severity.ERROR, "link", said


def _dead_link(catalogue: Catalogue, href: str, *, guess: bool) -> str:
    stem = FilePath(href.split("#")[0]).stem
    hint = did_you_mean(stem, catalogue.records) if guess else ""
    return f"Der Link {quoted(href)} führt zu keiner Seite dieses Wikis.{hint}"


def page_links(catalogue: Catalogue, tree: ContentTree, page: str) -> Iterator[Problem]:
    """Links of a static page to files and records; links to generated pages (`felder/`) are checked
    when they are built.  A static page is always public, so it may not name a confidential record.
    """
    text = (tree.root / page).read_text(encoding="utf-8-sig", errors="replace")
    for number, (offset, href) in enumerate(links_in(text)):
        target = resolve(catalogue, page, href)
        if target is None:
            if re.split(r"[?#]", href, maxsplit=1)[0].endswith(("/", ".")):
                continue
            code, message = "link", _dead_link(catalogue, href, guess=number < MOST_GUESSES)
        else:
            record = catalogue.get(target.path.rstrip("/").rpartition("/")[2])
            if record is None or record.vertraulichkeit == "oeffentlich":
                continue
            code = "vertraulich"
            message = f"Diese Seite ist öffentlich, {quoted(record.id)} aber ein interkommunaler Eintrag. Bitte den Link weglassen."
        before = text[:offset]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        yield Problem(tree.shown(page), line, column, Severity.ERROR, code, message)


def page_blanks(tree: ContentTree, page: str) -> Iterator[Problem]:
    """What the publisher has not filled in yet."""
    text = (tree.root / page).read_text(encoding="utf-8-sig", errors="replace")
    for line, column, told in blanks_in(text):
        yield Problem(tree.shown(page), line, column, Severity.HINT, "luecke", told)


def owners_are_named(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    if record.verantwortlich.casefold().strip(" .-?") in NOBODY:
        yield (
            record,
            ("verantwortlich",),
            Severity.WARNING,
            "ohne-verantwortung",
            "Niemand ist zuständig. Bitte eine Stelle oder Funktion eintragen, die man fragen kann.",
        )


def reviews_are_not_overdue(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    judged = catalogue.validity(record)
    due = judged.until
    field = "gueltig_bis" if getattr(record, "gueltig_bis", None) else "stand"
    if record.naechste_pruefung and record.naechste_pruefung <= due:
        due, field = record.naechste_pruefung, "naechste_pruefung"
    if due < catalogue.today and judged.state != "ersetzt" and record.status != "archiviert":
        yield (
            record,
            (field,),
            Severity.WARNING,
            "ueberfaellig",
            f"Die Prüfung ist seit dem {due:%d.%m.%Y} fällig. Bitte die Angaben prüfen und „stand“ erneuern, oder archivieren.",
        )


def records_are_connected(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    if isinstance(record, Begriff | Organisation) or record.schlagworte or record.handlungsfeld:
        return
    links = [
        r for r in catalogue.outgoing(record) if r.field not in ("herausgeber", "durchgefuehrt_von")
    ]
    if not links and not any(catalogue.count("ziel", i) for i in catalogue.ids_of(record)):
        yield (
            record,
            (),
            Severity.HINT,
            "allein",
            "Mit diesem Eintrag ist nichts verbunden. Schlagworte, Handlungsfeld oder ein Bezug helfen, ihn zu finden.",
        )


def successors_are_public_too(record: Record, catalogue: Catalogue) -> Iterator[Finding]:
    """A public build must not tell of a confidential successor, so the old record would seem valid."""
    ident = catalogue.successor(record)
    if (
        ident is not None
        and record.vertraulichkeit == "oeffentlich"
        and catalogue.seen(ident).vertraulichkeit != "oeffentlich"
        and record.status != "archiviert"
    ):
        yield (
            record,
            ("status",),
            Severity.WARNING,
            "nachfolger-vertraulich",
            f"Dieser öffentliche Eintrag ist durch den interkommunalen Eintrag {quoted(ident)} ersetzt. In der "
            "öffentlichen Ausgabe sähe er noch gültig aus: bitte „status: archiviert“ setzen.",
        )


Rule: TypeAlias = Callable[[Record, Catalogue], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    titles_are_unique,
    former_ids_are_free,
    references_lead_somewhere,
    public_records_keep_confidence,
    categories_exist,
    links_lead_somewhere,
    owners_are_named,
    reviews_are_not_overdue,
    records_are_connected,
    successors_are_public_too,
)

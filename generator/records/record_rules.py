"""Rules within one record: what its fields must say together.

Each rule is one small generator that yields (path, severity, code, message).  Rules that need other
records live in `generator.catalogue.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

from generator.records.common import Record
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.german import german_number
from generator.records.problems import Severity, quoted
from generator.records.text_rules import check_text, may_break_a_rule, without_code
from generator.records.yaml_reader import AT, BODY, Data, Path

Finding: TypeAlias = tuple[Path, Severity, str, str]
HUNDRED = Decimal(100)
_TITLE = re.compile(r"^#[ \t]|^(?=[^\s#>|*+-][^\n]*\n=+[ \t]*$)", re.MULTILINE)


def check_record(record: Record) -> Iterator[Finding]:
    """All findings about one valid record."""
    for rule in RULES:
        yield from rule(record)


def finished_has_verdict(record: Record) -> Iterator[Finding]:
    if not isinstance(record, Bewertung) or record.pruefstatus != "abgeschlossen":
        return
    if record.verdikt is None:
        yield (
            ("pruefstatus",),
            Severity.ERROR,
            "verdikt-fehlt",
            ("Eine abgeschlossene Bewertung braucht ein „verdikt“. Ohne Empfehlung: ohne_votum."),
        )
    if record.gueltig_bis is None:
        yield (
            ("pruefstatus",),
            Severity.ERROR,
            "gueltig-bis-fehlt",
            (
                "Eine abgeschlossene Bewertung braucht „gueltig_bis“: Bis wann gilt das Ergebnis? Üblich sind zwei Jahre."
            ),
        )


def verdict_has_reason(record: Record) -> Iterator[Finding]:
    if isinstance(record, Bewertung) and record.verdikt and not record.verdikt_begruendung:
        yield (
            ("verdikt",),
            Severity.ERROR,
            "begruendung-fehlt",
            (
                "Zum Verdikt fehlt die „verdikt_begruendung“: Warum kam die Prüfung zu diesem Ergebnis?"
            ),
        )


def unfinished_has_no_verdict(record: Record) -> Iterator[Finding]:
    if (
        isinstance(record, Bewertung)
        and record.verdikt
        and record.pruefstatus in ("geplant", "laufend")
    ):
        yield (
            ("verdikt",),
            Severity.ERROR,
            "verdikt-zu-frueh",
            (
                f"Die Prüfung ist noch {quoted(record.pruefstatus)}. Ein Verdikt gibt es erst, wenn sie abgeschlossen ist."
            ),
        )


def valid_until_follows_state(record: Record) -> Iterator[Finding]:
    if isinstance(record, Bewertung) and record.gueltig_bis and record.gueltig_bis < record.stand:
        yield (
            ("gueltig_bis",),
            Severity.ERROR,
            "gueltig-vor-stand",
            (
                f"„gueltig_bis“ ({record.gueltig_bis:%d.%m.%Y}) liegt vor „stand“ ({record.stand:%d.%m.%Y}). Welches der beiden stimmt nicht?"
            ),
        )


def catalogue_weights_are_100(record: Record) -> Iterator[Finding]:
    if not isinstance(record, Kriterienkatalog):
        return
    total = sum((k.gewicht for k in record.kriterien), Decimal(0))
    if total != HUNDRED:
        yield (
            ("kriterien",),
            Severity.ERROR,
            "gewichte",
            (
                f"Die Gewichte ergeben zusammen {german_number(total)}, nicht 100. Bitte ein Gewicht anpassen."
            ),
        )


def criteria_are_unique(record: Record) -> Iterator[Finding]:
    if not isinstance(record, Bewertung | Kriterienkatalog):
        return
    ids = [k.id for k in record.kriterien]
    for index, ident in enumerate(ids):
        if ident in ids[:index]:
            yield (
                ("kriterien", index, "id"),
                Severity.ERROR,
                "doppeltes-kriterium",
                f"Das Kriterium {quoted(ident)} steht weiter oben schon.",
            )


def does_not_relate_to_itself(record: Record) -> Iterator[Finding]:
    for index, bezug in enumerate(record.bezug):
        if bezug.ziel == record.id:
            yield (
                ("bezug", index, "ziel"),
                Severity.ERROR,
                "selbstbezug",
                ("Der Eintrag bezieht sich auf sich selbst. Bitte diesen Bezug löschen."),
            )
    if isinstance(record, Bewertung) and record.id in record.ersetzt:
        yield (
            ("ersetzt", record.ersetzt.index(record.id)),
            Severity.ERROR,
            "selbstbezug",
            "Eine Bewertung kann sich nicht selbst ersetzen.",
        )


def has_sources(record: Record) -> Iterator[Finding]:
    if not record.quellen:
        yield (
            ("quellen",),
            Severity.ERROR,
            "pflichtfeld",
            ("Mindestens eine Quelle ist nötig: Woher stammen die Angaben?"),
        )


def starts_with_second_level_heading(record: Record) -> Iterator[Finding]:
    """Each page has one first-level heading, its title (WCAG 1.3.1)."""
    for match in _TITLE.finditer(without_code(record.text)):
        yield (
            (BODY, AT, match.start()),
            Severity.WARNING,
            "ueberschrift",
            ("Überschriften im Text beginnen mit „## “; die Ebene darüber ist der Titel."),
        )


RULES: tuple[Callable[[Record], Iterator[Finding]], ...] = (
    finished_has_verdict,
    verdict_has_reason,
    unfinished_has_no_verdict,
    valid_until_follows_state,
    catalogue_weights_are_100,
    criteria_are_unique,
    does_not_relate_to_itself,
    has_sources,
    starts_with_second_level_heading,
)


def check_texts(data: Data) -> Iterator[tuple[Path, int, str, str]]:
    """Findings of the text rules in all texts of the raw data: (path, offset, code, message).

    Works on the raw data, so that it also runs over a file that does not validate.
    """
    texts: list[tuple[Path, str]] = []
    _collect_texts(data, (), texts)
    if may_break_a_rule("\n|\n".join(text for _, text in texts)):
        for path, text in texts:
            for finding in check_text(text, markdown=True):
                yield path, finding.offset, finding.code, finding.message


def _collect_texts(data: Data, path: Path, texts: list[tuple[Path, str]]) -> None:
    if isinstance(data, str):
        texts.append((path, data))
    elif isinstance(data, dict):
        for key, value in data.items():
            _collect_texts(value, (*path, key), texts)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            _collect_texts(value, (*path, index), texts)

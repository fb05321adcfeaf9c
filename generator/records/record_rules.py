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
from generator.records.german import german_date, german_number
from generator.records.problems import Severity, quoted
from generator.records.text_rules import check_text, may_break_a_rule, without_code
from generator.records.wording import said
from generator.records.yaml_reader import AT, BODY, Data, Path

Finding: TypeAlias = tuple[Path, Severity, str, str]
HUNDRED = Decimal(100)
TITLE = re.compile(r"^#[ \t]|^(?=[^\s#>|*+-][^\n]*\n=+[ \t]*$)", re.MULTILINE)


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
            said("verdikt-fehlt"),
        )
    if record.gueltig_bis is None:
        yield (
            ("pruefstatus",),
            Severity.ERROR,
            "gueltig-bis-fehlt",
            said("gueltig-bis-fehlt"),
        )


def verdict_has_reason(record: Record) -> Iterator[Finding]:
    if isinstance(record, Bewertung) and record.verdikt and not record.verdikt_begruendung:
        yield (
            ("verdikt",),
            Severity.ERROR,
            "begruendung-fehlt",
            said("begruendung-fehlt"),
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
            said("verdikt-zu-frueh", wert=quoted(record.pruefstatus)),
        )


def valid_until_follows_state(record: Record) -> Iterator[Finding]:
    if isinstance(record, Bewertung) and record.gueltig_bis and record.gueltig_bis < record.stand:
        yield (
            ("gueltig_bis",),
            Severity.ERROR,
            "gueltig-vor-stand",
            said(
                "gueltig-vor-stand",
                bis=german_date(record.gueltig_bis),
                stand=german_date(record.stand),
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
            said("gewichte", summe=german_number(total)),
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
                said("doppeltes-kriterium", wert=quoted(ident)),
            )


def does_not_relate_to_itself(record: Record) -> Iterator[Finding]:
    for index, bezug in enumerate(record.bezug):
        if bezug.ziel == record.id:
            yield (
                ("bezug", index, "ziel"),
                Severity.ERROR,
                "selbstbezug",
                said("selbstbezug"),
            )
    if isinstance(record, Bewertung) and record.id in record.ersetzt:
        yield (
            ("ersetzt", record.ersetzt.index(record.id)),
            Severity.ERROR,
            "selbstbezug",
            said("ersetzt-sich"),
        )


def has_sources(record: Record) -> Iterator[Finding]:
    if not record.quellen:
        yield (
            ("quellen",),
            Severity.ERROR,
            "pflichtfeld",
            said("quelle-fehlt"),
        )


def starts_with_second_level_heading(record: Record) -> Iterator[Finding]:
    """Each page has one first-level heading, its title (WCAG 1.3.1)."""
    for match in TITLE.finditer(without_code(record.text)):
        yield (
            (BODY, AT, match.start()),
            Severity.WARNING,
            "ueberschrift",
            said("ueberschrift"),
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

"""Problems: what is wrong, where it stands, and what to do about it.

Every check of every room reports `Problem` values and never raises for bad input.  A run collects
all of them; only the command decides what an error means for its exit code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from generator.records.wording import said


class Severity(StrEnum):
    """How much a problem matters.  The values are the words printed in the text format."""

    ERROR = "Fehler"
    WARNING = "Warnung"
    HINT = "Hinweis"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.  `line` and `column` are 1-based; 1:1 stands for the file as a whole."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{printable(self.path)}:{self.line}:{self.column}"
        return f"{place}: {self.severity.value} [{self.code}]: {printable(self.message)}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.path, self.line, self.column, self.code, self.message)


def has_errors(problems: Iterable[Problem]) -> bool:
    """True if at least one problem is an error (warnings and hints never stop a build)."""
    return any(p.severity is Severity.ERROR for p in problems)


def printable(text: str) -> str:
    """`text` on one line with control characters spelled out: a record must not steer a terminal
    or smuggle a second line (a CI command, say) into a report."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def quoted(value: str, limit: int = 60) -> str:
    """`value` in German quotation marks, shortened for a message."""
    value = " ".join(value.split())
    return f"„{value[: limit - 1]}…“" if len(value) > limit else f"„{value}“"


def nearest(value: str, candidates: Iterable[str]) -> str:
    """The candidate that is spelled most like `value`, or an empty string if none is close."""
    folded = {c.casefold(): c for c in candidates}
    hit = process.extractOne(
        value.casefold()[:200], list(folded), scorer=fuzz.ratio, score_cutoff=68
    )
    return folded[hit[0]] if hit else ""


def did_you_mean(value: str, candidates: Iterable[str]) -> str:
    """A German suggestion with a leading space, or an empty string if nothing is close."""
    meant = nearest(value, candidates)
    return said("meint", quoted(meant)) if meant else ""


def allowed(values: Sequence[str], limit: int = 30) -> str:
    """The German list of allowed values with a leading space."""
    shown = ", ".join(values[:limit])
    more = said("insgesamt", len(values)) if len(values) > limit else ""
    return said("erlaubt", shown + more)

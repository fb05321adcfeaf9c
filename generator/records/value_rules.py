"""Rules for single values: what a text, date, number, id or word of a vocabulary may be.

All scalars arrive as text (see `yaml_reader`).  A rule checks one raw value, says in German what is
wrong, converts it, and describes itself in JSON Schema; `fields.py` makes types of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from generator.records.problems import allowed, did_you_mean, quoted
from generator.records.vocabulary import Vocabulary
from generator.records.wording import said

ID_PATTERN = re.compile(r"[a-z0-9-]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_POINT_IN_TIME = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,6})?", re.ASCII)
_AMBIGUOUS = re.compile(r"-?\d{1,3}(\.\d{3})+", re.ASCII)
MAX_TEXT = 4_000
MAX_MARKDOWN = 60_000


def slug(text: str) -> str:
    """An id made from any text: "Größe & Maß" → "groesse-mass"."""
    text = text.casefold()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, plain)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:100]


def as_id(text: str) -> str:
    """The id that somebody meant with a path (`../projekte/x.md`) or a name."""
    name = text.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return slug(re.sub(r"\.(?:md|ya?ml)$", "", name))


def complaint(code: str, message: str) -> PydanticCustomError:
    """An error whose German text `messages.py` passes through unchanged."""
    return PydanticCustomError("regel", "{message}", {"code": code, "message": message})


@dataclass(frozen=True)
class Rule:
    """Base of the annotation objects: a checked value with a JSON Schema."""

    def check(self, value: Any) -> Any:
        """Return the converted value or raise `complaint(…)`."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the raw value."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return self.schema()


def _text(value: Any, what: str = "ein-text") -> str:
    text = value.strip() if isinstance(value, str) else value
    if text is None or text == "":
        raise complaint("leer", said("leer"))
    if isinstance(text, str):
        return text
    found = "gruppe" if isinstance(value, dict) else "liste"
    hint = said(f"rat-{found}") if what == "ein-text" else ""
    found = said(f"gefunden-{found}")
    raise complaint("text", said("gehört-hin", was=said(what), gefunden=found, rat=hint))


@dataclass(frozen=True)
class TextRule(Rule):
    """Text; `markdown` texts may have several paragraphs and are rendered, others are escaped."""

    markdown: bool = False
    limit: int = MAX_TEXT

    def check(self, value: Any) -> str:
        text = _text(value)
        if not self.markdown:
            text = " ".join(text.split())
        if len(text) > self.limit:
            raise complaint("zu-lang", said("zu-lang", länge=len(text), grenze=self.limit))
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.limit}


@dataclass(frozen=True)
class VocabularyRule(Rule):
    """One value of a vocabulary."""

    vocabulary: Vocabulary

    def check(self, value: Any) -> str:
        values = self.vocabulary.values
        if isinstance(value, list | dict):
            raise complaint(self.vocabulary.name, said("ein-wort", erlaubt=allowed(values)))
        text = _text(value)
        if text in values or not self.vocabulary.closed:
            return text
        by_label = next(
            (t.value for t in self.vocabulary.terms if t.label.casefold() == text.casefold()), None
        )
        hint = said("meint", quoted(by_label)) if by_label else did_you_mean(text, values)
        raise complaint(
            self.vocabulary.name,
            said(
                "kein-wort",
                wert=quoted(text),
                nomen=self.vocabulary.noun,
                meint=hint,
                erlaubt=allowed(values),
            ),
        )

    def schema(self) -> dict[str, Any]:
        values = list(self.vocabulary.values)
        if not self.vocabulary.closed:
            return {"type": "string", "examples": values}
        return {
            "type": "string",
            "enum": values,
            "x-beschriftung": {t.value: t.label for t in self.vocabulary.terms},
            "enumDescriptions": [t.description or t.label for t in self.vocabulary.terms],
        }


@dataclass(frozen=True)
class ReferenceRule(Rule):
    """The id of another record; with `free`, any text that does not look like an id will do."""

    targets: tuple[str, ...]
    free: bool = False

    def check(self, value: Any) -> str:
        text = _text(value, "eine-kennung")
        if ID_PATTERN.fullmatch(text) or (self.free and len(text) <= MAX_TEXT):
            return text
        guess = as_id(text)
        hint = said("meint", quoted(guess)) if guess else ""
        raise complaint("kennung", said("keine-kennung", wert=quoted(text), meint=hint))

    def schema(self) -> dict[str, Any]:
        kind: dict[str, Any] = {"type": "string", "x-verweis": list(self.targets)}
        return kind if self.free else {**kind, "pattern": f"^{ID_PATTERN.pattern}$"}


@dataclass(frozen=True)
class DateRule(Rule):
    """A full date, YYYY-MM-DD, as `datetime.date`."""

    def check(self, value: Any) -> date:
        if isinstance(value, date):
            return value
        text = _text(value, "ein-datum")
        if not _DAY.fullmatch(text):
            hint = _iso_hint(text, full=True)
            raise complaint("datum", said("kein-datum", wert=quoted(text), meint=hint))
        day = _calendar_day(text, *text.split("-"))
        if not 1900 <= day.year <= 2999:  # later steps may then add and subtract months freely
            raise complaint("datum", said("datum-jahre", wert=quoted(text)))
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class LooseDateRule(Rule):
    """A year, a month or a day: `2023`, `2023-01`, `2023-01-31`; kept as text, sorts as text."""

    def check(self, value: Any) -> str:
        text = _text(value, "ein-datum")
        found = _POINT_IN_TIME.fullmatch(text)
        if not found:
            hint = _iso_hint(text, full=False)
            raise complaint("datum", said("kein-zeitpunkt", wert=quoted(text), meint=hint))
        _calendar_day(text, *found.groups(default="1"))
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}


def _calendar_day(text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise complaint("datum", said("datum-kalender", wert=quoted(text))) from None


_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_GERMAN_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})\.\s?)?(?:(?P<month>\d{1,2})[./]|(?P<name>[A-Za-zä]{3,9})\.?)\s?(?P<year>\d{4})"
)
_NEARLY_ISO = re.compile(
    r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?P<name>)(?:[T ].*)?"
)


def _iso_hint(text: str, *, full: bool) -> str:
    """What 7.3.2026, 7. März 2026, 03/2026 or 2026-3-7 12:00 would be in ISO 8601."""
    found = _GERMAN_DATE.fullmatch(text) or _NEARLY_ISO.fullmatch(text)
    if not found or (full and not found["day"]):
        return ""
    number = found["month"] or 0
    if found["name"]:
        name = found["name"].casefold()
        number = next((i for i, m in enumerate(_MONTHS, 1) if name.startswith(m)), 0)
    try:
        meant = date(int(found["year"]), int(number), int(found["day"] or 1)).isoformat()
    except ValueError:
        return ""
    return said("meint", f"„{meant if found['day'] else meant[:7]}“")


@dataclass(frozen=True)
class NumberRule(Rule):
    """A decimal or whole number within bounds (inclusive), exact."""

    low: int | None = None
    high: int | None = None
    whole: bool = False

    def check(self, value: Any) -> Decimal | int:
        number = _decimal(value, ambiguous=self.high is None)
        if self.whole and number != number.to_integral_value():
            raise complaint("zahl", said("keine-ganze-zahl", wert=quoted(str(value))))
        if (self.low is not None and number < self.low) or (
            self.high is not None and number > self.high
        ):
            bounds = said("ab" if self.high is None else "zwischen", unten=self.low, oben=self.high)
            raise complaint("bereich", said("außerhalb", wert=quoted(str(value)), grenzen=bounds))
        return int(number) if self.whole else number

    def schema(self) -> dict[str, Any]:
        kind: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        if self.low is not None:
            kind["minimum"] = self.low
        if self.high is not None:
            kind["maximum"] = self.high
        return kind


def _decimal(value: Any, *, ambiguous: bool) -> Decimal:
    """An exact number from `12`, `12.5` or `12,5`.

    Where large numbers are possible, `25.000` could mean two things and is refused.
    """
    text = str(value).strip() if isinstance(value, int | Decimal) else _text(value, "eine-zahl")
    if ambiguous and _AMBIGUOUS.fullmatch(text):
        raise complaint("zahl", said("mehrdeutig", wert=quoted(text), ohne=text.replace(".", "")))
    try:
        if _NUMBER.fullmatch(text):
            return Decimal(text.replace(",", "."))
    except InvalidOperation:
        pass
    raise complaint("zahl", said("keine-zahl", wert=quoted(text), meint=_number_hint(text)))


def _number_hint(text: str) -> str:
    """The number in „ca. 25.000 Einwohner“ or „1.234,50 €“."""
    number = "".join(part for part in text.strip("€ ").split() if any(c.isdigit() for c in part))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?", number, re.ASCII):
        return said("meint", f"„{number.replace('.', '')}“")
    return ""


@dataclass(frozen=True)
class BoolRule(Rule):
    """`ja`/`nein` or `true`/`false`."""

    def check(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        text = _text(value, "ein-ja-nein").casefold()
        if text in ("ja", "true", "wahr"):
            return True
        if text in ("nein", "false", "falsch"):
            return False
        raise complaint("ja-nein", said("kein-ja-nein", wert=quoted(text)))

    def schema(self) -> dict[str, Any]:
        return {"enum": [True, False, "ja", "nein"]}


@dataclass(frozen=True)
class PatternRule(Rule):
    """Text of a fixed form; `said` completes „x“ …"""

    code: str
    pattern: str
    said: str
    mend: Callable[[str], str] | None = None  # guesses what was meant

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def check(self, value: Any) -> str:
        text = _text(value)
        if self._form.fullmatch(text):
            return text
        guess = self.mend(text) if self.mend else ""
        hint = said("meint", quoted(guess)) if self._form.fullmatch(guess) else ""
        raise complaint(self.code, f"{quoted(text)} {self.said}{hint}")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True)
class DetailsRule(Rule):
    """A group of short facts with free keys; the known ones are suggested and have labels."""

    known: tuple[tuple[str, str], ...]

    def check(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise complaint("gruppe", said("angaben"))
        details = {}
        for key, item in value.items():
            texts = item if isinstance(item, list | tuple) else [item]
            if not all(isinstance(t, str) for t in texts):
                raise complaint("gruppe", said("angabe-text", wert=quoted(key)))
            details[key] = ", ".join(" ".join(t.split()) for t in texts)
            if len(details[key]) > MAX_TEXT:
                values = {"länge": len(details[key]), "grenze": MAX_TEXT}
                raise complaint("zu-lang", said("angabe-zu-lang", wert=quoted(key), **values))
        return details

    def label(self, key: str) -> str:
        return dict(self.known).get(key, key.replace("_", " ").capitalize())

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": {"type": ["string", "array", "number"]},
            "properties": {k: {"title": label} for k, label in self.known},
        }


@dataclass(frozen=True)
class AnythingRule(Rule):
    """Any plain data (`intern`), never shown in a public build."""

    def check(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise complaint("gruppe", said("felder"))
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}

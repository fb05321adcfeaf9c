"""Building blocks of the field table: `feld(…)`, the types of values, and the base of groups."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, model_validator

from generator.records.lean import Lean
from generator.records.value_rules import (
    MAX_MARKDOWN,
    BoolRule,
    DateRule,
    LooseDateRule,
    NumberRule,
    PatternRule,
    TextRule,
    complaint,
)
from generator.records.wording import said


def feld(
    label: str,
    description: str,
    example: Any = None,
    *,
    default: Any = None,
    required: bool = False,
    facet: bool = False,
    column: bool = False,
) -> Any:
    """One row of the field table.

    `label` and `description` are German and shown to people; `example` is a raw value as it stands
    in a file; `facet` makes it a filter of lists and search, `column` a column of CSV and Excel.
    """
    if isinstance(example, str | int | float):
        example = str(example)
    extra: dict[str, Any] = {"x-facette": facet, "x-spalte": column}
    return Field(
        ... if required else default,
        title=label,
        description=description,
        examples=None if example is None else [example],
        json_schema_extra=extra,
    )


Text = Annotated[str, TextRule()]
Markdown = Annotated[str, TextRule(markdown=True, limit=MAX_MARKDOWN)]
Datum = Annotated[date, DateRule()]
Zeitpunkt = Annotated[str, LooseDateRule()]
Anzahl = Annotated[int, NumberRule(low=0, whole=True)]
Dezimal = Annotated[Decimal, NumberRule(low=0)]
JaNein = Annotated[bool, BoolRule()]
Weblink = Annotated[
    str,
    PatternRule(
        "weblink",
        r"https?://[^\s<>\"'`{}|\\^]{3,1000}",
        "ist keine Webadresse. Sie beginnt mit https:// oder http:// und enthält keine Leerzeichen.",
        lambda text: f"https://{text}" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text) else "",
    ),
]


class Eintrag(Lean):
    """Base of grouped values inside a record.  `kurzform` names the field that a plain text fills."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kurzform: ClassVar[str | None] = None
    schreibweise: ClassVar[str] = ""  # an example, if the group may be written in a short way

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: Any) -> Any:
        return {cls.kurzform: value} if cls.kurzform and isinstance(value, str) else value


class Spanne(Eintrag):
    """An amount or a range of amounts, in euros."""

    schreibweise = "1000 bis 2000"

    von: Dezimal = feld("von", "Untere Grenze", "1000", required=True)
    bis: Dezimal = feld("bis", "Obere Grenze", "2000", required=True)

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:
        if isinstance(value, str):
            parts = re.split(r"bis|–|-", value, maxsplit=1)
            value = dict(zip(("von", "bis"), (parts[0], parts[-1]), strict=True))
        elif isinstance(value, list | tuple) and len(value) == 2:
            value = {"von": value[0], "bis": value[1]}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Spanne:
        if self.bis < self.von:
            raise complaint("bereich", said("spanne-verkehrt"))
        return self

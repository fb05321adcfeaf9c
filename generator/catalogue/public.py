"""What a public build may know: public records only, without `intern` and without a trace of the rest.

The scrubbing happens here, before anything is linked, so that no page, index, feed or export can leak
what it never saw.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.catalogue.references import references
from generator.records.common import Record
from generator.records.yaml_reader import Path

T = TypeVar("T", bound=BaseModel)
# References that a record cannot do without; `rules.py` refuses confidential targets here.
REQUIRED_REFERENCES = frozenset({"herausgeber", "arbeitsgruppe", "gegenstand", "kriterienkatalog"})


def public_records(records: Iterable[Record]) -> list[Record]:
    """Public records, each without `intern` and without references to confidential records."""
    records = list(records)
    hidden = {r.id for r in records if r.vertraulichkeit != "oeffentlich"}
    hidden |= {old for r in records if r.id in hidden for old in r.frueher}
    return [_scrubbed(r, hidden) for r in records if r.id not in hidden]


def _scrubbed(record: Record, hidden: set[str]) -> Record:
    update: dict[str, Any] = {"intern": None}
    paths = [
        r.path
        for r in references(record)
        if r.target in hidden and r.field not in REQUIRED_REFERENCES
    ]
    for name in {str(path[0]) for path in paths}:
        update[name] = _without(getattr(record, name), [p[1:] for p in paths if p[0] == name])
    return record.model_copy(update=update)


def _without(value: Any, paths: list[Path]) -> Any:
    """`value` without the list entries that hold a hidden reference; a single value becomes None."""
    if not isinstance(value, tuple):
        return None
    drop = {path[0] for path in paths}
    return tuple(item for index, item in enumerate(value) if index not in drop)

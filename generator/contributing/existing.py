"""What exists already on a need: evaluations that are alike, with the reason, and what the search finds.

The comparison (`catalogue/likeness.py`) sees finished, running, planned and rejected evaluations; the
search adds what it knows from synonyms and from other types of records.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.evaluation_rules import how_it_stands
from generator.catalogue.likeness import alike_to_need, named_solutions
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.problems import printable
from generator.records.types import TYPES
from generator.records.vocabulary import GUELTIGKEIT

MOST = 5
SEARCHABLE = 3_000  # records; beyond, making an index for one question takes too long


@dataclass(frozen=True, slots=True)
class Existing:
    """A record on the same need: how it stands, and why it is told."""

    record: Record
    state: str
    reason: str
    is_alike: bool  # an evaluation of the same need, not just something found


def existing(
    need: str, catalogue: Catalogue, content: Path, typ: str = "bewertung", more: str = ""
) -> list[Existing]:
    """Up to `MOST` records on a need in plain words, evaluations of the same need first."""
    hits = _searched(need, catalogue, content)
    named = named_solutions(need, hits, catalogue)
    if catalogue.get(need.strip()) is not None:
        named = [need.strip()]
    found = []
    for like in alike_to_need(need, catalogue, named, more):
        record = catalogue.find(like.id, Bewertung)
        if record is not None and catalogue.validity(record).state != "ersetzt":
            found.append(Existing(record, how_it_stands(record, catalogue), like.why, True))
    told = {e.record.id for e in found}
    for ident in hits:
        other = catalogue.get(ident)
        if other is None or ident in told or other.typ not in {typ, "bewertung", "loesung"}:
            continue
        if isinstance(other, Bewertung):
            state = how_it_stands(other, catalogue)
        else:
            state = GUELTIGKEIT.label(catalogue.validity(other).state).lower()
        found.append(Existing(other, state, "", False))
    return found[:MOST]


def _searched(need: str, catalogue: Catalogue, content: Path) -> list[str]:
    """Ids of the best hits of the wiki's own search, unless they only resemble the need."""
    if len(catalogue.records) > SEARCHABLE:
        return []
    from generator.search.finding import find
    from generator.search.knowledge import wiki_index
    from generator.search.reader import IndexReader

    found = find(
        IndexReader(wiki_index(content, catalogue, Addresses()).__getitem__), need, MOST * 2
    )
    return [] if found.is_vague else [hit.id for hit in found.hits]


def existing_text(found: list[Existing]) -> str:
    """„Das gibt es schon: …“, then what is merely near; "" if there is nothing."""
    lines: list[str] = []
    for alike, heading in ((True, "Das gibt es schon:"), (False, "Vielleicht verwandt:")):
        some = [entry for entry in found if entry.is_alike is alike]
        lines += [heading] if some else []
        for entry in some:
            kind = TYPES[entry.record.typ].einzahl
            lines.append(f"  • {printable(entry.record.titel)} ({kind}, {entry.state})")
            if entry.reason:
                lines.append(f"    denn: {printable(entry.reason)}")
            lines.append(f"    {entry.record.datei}")
    return "".join(f"{line}\n" for line in lines)

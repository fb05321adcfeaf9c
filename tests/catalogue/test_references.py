"""References are read off the field table: none may be forgotten, in either direction."""

from __future__ import annotations

import inspect
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from generator.catalogue.references import _places
from generator.records.evaluation_types import Bewertung
from generator.records.solution_types import Organisation
from generator.records.types import TYPES
from generator.records.value_rules import ReferenceRule
from tests.helpers import Folder


def rules_below(annotation: Any, seen: tuple[Any, ...] = ()) -> int:
    """How many reference rules hang below a type, counted by brute force."""
    if isinstance(annotation, ReferenceRule):
        return 1
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        if annotation in seen:
            return 0
        return sum(
            rules_below(part, (*seen, annotation))
            for field in annotation.model_fields.values()
            for part in (*field.metadata, field.annotation)
        )
    return sum(rules_below(part, seen) for part in get_args(annotation))


@pytest.mark.parametrize("typ", TYPES)
def test_every_reference_field_is_found(typ: str) -> None:
    assert len(_places(TYPES[typ])) == rules_below(TYPES[typ])
    assert len(_places(TYPES[typ])) >= 2  # herausgeber and bezug.ziel at least


def test_both_directions(folder: Folder) -> None:
    folder.add("organisation", "musterstadt", art="kommune", fachverfahren=["portal", "E-Akte"])
    folder.add("anbieter", "muster-gmbh")
    folder.add(
        "loesung", "portal", anbieter="muster-gmbh", im_einsatz=[{"organisation": "musterstadt"}]
    )
    folder.add("bewertung", "b", gegenstand="portal", durchgefuehrt_von=["ag-muster"])
    catalogue = folder.catalogue()
    portal = catalogue.records["portal"]
    outgoing = {(r.field, r.target) for r in catalogue.outgoing(catalogue.records["b"])}
    assert outgoing == {
        ("herausgeber", "kreis-muster"),
        ("gegenstand", "portal"),
        ("durchgefuehrt_von", "ag-muster"),
    }
    assert [(r.source, r.path) for r in catalogue.incoming(catalogue.records["musterstadt"])] == [
        ("portal", ("im_einsatz", 0, "organisation"))
    ]
    assert [r.id for r in catalogue.sources_of(portal, "gegenstand", Bewertung)] == ["b"]
    assert [r.id for r in catalogue.sources_of(portal, "fachverfahren", Organisation)] == [
        "musterstadt"
    ]
    assert {r.target for r in catalogue.outgoing(catalogue.records["musterstadt"])} == {
        "kreis-muster",
        "portal",
    }

"""Facet values of all documents, for the search page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from generator.search.bits import pack_codes
from generator.search.cards import Listed
from generator.search.documents import Facet

_MOST_COMBINATIONS = 100


def facet_file(documents: Sequence[Listed], facets: Sequence[Facet]) -> list[dict[str, object]]:
    """Per facet its values, and for every document which of them it has: few different
    combinations by number, many by how many values and then which."""
    found: list[dict[str, object]] = []
    sizes = [len([*of_kind]) for _, of_kind in groupby(documents, key=lambda d: d.typ)]

    def kinds(coded: Sequence[tuple[int, ...]]) -> Iterator[Sequence[tuple[int, ...]]]:
        """Documents of a kind stand together and often have the same values."""
        rest = iter(coded)
        return ([*islice(rest, size)] for size in sizes)

    for facet in facets:
        per_document = [document.facets.get(facet.name, ()) for document in documents]
        values = sorted({value for entry in per_document for value in entry})
        if not values:
            continue
        position = {value: number for number, value in enumerate(values)}
        coded = [tuple(sorted(position[value] for value in entry)) for entry in per_document]
        described: dict[str, object] = {
            "name": facet.name,
            "label": facet.label,
            "values": values,
            "labels": [facet.values.get(value, value) for value in values],
        }
        combinations = sorted(set(coded))
        if len(combinations) <= _MOST_COMBINATIONS:
            code = {entry: number for number, entry in enumerate(combinations)}
            described["sets"] = [list(entry) for entry in combinations]
            described["codes"] = [
                pack_codes([code[entry] for entry in kind]) for kind in kinds(coded)
            ]
        else:
            described["counts"] = [pack_codes([*map(len, kind)]) for kind in kinds(coded)]
            described["codes"] = [
                pack_codes([number for entry in kind for number in entry]) for kind in kinds(coded)
            ]
        found.append(described)
    return found

"""Facet values of all documents, for the search page, and what else can be told of all of them at once.

``facetten``     what all kinds of documents share; needed for the first search
``facette-<name>``        one of these with many combinations of values; needed when it is opened or chosen
``facette-<typ>-<name>``  likewise one of those that only one kind has
``naechste``     which documents change their state in the weeks after the build, and when
``fristen``      until when each document holds; needed when these weeks are over, and to sort by it
``liste-<typ>``  what only one kind has, and how to sort it; needed for a list of this kind
``n-<typ>-<n>``  ids and titles of some documents of a kind; needed to save a list
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby, islice

from generator.catalogue.validity import SOON
from generator.records.german import collation_key
from generator.search.bits import pack_codes, pack_postings
from generator.search.cards import Listed
from generator.search.codec import compact_json, pack_values
from generator.search.documents import AS_OF, UNTIL, Facet

_MOST_COMBINATIONS = 100
_LIGHT = 4_000
"""Letters of the values of a facet with many combinations that are not worth a file of their own."""
_DAYS = 8191
"""Later days count as this one: what ``pack_codes`` takes."""
_DIGIT = 93
"""Base of the numbers that order documents."""
_SOON = timedelta(days=60)
"""Longer than most wikis go without a build, and shorter than a document takes for two changes."""
_NAMES = 250
"""Names in a file."""
VALIDITY = "gueltigkeit"


def facet_file(
    documents: Sequence[Listed], facets: Sequence[Facet], add: Callable[[str, str], str]
) -> list[dict[str, object]]:
    """The facets that all documents share; with the validity, the days from which on and until which
    ``naechste`` knows what changes, and the words for states that are still to come.

    Those with many combinations are only named here; ``add`` makes a file of their values."""
    found = _described(documents, [facet for facet in facets if not facet.typ])
    changes = _changes(documents)
    for described in found:
        if described["name"] == VALIDITY and changes:
            first = min(changes.values())
            described["wechsel"] = [first.isoformat(), (first + _SOON).isoformat()]
            described["worte"] = next(dict(f.values) for f in facets if f.name == VALIDITY)
    return [_apart(described, "facette", add) for described in found]


def _apart(
    described: dict[str, object], prefix: str, add: Callable[[str, str], str]
) -> dict[str, object]:
    """The facet, or if it is a heavy one, its name and label and where its values are."""
    text = compact_json(described)
    if "sets" in described or len(text) <= _LIGHT:
        return described
    file = f"{prefix}-{described['name']}"
    return {
        "name": described["name"],
        "label": described["label"],
        "datei": file,
        "marke": add(file, text),
    }


def list_files(
    documents: Sequence[Listed], facets: Sequence[Facet], add: Callable[[str, str], str]
) -> dict[str, str]:
    """Add the other files; gives what ``add`` says of each (its mark), for the directory."""
    marks = {
        "naechste": add("naechste", _next_changes(_changes(documents))),
        "fristen": add("fristen", compact_json(_deadlines(documents))),
    }
    for typ, kind in groupby(documents, key=lambda d: d.typ):
        of_kind = [*kind]
        blocks = [
            add(f"n-{typ}-{at // _NAMES}", compact_json([[d.id, d.title] for d in of_kind[at : at + _NAMES]]))
            for at in range(0, len(of_kind), _NAMES)
        ]  # fmt: skip
        described = {
            "facets": [
                _apart(facet, f"facette-{typ}", add)
                for facet in _described(of_kind, [facet for facet in facets if facet.typ == typ])
            ],
            "stand": _ages(of_kind),
            "titel": _places(of_kind),
            "namen": " ".join(blocks),
            "je": _NAMES,
        }
        marks[f"liste-{typ}"] = add(f"liste-{typ}", compact_json(described))
    return marks


def _changes(documents: Sequence[Listed]) -> dict[int, date]:
    """The next day on which the state of a document is another one than now, where there is one."""
    days = {}
    for number, (until, state) in enumerate(_holding(documents)):
        if until and state == "gueltig":
            days[number] = until - SOON
        elif until and state == "bald_zu_pruefen":
            days[number] = until + timedelta(days=1)
    return days


def _next_changes(changes: Mapping[int, date]) -> str:
    """The documents that change first, with the days from the first change on."""
    first = min(changes.values(), default=date.min)
    soon = {n: (day - first).days for n, day in changes.items() if day <= first + _SOON}
    return pack_postings([*soon], [*soon.values()])


def _deadlines(documents: Sequence[Listed]) -> dict[str, str]:
    """For every document the days from one day on to the last one on which it holds, plus 1; 0 if it has none."""
    holding = [until for until, _ in _holding(documents)]
    first = min(filter(None, holding), default=date.min)
    codes = [min((until - first).days + 1, _DAYS) if until else 0 for until in holding]
    return {"ab": first.isoformat(), "tage": pack_codes(codes)}


def _holding(documents: Sequence[Listed]) -> Iterator[tuple[date | None, str]]:
    for document in documents:
        until, state = document.facets.get(UNTIL, ()), document.facets.get(VALIDITY, ("",))
        yield _day(until[0]) if until else None, state[0]


def _ages(documents: Sequence[Listed]) -> dict[str, str]:
    """For every document how many days it is older than the newest one."""
    days = [_day(document.facets.get(AS_OF, ("1970",))[0]) for document in documents]
    newest = max(days)
    return {
        "bis": newest.isoformat(),
        "tage": pack_codes([min((newest - day).days, _DAYS) for day in days]),
    }


@cache
def _day(text: str) -> date:
    """A day that may be a month or a year only."""
    return date.fromisoformat(f"{text}-01-01"[:10])


def _places(documents: Sequence[Listed]) -> list[str]:
    """The place of every document in the order of titles, digit by digit, the lowest first."""
    order = sorted(range(len(documents)), key=lambda n: collation_key(documents[n].title))
    places = [0] * len(order)
    for place, number in enumerate(order):
        places[number] = place
    digits: list[str] = []
    while not digits or any(places):
        digits.append(pack_values(place % _DIGIT for place in places))
        places = [place // _DIGIT for place in places]
    return digits


def _described(documents: Sequence[Listed], facets: Sequence[Facet]) -> list[dict[str, object]]:
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
        different = set(per_document)
        values = sorted({value for entry in different for value in entry})
        if not values:
            continue
        position = {value: number for number, value in enumerate(values)}
        numbers = {entry: tuple(sorted(position[value] for value in entry)) for entry in different}
        coded = [numbers[entry] for entry in per_document]
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

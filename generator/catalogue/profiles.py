"""What "Meine Kommune" knows of a municipality, and what a record says to one of its size.

The browser compares both (`theme/assets/javascripts/kommune.js`): size class, the specialist systems that
a municipality names, the solutions it uses, and how those are operated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.product_names import name_key, names_of
from generator.records.sizes import BOUNDS
from generator.records.solution_types import Loesung, Organisation
from generator.records.vocabulary import BETRIEBSMODELL, EINSATZSTATUS, GROESSENKLASSE

USES, NAMES = 60, 2  # solutions of a profile; users of one size that are named
_PAST = ("verworfen", "abgeloest")


def size_class(organisation: Organisation) -> str | None:
    """The size class, read off the two fields that it follows from."""
    derived: Any = Organisation.groessenklasse
    found: str | None = derived.fget(organisation)
    return found


def profile(record: Organisation, catalogue: Catalogue) -> dict[str, Any]:
    """A municipality as the browser remembers it, with the words for the values in it."""
    rows = sorted(row for i in catalogue.ids_of(record) for row in catalogue.rows("einsatz", i))
    uses: dict[str, str] = {}
    for _, ident, number in rows[:USES]:
        solution = catalogue.find(ident, Loesung)
        if solution is not None:
            uses[ident] = solution.im_einsatz[int(number)].status or "genutzt"
    systems = []
    names: dict[str, list[str]] = {}
    for system in record.fachverfahren:
        solution = catalogue.find(system, Loesung) or _named(system, catalogue)
        systems.append(solution.titel if solution else system)
        if solution:
            uses.setdefault(solution.id, "genutzt")
            others = [n for n in (system, *names_of(solution)) if n != solution.titel]
            if others:
                names[solution.titel] = list(dict.fromkeys(others))
    running = [i for i, status in uses.items() if status in ("genutzt", "pilot")]
    return {
        "id": record.id,
        "name": record.titel,
        "groessenklasse": size_class(record) or "",
        "einwohner": str(record.einwohner or ""),
        "fachverfahren": list(dict.fromkeys(systems)),
        **({"namen": names} if names else {}),
        "betriebsmodell": sorted(_operated(running, catalogue)),
        "loesungen": uses,
        "grenzen": BOUNDS,
        "worte": {
            t.value: t.label
            for vocabulary in (GROESSENKLASSE, BETRIEBSMODELL, EINSATZSTATUS)
            for t in vocabulary.terms
        },
    }


def _named(name: str, catalogue: Catalogue) -> Loesung | None:
    """The one solution that is called like this, in whatever spelling."""
    found = {ident for _, ident, _ in catalogue.rows("benannt", name_key(name))}
    return catalogue.find(found.pop(), Loesung) if len(found) == 1 else None


def _operated(solutions: Iterable[str], catalogue: Catalogue) -> set[str]:
    """How solutions are operated, of those that leave no choice."""
    found = set()
    for ident in solutions:
        solution = catalogue.find(ident, Loesung)
        if solution is not None and len(solution.betriebsmodell) == 1:
            found.add(solution.betriebsmodell[0])
    return found


def fit(
    record: Record, catalogue: Catalogue, *, connections: bool = False
) -> dict[str, Any] | None:
    """What the page of an evaluation or a solution tells the browser for the comparison.

    An evaluation names the interfaces of its solution only where `connections` asks for them.
    """
    solution: Loesung | None = None
    users: list[str] = []
    told: dict[str, Any] = {}
    if isinstance(record, Bewertung):
        told["fuer"] = list(record.groessenklassen)
        users = [n.organisation for n in record.nachnutzung]
        solution = catalogue.subject(record)
    elif isinstance(record, Loesung):
        solution = record
    else:
        return None
    if solution is not None:
        told["loesung"] = solution.id
        told["betrieb"] = list(solution.betriebsmodell)
        if solution is record or connections:
            told["anschluss"] = list(solution.schnittstellen[:USES])
        users += [
            u.organisation for u in solution.im_einsatz if u.status not in (*_PAST, "geplant")
        ]
    told["nutzer"] = _by_size(dict.fromkeys(users[:USES]), catalogue)
    return {name: value for name, value in told.items() if value or name == "fuer"}


def _by_size(users: Iterable[str], catalogue: Catalogue) -> dict[str, list[str]]:
    """Size class → names of some of the users of this size."""
    found: dict[str, list[str]] = {}
    for ident in users:
        user = catalogue.find(ident, Organisation)
        size = size_class(user) if user is not None else None
        if user is not None and size and len(found.setdefault(size, [])) <= NAMES:
            found[size].append(user.titel)
    return found

"""`records.json`, the file of all records: collected from their entries, or the last one with a few others.

At 10,000 records it has nearly 60 MB.  To copy these and to put one entry in takes a tenth of the time
that collecting does, and it is done beside the rest of the build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from generator import workers
from generator.building import output
from generator.building.output import Stamp
from generator.building.store import Store
from generator.checking import build_time
from generator.exports.api import RECORDS_JSON, collected, edited

RECORDS = "alle-daten"  # the job
_FEW = 20  # entries that are found one by one in the file


def begin(publisher: str, former: Mapping[str, str | None] | None, store: Store, site: Path) -> Callable[[], dict[str, Stamp]]:  # fmt: skip
    """Begin to write the file; what is returned waits for it.

    `former`: the entries that changed pages had before, None for new pages; None if all are new.
    """
    created = build_time()
    known = store.output(RECORDS_JSON)
    changes = None if former is None else _changes(former, store)
    patched: Callable[[], dict[str, Stamp]] = dict
    if known is not None and changes is not None:
        patched = workers.beside(partial(_patched, site, known, changes, created, publisher))

    def done() -> dict[str, Stamp]:
        if found := patched():
            return found
        entries = by_id(store.raw_pieces("api"))
        return output.write(site, {RECORDS_JSON: collected(entries, created, publisher)})

    return done


def _changes(former: Mapping[str, str | None], store: Store) -> list[tuple[bytes, bytes]] | None:
    """(old, new) of each changed entry; None if one came or is gone, or they are many."""
    changes: list[tuple[bytes, bytes]] = []
    for name, before in former.items():
        now = store.piece("api", name)
        if now == before:  # or no entry at all: a page that shows others
            continue
        if now is None or before is None or len(changes) == _FEW:
            return None
        changes.append((before.encode(), now.encode()))
    return changes


def _patched(site: Path, known: Stamp, changes: Sequence[tuple[bytes, bytes]], created: datetime, publisher: str) -> dict[str, Stamp]:  # fmt: skip
    """Write the last file with other entries; nothing if it is not as it was written."""
    before = output.as_written(site, RECORDS_JSON, known)
    after = edited(before, changes, created, publisher) if before is not None else None
    return {} if after is None else output.write(site, {RECORDS_JSON: after})


def by_id(texts: Mapping[str, bytes]) -> list[bytes]:
    """In the order of the catalogue: by the id at the end of the page's path."""
    return [texts[path] for path in sorted(texts, key=lambda path: path.split("/")[1])]

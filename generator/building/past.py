"""The histories of the records between builds: each is a fact like any other (`h <path>`).

The store keeps them as pieces, with the commit they are of.  At another commit only the commits since are
read, and the pages of records whose history is another one now are made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.building.store import Store
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.reading import ALL, Reads
from generator.history.histories import Histories

PIECE = "verlauf"


class Kept(Mapping[str, str]):
    """The histories in a store, looked up one at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, path: str) -> str:
        text = self._store.piece(PIECE, path)
        if text is None:
            raise KeyError(path)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.pieces(PIECE))

    def __len__(self) -> int:
        return len(self._store.pieces(PIECE))


def keep(store: Store, histories: Mapping[str, str]) -> None:
    """Remember the histories of a full build."""
    store.set_pieces((PIECE, path, text) for path, text in histories.items())
    store.set_meta(PIECE, histories.mark if isinstance(histories, Histories) else None)


def renew(store: Store, catalogue: Catalogue, content: Path, cache: Path) -> Reads:
    """Give the catalogue the histories of today; returns the facts that are not as they were."""
    catalogue.histories = Kept(store)
    mark = store.meta(PIECE)
    now = Histories(content, cache=cache)
    if mark is None or now.mark == mark:  # none are wanted, or no commit since
        return {}
    then = store.pieces(PIECE)
    now.after(mark, then)
    paths = {path for path in {*then, *now} if then.get(path, "[]") != now.get(path, "[]")}
    store.set_pieces((PIECE, path, now.get(path, "[]")) for path in sorted(paths))
    store.set_meta(PIECE, now.mark)
    return {f"h {path}": ALL for path in paths}


def cache_in(catalogue: Catalogue, cache: Path) -> None:
    """Tell the histories where the cache is."""
    if isinstance(catalogue.histories, Histories):
        catalogue.histories.cache = cache

"""Texts that are needed once, much later: kept in a temporary file, as they would fill the memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, MutableMapping

_IN_MEMORY = 4_000_000  # bytes from which on there is a file


class Texts(MutableMapping[str, str]):
    """Texts by name, for one process."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115, closed when it is forgotten
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __setitem__(self, name: str, text: str) -> None:
        data = text.encode()
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = self._end, len(data)
        self._end += len(data)

    def __getitem__(self, name: str) -> str:
        start, size = self._places[name]
        self._file.seek(start)
        return self._file.read(size).decode()

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

"""A place for files at a target: the few things that folder, SFTP and WebDAV must be able to do.

Paths are relative, with slashes.  What fails raises `PublishError` (with what to do), or `Transient` if
another attempt may help; `patiently` makes these attempts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from generator.publish.problems import AGAIN, PublishError, Transient

T = TypeVar("T")
ATTEMPTS = 6
_sleep = time.sleep


class Store(Protocol):
    """Every operation may be repeated, and several may run at once, `parallel` of them with profit."""

    name: str  # as the person in front calls it
    parallel: int

    def read(self, path: str) -> bytes | None:
        """The content of a file; None if there is none."""

    def exists(self, path: str) -> bool:
        """Is there such a file?"""

    def write(self, path: str, data: bytes) -> None:
        """Put a file there, with its folders.  Readers see the old one or the new one, never half."""

    def copy(self, source: str, target: str) -> None:
        """The same with the content of another file at the target."""

    def delete(self, path: str) -> None:
        """Delete a file if it is there, and its folders if they are empty then."""

    def claim(self, folder: str) -> bool:
        """Make a folder that only one can make; False if it is there already."""

    def release(self, folder: str) -> None:
        """Delete such a folder with its files, if it is there."""

    def tidy(self) -> None:
        """Remove what broken runs left half written."""

    def close(self) -> None:
        """End the connection."""


def patiently(work: Callable[[], T], attempts: int = ATTEMPTS) -> T:
    """Do it, again and again with growing pauses (to half a minute in all) while the network fails."""
    for attempt in range(1, attempts + 1):
        try:
            return work()
        except Transient as error:
            if attempt == attempts:
                raise PublishError(
                    f"{error}; {attempts} Versuche sind gescheitert. Bitte die Verbindung prüfen und "
                    f"noch einmal veröffentlichen. {AGAIN}"
                ) from None
            _sleep(min(10.0, 0.4 * 2**attempt) * random.uniform(0.6, 1.0))
    raise AssertionError

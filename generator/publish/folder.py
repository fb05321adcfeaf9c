"""A folder on this machine or on the network (SMB, NFS).  No symlinks are needed."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from generator.publish.problems import of_disk

F = TypeVar("F", bound=Callable[..., Any])
PARTIAL = ".wissen/neu"  # files on their way


def _told(function: F) -> F:
    @wraps(function)
    def told(self: Folder, *arguments: Any) -> Any:
        try:
            return function(self, *arguments)
        except OSError as error:
            raise of_disk(error, str(error.filename or self.root)) from error

    return told  # type: ignore[return-value]


class Folder:
    """Files are written beside the site and renamed into their place, which no reader can see half."""

    parallel = 4  # a network folder answers slowly, but to several at once

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = str(root)

    @_told
    def read(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None

    @_told
    def exists(self, path: str) -> bool:
        return (self.root / path).is_file()

    @_told
    def write(self, path: str, data: bytes) -> None:
        partial = self._partial()
        try:
            with open(partial, "wb") as file:
                file.write(data)
            if os.stat(partial).st_size != len(data):
                raise OSError(5, "unvollständig geschrieben", str(partial))
            self._rename(partial, path)
        finally:
            partial.unlink(missing_ok=True)

    @_told
    def copy(self, source: str, target: str) -> None:
        partial = self._partial()
        try:
            link_or_copy(self.root / source, partial)
            self._rename(partial, target)
        finally:
            partial.unlink(missing_ok=True)

    @_told
    def delete(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)
        for folder in (self.root / path).parents:
            if folder == self.root:
                break
            try:
                folder.rmdir()
            except OSError:
                break

    @_told
    def claim(self, folder: str) -> bool:
        (self.root / folder).parent.mkdir(parents=True, exist_ok=True)
        try:
            (self.root / folder).mkdir()
        except FileExistsError:
            return False
        return True

    @_told
    def release(self, folder: str) -> None:
        shutil.rmtree(self.root / folder, ignore_errors=True)

    @_told
    def tidy(self) -> None:
        shutil.rmtree(self.root / PARTIAL, ignore_errors=True)

    def close(self) -> None:
        """Nothing is open."""

    def _partial(self) -> Path:
        folder = self.root / PARTIAL
        folder.mkdir(parents=True, exist_ok=True)
        return folder / secrets.token_hex(8)

    def _rename(self, partial: Path, path: str) -> None:
        target = self.root / path
        try:
            os.replace(partial, target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(partial, target)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for the same file where the disk can do that, else a copy."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)

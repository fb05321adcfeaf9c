"""A folder with a release each, and a symlink to the one that is served.

`aktuell` → `releases/<moment>`.  A release is made complete beside the others (unchanged files are hard
links, they cost nothing) and shown by replacing the symlink, which is atomic.  Assets of the release
before are in the new one too, for readers who have just opened a page.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from generator.publish.folder import Folder, link_or_copy
from generator.publish.inplace import Options, Read
from generator.publish.lock import Lock
from generator.publish.manifest import Entry, Manifest, load
from generator.publish.plan import Plan, plan
from generator.publish.problems import PublishError, Transient, of_disk
from generator.publish.site import digest
from generator.publish.store import patiently

CURRENT, RELEASES = "aktuell", "releases"
_PARTIAL = ".neu"


class Releases:
    """A target with an atomic switch.  `count`: how many earlier releases stay."""

    def __init__(self, root: Path, options: Options, count: int = 5) -> None:
        self.root = root
        self.options = options
        self.count = count if options.keep else 0

    def close(self) -> None:
        """Nothing is open."""

    def state(self) -> Manifest | None:
        return self._manifest(self._current())

    def plan(self, new: Manifest) -> Plan:
        return plan(self.state() or Manifest(), new, keep=not self.options.purge)

    def publish(self, new: Manifest, read: Read) -> Plan:
        with self._locked() as lock:
            current = self._current()
            old = self._manifest(current)
            if old and self.options.verify and current:
                old.unknown |= set(self._wrong(self._folder(current), old.files))
            todo = plan(old or Manifest(), new, keep=not self.options.purge)
            if old and old.files == new.files and not old.unknown and not self.options.purge:
                return Plan([], old)
            todo.after.parent = current or ""
            name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
            self._make(name, current, old or Manifest(), todo, read, lock)
            lock.check()
            self._show(name)
            self._prune(name)
            return todo

    def rollback(self) -> tuple[Manifest, Plan]:
        with self._locked():
            now = self.state()
            before = self._manifest(now.parent) if now else None
            if now is None or before is None:
                raise PublishError(
                    f"In „{self.root}“ ist kein früherer Stand aufgehoben. Bitte den alten Stand der "
                    "Einträge holen, bauen und veröffentlichen."
                )
            self._show(now.parent)
            return before, plan(now, Manifest(before.files))

    def previous(self) -> Manifest | None:
        now = self.state()
        return self._manifest(now.parent) if now else None

    # Steps

    def _make(self, name: str, current: str | None, old: Manifest, todo: Plan, read: Read, lock: Lock) -> None:  # fmt: skip
        """A complete release beside the others, under a name of its own until it is complete."""
        partial = self._folder(name + _PARTIAL)
        wanted = {**todo.after.kept, **todo.after.files}
        for folder in {os.path.dirname(f"{partial}/{path}") for path in wanted}:
            os.makedirs(folder, exist_ok=True)
        reading = {step.path for step in todo.puts}

        def put(item: tuple[str, Entry]) -> None:
            path, entry = item
            if path in reading:
                data = read(path, entry)
                with open(partial / path, "wb") as file:
                    file.write(data)
            elif current:
                with suppress(FileNotFoundError):  # of a release that somebody else has thinned out
                    link_or_copy(self._folder(current) / path, partial / path)

        with (
            self.options.progress(len(wanted), "Veröffentlichen") as tell,
            ThreadPoolExecutor(4) as pool,
        ):
            for _ in pool.map(put, wanted.items()):
                tell(1)
                lock.alive()
        if self.options.verify and (wrong := self._wrong(partial, todo.after.files)):
            raise PublishError(
                f"Beim Nachlesen stimmen {len(wrong)} Dateien nicht, zuerst „{wrong[0]}“. Gezeigt wird "
                "weiter der alte Stand. Bitte noch einmal veröffentlichen."
            )
        todo.after.published = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self._folder(f"{name}.json.gz").write_bytes(todo.after.dump())
        os.rename(partial, self._folder(name))

    def _show(self, name: str) -> None:
        link = self.root / f".{CURRENT}-{secrets.token_hex(4)}"
        try:
            link.symlink_to(Path(RELEASES, name), target_is_directory=True)
            os.replace(link, self.root / CURRENT)
        except OSError as error:
            raise PublishError(
                f"In „{self.root}“ lässt sich der Verweis „{CURRENT}“ nicht umstellen ({error.strerror}). "
                "Gezeigt wird weiter der alte Stand. Kann das Laufwerk keine symbolischen Verweise, "
                "bitte ohne „releases:“ in einen einfachen Ordner veröffentlichen."
            ) from None
        finally:
            link.unlink(missing_ok=True)

    def _prune(self, name: str) -> None:
        """Of the releases before stay as many as wanted; what was gone back from goes."""
        stay, walked = {name}, self._manifest(name)
        count = 0 if self.options.purge else self.count
        while walked and walked.parent and len(stay) <= count:
            stay.add(walked.parent)
            walked = self._manifest(walked.parent)
        for entry in sorted(os.listdir(self.root / RELEASES)):
            if entry.removesuffix(".json.gz") not in stay:
                self._remove(self._folder(entry))

    def _remove(self, place: Path) -> None:
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[Lock]:
        store = Folder(self.root)
        lock = Lock(store, force=self.options.break_lock)
        try:
            os.makedirs(self.root / RELEASES, exist_ok=True)
            for entry in os.listdir(self.root / RELEASES):
                if entry.endswith(_PARTIAL):
                    self._remove(self._folder(entry))
            yield lock
        except OSError as error:
            raise _final(error, self.root) from error
        finally:
            with suppress(PublishError, Transient):
                patiently(lock.release, 2)

    # Looking

    def _current(self) -> str | None:
        place = self.root / CURRENT
        try:
            return Path(os.readlink(place)).name
        except FileNotFoundError:
            return None
        except OSError:
            raise PublishError(
                f"„{place}“ ist kein Verweis auf einen Stand, sondern ein Ordner oder eine Datei. "
                "Bitte umbenennen oder ein anderes Ziel wählen."
            ) from None

    def _manifest(self, name: str | None) -> Manifest | None:
        if not name or not self._folder(name).is_dir():
            return None
        try:
            return load(self._folder(f"{name}.json.gz").read_bytes())
        except (OSError, ValueError):
            return None

    def _folder(self, name: str) -> Path:
        return self.root / RELEASES / os.path.basename(name)

    def _wrong(self, folder: Path, files: dict[str, Entry]) -> list[str]:
        with self.options.progress(len(files), "Nachlesen") as tell:
            found = []
            for path, entry in files.items():
                place = folder / path
                if not place.is_file() or digest(path, place.read_bytes(), entry) != entry.sha:
                    found.append(path)
                tell(1)
            return found


def _final(error: OSError, root: Path) -> PublishError:
    meant = of_disk(error, str(error.filename or root))
    return PublishError(f"{meant}. Bitte noch einmal veröffentlichen.") if isinstance(meant, Transient) else meant  # fmt: skip

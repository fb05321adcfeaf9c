"""Publishing into a place whose files are replaced one by one: folder, SFTP, WebDAV.

Beside the site, in `.wissen/`, lie: `stand` what is there; `lauf` the steps of the run that is under way
and `fortschritt` how many of them are done for certain; `vorher` and `sicherung/` what is needed to go
back; `sperre/` the lock; `neu/` files on their way.

A run notes its steps before the first one and deletes that note after the last.  If the note is found
later, the run broke off: the steps that were certainly done count as done, the files of the others count
as unknown and are put there again.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeAlias

from generator.publish.lock import Lock
from generator.publish.manifest import UNKNOWN, Entry, Manifest, load, packed, unpacked
from generator.publish.plan import Plan, Step, plan, stages
from generator.publish.problems import PublishError, Transient
from generator.publish.site import digest
from generator.publish.store import Store, patiently

STATE = ".wissen/stand.json.gz"
RUN = ".wissen/lauf.json.gz"
DONE = ".wissen/fortschritt"
BEFORE = ".wissen/vorher.json.gz"
BACKUP = ".wissen/sicherung"
_EVERY = 3.0  # seconds between two notes of the progress
_BATCH = 64
_GONE = -2  # the size of what a step deletes

Read: TypeAlias = Callable[[str, Entry], bytes]
Tell: TypeAlias = Callable[[int], None]  # so many steps are done
Progress: TypeAlias = Callable[[int, str], AbstractContextManager[Tell]]


@contextmanager
def silent() -> Iterator[Tell]:
    yield lambda steps: None


@dataclass(slots=True)
class Options:
    """How to publish.

    `keep`: hold what is needed to go back; `purge`: nothing of the old site may stay, for no time;
    `adopt`: overwrite a foreign site.
    """

    keep: bool = True
    purge: bool = False
    verify: bool = False
    adopt: bool = False
    break_lock: bool = False
    progress: Progress = field(default=lambda total, label: silent())


class InPlace:
    """A target made of a store."""

    def __init__(self, store: Store, options: Options) -> None:
        self.store = store
        self.options = options
        self.lock: Lock

    def close(self) -> None:
        self.store.close()

    # What is there

    def state(self) -> Manifest | None:
        """What lies at the target, broken runs included; None if nothing of ours does."""
        data = self._read(STATE)
        run = self._read(RUN)
        if data is None and run is None:
            return None
        try:
            state = load(data) if data else Manifest()
        except ValueError:
            raise PublishError(
                f"Das Verzeichnis des Ziels „{self.store.name}“ ({STATE}) ist beschädigt. Bitte dort den "
                "Ordner „.wissen“ löschen und mit --adopt neu veröffentlichen."
            ) from None
        return _recovered(state, run, self._read(DONE) or b"") if run else state

    def previous(self) -> Manifest | None:
        """The release before, if one can go back to it."""
        data = self._read(BEFORE)
        try:
            return load(data) if data else None
        except ValueError:
            return None

    def plan(self, new: Manifest) -> Plan:
        """What would be done."""
        return plan(self._checked_state(), new, keep=not self.options.purge)

    # What to do

    def publish(self, new: Manifest, read: Read) -> Plan:
        """Bring the target to `new`; `read` gives the content of its files."""
        with self._locked():
            old = self._checked_state()
            if self.options.verify:
                old.unknown |= self._wrong(old.files)
            done = self._run(old, new, read)
            if self.options.verify and (wrong := self._wrong(_wanted(done))):
                raise PublishError(
                    f"Beim Nachlesen stimmen {len(wrong)} Dateien nicht, zuerst „{min(wrong)}“. "
                    "Bitte noch einmal mit --verify veröffentlichen; bleibt es dabei, den Speicher prüfen."
                )
            return done

    def rollback(self) -> tuple[Manifest, Plan]:
        """Bring back the release before."""
        with self._locked():
            old, before = self.state(), self.previous()
            if old is None or before is None:
                raise PublishError(
                    f"An „{self.store.name}“ ist kein früherer Stand aufgehoben. Bitte den alten Stand "
                    "der Einträge holen, bauen und veröffentlichen."
                )
            now = Manifest(before.files, before.public, before.created, before.published)
            self._check_backups(plan(old, now))
            return now, self._run(old, now, None)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.lock = Lock(self.store, force=self.options.break_lock)
        try:
            patiently(self.store.tidy)
            yield
        finally:
            with suppress(PublishError, Transient):  # the first error is the one to tell
                patiently(self.lock.release, 2)

    def _checked_state(self) -> Manifest:
        state = self.state()
        if state is None:
            if not self.options.adopt and self._read("index.html") is not None:
                raise PublishError(
                    f"An „{self.store.name}“ liegt schon eine Seite, die nicht von „wissen publish“ stammt. "
                    "Wenn sie überschrieben werden darf: --adopt"
                )
            return Manifest()
        return state

    def _run(self, old: Manifest, new: Manifest, read: Read | None) -> Plan:
        """All steps from `old` to `new`.  Without `read` the content comes from the backups."""
        purge, keep = self.options.purge, self.options.keep and not self.options.purge
        todo = plan(old, new, keep=not purge)
        broken = self._read(RUN) is not None
        if old.files == new.files and not (broken or old.unknown or purge):
            return Plan([], old)
        before = self.previous() if broken else old if old.files else None
        saved = _to_save(todo, before, set() if broken else old.unknown) if keep else {}
        backups = old.backups | set(saved.values())
        if broken:  # what is known must be kept before the new run is noted
            self._write(STATE, old.dump())
        if not keep and read:
            self._drop(BEFORE)
        elif before and read and not broken:
            self._write(BEFORE, before.dump())
        mark = secrets.token_hex(8)
        self._write(RUN, _note(mark, todo, backups))
        with self.options.progress(len(todo.steps), "Veröffentlichen") as tell:
            self._puts(mark, todo, saved, read, tell)
            self.lock.check()
            todo.after.published = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            todo.after.backups = backups
            self._write(DONE, json.dumps([mark, len(todo.puts)]).encode())
            if not read and before and not broken:
                self._write(BEFORE, before.dump())
            self._write(STATE, todo.after.dump())
            for stage in stages(todo.deletions):
                for _ in self._each(stage, lambda step: self._delete(step, saved)):
                    tell(1)
        self._end(todo.after, before if keep else None, backups)
        return todo

    def _puts(self, mark: str, todo: Plan, saved: dict[str, str], read: Read | None, tell: Tell) -> None:  # fmt: skip
        done, noted = 0, time.monotonic()

        def put(step: Step) -> None:
            self._save(step.path, saved)
            entry = step.entry or UNKNOWN
            if read:
                data = read(step.path, entry)
                patiently(lambda: self.store.write(step.path, data))
            elif patiently(lambda: self.store.exists(f"{BACKUP}/{entry.sha}")):
                patiently(lambda: self.store.copy(f"{BACKUP}/{entry.sha}", step.path))

        for stage in stages(todo.puts):
            for _ in self._each(stage, put):
                done += 1
                tell(1)
                if time.monotonic() - noted > _EVERY:
                    noted = time.monotonic()
                    self._write(DONE, json.dumps([mark, done]).encode())

    def _delete(self, step: Step, saved: dict[str, str]) -> None:
        self._save(step.path, saved)
        self._drop(step.path)

    def _end(self, after: Manifest, before: Manifest | None, backups: set[str]) -> None:
        """The run is over: forget its note, and what nobody needs to go back any more."""
        needed = set()
        if before:
            needed = {e.sha for p, e in before.files.items() if after.files.get(p) != e}
        useless = sorted(backups - needed)
        paths = [f"{BACKUP}/{sha}" for sha in useless]
        for _ in self._each(paths, self._drop):
            pass
        if useless:
            after.backups = backups & needed
            self._write(STATE, after.dump())
        self._drop(RUN)
        self._drop(DONE)

    # Going back

    def _save(self, path: str, saved: dict[str, str]) -> None:
        """Keep a file as it was in the release before.  A backup is made before a file is touched:
        where there is one, the file itself may be of a broken run."""
        sha = saved.get(path)
        if sha and not patiently(lambda: self.store.exists(f"{BACKUP}/{sha}")):
            patiently(lambda: self.store.copy(path, f"{BACKUP}/{sha}"))

    def _check_backups(self, todo: Plan) -> None:
        """Is everything there that is needed to go back?  Better asked before the first step."""
        wrong = self._wrong(_wanted(todo), lambda path, entry: f"{BACKUP}/{entry.sha}")
        untouched = {
            step.path: step.entry for step in todo.puts if step.entry and step.path in wrong
        }
        if self._wrong(untouched):
            raise PublishError(
                f"Der frühere Stand an „{self.store.name}“ ist nicht mehr vollständig. Es wurde nichts "
                "geändert. Bitte den alten Stand der Einträge holen, bauen und veröffentlichen."
            )

    # Looking

    def _wrong(
        self,
        files: dict[str, Entry],
        where: Callable[[str, Entry], str] = lambda path, entry: path,
    ) -> set[str]:
        """Files that are not there, or not as they should be."""

        def is_wrong(item: tuple[str, Entry]) -> bool:
            path, entry = item
            data = patiently(lambda: self.store.read(where(path, entry)))
            return data is None or digest(path, data, entry) != entry.sha

        with self.options.progress(len(files), "Nachlesen") as tell:
            found = set()
            for path, wrong in zip(files, self._each(files.items(), is_wrong), strict=True):
                tell(1)
                if wrong:
                    found.add(path)
            return found

    def _each(self, items: Iterable[Any], work: Callable[[Any], Any]) -> Iterator[Any]:
        """Several at once; results in order.  After a fault nothing further is begun."""
        queue = iter(items)
        with ThreadPoolExecutor(self.store.parallel) as pool:
            while batch := list(islice(queue, _BATCH * self.store.parallel)):
                futures = [pool.submit(work, item) for item in batch]
                try:
                    for future in futures:
                        yield future.result()
                        self.lock.alive()
                except BaseException:
                    for future in futures:
                        future.cancel()
                    raise

    def _read(self, path: str) -> bytes | None:
        return patiently(lambda: self.store.read(path))

    def _drop(self, path: str) -> None:
        patiently(lambda: self.store.delete(path))

    def _write(self, path: str, data: bytes) -> None:
        patiently(lambda: self.store.write(path, data))


def _wanted(todo: Plan) -> dict[str, Entry]:
    return {step.path: step.entry for step in todo.puts if step.entry}


def _to_save(todo: Plan, before: Manifest | None, damaged: set[str]) -> dict[str, str]:
    """Path → digest of the files of the release before that will be replaced or deleted."""
    files = before.files if before else {}
    return {
        step.path: entry.sha
        for step in todo.steps
        if (entry := files.get(step.path)) and entry != step.entry and step.path not in damaged
    }


def _note(mark: str, todo: Plan, backups: set[str]) -> bytes:
    steps = [
        (s.path, s.entry.sha, s.entry.size) if s.entry else (s.path, "", _GONE) for s in todo.steps
    ]
    return packed({"lauf": mark, "schritte": steps, "sicherungen": sorted(backups)})


def _recovered(state: Manifest, run: bytes, progress: bytes) -> Manifest:
    """The state of a target whose last run broke off."""
    try:
        note = unpacked(run)
        steps = [(str(p), Entry(str(sha), int(size))) for p, sha, size in note["schritte"]]
        backups = {str(sha) for sha in note["sicherungen"]}
    except (ValueError, KeyError, TypeError):
        return Manifest(state.files, state.public, kept=state.kept, unknown={*state.files})
    try:
        mark, count = json.loads(progress)
        done = int(count) if mark == note["lauf"] else 0
    except (ValueError, TypeError):
        done = 0
    files, unknown = dict(state.files), set(state.unknown)
    for number, (path, entry) in enumerate(steps):
        if number < done and entry.size != _GONE:
            files[path] = entry
            unknown.discard(path)
        else:
            unknown.add(path)
    return Manifest(
        files, state.public, state.created, state.published, dict(state.kept), unknown,
        state.backups | backups,
    )  # fmt: skip

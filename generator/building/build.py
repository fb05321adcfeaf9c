"""`wissen build`: the whole site, or what an edit changed, with the same bytes.

A full build keeps in the store (`store.py`) what every job read.  The next build looks what has changed on
disk (`scan.py`), derives which facts are not as they were (`delta.py`), and does again only the jobs that
read one of them.  Jobs are the pages (with what else is made of their records), the checkups of the rules,
and the shell that MkDocs makes.  Whatever is not foreseen (an error in the content, another theme, code or
setting) leads to a full build, which is always right.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from generator import checking, workers
from generator.building import looking, output, past, scan
from generator.building.delta import Delta, delta
from generator.building.looking import Looking
from generator.building.place import Lock, store_path, tidy
from generator.building.run import CHECK, SHELL, UNFINISHED, Run
from generator.building.shell import RenderShell, Shell
from generator.building.store import Store
from generator.building.workshop import Workshop
from generator.catalogue.reading import ALL, TODAY, Reads, noted
from generator.catalogue.rules import check_each
from generator.catalogue.validity import valid_until
from generator.checking import Checked
from generator.exports.cms.bundle import Bundle
from generator.pages.frames import Frames, needed
from generator.records.common import Record
from generator.records.problems import Problem, Severity, has_errors
from generator.records.tree import ContentTree, is_record, list_files, read_files
from generator.search.knowledge import LEXICON, knowledge
from generator.search.lexicon import store_lexicon
from generator.siteplan import INTRO, START, Site
from generator.workers import start_method, without_collector


class BadContent(Exception):
    """The content has errors; `problems` says which.  Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} Probleme")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    records: int
    warnings: int
    pages: int  # pages that were made
    full: bool
    site_url: str = ""  # "" if the site does not know where it lives


@dataclass(slots=True)
class Build:
    """One build of one site.  Without `cache` nothing of the site is kept, and everything is built.

    `lexicon` is the folder of the German lexicon, which depends on no content.
    """

    content: Path
    site: Path
    config_file: Path
    render_shell: RenderShell
    public: bool = False
    cache: Path | None = None
    lexicon: Path = LEXICON
    waiting: Callable[[], None] = field(default=lambda: None)  # called if another build is running
    variant: str = ""  # what `render_shell` was asked for besides the settings file
    editor: Bundle | None = None  # the CMS at redaktion/, if it is wanted
    shown: Callable[[], None] | None = None  # who waits for the pages of an edit
    looking: Looking | None = None  # who looks at the files of the site already

    def run(self) -> Report:
        """Build.  Raises `BadContent` or `BuildFailed`; then the old site stands as it was."""
        with without_collector():
            return self._run()

    def _run(self) -> Report:
        if self.cache is None or self.public:
            return self._kept_by_nobody()
        path = store_path(self.cache, self.content, self.site)
        with Lock(path.with_suffix(".lock"), self.waiting):
            try:
                report = self._with_store(path)
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)  # damaged: begin anew
                report = self._with_store(path)
            tidy(self.cache)
        return report

    def _kept_by_nobody(self) -> Report:
        store = Store(None)
        try:
            store.alone()
            store.begin()
            return self._full(store)
        finally:
            store.close()

    def _with_store(self, path: Path) -> Report:
        store = Store(path)
        try:
            store.begin()
            report = self._edit(store)
            if report is None:
                store.rollback()
                if _inherits(store):
                    store.alone()
                store.begin()
                report = self._full(store)
            store.commit()
        finally:
            store.close()
        return report

    # Everything

    def _full(self, store: Store) -> Report:
        with workers.ahead():
            return self._read_and_build(store)

    def _read_and_build(self, store: Store) -> Report:
        now = time.time_ns()
        # The first build in a folder makes the lexicon, which nobody needs before the pages are made.
        lexicon = workers.beside(partial(store_lexicon, self.lexicon))
        read = scan.changes(self.content, list_files(ContentTree(self.content)), {}, now).stamps
        checked = checking.check_content(self.content, checking.today(), public=self.public)
        if has_errors(checked.problems):
            raise BadContent(checked.problems)
        past.cache_in(checked.catalogue, self.lexicon)
        return self.whole(store, checked, read, lexicon)

    def whole(
        self, store: Store, checked: Checked, read: Mapping[str, tuple[str, bytes]],
        lexicon: Callable[[], Path] | None = None,
    ) -> Report:  # fmt: skip
        """Build the site of content that is checked; `read`: stamps and digests of its files; `lexicon`
        waits for that of the language, if somebody makes it meanwhile."""
        with tempfile.TemporaryDirectory(prefix="wissen-") as folder:
            shell, reads = self._shell(checked, Path(folder))
            static = output.contents(Path(folder))
        store.clear()
        checkups = checked.checkups
        store.set_jobs([(CHECK + name, c.reads) for name, c in checkups.items()], fresh=True)
        store.set_pieces((CHECK, n, str(_warnings(c.problems))) for n, c in checkups.items())
        checkups.clear()
        store.set_jobs([(SHELL, noted(reads))])
        past.keep(store, checked.catalogue.histories)  # read now: other processes inherit them
        words = knowledge(checked.tree.root, checked.catalogue)
        workshop = Workshop(shell.site, shell.templates, shell.frames, words)
        run = Run(
            store,
            self.site,
            workshop,
            inherit=_inherits(store),
            lexicon=self.lexicon,
            fresh=True,
        )
        run.put(SHELL, static)
        run.pages(list(shell.site.plans), self._keep(store, checked, shell, read))
        shell.site.forget()  # the index takes their place in memory
        if lexicon is not None:
            lexicon()
        run.collect()
        run.finish()
        return self._report(store, len(shell.site.plans), full=True)

    def _shell(self, checked: Checked, folder: Path) -> tuple[Shell, Reads]:
        reads: Reads = {}
        checked.catalogue.reads = reads
        try:
            shell = self.render_shell(self.config_file, checked, folder)
        finally:
            checked.catalogue.reads = None
        return shell, reads

    def _keep(
        self, store: Store, checked: Checked, shell: Shell, read: Mapping[str, tuple[str, bytes]]
    ) -> Iterator[None]:
        """Content and lists, and what the next build must know to go the short way; in small steps."""
        tree = checked.tree
        self._keep_shell(store, shell, checked.catalogue.today)
        by_path = {record.datei: record for record in tree.records}
        for path, mark in read.items():
            self._keep_file(store, path, mark, by_path.get(path), tree)
            yield
        del by_path
        yield from store.set_entries(checked.catalogue.indexes.entries())

    def _keep_file(
        self, store: Store, path: str, mark: tuple[str, bytes], record: Record | None, tree: ContentTree
    ) -> None:  # fmt: skip
        hints = [p for p in tree.problems if p.path == tree.shown(path)] if tree.problems else []
        until = valid_until(record).isoformat() if record else ""
        store.set_file(path, *mark, record, tree.data.get(path, ""), until, _warnings(hints))

    def _keep_shell(self, store: Store, shell: Shell, day: date) -> None:
        watched = [str(p) for p in shell.watched]
        store.set_meta(
            "build",
            {
                "fingerprint": scan.fingerprint(shell.watched) if shell.predictable else "",
                "watched": watched,
                "variant": self.variant,
                "day": day.isoformat(),
                "directory_urls": shell.site.addresses.directory_urls,
                "templates": str(shell.templates),
                "site_url": shell.frames.site_url,
                "frames": dict(shell.frames.parts),
            },
        )

    # What an edit changed

    def _edit(self, store: Store) -> Report | None:
        """The short way, or None if it is not certain to lead to the same site."""
        known = store.meta("build")
        if not known or known.get("variant", "") != self.variant:
            return None
        if known["fingerprint"] != scan.fingerprint(map(Path, known["watched"])):
            return None
        return self._short(store, known)

    def _short(self, store: Store, known: dict[str, Any]) -> Report | None:
        now = time.time_ns()
        tree = ContentTree(self.content)
        files = list_files(tree)
        changes = scan.changes(self.content, files, store.files(), now)
        others = {p for p in changes.added | changes.removed if not is_record(p)}
        pages = {p for p in changes.changed if not is_record(p)}
        if others or not all(p.endswith(".md") for p in pages):
            return None
        touched = {p for p in changes.added | changes.changed if is_record(p)}
        read_files(tree, files, touched)
        if has_errors(tree.problems) or len({r.id for r in tree.records}) != len(touched):
            return None
        gone = {p for p in changes.changed | changes.removed if is_record(p)}
        old = {r.id: r for p in gone if (r := store.record_at(p)) is not None}
        new = {r.id: r for r in tree.records}
        if any(store.path_of(ident) not in (None, *gone) for ident in new):
            return None  # two files with the same name
        today = checking.today()
        found = delta(store, tree, date.fromisoformat(known["day"]), today, old, new)
        found.facts |= past.renew(store, found.catalogue, self.content, self.lexicon)
        for path in changes.removed:
            store.drop_file(path)
        by_path = {record.datei: record for record in tree.records}
        for path, mark in changes.stamps.items():
            if path in touched or path in pages:
                self._keep_file(store, path, mark, by_path.get(path), tree)
            else:
                store.touch(path, mark[0])
        store.change_entries(found.removed, found.added)
        if not self._check(store, tree, found, old.keys() - new.keys(), {*new, *pages}):
            return None
        return self._make(store, tree, found, known, pages)

    def _check(self, store: Store, tree: ContentTree, found: Delta, gone: set[str], new: set[str]) -> bool:  # fmt: skip
        """Repeat the checkups that read something else now.  False if there are errors."""
        store.drop_jobs(CHECK + name for name in gone)
        store.drop_pieces(CHECK, gone)
        again = {j for j in store.jobs_that_read(found.facts) if j.startswith(CHECK)}
        names = {name.removeprefix(CHECK) for name in again} | new
        done = dict(check_each(found.catalogue, tree, sorted(names)))
        store.set_jobs([(CHECK + name, c.reads) for name, c in done.items()])
        store.set_pieces((CHECK, n, str(_warnings(c.problems))) for n, c in done.items())
        return not any(has_errors(c.problems) for c in done.values())

    def _make(self, store: Store, tree: ContentTree, found: Delta, known: dict[str, Any], pages: set[str]) -> Report:  # fmt: skip
        state = store.state  # as it was when this build got the lock
        checked = Checked(tree, found.catalogue, [])
        site = Site(checked, known["directory_urls"], self.editor)
        facts = found.facts
        if START in pages:
            facts[INTRO] = ALL
        before = {job for job in store.jobs() if not job.startswith(CHECK)} - {SHELL}
        facts |= dict.fromkeys((f"page {path}" for path in before ^ site.plans.keys()), ALL)
        frames = Frames(known["frames"], site.addresses, known["site_url"])
        templates = Path(known["templates"])
        new_day = known["day"] != found.catalogue.today.isoformat()
        if new_day:
            facts[TODAY] = ALL
        static = None
        if (
            pages
            or new_day
            or SHELL in store.jobs_that_read(facts)
            or needed(site.plans.values(), site.addresses).keys() - frames.parts.keys()
        ):
            with tempfile.TemporaryDirectory(prefix="wissen-") as folder:
                shell, reads = self._shell(checked, Path(folder))
                static = output.contents(Path(folder))
            facts |= _changed_frames(frames, shell.frames)
            site, frames = shell.site, shell.frames
            store.set_jobs([(SHELL, noted(reads))])
            self._keep_shell(store, shell, found.catalogue.today)
        words = knowledge(tree.root, found.catalogue, store.meta("wissen"))
        workshop = Workshop(site, templates, frames, words)
        unfinished = set(store.meta(UNFINISHED) or ())
        run = Run(
            store,
            self.site,
            workshop,
            inherit=False,
            lexicon=self.lexicon,
            resumed=bool(unfinished),
        )
        if static is not None:
            run.put(SHELL, static)
        names = site.plans.keys() & (store.jobs_that_read(facts) | unfinished)
        names |= site.plans.keys() - before
        run.drop(before - site.plans.keys())
        run.pages(sorted(names))
        if self.shown is not None:
            self.shown()
        looked = self._look(store.path or Path(), state)
        run.collect()
        files = looked()
        damaged = {job for path in files.damaged if (job := store.job_of(path))} - run.done
        if damaged:
            names |= self._mend(run, checked, damaged)
        run.finish(files.strays)
        return self._report(store, len(names), full=False)

    def _look(self, path: Path, state: int) -> Looking:
        """What was begun before this build had the lock counts if no other build came between."""
        if (begun := self.looking) is None:
            return looking.look(path, self.site)
        return lambda: (
            found if (found := begun()).state == state else looking.look(path, self.site)()
        )

    def _mend(self, run: Run, checked: Checked, damaged: set[str]) -> set[str]:
        """Write files anew that are not as they were written; gives the names of their pages."""
        if SHELL in damaged:
            with tempfile.TemporaryDirectory(prefix="wissen-") as folder:
                self._shell(checked, Path(folder))
                run.put(SHELL, output.contents(Path(folder)))
        names = run.workshop.site.plans.keys() & damaged
        run.pages(sorted(names))
        run.collect(damaged)
        return names

    def _report(self, store: Store, pages: int, *, full: bool) -> Report:
        warnings = store.warnings() + sum(map(int, store.pieces(CHECK).values()))
        site_url = store.meta("build")["site_url"]
        return Report(len(store.records()), warnings, pages, full, site_url)


def _inherits(store: Store) -> bool:
    """Whether other processes of a full build get everything without reading the store."""
    return start_method() == "fork" or not store.path


def _changed_frames(old: Frames, new: Frames) -> Reads:
    keys = old.parts.keys() | new.parts.keys()
    return {f"frame {k}": ALL for k in keys if old.parts.get(k) != new.parts.get(k)}


def _warnings(problems: list[Problem]) -> int:
    return sum(p.severity is Severity.WARNING for p in problems)

"""One run of the jobs: make pages, write what differs, keep what was read, delete what is left over."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from generator import workers
from generator.building import output, past
from generator.building.indexing import SEARCH, Indexing
from generator.building.output import Stamp
from generator.building.records_file import RECORDS, begin, by_id
from generator.building.store import Store
from generator.building.workshop import PIECES, Workshop
from generator.catalogue.catalogue import catalogue_over
from generator.catalogue.indexes import Indexes
from generator.catalogue.reading import Noted, noted
from generator.checking import Checked, build_time
from generator.exports.api import RECORDS_CSV, issue, table
from generator.exports.cms.bundle import Bundle
from generator.exports.sitemap import sitemap
from generator.pages.frames import Frames
from generator.pages.parts import PART_FILES, part_paths
from generator.records.tree import ContentTree, list_files, read_files
from generator.search.knowledge import LEXICON, Knowledge
from generator.search.narrowing import category_names
from generator.siteplan import Site

CHECK = "check "  # jobs that are checkups are called "check <id or page>"
SHELL = "shell"
TOGETHER = "alle"  # the small files about all records
TABLE = "tabelle"  # their table
UNFINISHED = "unfertig"  # under which the store keeps the pages that a build died over
_FEWEST = 16  # pages for which it is worth forking: after an edit each takes many milliseconds
_AT_ONCE = 60  # pages that are made before what they gave is handed over
_FORMER = ("worte", "api")  # kinds of pieces of which the former ones are asked for
# What became of a page: its path, what it read, the files it wrote, its pieces.
Done = tuple[str, Noted, dict[str, Stamp], dict[str, str]]


@dataclass(slots=True)
class Run:
    """The jobs of one build.  With `inherit`, other processes may use the workshop as it is."""

    store: Store
    site: Path
    workshop: Workshop
    inherit: bool
    lexicon: Path = LEXICON
    fresh: bool = False  # the store knows nothing of any page yet
    resumed: bool = False  # the last build died: what is made of all records may lack something
    changed: set[str] = field(default_factory=set)  # kinds of pieces that are not as they were
    gone: set[str] = field(default_factory=set)  # files to delete at the end
    done: set[str] = field(default_factory=set)  # jobs whose files are written
    touched: set[str] = field(default_factory=set)  # pages that were made or dropped
    former: dict[str, dict[str, str | None]] = field(
        default_factory=lambda: {k: {} for k in _FORMER}
    )
    """The pieces of some kinds that pages had before."""

    def put(self, job: str, files: Mapping[str, str | bytes]) -> None:
        """Write the files of a job that is done."""
        stamps: dict[str, Stamp] = {}
        for part in workers.spread(_written, [*files.items()], self.site):
            stamps |= part
        self.keep_files(job, stamps)

    def keep_files(self, job: str, stamps: Mapping[str, Stamp]) -> None:
        """Remember what a job wrote."""
        self.done.add(job)
        self.gone |= set(self.store.set_outputs(job, stamps))

    def drop(self, jobs: Collection[str]) -> None:
        """Forget jobs whose pages are no more."""
        if not jobs:
            return
        self.touched |= set(jobs)
        self.changed |= set(PIECES)
        for job in jobs:
            self.gone |= set(self.store.outputs_of(job))
            for kind, before in self.former.items():
                before.setdefault(job, self.store.piece(kind, job))
        self.store.drop_jobs(jobs, PIECES)

    def pages(self, names: Sequence[str], meanwhile: Iterable[object] = ()) -> None:
        """Make and write pages, in parallel if there are many; the steps of `meanwhile` fill the store."""
        self.touched |= set(names)
        again, forks = None, workers.start_method() == "fork"
        fewest = _FEWEST if forks else workers.FEWEST
        if not self.inherit and len(names) >= fewest:
            for _ in meanwhile:
                pass
            meanwhile = ()
            again = None if forks else self._reopening()
            # Others read the store now: should this build die, the next one must know.
            self.store.set_meta(UNFINISHED, [*names])
            self.store.commit()
            self.store.begin()
        writer = _Writer(self.site)
        for part in workers.spread(
            writer, names, self.workshop, again, fewest, most=_AT_ONCE, meanwhile=meanwhile,
            forked=None if self.inherit else self.store.reopen,
        ):  # fmt: skip
            self._keep(part)

    def _keep(self, done: Sequence[Done]) -> None:
        """Remember what a few pages read and wrote, and whether their pieces are new."""
        store = self.store
        self.done |= {name for name, *_ in done}
        store.set_jobs([(name, read) for name, read, _, _ in done], fresh=self.fresh)
        if self.fresh:
            outputs = [(path, name, *s) for name, _, st, _ in done for path, s in st.items()]
            store.add_outputs(sorted(outputs))  # neighbours in the table are written quicker
        else:
            for name, _, stamps, pieces in done:
                self.gone |= set(store.set_outputs(name, stamps))
                for kind, text in pieces.items():
                    if kind in self.former or kind not in self.changed:
                        before = store.piece(kind, name)
                        if before != text:
                            self.changed.add(kind)
                            if kind in self.former:
                                self.former[kind].setdefault(name, before)
        store.set_pieces(sorted((k, n, text) for n, _, _, p in done for k, text in p.items()))

    def collect(self, damaged: AbstractSet[str] = frozenset()) -> None:
        """What is made of all records together, if one of its pieces is new, or the time that the
        caller says it is (otherwise these files tell when they became what they are)."""
        moment = os.environ.get("SOURCE_DATE_EPOCH", "")
        anew = self.fresh or self.resumed
        if anew:
            self.changed |= set(PIECES)
        records: Callable[[], dict[str, Stamp]] | None = None
        if (
            "api" in self.changed
            or damaged & {TOGETHER, RECORDS}
            or self.store.meta("moment") != moment
        ):
            self.put(TOGETHER, self._about())
            records = begin(
                self._publisher, None if anew else self.former["api"], self.store, self.site
            )
            self.store.set_meta("moment", moment)
        if "tabelle" in self.changed or TABLE in damaged:
            self.put(TABLE, {RECORDS_CSV: table(by_id(self.store.raw_pieces("tabelle")))})
        broken = {
            job for job in damaged if job.startswith(SEARCH)
        } - self.workshop.site.plans.keys()
        if self.changed & {"karte", "worte"} or broken:
            knowledge = self.workshop.knowledge
            indexing = Indexing(
                self.store,
                self.site,
                knowledge,
                self.lexicon,
                category_names(self.workshop.site.catalogue),
            )
            touched = None if anew else self.touched
            for job, stamps in indexing.make(self.former["worte"], touched, broken).items():
                self.keep_files(job, stamps)
            self.store.set_meta("wissen", knowledge.as_data())
        if records is not None:
            self.keep_files(RECORDS, records())
        for done in (self.changed, self.touched):
            done.clear()
        for before in self.former.values():
            before.clear()

    def finish(self, strays: Collection[str] | None = None) -> None:
        """Delete what no job wrote: `strays` were there before; None looks at everything."""
        self.store.set_meta(UNFINISHED, None)
        if strays is None:
            output.sweep(self.site, {path for path, _, _ in self.store.written()})
        else:
            wanted = {p for p in {*strays, *self.gone} if self.store.output(p)}
            output.delete(self.site, {*strays, *self.gone} - wanted)

    @property
    def _publisher(self) -> str:
        return self.workshop.site.settings.herausgeber or ""

    def _about(self) -> dict[str, str | bytes]:
        """What the site says of itself, and where its pages are."""
        site = self.workshop.site
        files: dict[str, str | bytes] = issue(
            build_time(), self._publisher, public=site.checked.public
        )
        if self.workshop.frames.site_url:
            day = site.catalogue.today.isoformat()
            url = self.workshop.frames.site_url
            paths = [*site.page_paths, *part_paths(self.store.outputs_like(PART_FILES))]
            files["sitemap.xml"] = sitemap(url, paths, site.addresses, day)
        return files

    def _reopening(self) -> partial[Workshop]:
        site, shop = self.workshop.site, self.workshop
        return partial(
            reopened, self.store.path, site.checked.tree.root, site.catalogue.today,
            site.addresses.directory_urls, shop.templates, dict(shop.frames.parts), shop.frames.site_url,
            shop.knowledge, site.editor,
        )  # fmt: skip


def _written(site: Path, files: Sequence[tuple[str, str | bytes]]) -> dict[str, Stamp]:
    return output.write(site, dict(files))


class _Writer:
    """Writes what a workshop makes; works in any process."""

    def __init__(self, site: Path) -> None:
        self.site = site

    def __call__(self, workshop: Workshop, names: Sequence[str]) -> list[Done]:
        made = map(workshop.make, names)
        return [(m.name, noted(m.reads), output.write(self.site, m.files), m.pieces) for m in made]


def reopened(path: Path | None, content: Path, day: date, directory_urls: bool, templates: Path,
             parts: dict[str, list[str]], site_url: str, knowledge: Knowledge,
             editor: Bundle | None = None) -> Workshop:  # fmt: skip
    """The same workshop in another process, over the store."""
    store = Store(path)
    tree = read_files(found := ContentTree(content), list_files(found), ())
    catalogue = catalogue_over(store.records(), Indexes(stored=store), day, tree)
    catalogue.histories = past.Kept(store)
    site = Site(Checked(tree, catalogue, []), directory_urls, editor)
    return Workshop(site, templates, Frames(parts, site.addresses, site_url), knowledge)

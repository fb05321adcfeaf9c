"""The workshop: makes any page of a catalogue, with everything else that is made of the same record.

It notes what a page read (`catalogue/reading.py`), so an incremental build knows when to make it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.reading import ALL, Reads
from generator.exports.api import ROOT, api_record, dump, table_row
from generator.exports.sitemap import redirects
from generator.pages.environment import Renderer
from generator.pages.frames import Frames, frame_key
from generator.pages.page import FilePlan, Page, PagePlan
from generator.pages.partner_pages import PARTNER
from generator.pages.parts import MOST, Passage, in_parts
from generator.records.types import TYPES
from generator.search.cards import FOLDER, card
from generator.search.collect import guest_document, search_document
from generator.search.documents import SearchDocument, as_json
from generator.search.index import analyse, phrase_starts
from generator.search.knowledge import Knowledge
from generator.siteplan import Site

PIECES = ("api", "tabelle", "suche", "worte", "karte")


@dataclass(frozen=True, slots=True)
class Made:
    """What one job made: `files` of the site and `pieces` of what is made of all records together."""

    name: str
    files: dict[str, str | bytes]
    pieces: dict[str, str]
    reads: Reads


class Workshop:
    """Makes the pages of `site`; a job is called like the path of its page.  Not thread-safe."""

    def __init__(self, site: Site, templates: Path, frames: Frames, knowledge: Knowledge) -> None:
        self.site = site
        self.frames = frames
        self.templates = templates
        self.renderer = Renderer(templates, site.catalogue, site.addresses)
        self.knowledge = knowledge
        self.phrases = phrase_starts(knowledge.meanings.known)

    def make(self, name: str) -> Made:
        """One job.  The catalogue keeps a record of what is read meanwhile."""
        plan = self.site.plans[name]
        reads: Reads = {}
        catalogue, addresses = self.site.catalogue, self.site.addresses
        catalogue.reads = reads
        try:
            pieces: dict[str, str] = {}
            if isinstance(plan, FilePlan):
                return Made(name, dict(plan.make(self.frames.site_url)), pieces, reads)
            page = plan.make()
            content = self.renderer.render(page.path, page.template, page.context)
            files: dict[str, str | bytes] = {
                addresses.file(page.path): self.frames.wrap(plan, page, content),
                **page.files,
            }
            if plan.kind in TYPES:
                passages = self._in_parts(plan, page, content, files)
                record = catalogue.seen(page.path.rstrip("/").rpartition("/")[2])
                entry = api_record(record, catalogue, addresses)
                piece = dump(entry)
                files[f"{ROOT}records/{entry['id']}.json"] = piece
                files.update(redirects(record, catalogue, addresses))
                document = search_document(record, catalogue, addresses)
                found = self._found(document, files, passages)
                pieces = {"api": piece[:-1], "tabelle": table_row(entry), **found}
            elif plan.kind == PARTNER:  # found by the search, but no record of ours
                pieces = self._found(guest_document(page.context["gast"], addresses), files)
        finally:
            catalogue.reads = None
        reads[f"frame {frame_key(plan, addresses)}"] = ALL
        return Made(name, files, pieces, reads)

    def _in_parts(
        self, plan: PagePlan, page: Page, content: str, files: dict[str, str | bytes]
    ) -> list[Passage]:
        """A page that is too heavy becomes several; what stands on which of them then."""
        file = self.site.addresses.file(page.path)
        if len(str(files[file]).encode()) <= MOST:
            return []
        made = in_parts(
            page,
            content,
            lambda page, content: self.frames.wrap(plan, page, content),
            lambda template, context: self.renderer.render(page.path, template, context),
            self.site.addresses.public,
        )
        files.update((self.site.addresses.file(path), text) for path, text in made.files.items())
        return made.passages

    def _found(
        self,
        document: SearchDocument,
        files: dict[str, str | bytes],
        passages: Sequence[Passage] = (),
    ) -> dict[str, str]:
        """What the search needs of a page: card and text are files, the rest pieces of the index."""
        public = self.site.addresses.public
        parts = [(p.number, public(p.path), p.text) for p in passages]
        entry, of_search = card(document, self._related(document), parts)
        files.update((FOLDER + name, text) for name, text in of_search.items())
        words = analyse(document, self.phrases).as_json()
        return {"suche": as_json(document), "worte": words, "karte": entry.as_json()}

    def _related(self, document: SearchDocument) -> Iterator[tuple[str, str]]:
        """Titles and addresses of related records."""
        for ident in document.related:
            other = self.site.catalogue.seen(ident)
            yield other.titel, self.site.addresses.public(other.page_url)

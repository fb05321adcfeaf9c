"""The search index of a site, kept up to date: revised after an edit, merged anew if that is not certain.

It is made of the pieces of the records' pages: their words, and what the index as a whole knows of them.
Each stretch of the dictionary (`search/lines.py`) is a job of its own, so only its files are written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from generator import workers
from generator.building import output
from generator.building.output import Stamp
from generator.building.store import Store
from generator.search.build import keep, whole
from generator.search.cards import FOLDER, listed
from generator.search.codec import digest
from generator.search.index import phrase_starts
from generator.search.kept import Document, Kept, Known
from generator.search.knowledge import Knowledge, words_of
from generator.search.lexicon import load_lexicon
from generator.search.lines import Lines, Place, shards
from generator.search.narrowing import search_facets
from generator.search.revision import Edit, Revised, TooMuch, revise
from generator.search.shards import common_files, narrowing_files

SEARCH = "suche"  # the files about all documents; those of a stretch are called "suche <name>"
NARROWING = "suche-listen"  # what results and lists are narrowed down by
INDEX = "index"  # under which the store keeps what holds for all of it
_FEWEST = 40  # stretches for which it is worth starting processes: each takes milliseconds
# Job → the files that it wrote.
Written = dict[str, dict[str, Stamp]]


def _entry(name: str, text: str) -> Document:
    found = listed(text)
    told = digest(repr((found.title, sorted(found.facets.items()))))
    return Document(name, found.typ, found.id, found.mark, found.tier, told)


@dataclass(slots=True)
class Indexing:
    """Makes the index below `site` and keeps in the store what the next build needs."""

    store: Store
    site: Path
    knowledge: Knowledge
    lexicon: Path
    categories: Mapping[str, str] = field(default_factory=dict)
    """Names of the product genera."""

    def make(self, former: Mapping[str, str | None], touched: Collection[str] | None = None, damaged: Collection[str] = ()) -> Written:  # fmt: skip
        """Write what differs.  `former`: the words that changed pages had before, None for new pages;
        `touched`: the pages that were made or dropped, None if that is not known; `damaged`: jobs whose
        files are not as they were.  Jobs without files are no more."""
        kept = Kept(self.store.db)
        state = self.store.meta(INDEX)
        then = kept.directory() if state and touched is not None else []
        documents = self._documents(then, touched or ())
        order = [document.name for document in documents]
        narrowed = self._begin_narrowing(documents, NARROWING in damaged)
        found = self._revised(kept, state, [d.name for d in then], order, former) if then else None
        if found is None:
            found, then = self._whole(kept, order), []
        revised, known = found
        written: Written = {f"{SEARCH} {name}": {} for name in revised.gone}
        kept.drop_stretches(revised.gone)
        for job in damaged:
            name = job.removeprefix(f"{SEARCH} ")
            if name != job and name not in revised.stretches and job not in written:
                revised.stretches[name] = kept.stretch(name)
        places = self._write_stretches(kept, revised.stretches, written)
        if self.store.path:
            places = kept.places()
            kept.change_directory({d.name for d in then} - set(order), set(documents) - set(then))
            told = (self.knowledge.digest, known.totals, known.sources)
            self.store.set_meta(INDEX, told)
        if (files := narrowed()) is not None:
            written[NARROWING] = files
        marks = self.store.meta(NARROWING)[1]
        common = common_files(documents, places, revised.census, self.knowledge.meanings, marks)
        written[SEARCH] = _put(self.site, common)
        return written

    def _begin_narrowing(self, documents: Sequence[Document], damaged: bool) -> Callable[[], dict[str, Stamp] | None]:  # fmt: skip
        """Begin to write what results are narrowed down by, beside what follows, if it is not as it was;
        the files follow from the cards alone.  Gives the files that were written, None if none were."""
        state = digest(repr([(d.typ, d.id, d.tier, d.told) for d in documents] + sorted(self.categories.items())))  # fmt: skip
        known = self.store.meta(NARROWING)
        if known and known[0] == state and not damaged:
            return lambda: None
        texts = self.store.pieces("karte")
        cards = [texts[document.name] for document in documents]
        written = workers.beside(partial(_narrow, self.site, cards, self.categories))

        def done() -> dict[str, Stamp]:
            marks, stamps = written()
            self.store.set_meta(NARROWING, [state, marks])
            return stamps

        return done

    def _documents(self, then: Sequence[Document], touched: Collection[str]) -> list[Document]:
        """All documents in the order of the index; `then`: those before, none if that is not known."""
        if not then:
            found = {n: _entry(n, text) for n, text in sorted(self.store.pieces("karte").items())}
        else:
            found = {document.name: document for document in then}
            for name in touched:
                found.pop(name, None)
                text = self.store.piece("karte", name)
                if text is not None:
                    found[name] = _entry(name, text)
        return sorted(found.values(), key=lambda entry: (entry.typ, entry.id, entry.name))

    def _revised(
        self, kept: Kept, state: Sequence[Any], then: list[str], order: list[str], former: Mapping[str, str | None]
    ) -> tuple[Revised, Known] | None:  # fmt: skip
        """What an edit changes; None if that is not certain."""
        knowledge, *rest = state
        if knowledge != self.knowledge.digest:
            return None
        known = Known(*rest)
        texts = _Texts(self.store)
        today = {name: texts(name) for name in former.keys() & set(order)}
        old = {name: text for name, text in former.items() if text and text != today.get(name)}
        new = {name: text for name, text in today.items() if text != former[name]}
        if not old and not new and then == order:
            return Revised(kept.census()), known
        edit = Edit(then, order, old, new)
        try:
            lexicon = partial(load_lexicon, self.lexicon, briefly=True)
            return revise(kept, known, edit, texts, self.knowledge.meanings, lexicon), known
        except TooMuch:
            return None

    def _whole(self, kept: Kept, order: Sequence[str]) -> tuple[Revised, Known]:
        merged = whole(self.words(order), self.knowledge.meanings, self.lexicon)
        before = set(kept.names())
        known = keep(merged, kept if self.store.path else None)
        revised = Revised(merged.census, dict(merged.lines.stretches()))
        revised.gone = before - revised.stretches.keys()
        return revised, known

    def words(self, order: Iterable[str]) -> Iterator[str]:
        """The words of all documents, each let go of when the next is asked for.  Other phrases than before
        are looked for in all of them."""
        if self.store.meta("phrasen") not in (None, self.knowledge.digest):
            texts = self.store.pieces("suche")
            phrases = phrase_starts(self.knowledge.meanings.known)
            spread = workers.spread(words_of, [*texts.values()], phrases)
            found = zip(texts, chain.from_iterable(spread), strict=True)
            self.store.set_pieces(("worte", name, text) for name, text in found)
        self.store.set_meta("phrasen", self.knowledge.digest)
        return map(self.store.pieces("worte").pop, order)

    def _write_stretches(self, kept: Kept, stretches: Mapping[str, Lines], written: Written) -> list[Place]:  # fmt: skip
        """Write the shards of stretches and keep these; gives the places of the shards."""
        items = sorted(stretches.items())
        every: list[Place] = []
        parts = workers.spread(_write, items, self.site, fewest=_FEWEST, apart=True)
        done = chain.from_iterable(parts)
        for (name, lines), (places, stamps) in zip(items, done, strict=True):
            written[f"{SEARCH} {name}"] = stamps
            every += places
            if self.store.path:
                kept.set_stretches([(name, lines, places)])
        return every


@dataclass(frozen=True, slots=True)
class _Texts:
    """The words of all documents as they are today, by the names of their pages."""

    store: Store

    def __call__(self, name: str) -> str:
        text = self.store.piece("worte", name)
        if text is None:
            raise TooMuch
        return text

    def with_run(self, run: str) -> list[str]:
        return self.store.pieces_with("worte", f'"{run}"')


def _put(site: Path, files: Mapping[str, str]) -> dict[str, Stamp]:
    return output.write(site, {FOLDER + name: text for name, text in files.items()})


def _narrow(site: Path, cards: Sequence[str], categories: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Stamp]]:  # fmt: skip
    """Write the files of `narrowing_files`; gives their marks and what they look like."""
    every = [*map(listed, cards)]
    names = {document.id: document.title for document in every}
    files, marks = narrowing_files(every, search_facets(names, categories))
    return marks, _put(site, files)


def _write(site: Path, stretches: Sequence[tuple[str, Lines]]) -> list[tuple[list[Place], dict[str, Stamp]]]:  # fmt: skip
    """The places and files of the shards of each stretch."""
    done = []
    for made in shards([lines for _, lines in stretches]):
        stamps = output.write(site, {FOLDER + name: content for _, name, content in made})
        done.append(([place for place, _, _ in made], stamps))
    return done

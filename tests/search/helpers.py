"""Small search indexes for tests."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.search.build import build_index
from generator.search.documents import SearchDocument
from generator.search.ranking import Engine
from generator.search.reader import IndexReader
from generator.search.synonyms import Group

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
SCRIPTS = ROOT / "theme/assets/javascripts/suche"
ENGINE_SCRIPTS = ("analyse", "zahlen", "daten", "vokabular", "abfrage", "rang", "erklaerung")


def document(ident: str, title: str, body: str = "", **fields: Any) -> SearchDocument:
    """A document with the least that is needed."""
    values: dict[str, Any] = {"typ": "bewertung", "url": f"bewertungen/{ident}/", **fields}
    return SearchDocument(id=ident, title=title, body=body, **values)


class Search:
    """An index in memory that can be asked."""

    def __init__(self, documents: Sequence[SearchDocument], groups: Sequence[Group] = ()) -> None:
        self.files = build_index(documents, groups, CACHE)
        self.reader = IndexReader.from_files(self.files)
        self.engine = Engine(self.reader)
        ordered = sorted(documents, key=lambda document: (document.typ, document.id))
        self.ids = [document.id for document in ordered]

    def __call__(self, query: str) -> list[str]:
        """Ids of the hits, best first."""
        return [self.ids[hit.document] for hit in self.engine.search(query).hits]

    def scores(self, query: str) -> list[list[float | bool]]:
        """Document numbers, scores and nearness, as the browser's engine gives them."""
        return [[hit.document, hit.score, hit.near] for hit in self.engine.search(query).hits]


def has_node() -> bool:
    """Whether the browser's code can be run without a browser."""
    return shutil.which("node") is not None


def in_node(**request: Any) -> Any:
    """Run the browser's code in node; see parity.mjs."""
    request["scripts"] = [str(SCRIPTS / f"{name}.js") for name in ENGINE_SCRIPTS]
    done = subprocess.run(
        ["node", str(Path(__file__).parent / "parity.mjs")],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)

"""Exports of other wikis, made up for tests, and wikis that read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.exports.api import api_record
from generator.federation import accept, fetch
from generator.records.peers import read_peers
from tests.helpers import Folder

Json = dict[str, Any]


def export_of(folder: Folder, **head: Any) -> Json:
    """What the API of a wiki with this content says."""
    return export_by(folder.catalogue(), **head)


def export_by(catalogue: Catalogue, **head: Any) -> Json:
    records = [api_record(r, catalogue, Addresses()) for r in catalogue.records.values()]
    return {
        "schema_version": "1",
        "erzeugt": "2026-06-21T00:00:00Z",
        "herausgeber": "Kreis Anderswo",
        "records": records,
        **head,
    }


def neighbour(root: Path) -> Folder:
    """Another county with an evaluation of the same genus as `own`."""
    folder = Folder(root)
    folder.add("loesung", "termin-produkt", titel="Terminprodukt")
    folder.add("bewertung", "termine-anderswo", titel="Termine anderswo", gegenstand="termin-produkt",
               verdikt="nicht_empfohlen", auch_gesucht_als=["Amtstermin"])  # fmt: skip
    folder.add("bewertung", "nur-intern", vertraulichkeit="interkommunal", gegenstand="Geheimnis")
    return folder


def own(root: Path) -> Folder:
    """Our county."""
    folder = Folder(root)
    folder.add("loesung", "kalender", titel="Kalender")
    folder.add("bewertung", "termine-hier", titel="Termine hier", gegenstand="kalender")
    return folder


def subscribe(folder: Folder, export: Json | bytes, kennung: str = "anderswo", **more: str) -> None:
    """Let a wiki read an export, as `wissen peers update --yes` would."""
    subscribe_in(folder.root, export, kennung, **more)


def subscribe_in(root: Path, export: Json | bytes, kennung: str = "anderswo", **more: str) -> None:
    raw = export if isinstance(export, bytes) else json.dumps(export).encode()
    source = root.parent / f"{kennung}.json"
    source.write_bytes(raw)
    fields = {"kennung": kennung, "titel": "Kreis Anderswo", "quelle": source.as_posix(), **more}
    lines = [f"{'- ' if n == 0 else '  '}{k}: {v}" for n, (k, v) in enumerate(fields.items())]
    file = root / "peers.yml"
    before = file.read_text(encoding="utf-8") if file.exists() else "peers:\n"
    file.write_text(before + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    renew(root, kennung)


def renew(root: Path, kennung: str) -> None:
    peers, problems = read_peers(root, "peers.yml")
    assert problems == []
    peer = next(p for p in peers if p.kennung == kennung)
    fetched = fetch(root, peer)
    assert fetched.new.refused == ""
    assert accept(root, fetched, "2026-07-01") == ""

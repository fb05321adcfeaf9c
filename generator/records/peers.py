"""`peers.yml` in a content folder: whose records this wiki shows too, and the pinned state of each.

A build never goes to the network: it reads the copies below `peers/` that `wissen peers update` has made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urljoin

from pydantic import ValidationError

from generator.records.fields import Eintrag, JaNein, Text, Weblink, feld
from generator.records.messages import explain
from generator.records.problems import Problem, Severity, quoted
from generator.records.source import Source, read_source
from generator.records.value_rules import PatternRule
from generator.records.yaml_reader import Document
from generator.records.yaml_reader import Path as YamlPath

PEERS_FILE = "peers.yml"
COPIES = "peers"  # folder of the copies
EXPORT = "api/v1/records.json"
MOST = 20  # peers


class Peer(Eintrag):
    """Another wiki whose records are shown here, read-only and with their origin."""

    kennung: Annotated[
        str,
        PatternRule(
            "kennung",
            r"(?!hier$)[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?",
            "ist keine Kennung: höchstens 40 Kleinbuchstaben, Ziffern und Bindestriche.",
        ),
    ] = feld("Kennung", "Kurzer Name; er steht in Adressen.", "nachbarkreis", required=True)
    titel: Text = feld("Titel", "Wie der Kreis hier genannt wird.", "Nachbarkreis", required=True)
    quelle: Text = feld(
        "Quelle",
        "Webadresse oder Pfad des Exports (api/v1/records.json).",
        "https://wissen.nachbarkreis.example/api/v1/records.json",
        required=True,
    )
    adresse: Weblink | None = feld(
        "Adresse",
        "Startseite des anderen Wikis, wenn sie sich nicht aus der Quelle ergibt.",
        "https://wissen.nachbarkreis.example/",
    )
    lizenz: Text | None = feld("Lizenz", "Lizenz der Einträge; sonst gilt CC-BY-4.0.", "CC-BY-4.0")
    intern: JaNein = feld(
        "Nur intern",
        "Ja: in der öffentlichen Ausgabe erscheint nichts davon.",
        "nein",
        default=False,
    )
    sha256: (
        Annotated[
            str,
            PatternRule(
                "sha256", r"[0-9a-f]{64}", "ist keine Prüfsumme (64 Zeichen, 0–9 und a–f)."
            ),
        ]
        | None
    ) = feld("Prüfsumme", "Schreibt „wissen peers update“; nie von Hand.", "0" * 64)

    @property
    def is_web(self) -> bool:
        return self.quelle.startswith(("https://", "http://"))

    @property
    def home(self) -> str:
        """The start page of the other wiki, or "" if nobody said where it is."""
        if self.adresse:
            return self.adresse.rstrip("/") + "/"
        if self.is_web and self.quelle.endswith(f"/{EXPORT}"):
            return urljoin(self.quelle, "../../")
        return ""

    @property
    def datei(self) -> str:
        """The file of the copy, below the content folder."""
        return f"{COPIES}/{self.kennung}.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in `peers.yml` (lines from 1): its first field, and its `sha256` or 0."""

    line: int
    column: int
    sha256: int


def read_peers(root: Path, shown: str) -> tuple[tuple[Peer, ...], list[Problem]]:
    """The peers of a content folder.  With an error in the file there are none."""
    peers, source = _read(root, shown)
    return (() if source.errors else tuple(peers)), source.problems


def places(root: Path) -> dict[str, Place]:
    """Where each peer stands in the file, to write its checksum there."""
    peers, source = _read(root, PEERS_FILE)
    found = {}
    for number, peer in enumerate(peers):
        path: YamlPath = (*_prefix(source), number)
        line, column = source.locate((*path, "kennung"), key=True)
        pinned = (*path, "sha256")
        sha = source.locate(pinned, key=True)[0] + 1 if pinned in source.document.keys else 0
        found[peer.kennung] = Place(line + 1, column, sha)
    return found


def _prefix(source: Source) -> YamlPath:
    return ("peers",) if isinstance(source.document.root, dict) else ()


def _read(root: Path, shown: str) -> tuple[list[Peer], Source]:
    source = read_source(root / PEERS_FILE, shown)
    source.problems = [p for p in source.problems if p.code != "kein-eintrag"]
    source.errors = sum(p.severity is Severity.ERROR for p in source.problems)
    entries, prefix = source.document.root, _prefix(source)
    if isinstance(entries, dict):
        entries = entries.get("peers")
    if not isinstance(entries, list):
        if not source.errors and entries is not None:
            message = "Hier gehört eine Liste hin: „peers:“, darunter „- kennung: …“."
            source.add(Severity.ERROR, "peers", message)
        return [], source
    peers: list[Peer] = []
    for number, entry in enumerate(entries[:MOST]):
        path = (*prefix, number)
        if not isinstance(entry, dict):
            message = "Ein Eintrag braucht „kennung“, „titel“ und „quelle“."
            source.add_at(path, Severity.ERROR, "peers", message)
            continue
        try:
            peer = Peer.model_validate({k: v for k, v in entry.items() if v is not None})
        except ValidationError as error:
            for place, code, message in explain(error, Peer, Document()):
                known = code == "unbekanntes-feld"
                source.add_at((*path, *place), Severity.ERROR, code, message, key=known)
            continue
        if any(peer.kennung == other.kennung for other in peers):
            message = f"Die Kennung {quoted(peer.kennung)} gibt es schon. Bitte eine andere wählen."
            source.add_at((*path, "kennung"), Severity.ERROR, "doppelte-kennung", message)
        else:
            peers.append(peer)
    if len(entries) > MOST:
        message = f"Höchstens {MOST} Partner; die weiteren werden nicht gelesen."
        source.add_at((*prefix, MOST), Severity.WARNING, "peers", message)
    return peers, source

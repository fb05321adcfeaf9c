"""The records of other wikis beside ours: never merged, never counted, only shown next to our own.

Each peer's copy is a small catalogue of its own, so its references, scores and validity are its own.  Inside
this wiki a record of a peer is called `<peer>:<id>`.  What our pages ask about them are two lists of our
catalogue: `partner` (all of them) and `anderswo` (evaluations by genus, subject and everyday word); so a
build after an edit opens no copy at all, and a wiki without peers pays nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from generator.catalogue.entries import Entry, by_newest
from generator.catalogue.validity import Validity, valid_until, validity
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.peer_export import Foreign, PeerExport, read_export
from generator.records.peers import PEERS_FILE, Peer
from generator.records.problems import quoted

if TYPE_CHECKING:
    from generator.catalogue.catalogue import Catalogue

# What other wikis know that helps here.  Their organisations, vendors, groups and terms only lend names.
SHOWN = ("bewertung", "projekt", "ag-ergebnis", "best-practice", "loesung", "kriterienkatalog")
ALL, ELSEWHERE = "partner", "anderswo"
DEFAULT_LICENCE = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Guest:
    """A record of a peer, with all that is needed to show where it comes from."""

    peer: Peer
    export: PeerExport
    foreign: Foreign
    catalogue: Catalogue  # of the peer's records

    @property
    def record(self) -> Record:
        return self.foreign.record

    @property
    def name(self) -> str:
        """What it is called here."""
        return guest_name(self.peer.kennung, self.record.id)

    @property
    def original(self) -> str:
        """The web address of its page, or "" if that is not known."""
        return urljoin(self.peer.home, self.foreign.url) if self.peer.home else ""

    @property
    def licence(self) -> str:
        return self.record.lizenz or self.peer.lizenz or DEFAULT_LICENCE

    @property
    def validity(self) -> Validity:
        """As of today, though the export may be older."""
        return validity(self.record, self.foreign.successor, self.catalogue.today)


@dataclass(slots=True)
class Partners:
    """The peers of a wiki.  Their copies are read when somebody asks for a record."""

    root: Path = Path()
    peers: tuple[Peer, ...] = ()
    make: Callable[[Mapping[str, Record]], Catalogue] | None = None
    public: bool = False
    _known: dict[str, tuple[PeerExport, Catalogue]] = field(default_factory=dict)

    def audience(self) -> tuple[Peer, ...]:
        """The peers that this build may show."""
        return tuple(p for p in self.peers if not (self.public and p.intern))

    def guest(self, name: str) -> Guest:
        """The record that is called so here."""
        kennung, _, ident = name.partition(":")
        peer = next(p for p in self.audience() if p.kennung == kennung)
        export, catalogue = self.opened(peer)
        return Guest(peer, export, export.records[ident], catalogue)

    def guests(self) -> Iterator[Guest]:
        """Every record to be shown, by peer and id."""
        for peer in self.audience():
            export, catalogue = self.opened(peer)
            for ident in sorted(export.records):
                foreign = export.records[ident]
                if foreign.record.typ in SHOWN:
                    yield Guest(peer, export, foreign, catalogue)

    def opened(self, peer: Peer) -> tuple[PeerExport, Catalogue]:
        """The copy of a peer as far as it may be used, and a catalogue of it."""
        if peer.kennung not in self._known:
            assert self.make is not None
            export = read_copy(self.root, peer)
            if self.public:
                export.records = {
                    i: f
                    for i, f in export.records.items()
                    if f.record.vertraulichkeit == "oeffentlich"
                }
            catalogue = self.make({i: f.record for i, f in sorted(export.records.items())})
            self._known[peer.kennung] = export, catalogue
        return self._known[peer.kennung]

    def complaints(self) -> Iterator[str]:
        """What is wrong with the copies: never a reason not to build."""
        for peer in self.audience():
            export, _ = self.opened(peer)
            whose = f"Einträge von {quoted(peer.titel)}"
            if export.refused:
                yield f"{whose} fehlen. {export.refused}"
            elif export.left_out:
                yield f"{whose} sind ausgelassen ({export.left_out}). {export.messages[0]}"

    def entries(self) -> Iterator[Entry]:
        """What the peers add to the lists of our catalogue."""
        for guest in self.guests():
            record, until = guest.record, guest.validity.until.isoformat()
            detail = "" if guest.foreign.successor else until
            yield Entry(ALL, "", f"{guest.peer.kennung} {record.id}", guest.name, detail)
            if isinstance(record, Bewertung):
                detail = _told(guest, record)
                for key in sorted(set(_keys(record, guest.catalogue))):
                    yield Entry(ELSEWHERE, key, by_newest(record), guest.name, detail)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An evaluation of a peer, as our pages mention it."""

    name: str
    peer: str
    record: Bewertung
    validity: Validity

    @property
    def path(self) -> str:
        return guest_path(self.name)


def guest_name(kennung: str, ident: str) -> str:
    return f"{kennung}:{ident}"


def guest_path(name: str) -> str:
    """The address of the page that shows it."""
    kennung, _, ident = name.partition(":")
    return f"partner/{kennung}/{ident}/"


def read_copy(root: Path, peer: Peer) -> PeerExport:
    """The kept copy of a peer; one that does not belong to the pinned checksum is not used."""
    file = root / peer.datei
    advice = f"Bitte aufrufen: wissen peers update {peer.kennung}"
    try:
        if file.is_symlink() or file.parent.is_symlink():
            return PeerExport(refused="Die Kopie ist eine Verknüpfung; so wird sie nicht gelesen.")
        raw = file.read_bytes()
    except OSError:
        return PeerExport(refused=f"Es gibt noch keine Kopie. {advice}")
    export = read_export(raw)
    if not export.refused and (not peer.sha256 or export.sha256 != peer.sha256):
        why = f"Die Kopie gehört nicht zur Prüfsumme in {PEERS_FILE}. {advice}"
        return PeerExport(refused=why)
    return export


def elsewhere(record: Record, catalogue: Catalogue) -> list[Elsewhere]:
    """Evaluations of peers about the same subject, genus or need as a record of ours, newest first."""
    if not catalogue.partners.audience():
        return []
    keys = sorted(set(_keys(record, catalogue)))
    rows = sorted({row for key in keys for row in catalogue.rows(ELSEWHERE, key, sorts=True)})
    titles = {p.kennung: p.titel for p in catalogue.partners.audience()}
    found = []
    for _, name, detail in rows:
        peer = titles.get(name.partition(":")[0])
        if peer is not None:
            found.append(_mention(catalogue, name, peer, json.loads(detail)))
    return found


def _keys(record: Record, catalogue: Catalogue) -> Iterator[str]:
    """What makes two evaluations ask the same question."""
    genus = catalogue.genus(record)
    if genus:
        yield f"gattung {genus}"
    if isinstance(record, Bewertung):
        subject = catalogue.subject(record)
        yield f"gegenstand {(subject.titel if subject else record.gegenstand).casefold()}"
        for word in record.auch_gesucht_als:
            yield f"wort {word.casefold()}"
    else:
        yield f"gegenstand {record.titel.casefold()}"


def _told(guest: Guest, record: Bewertung) -> str:
    """What a page of ours says of it, so that it need not open the copy."""
    shown = {
        "titel": record.titel,
        "verdikt": record.verdikt,
        "pruefstatus": record.pruefstatus,
        "stand": record.stand.isoformat(),
        "gueltig_bis": valid_until(record).isoformat(),
        "ersetzt": guest.foreign.successor,
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _mention(catalogue: Catalogue, name: str, peer: str, told: dict[str, Any]) -> Elsewhere:
    until = date.fromisoformat(told["gueltig_bis"])
    record = Bewertung.model_construct(  # only what a mention shows
        id=name,
        datei="",
        titel=told["titel"],
        typ="bewertung",
        status="freigegeben",
        verdikt=told["verdikt"],
        pruefstatus=told["pruefstatus"],
        stand=date.fromisoformat(told["stand"]),
        gueltig_bis=until,
    )
    catalogue.note(f"v {name}")
    return Elsewhere(name, peer, record, validity(record, told["ersetzt"], catalogue.today))

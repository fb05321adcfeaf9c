"""`wissen peers update`: fetch the exports of other wikis, check them, and keep what passes.

Only this goes to the network, only when somebody calls it, and what it fetched takes effect only when
somebody has seen what changes and agreed: then the copy is written, and its checksum into `peers.yml`.  A
copy without its checksum is not shown, so being interrupted between the two does no harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from generator.catalogue.peers import read_copy
from generator.network import LOOPBACK, Refused, Web
from generator.records.peer_export import (
    MOST_BYTES,
    PeerExport,
    differences,
    read_export,
    stored,
)
from generator.records.peers import EXPORT, PEERS_FILE, Peer, places, read_peers
from generator.records.source import why

SECONDS = 120.0  # for a whole export


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched export next to the copy that is there."""

    peer: Peer
    sha256: str
    new: PeerExport
    old: PeerExport

    @property
    def is_known(self) -> bool:
        """Is this the pinned export, and its copy in order?"""
        return self.peer.sha256 == self.sha256 and not self.old.refused

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        return list(differences(self.old, self.new))


def fetch(content: Path, peer: Peer, *, private: bool = False) -> Fetched:
    """The export of a peer.  Raises `Refused` if it cannot be had."""
    raw = _from_web(peer, private) if peer.is_web else _from_disk(content, peer)
    return Fetched(peer, sha256(raw).hexdigest(), read_export(raw), read_copy(content, peer))


def _from_web(peer: Peer, private: bool) -> bytes:
    try:
        near = urlsplit(peer.quelle).hostname in LOOPBACK
    except ValueError:
        near = False
    web = Web(private=private or near, plain=False)
    return web.fetch(peer.quelle, most=MOST_BYTES, seconds=SECONDS)


def _from_disk(content: Path, peer: Peer) -> bytes:
    file = content / peer.quelle  # an absolute path stays one
    if file.is_dir():
        file = file / EXPORT
    try:
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "Das ist kein Pfad"
        raise Refused(f"Die Datei lässt sich nicht lesen: {reason}.") from None
    if len(raw) > MOST_BYTES:
        raise Refused(f"Die Datei ist größer als {MOST_BYTES // 1_000_000} MB.")
    return raw


def accept(content: Path, fetched: Fetched, day: str) -> str:
    """Keep the export.  Returns what is left to do by hand, or ""."""
    file = content / fetched.peer.datei
    file.parent.mkdir(exist_ok=True)
    _write(file, stored(fetched.new, fetched.sha256, day))
    return _pin(content, fetched.peer, fetched.sha256)


def _pin(content: Path, peer: Peer, digest: str) -> str:
    """Write a checksum into the list, and touch nothing else in it."""
    file = content / PEERS_FILE
    raw = file.read_bytes().decode("utf-8")
    ending = "\r\n" if "\r\n" in raw else "\n"
    lines = raw.split(ending)
    place = places(content)[peer.kennung]
    if place.sha256:
        at = place.sha256 - 1
        lines[at] = re.sub(r"(sha256:)[^#,}]*?(\s*(?:[#,}].*)?)$", rf"\g<1> {digest}\2", lines[at])
    else:
        lines.insert(place.line, f"{' ' * place.column}sha256: {digest}")
    changed = ending.join(lines)
    before = read_peers(content, PEERS_FILE)[0]
    _write(file, changed)
    wanted = tuple(
        p.model_copy(update={"sha256": digest}) if p.kennung == peer.kennung else p for p in before
    )
    if read_peers(content, PEERS_FILE)[0] == wanted:
        return ""
    _write(file, raw)  # written in a way that we do not know: leave it to its author
    return f"Bitte in {PEERS_FILE} bei „{peer.kennung}“ eintragen:  sha256: {digest}"


def _write(file: Path, text: str) -> None:
    partial = file.with_name(f".{file.name}.neu")
    partial.write_bytes(text.encode())
    partial.replace(file)

"""A dated ZIP of the wiki: unpacked on a laptop, it is read without any server."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from generator.publish.inplace import Options, Read
from generator.publish.manifest import Manifest
from generator.publish.plan import PACKED, Plan, plan
from generator.publish.problems import PublishError, Transient, of_disk

NAME = "wissensspeicher"
_NOTE = """Dieses Wiki wird ohne Server und ohne Internet gelesen:

1. Diesen ganzen Ordner entpacken (nicht nur im ZIP hineinschauen).
2. Die Datei „index.html“ mit einem Browser öffnen.

Stand: {day}. {audience}
"""
_FOR = {
    True: "Diese Ausgabe ist öffentlich.",
    False: "Diese Ausgabe ist nur für den interkommunalen Gebrauch: bitte nicht öffentlich weitergeben.",
}


class Archive:
    """Makes `wissensspeicher-<date>.zip` in a folder, or the file that was asked for."""

    def __init__(self, place: Path, options: Options) -> None:
        self.place = place
        self.options = options

    def close(self) -> None:
        """Nothing is open."""

    def state(self) -> Manifest | None:
        return None

    def previous(self) -> Manifest | None:
        return None

    def plan(self, new: Manifest) -> Plan:
        return plan(Manifest(), _unpacked(new))

    def file(self, new: Manifest) -> Path:
        """Where the archive of this site goes."""
        if self.place.suffix.lower() == ".zip":
            return self.place
        return self.place / f"{NAME}-{_moment(new):%Y-%m-%d}.zip"

    def publish(self, new: Manifest, read: Read) -> Plan:
        """Write the archive; the same site gives the same bytes."""
        new = _unpacked(new)
        if "suche.html" not in new.files:
            raise PublishError(
                "Dieses Wiki ist für einen Webserver gebaut; vom Laufwerk geöffnet, führten seine Links "
                "in Ordner statt auf Seiten. Bitte so bauen: wissen build --offline"
            )
        target = self.file(new)
        partial = target.with_name(f".{target.name}.neu")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(partial, target.stem, new, read)
            partial.replace(target)
        except OSError as error:
            meant = of_disk(error, str(target))
            raise PublishError(str(meant)) if isinstance(meant, Transient) else meant from error
        finally:
            partial.unlink(missing_ok=True)
        return self.plan(new)

    def rollback(self) -> tuple[Manifest, Plan]:
        raise PublishError(
            "Jedes ZIP ist ein Stand für sich; es gibt nichts zurückzunehmen. Bitte das ältere ZIP nehmen."
        )

    def _write(self, partial: Path, folder: str, new: Manifest, read: Read) -> None:
        moment = _moment(new)
        with (
            self.options.progress(len(new.files), "Einpacken") as tell,
            zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            note = _NOTE.format(day=f"{moment:%d.%m.%Y}", audience=_FOR[new.public])
            archive.writestr(_info(f"{folder}/LIES-MICH.txt", moment), note.replace("\n", "\r\n"))
            for path, entry in sorted(new.files.items()):
                archive.writestr(_info(f"{folder}/{path}", moment), read(path, entry))
                tell(1)
        if self.options.verify:
            with zipfile.ZipFile(partial) as archive:
                if wrong := archive.testzip():
                    raise PublishError(f"Im ZIP ist „{wrong}“ beschädigt. Bitte noch einmal.")


def _unpacked(new: Manifest) -> Manifest:
    """Without what only a server hands out: packed variants, and the page for wrong addresses."""
    served = {p for p, e in new.files.items() if p.endswith(PACKED) and e.size < 0} | {"404.html"}
    files = {p: e for p, e in new.files.items() if p not in served}
    return Manifest(files, new.public, new.created)


def _moment(new: Manifest) -> datetime:
    try:
        return datetime.fromisoformat(new.created)
    except ValueError:
        raise PublishError(
            "Dem Wiki ist nicht anzusehen, wann es gebaut wurde. Bitte neu bauen: wissen build"
        ) from None


def _info(name: str, moment: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (max(1980, moment.year), *moment.timetuple()[1:6]))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info

"""What can go wrong on the way to a target, told in German with the next step."""

from __future__ import annotations

import errno


class PublishError(Exception):
    """Publishing cannot begin or go on; the text says why and what to do."""


class Transient(Exception):
    """A fault of the network that may pass: worth another attempt.  The text says what it was."""


AGAIN = "Was gezeigt wird, ist heil; der nächste Lauf macht dort weiter."

_SAID = {
    errno.ENOSPC: f"Dort ist kein Platz mehr. Bitte Platz schaffen und noch einmal veröffentlichen. {AGAIN}",
    errno.EDQUOT: f"Das Kontingent dort ist erschöpft. Bitte Platz schaffen und noch einmal veröffentlichen. {AGAIN}",
    errno.EACCES: "Dort fehlen Schreibrechte. Bitte die Rechte am Ordner prüfen oder die IT fragen.",
    errno.EPERM: "Dort fehlen Schreibrechte. Bitte die Rechte am Ordner prüfen oder die IT fragen.",
    errno.EROFS: "Dieses Laufwerk ist nur lesbar. Bitte mit Schreibrechten einhängen.",
    errno.ENAMETOOLONG: "Ein Pfad ist dort zu lang. Bitte einen Ordner mit kürzerem Pfad wählen.",
    errno.ENOTDIR: "Wo ein Ordner hin muss, liegt dort eine Datei. Bitte den Ordner ansehen.",
    errno.EISDIR: "Wo eine Datei hin muss, liegt dort ein Ordner. Bitte den Ordner ansehen.",
}  # fmt: skip
# Of a network folder: away for a moment.
_PASSING = {
    errno.EIO,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETUNREACH,
    errno.ENETRESET,
    errno.ECONNRESET,
    errno.EBUSY,
    errno.EAGAIN,
}


def of_disk(error: OSError, place: str) -> PublishError | Transient:
    """What an error of the file system means."""
    number = error.errno or 0
    if getattr(error, "winerror", 0) in (5, 32):  # Windows, while somebody has the file open
        return Transient(f"„{place}“ ist gerade in Gebrauch")
    if number in _PASSING:
        return Transient(f"„{place}“ ist gerade nicht erreichbar ({error.strerror})")
    said = _SAID.get(number, f"Der Fehler war: {error.strerror or error}.")
    return PublishError(f"„{place}“ lässt sich nicht schreiben. {said}")

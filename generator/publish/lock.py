"""One run at a time.  The lock is a folder at the target: making one is atomic everywhere.

It says when it was taken and when its run was last alive, and nothing about persons or machines.  A lock
without a sign of life for `EXPIRES` is left over from a run that was killed, and is taken over.
"""

from __future__ import annotations

import json
import secrets
import time
from datetime import UTC, datetime

from generator.publish.problems import PublishError
from generator.publish.store import Store, patiently

LOCK = ".wissen/sperre"
NOTE = f"{LOCK}/lauf.json"
EXPIRES = 15 * 60  # seconds
_ALIVE = 20  # seconds between two signs of life


class Lock:
    """Taken when made.  `alive` must be called now and then; it raises if another run took over."""

    def __init__(self, store: Store, *, force: bool = False) -> None:
        self.store = store
        self.run = secrets.token_hex(8)
        self.since = time.time()
        self.signed = 0.0
        if not self._claim():
            held = self._note()
            age = time.time() - _number(held, "lebt") if held else None
            if not force and not (age is not None and age > EXPIRES):
                raise PublishError(_refusal(held))
            store.release(LOCK)
            if not self._claim():
                raise PublishError(_refusal(self._note()))
        self._sign()

    def alive(self) -> None:
        """Give a sign of life, if it is time."""
        if time.time() - self.signed > _ALIVE:
            self.check()
            self._sign()

    def check(self) -> None:
        held = patiently(self._note)
        if held.get("lauf") != self.run:
            raise PublishError(
                "Ein anderer Lauf hat die Sperre dieses Ziels übernommen; dieser hier hört auf. "
                "Bitte abwarten, bis der andere fertig ist."
            )

    def release(self) -> None:
        if self._note().get("lauf") == self.run:
            self.store.release(LOCK)

    def _claim(self) -> bool:
        return patiently(lambda: self.store.claim(LOCK))

    def _note(self) -> dict[str, object]:
        try:
            note = json.loads(self.store.read(NOTE) or b"{}")
        except ValueError:
            return {}
        return note if isinstance(note, dict) else {}

    def _sign(self) -> None:
        self.signed = time.time()
        note = {"lauf": self.run, "seit": self.since, "lebt": self.signed}
        patiently(lambda: self.store.write(NOTE, json.dumps(note).encode()))


def _number(held: dict[str, object], key: str) -> float:
    try:
        return float(str(held[key]))
    except (KeyError, ValueError):
        return 0.0


def _refusal(held: dict[str, object]) -> str:
    since, alive = _number(held, "seit"), _number(held, "lebt")
    try:
        when = f" seit {_clock(since)}, letztes Lebenszeichen {_clock(alive)}"
    except (ValueError, OverflowError, OSError):
        when = ""
    when = when if alive else ""
    return (
        f"An diesem Ziel läuft schon eine Veröffentlichung{when}. Bitte warten, bis sie fertig ist. "
        f"Ist sie abgestürzt, gilt die Sperre {EXPIRES // 60} Minuten nach dem letzten Lebenszeichen "
        "nicht mehr; sofort aufheben mit: --break-lock"
    )


def _clock(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC).astimezone():%d.%m.%Y %H:%M:%S}"

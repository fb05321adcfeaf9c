"""What MkDocs and the templates have to say while `wissen serve` runs, in German.

Nothing here imports MkDocs; `plugin.py` is the only module that does.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from generator.pages.environment import tell_place
from generator.records.problems import printable

_OURS = "mkdocs.plugins.wissensspeicher"
_PREFIX = "MkDocs encountered an error parsing the configuration file: "


def speak_german() -> None:
    """Show what is logged: our messages as they are, those of MkDocs as a quotation."""
    handler = logging.StreamHandler()
    handler.setFormatter(_GermanFormatter())
    logging.getLogger("mkdocs").addHandler(handler)
    logging.getLogger(_OURS).setLevel(logging.INFO)


class _GermanFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        return message if record.name == _OURS else f"MkDocs meldet: {printable(message)}"


def failure(error: BaseException) -> str:
    """An unforeseen error on one line: in which template it happened, and what was said there."""
    tell_place(error)
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    where = f"{_shown(file)}, Zeile {line}: " if isinstance(file, str) and line else ""
    said = " ".join(str(error).removeprefix(_PREFIX).split()) or type(error).__name__
    return f"{where}{printable(said)}"


def _shown(file: str) -> str:
    """Relative to the working folder if it lies there."""
    path = Path(file)
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else file

"""The corpus as rivals can read it: only Markdown files, and field names that mean nothing to them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tools.bench.corpus.plan import FOLDERS

# `titel` is what they all call `title`; Hugo takes `url` for the page's address.
_RENAMED = ((re.compile(r"^titel: ", re.M), "title: "), (re.compile(r"^url: ", re.M), "webseite: "))


def convert(corpus: Path, out: Path) -> None:
    """Write the records below `out`, one `.md` file each, and a start page."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in FOLDERS.values():
        (out / folder).mkdir(parents=True)
        for source in sorted((corpus / folder).iterdir()):
            text = source.read_text(encoding="utf-8")
            if source.suffix == ".yml":
                text = _as_markdown(text)
            front, rest = text[4:].split("\n---\n", 1)
            for pattern, name in _RENAMED:
                front = pattern.sub(name, front, count=1)
            target = out / folder / f"{source.stem}.md"
            target.write_text(f"---\n{front}\n---\n{rest}", encoding="utf-8", newline="\n")


def _as_markdown(text: str) -> str:
    """A `.yml` record of ours, whose last field is its body."""
    front, body = text.split("\ntext: |\n", 1)
    return f"---\n{front}\n---\n\n" + re.sub(r"^  ", "", body, flags=re.MULTILINE)

"""Blanks that a publisher fills in before the wiki goes online: `[bitte ergänzen]` or `[bitte ergänzen: was]`.

The texts that the law asks for (imprint, privacy, accessibility) come with such blanks.  `wissen check`
names each with its line, `wissen publish` warns of pages that still have some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BLANK = re.compile(r"\[bitte\s+erg(?:ä|ae)nzen\s*(?::\s*([^\]]{0,200}))?\]", re.I)
_QUOTE = re.compile(r"^\s*>")
_LABEL = re.compile(r"(?:^|\||\n)\s*([^|*\n]{2,80}?)\s*[:|]?\s*\**$")


def blanks_in(markdown: str) -> Iterator[tuple[int, int, str]]:
    """(line, column, what to do) of each blank in the source of a page, from 1."""
    for number, line in enumerate(markdown.splitlines(), 1):
        for match in BLANK.finditer(line):
            if _QUOTE.match(line):
                told = "Dieser Kasten sagt, dass die Seite noch nicht fertig ist. Bitte löschen, wenn alles ausgefüllt ist."
            else:
                label = _LABEL.search(line[: match.start()])
                what = (match[1] or (label[1] if label else "")).strip(" .:|")
                named = f": {what}" if what else ""
                told = f"Hier fehlt noch eine Angabe{named}. Bitte vor der Veröffentlichung ausfüllen."  # fmt: skip
            yield number, match.start() + 1, told


def blanks_of_page(html: str) -> int:
    """How many blanks readers see on a finished page, without the note that tells of them."""
    plain = re.sub(r"<blockquote>.*?</blockquote>", "", html, flags=re.S)
    return len(BLANK.findall(re.sub(r"<[^>]+>", "", plain)))

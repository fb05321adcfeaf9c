"""A few tiny records and the whole content of their pages: what changes here changes for every reader.

`golden/inhalt/` holds the records, `golden/*.html` what is expected between <article> and </article>,
one block a line.  `pytest --update` rewrites it; read the difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.sites import GOLDEN, built

RECORDS = sorted(GOLDEN.glob("inhalt/*/*.*"))
_BLOCK = re.compile(
    r"\s*(</?(?!(?:a|br|cite|code|em|rect|span|strong|sup|svg|time)\b)[a-z][^>]*>)\s*"
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda p: p.stem)
def test_page_of_a_record(record: Path, request: pytest.FixtureRequest) -> None:
    page = (built("golden") / record.parent.name / record.stem / "index.html").read_text(
        encoding="utf-8"
    )
    content = re.search(r"<article\b.*?>(.*)</article>", page, re.DOTALL)
    assert content
    found, expected = lines(content[1]), GOLDEN / f"{record.stem}.html"
    if request.config.getoption("update"):
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")


def lines(html: str) -> str:
    """White space as a browser sees it, and a new line for each block."""
    text = _BLOCK.sub(
        lambda tag: f"{tag[1]}\n" if tag[1][1] == "/" else f"\n{tag[1]}", " ".join(html.split())
    )
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def test_nothing_else_is_expected() -> None:
    """No golden file outlives its record."""
    assert {p.stem for p in GOLDEN.glob("*.html")} == {p.stem for p in RECORDS}

"""Golden files: one record with one defect each, and the lines that a clerk reads about it.

`fixtures/fehler/<folder>/<defect>.md` stands beside `<defect>.md.expected`; everything in
`fixtures/gueltig/` must pass without a word.  `pytest --update` rewrites the expected lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.records.files import SUFFIXES, read_record
from generator.records.problems import has_errors
from tests.helpers import FIXTURES

FILES = sorted(p for p in FIXTURES.glob("*/*/*") if p.suffix in SUFFIXES)


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.relative_to(FIXTURES).as_posix())
def test_messages(file: Path, request: pytest.FixtureRequest) -> None:
    kind, _, relative = file.relative_to(FIXTURES).as_posix().partition("/")
    result = read_record(file, relative, relative)
    said = "".join(f"{problem}\n" for problem in result.problems)
    golden = file.with_name(f"{file.name}.expected")
    if kind == "fehler" and request.config.getoption("update"):
        golden.write_text(said, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8") if kind == "fehler" else ""

    assert said == expected
    assert said or kind == "gueltig"
    assert (result.record is None) == has_errors(result.problems)


def test_every_golden_file_belongs_to_a_record() -> None:
    golden = FIXTURES.glob("*/*/*.expected")
    assert [p.name for p in golden if p.with_suffix("") not in FILES] == []

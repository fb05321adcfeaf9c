"""`wissen` within the test's own process: much quicker than a command of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from generator import cli
from generator.building.indexing import Indexing
from tests.site.sites import EPOCH, NO_HISTORY, ROOT


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


class Call(Protocol):
    def __call__(self, *arguments: str | Path) -> Answer: ...


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """`call("build", …)` runs `wissen build -f <our mkdocs.yml> …` in the test's folder.

    The site has no search index: making one takes longer than all the rest.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Indexing, "make", lambda *_: {})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", NO_HISTORY["GIT_CEILING_DIRECTORIES"])

    def run(*arguments: str | Path) -> Answer:
        words = [str(word) for word in arguments]
        if words[:1] == ["build"] and "-f" not in words:
            words[1:1] = ["-f", str(ROOT / "mkdocs.yml")]
        monkeypatch.setattr("sys.argv", ["wissen", *words])
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return Answer(code, output.out, output.err)

    return run

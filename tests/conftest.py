"""Options and fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite the golden files, then read them"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small valid content folder."""
    return Folder(tmp_path)

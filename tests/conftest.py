"""Options and fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import started
from tests.helpers import Folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite the golden files, then read them"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small valid content folder."""
    return Folder(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each takes a window (context) of its own."""
    with started() as chromium:
        yield chromium

"""The example county as a finished site, and a window on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.server import policy, served
from tests.browser.watch import Watch, window
from tests.site.sites import built, facts


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    scripts = {script for page in facts("muster").values() for script in page.scripts}
    with served(built("muster"), policy(scripts)) as url:
        yield url


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watch]:
    with window(browser, address, viewport={"width": 1280, "height": 900}) as watching:
        yield watching
    assert watching.faults == []

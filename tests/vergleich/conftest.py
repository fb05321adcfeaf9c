"""The same site as in the other tests in Chromium, and a window that counts its faults at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import address as address
from tests.browser.watch import Watch, window


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watch]:
    with window(browser, address, viewport={"width": 1280, "height": 900}) as watching:
        yield watching
        watching.settle("end")
    assert watching.faults == []

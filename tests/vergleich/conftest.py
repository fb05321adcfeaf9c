"""The same site as in the other tests in Chromium."""

from tests.browser.conftest import address as address

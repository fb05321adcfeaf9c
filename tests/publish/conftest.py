"""`wissen publish` within the test's own process, without a configuration unless a test writes one."""

from tests.site.conftest import call

__all__ = ["call"]

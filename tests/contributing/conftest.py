"""Commands in the test's own process, and a copy of the example county to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site.conftest import call as call
from tests.site.sites import COUNTY, ROOT


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The example county as the folder `content` of the test's folder."""
    (ROOT / ".cache").mkdir(exist_ok=True)  # the lexicon of the search is there or made once
    (tmp_path / ".cache").symlink_to(ROOT / ".cache")
    return Path(shutil.copytree(COUNTY, tmp_path / "content"))

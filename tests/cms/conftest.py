"""The finished bundle and a site with it; without Node.js there is none, and its tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.exports.cms.bundle import Bundle, NotMade, find_bundle
from tests.site.sites import COUNTY, ROOT, wissen

CACHE = ROOT / ".cache"


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """What `make cms` has made; it is made now if Node.js and the packages are at hand."""
    try:
        return find_bundle(CACHE)
    except NotMade:
        if not shutil.which("npm") or not shutil.which("sh"):
            pytest.skip("no Node.js with npm: the CMS cannot be bundled")
        environment = {**os.environ, "PYTHON": sys.executable}
        done = subprocess.run(["sh", "tools/cms/make.sh"], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            pytest.skip("the packages of the CMS cannot be installed")
        return find_bundle(CACHE)


@pytest.fixture(scope="session")
def editor_site(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county with its editor."""
    site = tmp_path_factory.mktemp("redaktion") / "site"
    done = wissen("build", "--content", COUNTY, "--site-dir", site, "--with-cms")
    assert done.returncode == 0, done.stdout + done.stderr
    return site

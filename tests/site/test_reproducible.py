"""The same input gives the same bytes, whichever command builds it, wherever and however often."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.site.sites import ROOT, built, files, mkdocs, wissen


def same(one: Path, other: Path) -> list[str]:
    """The paths that differ, one-sided files included."""
    left, right = files(one), files(other)
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def test_mkdocs_build_gives_the_same_site(tmp_path: Path) -> None:
    """In another process, with another hash seed; `--strict` finds nothing to complain about."""
    result = mkdocs("build", "--strict", "--site-dir", tmp_path / "site", PYTHONHASHSEED="7")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "WARNING" not in result.stderr
    assert same(built("kreis"), tmp_path / "site") == []


def test_another_checkout_gives_the_same_site(tmp_path: Path) -> None:
    """Other path, other working directory, other file times, other time zone and locale."""
    expected = built("muster")
    clone = tmp_path / "ein anderer Ordner" / "wiki"
    for folder in ("theme", "examples/musterkreis", ".cache"):
        shutil.copytree(ROOT / folder, clone / folder, copy_function=shutil.copyfile)
    shutil.copyfile(ROOT / "mkdocs.yml", clone / "mkdocs.yml")
    shutil.move(clone / "examples" / "musterkreis", clone / "content")
    result = wissen("build", cwd=clone, PYTHONHASHSEED="42", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert result.returncode == 0, result.stdout + result.stderr
    assert same(expected, clone / "site") == []


def test_no_path_of_this_machine_is_in_the_site() -> None:
    for name in ("kreis", "muster", "muster-adresse"):
        for path, content in files(built(name)).items():
            for trace in (str(ROOT), str(built(name).parent), str(Path.home())):
                assert len(trace) < 6 or trace.encode() not in content, f"{name}: {trace} in {path}"

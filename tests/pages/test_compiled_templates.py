"""Compiled templates are kept beside our compiled modules, under Python's own rules."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest

from generator.pages import compiling
from generator.pages.compiling import Compiled, Environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty `__pycache__` for the templates."""
    monkeypatch.setattr(compiling, "cache_from_source", lambda _: str(tmp_path / "x.pyc"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(Compiled, "kept", {})
    return tmp_path


def rendered(source: str) -> str:
    loader = jinja2.DictLoader({"seite.html": source})
    environment = Environment(loader=loader, autoescape=True, bytecode_cache=Compiled())
    return environment.get_template("seite.html").render(wort="<b>")


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process, which must not compile."""
    monkeypatch.setattr(Compiled, "kept", {})
    monkeypatch.setattr(Environment, "_generate", None)


def test_a_new_process_does_not_compile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ wort }}!") == "&lt;b&gt;!"
    assert [path.suffix for path in folder.iterdir()] == [".pyc"]
    forget(monkeypatch)
    assert rendered("{{ wort }}!") == "&lt;b&gt;!"


def test_a_changed_template_is_compiled_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered("{{ wort }}!")
    monkeypatch.setattr(Compiled, "kept", {})
    assert rendered("{{ wort }}?") == "&lt;b&gt;?"
    assert len(list(folder.iterdir())) == 1, "the last version is kept"


@pytest.mark.parametrize("left", [0, 20, 60])
def test_a_damaged_file_is_compiled_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    rendered("{{ wort }}!")
    (kept,) = folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:left])
    monkeypatch.setattr(Compiled, "kept", {})
    assert rendered("{{ wort }}!") == "&lt;b&gt;!"


def test_nothing_is_written_where_python_may_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered("{{ wort }}!") == "&lt;b&gt;!"
    assert not list(folder.iterdir())

"""Every command helps in German, and none loads what only others need."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from generator.cli import wissen


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands(wissen)], ids=" ".join)
def test_help_is_german(path: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(wissen, [*path, "--help"])
    assert answer.exit_code == 0
    assert answer.output.startswith("Aufruf: ")
    assert "Zeigt diese Hilfe." in answer.output
    english = r"\b(?:Usage|Options|Commands|Show this|exit|default|required|INTEGER|FILE|DIRECTORY|PATH)\b"  # fmt: skip
    assert not re.findall(english, answer.output)


def test_publishing_starts_at_once() -> None:
    """A publish loads neither the catalogue nor the search: a second per call on a common machine."""
    code = (
        "import sys; sys.argv = ['wissen', 'publish', './x', '--site-dir', 'gibt-es-nicht']\n"
        "from generator.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 1, end.code\n"
        "print(sorted(m for m in sys.modules if m.startswith('generator.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # fmt: skip
    assert "generator.publish.site" in loaded
    for heavy in ("generator.catalogue", "generator.search", "generator.building"):
        assert f"'{heavy}" not in loaded

"""`wissen`: the command line.  Commands only delegate; help and messages are German.

Exit codes: 0 no errors, 1 errors found, 2 the call itself cannot be used.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import checking
from generator.german_click import GermanGroup, run
from generator.records.problems import Severity, has_errors
from generator.records.reports import REPORTS
from generator.records.tree import shown_path

content_option = click.option(
    "--content", "content", type=click.Path(path_type=Path), default=Path("content"), show_default=True,
    metavar="ORDNER", help="Ordner mit den Einträgen.",
)  # fmt: skip


@click.group(cls=GermanGroup)
def wissen() -> None:
    """SIL-Wissensspeicher: einmal geprüft, überall genutzt.

    Aus Markdown- und YAML-Dateien wird ein durchsuchbares Wiki.
    """


@wissen.command()
@content_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PFAD]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="Form des Berichts.",
)
def check(content: Path, paths: tuple[Path, ...], form: str) -> None:
    """Prüft alle Einträge und nennt jedes Problem mit Datei, Zeile und Spalte.

    Immer wird der ganze Ordner gelesen; mit PFAD werden nur die Probleme dieser Dateien oder Ordner
    gezeigt.
    """
    _need_folder(content)
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"„{path}“ gibt es nicht. Bitte den Pfad prüfen.")
    problems = checking.check_content(content, checking.today()).problems
    if paths:
        wanted = tuple(shown_path(p) for p in paths)
        problems = [
            p
            for p in problems
            if any(p.path == w or p.path.startswith(f"{w.rstrip('/')}/") for w in wanted)
        ]
    click.echo(REPORTS[form](problems), nl=False)
    if form == "text":
        counts = {s: sum(p.severity is s for p in problems) for s in Severity}
        if problems:
            click.echo(
                f"{counts[Severity.ERROR]} Fehler, {counts[Severity.WARNING]} Warnungen, {counts[Severity.HINT]} Hinweise.",
                err=True,
            )
        else:
            click.echo("Alles in Ordnung.", err=True)
    sys.exit(1 if has_errors(problems) else 0)


def _need_folder(content: Path) -> None:
    if not content.is_dir():
        raise click.UsageError(
            f"Den Ordner „{content}“ gibt es nicht. Mit --content ORDNER lässt er sich angeben."
        )


def main() -> None:
    """Entry point of the command."""
    run(wissen)

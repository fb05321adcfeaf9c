"""`wissen review --base REV`: the report on a change, as Markdown."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.options import config_option, content_option, need_folder
from generator.german_click import GermanCommand


@click.command(
    cls=GermanCommand, short_help="Berichtet über Änderungen seit einem früheren Stand (git)."
)
@content_option
@config_option
@click.option("--base", required=True, metavar="STAND", help="Womit verglichen wird, zum Beispiel origin/main.")  # fmt: skip
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="DATEI", help="Bericht in diese Datei statt auf den Bildschirm.")  # fmt: skip
def review(content: Path, config_file: Path, base: str, target: Path | None) -> None:
    """Schreibt einen Bericht für die Durchsicht, in Markdown.

    Fehler mit ihren Stellen, mögliche Doppelungen, was sich für Lesende ändert (vorher und nachher), was
    öffentlich wird und welche Prüfungen fällig sind. Ende mit 1, wenn es Fehler gibt.
    """
    from generator import checking
    from generator.contributing import review as room
    from generator.contributing.changes import NoBase

    need_folder(content)
    try:
        found = room.review(content, base, checking.today(), _templates(config_file))
    except NoBase as error:
        raise click.UsageError(str(error)) from None
    text = room.report(found)
    if target is None:
        click.echo(text, nl=False)
    else:
        target.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Bericht: {target}")
    sys.exit(1 if found.has_errors else 0)


def _templates(config_file: Path) -> Path:
    """A county may have templates of its own: those of its theme, else ours."""
    from generator.contributing.before_after import TEMPLATES
    from generator.publish.problems import PublishError
    from generator.publish.settings import setting

    try:
        theme = setting(config_file, "theme")
    except PublishError:  # whoever builds is told
        return TEMPLATES
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    own = config_file.parent / str(custom or "") / "wissen"
    return own if custom and own.is_dir() else TEMPLATES

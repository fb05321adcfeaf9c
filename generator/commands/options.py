"""What commands share: options, and questions that every call must pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.records.problems import Problem, Severity, has_errors
from generator.records.reports import REPORTS

if TYPE_CHECKING:
    from generator.checking import Checked

content_option = click.option(
    "--content", "content", type=click.Path(path_type=Path), default=Path("content"), show_default=True,
    metavar="ORDNER", help="Ordner mit den Einträgen.",
)  # fmt: skip


config_option = click.option(
    "-f", "--config-file", "config_file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    metavar="DATEI", help="Einstellungen von MkDocs.",
)  # fmt: skip
format_option = click.option(
    "--format", "form", type=click.Choice(list(REPORTS)), default="text", show_default=True,
    help="Form des Berichts.",
)  # fmt: skip
public_option = click.option(
    "--public", is_flag=True, help="Nur öffentliche Einträge, ohne interne Felder."
)
cache_option = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path),
    default=Path(".cache"),
    show_default=True,
    metavar="ORDNER",
    help="Ordner für Zwischenergebnisse; er darf jederzeit gelöscht werden.",
)
cms_option = click.option(
    "--with-cms",
    is_flag=True,
    help="Mit der Redaktion (Sveltia CMS) unter redaktion/; vorher einmal „make cms“.",
)


def need_config(config_file: Path) -> None:
    if not config_file.is_file():
        raise click.UsageError(
            f"Die Datei „{config_file}“ gibt es nicht. Bitte im Ordner des Wissensspeichers aufrufen oder -f DATEI angeben."
        )


def need_folder(content: Path) -> None:
    if not content.is_dir():
        raise click.UsageError(
            f"Den Ordner „{content}“ gibt es nicht. Mit --content ORDNER lässt er sich angeben."
        )


def stop_for(problems: list[Problem]) -> NoReturn:
    """Show the errors and end."""
    errors = [p for p in problems if p.severity is Severity.ERROR]
    click.echo(REPORTS["text"](errors), nl=False)
    raise click.ClickException("Es wurde nichts gebaut. Bitte zuerst diese Fehler beheben.")


def checked_content(content: Path, *, public: bool) -> Checked:
    """The content without errors; ends with them if there are any."""
    from generator import checking

    need_folder(content)
    checked = checking.check_content(content, checking.today(), public=public)
    if has_errors(checked.problems):
        stop_for(checked.problems)
    return checked


def save(target: Path, data: bytes) -> None:
    """Write a file in one step; ends with what to do if that fails."""
    from generator.records.source import why

    partial = target.with_name(f"{target.name}.neu")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise click.ClickException(
            f"„{target}“ lässt sich nicht schreiben: {why(error)}. Ist die Datei noch in Excel geöffnet?"
        ) from None


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

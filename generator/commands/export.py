"""`wissen export`: the records in other forms."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import (
    checked_content,
    content_option,
    public_option,
    save,
)
from generator.german_click import GermanGroup


@click.group(cls=GermanGroup, short_help="Gibt die Einträge in anderer Form aus.")
def export() -> None:
    """Gibt die Einträge in anderer Form aus.

    JSON und CSV liegen schon im fertigen Wiki, im Ordner api/v1.
    """


@export.command(short_help="Alle Einträge als Excel-Arbeitsmappe.")
@content_option
@public_option
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("wissensspeicher.xlsx"),
    show_default=True,
    metavar="DATEI",
    help="Wohin geschrieben wird.",
)
def xlsx(content: Path, public: bool, target: Path) -> None:
    """Schreibt alle Einträge in eine Excel-Arbeitsmappe: ein Blatt für alle, dazu eines je Art."""
    from generator import checking
    from generator.exports.workbook import workbook

    checked = checked_content(content, public=public)
    data = workbook(checked.catalogue, checking.build_time())
    save(target, data)
    click.echo(f"Fertig: {len(checked.catalogue.records)} Einträge in {target}")


@export.command(short_help="JSON-Schemas für Editoren.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="ORDNER")
def schema(folder: Path) -> None:
    """Schreibt je Art ein JSON-Schema für Editoren: Vorschläge und Erklärungen beim Schreiben.

    Für VS Code liegen sie schon in .vscode/schema. In einer .yml-Datei wirkt auch die Zeile
    „# yaml-language-server: $schema=…/bewertung.json“ ganz oben.
    """
    import json

    from generator.exports.editor_schemas import editor_schemas
    from generator.records.source import why

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in editor_schemas():
            text = json.dumps(data, ensure_ascii=False, indent=1)
            (folder / name).write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(
            f"„{folder}“ lässt sich nicht schreiben: {why(error)}."
        ) from None
    click.echo(f"Fertig: Schemas in {folder}")


@export.command(short_help="Bausteine für VS Code.")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="DATEI")
def snippets(target: Path) -> None:
    """Schreibt Bausteine für VS Code: Felder und ganze Einträge zum Ausfüllen, auch im Kopf von .md-Dateien.

    Sie liegen schon in .vscode/eintraege.code-snippets: den Anfang eines Feldes tippen, etwa „verd“,
    dann Strg+Leertaste.
    """
    from generator.exports.snippets import code_snippets

    save(target, code_snippets().encode())
    click.echo(f"Fertig: {target}")

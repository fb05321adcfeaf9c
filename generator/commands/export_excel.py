"""`wissen export excel-vorlage`, `excel-punkte`, `csv`, `json`, `markdown`: for filling in, and for others."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands import server
from generator.commands.export import export as export  # cli.py takes the whole group from here
from generator.commands.options import (
    checked_content,
    content_option,
    need_folder,
    public_option,
    save,
)
from generator.records.types import TYPES

_output = click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), metavar="ZIEL", help="Wohin geschrieben wird."
)  # fmt: skip


@export.command("excel-vorlage", short_help="Leere Excel-Vorlage zum Ausfüllen, für eine Art.")
@content_option
@click.argument("typ", type=click.Choice(list(TYPES)), metavar="TYP")
@click.option(
    "--mit-eintraegen", is_flag=True, help="Die bestehenden Einträge mitgeben, zum Bearbeiten."
)
@_output
def excel_template(content: Path, typ: str, mit_eintraegen: bool, target: Path | None) -> None:
    """Schreibt eine Excel-Vorlage mit Auswahllisten, Hilfen und Beispiel.

    Ausgefüllt wird sie mit „wissen import DATEI.xlsx“ eingelesen.
    """
    from generator import checking
    from generator.contributing.excel_template import template, too_long
    from generator.records.tree import read_tree

    records = []
    if mit_eintraegen:
        need_folder(content)
        everything = sorted(read_tree(content).records, key=lambda r: r.id)
        records = [r for r in everything if r.typ == typ and not too_long(r)]
        for record in everything:
            if record.typ == typ and record not in records:
                click.echo(f"Zu lang für eine Zelle, deshalb nicht dabei: {record.datei}", err=True)
    target = target or Path(f"{TYPES[typ].ordner}.xlsx")
    save(target, template(typ, checking.build_time(), records))
    click.echo(f"Fertig: {target}. Nach dem Ausfüllen: wissen import {target}")


@export.command("excel-punkte", short_help="Bogen für Punkte und Gewichte einer Bewertung.")
@content_option
@click.argument("ident", metavar="BEWERTUNG")
@_output
def excel_scores(content: Path, ident: str, target: Path | None) -> None:
    """Schreibt einen Excel-Bogen: Kriterien, Gewichte, Punkte, Begründung, Nachweis und Nutzwert.

    Ausgefüllt wird er mit „wissen import DATEI.xlsx“ in die Bewertung übernommen.
    """
    from generator import checking
    from generator.catalogue.catalogue import build_catalogue
    from generator.contributing.excel_scores import score_sheet
    from generator.contributing.under_way import NotPossible, evaluation
    from generator.records.evaluation_types import Kriterienkatalog
    from generator.records.tree import read_tree

    need_folder(content)
    catalogue = build_catalogue(read_tree(content), checking.today())
    try:
        found = evaluation(ident, catalogue)
    except NotPossible as error:
        raise click.ClickException(str(error)) from None
    base = catalogue.find(found.kriterienkatalog or "", Kriterienkatalog)
    target = target or Path(f"punkte-{found.id}.xlsx")
    save(target, score_sheet(found, base, checking.build_time()))
    click.echo(f"Fertig: {target}. Nach dem Ausfüllen: wissen import {target}")
    if base is None and not found.kriterien:
        click.echo("Die Bewertung nennt keinen Kriterienkatalog: Bitte Kriterien selbst eintragen.")


@export.command("csv", short_help="Alle Einträge als Tabelle (CSV).")
@content_option
@public_option
@_output
def csv_table(content: Path, public: bool, target: Path | None) -> None:
    """Schreibt alle Einträge als CSV, dieselbe Tabelle wie im Wiki."""
    from generator.exports.api import RECORDS_CSV

    _save_api(content, public, target or Path("wissensspeicher.csv"), RECORDS_CSV)


@export.command("json", short_help="Alle Einträge als JSON.")
@content_option
@public_option
@_output
def json_file(content: Path, public: bool, target: Path | None) -> None:
    """Schreibt alle Einträge als JSON, dieselbe Datei wie die Schnittstelle des Wikis."""
    from generator.exports.api import RECORDS_JSON

    _save_api(content, public, target or Path("wissensspeicher.json"), RECORDS_JSON)


@export.command("markdown", short_help="Das ganze Wiki als einfache Markdown-Dateien.")
@content_option
@public_option
@_output
def markdown(content: Path, public: bool, target: Path | None) -> None:
    """Schreibt das Wiki als Baum einfacher Markdown-Dateien, für jeden anderen Generator.

    Jeder Eintrag wird eine Seite mit Überschriften, Tabellen und gewöhnlichen Links.
    """
    from generator.exports.markdown_tree import markdown_tree

    need_folder(content)
    target = target or Path("markdown")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.UsageError(
            f"„{target}“ ist nicht leer. Bitte einen neuen Ordner angeben: -o ORDNER"
        )
    if target.absolute().is_relative_to(content.absolute()):
        raise click.UsageError("Das Ziel darf nicht im Ordner der Einträge liegen.")
    checked = checked_content(content, public=public)
    number = 0
    for path, data in markdown_tree(checked.catalogue, content):
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        number += path.endswith(".md")
    click.echo(f"Fertig: {number} Seiten in {target}")


def _save_api(content: Path, public: bool, target: Path, path: str) -> None:
    from generator import checking
    from generator.catalogue.addresses import Addresses
    from generator.exports.api import RECORDS_CSV, api_record, collected, dump, table, table_row

    catalogue = checked_content(content, public=public).catalogue
    entries = [api_record(r, catalogue, Addresses()) for r in catalogue.records.values()]
    if path == RECORDS_CSV:
        data = table(table_row(entry).encode() for entry in entries)
    else:
        pieces = (dump(entry).rstrip("\n").encode() for entry in entries)
        publisher = catalogue.settings.herausgeber or ""
        data = collected(pieces, checking.build_time(), publisher)
    save(target, data)
    click.echo(f"Fertig: {len(entries)} Einträge in {target}")


export.add_command(server.server)

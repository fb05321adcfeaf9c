"""`wissen import`: filled-in workbooks, scoring sheets and issues become records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import content_option, count, need_folder
from generator.german_click import GermanCommand

if TYPE_CHECKING:
    from generator.catalogue.catalogue import Catalogue
    from generator.contributing.importing import ImportPlan, Submission
    from generator.records.tree import ContentTree


@click.command(
    "import", cls=GermanCommand, short_help="Liest ausgefüllte Excel-Vorlagen oder Formulare ein."
)
@content_option
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[DATEI.xlsx]")
@click.option(
    "--issue", metavar="DATEI|-", help="Text eines Formulars von GitHub oder GitLab (- liest von der Eingabe)."
)  # fmt: skip
@click.option("--partial", is_flag=True, help="Schreiben, was in Ordnung ist, den Rest melden.")
@click.option(
    "--aktualisieren", is_flag=True, help="Bestehende Einträge ändern; zeigt jede Änderung."
)
@click.option("--nur-pruefen", is_flag=True, help="Nur prüfen und zeigen, nichts schreiben.")
def import_(
    content: Path, file: Path | None, issue: str | None, partial: bool, aktualisieren: bool, nur_pruefen: bool,
) -> None:  # fmt: skip
    """Macht aus Zeilen einer Excel-Vorlage Einträge.

    Geprüft wird wie mit „wissen check“. Geschrieben wird nur, wenn alles stimmt, und nie über etwas hinweg.
    Der Punktebogen einer Bewertung wird erkannt und in die Bewertung übernommen.
    """
    from generator import checking
    from generator.catalogue.catalogue import build_catalogue
    from generator.contributing.importing import plan_import
    from generator.records.tree import read_tree

    need_folder(content)
    if (file is None) == (issue is None):
        raise click.UsageError("Bitte eine DATEI.xlsx oder --issue DATEI angeben.")
    today = checking.today()
    tree = read_tree(content)
    catalogue = build_catalogue(tree, today)
    if file is not None:
        found, update = _workbook(file, catalogue)
        update = update or aktualisieren
    else:
        found, update = _issue(str(issue)), aktualisieren
    if not found:
        raise click.ClickException("Die Datei enthält keine ausgefüllten Zeilen.")
    plan = plan_import(found, tree, catalogue, today, update=update)
    _tell(plan, tree)
    if plan.errors and not (partial and plan.files):
        _stop(plan)
    if plan.files and not nur_pruefen:
        _write(plan, content)
    _sum_up(plan, content, nur_pruefen)
    sys.exit(1 if plan.errors else 0)


def _workbook(file: Path, catalogue: Catalogue) -> tuple[list[Submission], bool]:
    from generator.contributing import excel_scores
    from generator.contributing.excel_import import submissions, type_of
    from generator.contributing.excel_reader import CannotRead, read_workbook
    from generator.records.evaluation_types import Bewertung, Kriterienkatalog

    if not file.is_file():
        raise click.UsageError(f"Die Datei „{file}“ gibt es nicht.")
    try:
        sheets = read_workbook(file)
    except CannotRead as error:
        raise click.ClickException(str(error)) from None
    for sheet in sheets:
        if excel_scores.is_score_sheet(sheet):
            ident = sheet.text(1, 2)
            evaluation = catalogue.find(ident, Bewertung)
            if evaluation is None:
                raise click.ClickException(f"Der Bogen gehört zur Bewertung „{ident}“, die es hier nicht gibt.")  # fmt: skip
            base = catalogue.find(evaluation.kriterienkatalog or "", Kriterienkatalog)
            musts = next((s for s in sheets if s.title == excel_scores.MUSTS), None)
            return [excel_scores.scores(sheet, musts, evaluation, base)], True
    known = [(sheet, typ) for sheet in sheets if (typ := type_of(sheet))]
    if not known:
        raise click.ClickException(
            "Kein Blatt heißt wie eine Art von Eintrag (zum Beispiel „Bewertungen“). "
            "Eine Vorlage gibt es mit: wissen export excel-vorlage TYP"
        )
    return [s for sheet, typ in known for s in submissions(sheet, typ)], False


def _issue(source: str) -> list[Submission]:
    from generator.contributing.issues import CannotReadIssue, read_issue

    if source == "-":
        text = sys.stdin.read()
    else:
        try:
            text = Path(source).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise click.UsageError(f"Die Datei „{source}“ lässt sich nicht lesen.") from None
    try:
        return [read_issue(text)]
    except CannotReadIssue as error:
        raise click.ClickException(str(error)) from None


def _tell(plan: ImportPlan, tree: ContentTree) -> None:
    from generator.records.problems import printable, quoted

    for change in plan.changes:
        old = "(leer)" if change.old is None else quoted(_plain(change.old))
        new = "(gelöscht)" if change.new is None else quoted(_plain(change.new))
        click.echo(f"{tree.shown(change.datei)}: {change.field}: {old} → {new}")
    for note in plan.notes:
        click.echo(printable(note), err=True)
    for error in plan.errors:
        click.echo(printable(error), err=True)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} Einträge: " + "; ".join(map(_plain, value))
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_plain(v)}" for k, v in value.items())
    return str(value)


def _stop(plan: ImportPlan) -> None:
    from generator.contributing.drafts import GUARD_REASON

    fine = f" {count(len(plan.files), 'Datei wäre', 'Dateien wären')} in Ordnung: mit --partial werden sie trotzdem geschrieben." if plan.files else ""  # fmt: skip
    said = GUARD_REASON if plan.is_guarded else "Es wurde nichts geschrieben."
    raise click.ClickException(f"{count(len(plan.errors), 'Fehler', 'Fehler')}. {said}{fine}")


def _write(plan: ImportPlan, content: Path) -> None:
    from generator.contributing.drafts import CannotWrite, write_files

    try:
        write_files(content, plan.files, replace=plan.changed)
    except CannotWrite as error:
        raise click.ClickException(str(error)) from None


def _sum_up(plan: ImportPlan, content: Path, only_check: bool) -> None:
    done = "In Ordnung" if only_check else "Geschrieben"
    for datei in plan.new:
        click.echo(f"{done}: {content / datei} (neu)")
    for datei in plan.changed:
        click.echo(f"{done}: {content / datei} (geändert)")
    if plan.unchanged:
        click.echo(f"{count(plan.unchanged, 'Eintrag', 'Einträge')} unverändert.")
    if plan.files and not only_check:
        own = "" if content == Path("content") else f" --content {content}"
        click.echo(
            f"Weiter: wissen check{own}, dann die Dateien als Änderungsvorschlag einreichen."
        )

"""`wissen mitmachen`, `beginnen`, `abschliessen`: an announced evaluation on its way to a result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.options import content_option, need_folder
from generator.german_click import GermanCommand
from generator.records.vocabulary import VERDIKT

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.catalogue.catalogue import Catalogue
    from generator.contributing.under_way import Step
    from generator.records.evaluation_types import Bewertung
    from generator.records.tree import ContentTree


@click.command(
    cls=GermanCommand, short_help="Schließt sich einer geplanten oder laufenden Prüfung an."
)
@content_option
@click.argument("ident", metavar="BEWERTUNG")
@click.option(
    "--organisation", required=True, metavar="KENNUNG", help="Kennung Ihrer Verwaltung oder AG."
)
def mitmachen(content: Path, ident: str, organisation: str) -> None:
    """Trägt Ihre Verwaltung bei einer geplanten oder laufenden Prüfung ein.

    BEWERTUNG ist die Kennung: der Dateiname ohne Endung.
    """
    from generator.contributing import under_way

    _run(
        content, ident,
        lambda found, catalogue, tree, day: under_way.join(found, organisation, catalogue, tree, day),
        f"„{organisation}“ ist jetzt dabei.",
    )  # fmt: skip


@click.command(cls=GermanCommand, short_help="Setzt eine geplante Prüfung auf „laufend“.")
@content_option
@click.argument("ident", metavar="BEWERTUNG")
@click.option("--zeitraum", metavar="VON bis BIS", help="Zum Beispiel: „2027-01 bis 2027-03“.")
def beginnen(content: Path, ident: str, zeitraum: str | None) -> None:
    """Die angekündigte Prüfung beginnt."""
    from generator.contributing import under_way

    changes = {"zeitraum": zeitraum} if zeitraum else {}
    _run(
        content, ident, lambda found, _, tree, day: under_way.begin(found, changes, tree, day),
        "Die Prüfung läuft jetzt. Punkte sammeln Sie am besten in Excel: wissen export excel-punkte " + ident,
    )  # fmt: skip


@click.command(
    cls=GermanCommand, short_help="Schließt eine Prüfung mit Ergebnis ab, oder bricht sie ab."
)
@content_option
@click.argument("ident", metavar="BEWERTUNG")
@click.option("--verdikt", type=click.Choice(VERDIKT.values), metavar="VERDIKT", help=f"Das Ergebnis: {', '.join(VERDIKT.values)}.")  # fmt: skip
@click.option("--begruendung", metavar="TEXT", help="Warum dieses Ergebnis.")
@click.option("--gueltig-bis", metavar="JJJJ-MM-TT", help="Sonst: in zwei Jahren.")
@click.option("--kurzfassung", metavar="TEXT", help="Das Wichtigste in ein bis zwei Sätzen.")
@click.option("--aufwand", metavar="TAGE", help="Aufwand der Prüfung in Personentagen.")
@click.option("--abgebrochen", is_flag=True, help="Ohne Ergebnis beenden.")
def abschliessen(
    content: Path, ident: str, verdikt: str | None, begruendung: str | None, gueltig_bis: str | None,
    kurzfassung: str | None, aufwand: str | None, abgebrochen: bool,
) -> None:  # fmt: skip
    """Schließt eine Prüfung ab. Auch eine Absage ist ein Ergebnis.

    Was die Bewertung ablöst („ersetzt“), wird dabei archiviert, wenn es noch empfohlen ist.
    """
    from generator.contributing import under_way

    changes: dict[str, Any] = {
        "kurzfassung": kurzfassung,
        "verdikt": verdikt,
        "verdikt_begruendung": begruendung,
        "gueltig_bis": gueltig_bis,
        "aufwand_personentage": aufwand,
    }
    changes = {name: value for name, value in changes.items() if value}
    if abgebrochen:
        if verdikt or gueltig_bis:
            raise click.UsageError("Eine abgebrochene Prüfung hat kein Verdikt und keine Gültigkeit.")  # fmt: skip
        changes.pop("verdikt_begruendung", None)
        _run(
            content, ident, lambda found, _, tree, day: under_way.give_up(found, changes, tree, day),
            "Abgebrochen. Bitte schreiben Sie in den Text, warum: Auch das hilft anderen.",
        )  # fmt: skip
        return
    if not verdikt or not begruendung:
        raise click.UsageError("Zum Abschluss gehören --verdikt und --begruendung (oder --abgebrochen).")  # fmt: skip
    _run(
        content, ident,
        lambda found, catalogue, tree, day: under_way.finish(found, changes, catalogue, tree, day),
        "Abgeschlossen. Stimmt die Kurzfassung noch?" if not kurzfassung else "Abgeschlossen.",
    )  # fmt: skip


def _run(
    content: Path, ident: str,
    change: Callable[[Bewertung, Catalogue, ContentTree, Any], Step], done: str,
) -> None:  # fmt: skip
    """Read, change, check, write; say what happened."""
    from generator import checking
    from generator.catalogue.catalogue import build_catalogue
    from generator.contributing.drafts import GUARD_REASON, CannotWrite, write_files
    from generator.contributing.under_way import NotPossible, evaluation
    from generator.records.problems import Severity
    from generator.records.tree import read_tree

    need_folder(content)
    today = checking.today()
    tree = read_tree(content)
    catalogue = build_catalogue(tree, today)
    try:
        step = change(evaluation(ident, catalogue), catalogue, tree, today)
    except NotPossible as error:
        raise click.ClickException(str(error)) from None
    assert step.checked is not None
    if step.checked.has_errors:
        for problem in step.checked.problems:
            if problem.severity is Severity.ERROR:
                click.echo(str(problem), err=True)
        raise click.ClickException(
            GUARD_REASON if step.checked.is_guarded else "Es wurde nichts geändert."
        )
    try:
        write_files(content, step.files, replace=step.files)
    except CannotWrite as error:
        raise click.ClickException(str(error)) from None
    for datei in step.files:
        note = "" if datei == step.datei else " (jetzt „archiviert“, weil sie abgelöst ist)"
        click.echo(f"Geändert: {tree.shown(datei)}{note}")
    click.echo(done)

"""`wissen peers`: the records of other wikis that are shown here."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.options import content_option, count, need_folder
from generator.german_click import GermanGroup
from generator.records.peers import PEERS_FILE, Peer, read_peers
from generator.records.problems import has_errors, printable
from generator.records.reports import REPORTS
from generator.records.tree import shown_path

SHOWN = 20  # changes that are listed one by one


@click.group(cls=GermanGroup, short_help="Einträge anderer Wikis holen und ansehen.")
def peers() -> None:
    """Einträge anderer Wikis, die hier mitgelesen werden.

    Welche das sind, steht in peers.yml im Ordner der Einträge.
    """


@peers.command("list", short_help="Nennt die Partner und den Stand ihrer Kopien.")
@content_option
def list_(content: Path) -> None:
    """Nennt die Partner und den Stand ihrer Kopien."""
    from generator.catalogue.peers import read_copy

    for peer in _peers(content, ()):
        export = read_copy(content, peer)
        state = export.refused or (
            f"{count(len(export.records), 'Eintrag', 'Einträge')}, Stand {export.erzeugt[:10] or 'unbekannt'}, "
            f"abgerufen {export.abgerufen or 'unbekannt'}"
        )
        click.echo(printable(f"{peer.kennung}: {peer.titel}. {state}"))


@peers.command(short_help="Holt die Einträge der Partner und prüft sie.")
@content_option
@click.argument("names", nargs=-1, metavar="[KENNUNG]…")
@click.option("-y", "--yes", is_flag=True, help="Änderungen ohne Rückfrage übernehmen.")
@click.option(
    "--allow-private", is_flag=True, help="Auch Adressen im eigenen Netz abrufen (Intranet)."
)
def update(content: Path, names: tuple[str, ...], yes: bool, allow_private: bool) -> None:
    """Holt die Exporte der Partner, prüft jeden Eintrag und zeigt, was sich ändert.

    Erst nach Ihrer Zustimmung werden die Kopien im Ordner peers/ und die Prüfsummen in peers.yml
    geschrieben. Gebaut wird immer nur aus diesen Kopien. Ende mit 1, wenn ein Partner nicht erreichbar
    war oder etwas noch nicht übernommen ist.
    """
    from generator import checking
    from generator.federation import accept, fetch
    from generator.network import Refused

    failed = False
    for peer in _peers(content, names):
        click.echo(printable(f"{peer.titel} ({peer.quelle})"))
        try:
            fetched = fetch(content, peer, private=allow_private)
        except Refused as refused:
            click.echo(printable(f"  Nicht abgerufen: {refused} Die alte Kopie bleibt."), err=True)
            failed = True
            continue
        if fetched.new.refused:
            click.echo(
                printable(f"  Abgelehnt: {fetched.new.refused} Die alte Kopie bleibt."), err=True
            )
            failed = True
            continue
        if fetched.is_known:
            click.echo("  Unverändert.")
            continue
        _show(fetched.changes, fetched.new.messages, fetched.new.left_out)
        if not yes and not _agreed():
            click.echo("  Nicht übernommen.")
            failed = True
            continue
        left = accept(content, fetched, checking.today().isoformat())
        click.echo(
            f"  Übernommen: {count(len(fetched.new.records), 'Eintrag', 'Einträge')} in "
            f"{shown_path(content / peer.datei)}"
        )
        if left:
            click.echo(f"  {left}", err=True)
            failed = True
    sys.exit(1 if failed else 0)


def _peers(content: Path, names: tuple[str, ...]) -> list[Peer]:
    """The peers that are meant; an unusable list or name ends the command."""
    need_folder(content)
    if not (content / PEERS_FILE).is_file():
        raise click.UsageError(
            f"Die Datei „{shown_path(content / PEERS_FILE)}“ gibt es nicht. Sie nennt die Partner: "
            "„peers:“, darunter „- kennung: …“, „titel: …“ und „quelle: …“."
        )
    known, problems = read_peers(content, shown_path(content / PEERS_FILE))
    if has_errors(problems):
        click.echo(REPORTS["text"](problems), nl=False)
        raise click.ClickException("Es wurde nichts abgerufen. Bitte zuerst diese Fehler beheben.")
    unknown = set(names) - {p.kennung for p in known}
    if unknown:
        raise click.UsageError(
            f"Den Partner „{sorted(unknown)[0]}“ gibt es nicht. Bekannt: {', '.join(p.kennung for p in known)}"
        )
    return [p for p in known if not names or p.kennung in names]


def _show(changes: list[tuple[str, str, str]], messages: list[str], left_out: int) -> None:
    for kind, ident, title in changes[:SHOWN]:
        click.echo(printable(f"  {kind}: {ident} ({title})"))
    if len(changes) > SHOWN:
        click.echo(f"  … und {len(changes) - SHOWN} weitere Änderungen")
    if not changes:
        click.echo("  Kein Eintrag ändert sich, nur die Angaben zum Export.")
    for message in messages:
        click.echo(printable(f"  Ausgelassen: {message}"))
    if left_out > len(messages):
        click.echo(f"  … und {left_out - len(messages)} weitere ausgelassen")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        click.echo("  Zum Übernehmen noch einmal mit --yes aufrufen.")
        return False
    return click.confirm("  Übernehmen?", default=False)

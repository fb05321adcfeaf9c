"""`wissen publish`: the finished wiki to where it is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import cache_option, config_option, count
from generator.german_click import GermanCommand

if TYPE_CHECKING:
    from generator.publish.inplace import Tell
    from generator.publish.manifest import Manifest
    from generator.publish.plan import Plan
    from generator.publish.settings import Goal
    from generator.publish.site import Site
    from generator.publish.targets import Target


@click.command(cls=GermanCommand, short_help="Bringt das fertige Wiki dorthin, wo es gelesen wird.")
@click.argument("target", required=False, metavar="[ZIEL]")
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True, metavar="ORDNER", help="Ordner mit dem fertigen Wiki.")  # fmt: skip
@config_option
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich dort ändern würde.")
@click.option("--rollback", is_flag=True, help="Den Stand davor wieder zeigen.")
@click.option("--verify", is_flag=True, help="Jede Datei am Ziel nachlesen, Beschädigtes ersetzen.")
@click.option("--compress", is_flag=True, help="Texte auch gepackt ablegen (.gz, .br) für Webserver, die das nutzen.")  # fmt: skip
@click.option("--public", is_flag=True, help="Das Ziel ist öffentlich: Nur ein öffentlicher Bau darf dorthin.")  # fmt: skip
@click.option("--purge", is_flag=True, help="Nichts vom alten Stand aufheben, etwa wenn ein Eintrag zurückgezogen wurde.")  # fmt: skip
@click.option("--adopt", is_flag=True, help="Eine fremde Seite am Ziel überschreiben.")
@click.option("--break-lock", is_flag=True, help="Die Sperre eines abgestürzten Laufs aufheben.")
@cache_option
def publish(
    target: str | None, site_dir: Path, config_file: Path, dry_run: bool, rollback: bool, verify: bool,
    compress: bool, public: bool, purge: bool, adopt: bool, break_lock: bool, cache_dir: Path,
) -> None:  # fmt: skip
    """Bringt das fertige Wiki an sein ZIEL; nur was sich geändert hat, reist.

    ZIEL ist ein Name aus mkdocs.yml („extra: publish:“) oder eine Adresse: ./ordner, releases:/srv/wiki,
    sftp://konto@server/pfad, https://server/webdav/wiki oder zip:./ordner. Kennwörter kommen aus
    WISSEN_PUBLISH_PASSWORD, nie aus einer Datei.

    Bricht der Lauf ab, bleibt das gezeigte Wiki heil, und der nächste Lauf macht weiter.
    """
    from dataclasses import replace

    from generator.publish import settings, targets
    from generator.publish.inplace import Options
    from generator.publish.problems import PublishError

    options = Options(
        purge=purge, verify=verify, adopt=adopt, break_lock=break_lock, progress=_progress
    )
    try:
        goal = settings.goal(target, config_file)
        goal = replace(goal, public=goal.public or public or None, compress=goal.compress or compress) if public or compress else goal  # fmt: skip
        place = targets.target(goal, options)
        try:
            if rollback:
                _rollback(place, goal)
            else:
                _publish(place, goal, site_dir, cache_dir, dry_run=dry_run)
        finally:
            place.close()
    except PublishError as error:
        raise click.ClickException(str(error)) from None


def _publish(place: Target, goal: Goal, site_dir: Path, cache: Path, *, dry_run: bool) -> None:
    from generator.publish.site import Site
    from generator.publish.targets import need_audience

    site = Site(site_dir, cache, packed=goal.compress and goal.kind != "zip")
    new = site.manifest()
    need_audience(goal, new.public, place.state())
    _warn(site, new)
    if dry_run:
        _show(place.plan(new))
        return
    done = place.publish(new, site.read)
    what = "öffentlich" if new.public else "interkommunal"
    if goal.kind == "zip":
        click.echo(f"Fertig: {count(len(done.puts), 'Datei', 'Dateien')} eingepackt ({what}): {_archive(place, new)}")  # fmt: skip
    elif done.steps:
        click.echo(f"Veröffentlicht ({what}): {_sums(done)}")
        if place.previous():
            click.echo("Zurück zum Stand davor: derselbe Aufruf mit --rollback")
    else:
        click.echo("Am Ziel ist schon alles so. Es gab nichts zu tun.")


def _warn(site: Site, new: Manifest) -> None:
    """What should not go online like this.  It may: perhaps this is a trial."""
    if blanks := site.blanks(new):
        number = count(sum(blanks.values()), "Angabe fehlt", "Angaben fehlen")
        pages = ", ".join(f"„{page}“ ({times})" for page, times in blanks.items())
        click.echo(
            f"Warnung: {number} noch, auf {pages}. Vor der Veröffentlichung bitte ausfüllen; die Stellen nennt: "
            "wissen check",
            err=True,
        )
    if new.public and not {"impressum.html", "impressum/index.html"} & new.files.keys():
        click.echo(
            "Warnung: Dieses öffentliche Wiki hat kein Impressum. Bitte „impressum.md“ bei den Einträgen "
            "anlegen.",
            err=True,
        )


def _archive(place: object, new: object) -> str:
    return str(place.file(new))  # type: ignore[attr-defined]


def _rollback(place: Target, goal: Goal) -> None:
    from generator.publish.targets import need_audience

    if before := place.previous():
        need_audience(goal, before.public, place.state(), "Der Stand davor")
    now, done = place.rollback()
    day = (
        f" vom {now.published[8:10]}.{now.published[5:7]}.{now.published[:4]}"
        if now.published
        else ""
    )
    click.echo(f"Gezeigt wird wieder der Stand{day}: {_sums(done)}")


def _sums(done: Plan) -> str:
    new = sum(step.new for step in done.puts)
    return f"{new} neu, {len(done.puts) - new} geändert, {len(done.deletions)} gelöscht."


def _show(todo: Plan) -> None:
    for step in todo.steps:
        sign = "-" if not step.entry else "+" if step.new else "~"
        click.echo(f"{sign} {step.path}")
    click.echo(f"Es würde: {_sums(todo)}" if todo.steps else "Es gäbe nichts zu tun.")


@contextmanager
def _progress(total: int, label: str) -> Iterator[Tell]:
    """click's bar, if there is a terminal to show it on."""
    if total and sys.stderr.isatty():
        with click.progressbar(length=total, label=label, file=sys.stderr, update_min_steps=max(1, total // 500)) as bar:  # fmt: skip
            yield bar.update
    else:
        yield lambda steps: None

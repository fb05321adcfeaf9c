"""`wissen`: the command line.  Commands only delegate; help and messages are German.

Exit codes: 0 no errors, 1 errors found, 2 the call itself cannot be used.
"""

from __future__ import annotations

import errno
import gc
import os
import re
import socket
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import (
    cache_option,
    cms_option,
    config_option,
    content_option,
    count,
    format_option,
    need_config,
    need_folder,
    public_option,
    stop_for,
)
from generator.german_click import LazyGroup, run
from generator.records.problems import Severity, has_errors
from generator.records.reports import REPORTS

if TYPE_CHECKING:
    from generator.building.shell import Shell
    from generator.checking import Checked
    from generator.exports.cms.bundle import Bundle

_COMMANDS = {
    "new": "new:new",
    "mitmachen": "evaluate:mitmachen",
    "beginnen": "evaluate:beginnen",
    "abschliessen": "evaluate:abschliessen",
    "export": "export_excel:export",
    "import": "import_:import_",
    "links": "links:links",
    "peers": "peers:peers",
    "publish": "publish:publish",
    "review": "review:review",
}


@click.group(
    cls=LazyGroup,
    later={name: f"generator.commands.{place}" for name, place in _COMMANDS.items()},
    epilog="Zum Anfang: „wissen serve“ zeigt das Wiki, „wissen find Termine online buchen“ sucht darin.",
)
@click.version_option(
    package_name="sil-wissensspeicher", message="%(prog)s %(version)s", help="Zeigt die Version."
)
def wissen() -> None:
    """SIL-Wissensspeicher: einmal geprüft, überall genutzt.

    Aus Markdown- und YAML-Dateien wird ein durchsuchbares Wiki.
    """


@wissen.command(short_help="Prüft alle Einträge und nennt, was zu tun ist.")
@content_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PFAD]…")
@format_option
def check(content: Path, paths: tuple[Path, ...], form: str) -> None:
    """Prüft alle Einträge und nennt jedes Problem mit Datei, Zeile und Spalte.

    Immer wird der ganze Ordner gelesen; mit PFAD werden nur die Probleme dieser Dateien oder Ordner
    gezeigt.
    """
    from generator import checking

    need_folder(content)
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"„{path}“ gibt es nicht. Bitte den Pfad prüfen.")
    problems = checking.check_content(content, checking.today()).problems
    if paths:
        wanted = _wanted(paths, content)
        problems = [p for p in problems if any(_is_below(p.path, w) for w in wanted)]
    click.echo(REPORTS[form](problems), nl=False)
    if form == "text":
        counts = {s: sum(p.severity is s for p in problems) for s in Severity}
        if problems:
            click.echo(
                f"{counts[Severity.ERROR]} Fehler, {count(counts[Severity.WARNING], 'Warnung', 'Warnungen')}, "
                f"{count(counts[Severity.HINT], 'Hinweis', 'Hinweise')}.",
                err=True,
            )
        else:
            click.echo("Alles in Ordnung.", err=True)
    sys.exit(1 if has_errors(problems) else 0)


@wissen.command()
@content_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    metavar="ORDNER",
    help="Ordner für das fertige Wiki.",
)
@config_option
@public_option
@cache_option
@click.option("--clean", is_flag=True, help="Alles neu bauen, ohne Zwischenergebnisse.")
@click.option(
    "--strict",
    is_flag=True,
    help="Danach alle Links, Anker und Bilder prüfen; bei Fehlern mit 1 enden.",
)
@click.option(
    "--offline",
    is_flag=True,
    help="Für Laufwerk und ZIP: Seiten heißen x.html und öffnen sich ohne Webserver.",
)
@cms_option
def build(
    content: Path,
    site_dir: Path,
    config_file: Path,
    public: bool,
    cache_dir: Path,
    clean: bool,
    strict: bool,
    offline: bool,
    with_cms: bool,
) -> None:
    """Baut das Wiki aus den Einträgen.

    Bei Fehlern in den Einträgen wird nichts geschrieben.
    """
    from generator.building.looking import begin as begin_looking

    need_folder(content)
    need_config(config_file)
    _need_own_folder(site_dir, content)
    if offline and with_cms:
        raise click.UsageError(
            "Die Redaktion braucht einen Webserver; „--offline“ und „--with-cms“ gehen nicht zusammen."
        )
    looking = None if clean or public else begin_looking(cache_dir, content, site_dir)

    from generator.building.build import BadContent, Build
    from generator.commands.links import said_of, site_problems
    from generator.exports.cms.bundle import NotMade, find_bundle
    from generator.records.tree import shown_path
    from generator.siteplan import BuildFailed

    try:
        editor = find_bundle(cache_dir) if with_cms else None
        report = Build(
            content,
            site_dir,
            config_file,
            partial(_render_shell, offline=offline, editor=editor),
            public,
            None if clean else cache_dir,
            cache_dir,
            lambda: click.echo(
                "Ein anderer Bau dieses Wikis läuft noch. Ich warte, bis er fertig ist."
            ),
            "offline" if offline else f"redaktion {editor.digest}" if editor else "",
            editor,
            looking=looking,
        ).run()
    except BadContent as error:
        stop_for(error.problems)
    except (BuildFailed, NotMade) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Fertig: {report.records} Einträge in {shown_path(site_dir)}")
    if editor:
        click.echo("Mit Redaktion: redaktion/ (nur mit Webserver)")
    if warnings := report.warnings:
        own = "" if content == Path("content") else f" --content {shown_path(content)}"
        click.echo(f"{count(warnings, 'Warnung', 'Warnungen')}; ansehen mit: wissen check{own}")
    if strict:
        problems = site_problems(site_dir, report.site_url)
        click.echo(REPORTS["text"](problems), nl=False)
        if problems:
            raise click.ClickException(said_of(problems))
        click.echo(said_of(problems))


@wissen.command(short_help="Zeigt das Wiki und baut es bei Änderungen neu.")
@content_option
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="ADRESSE",
    help="Adresse des Servers auf diesem Rechner.",
)
@config_option
@public_option
@cache_option
@cms_option
def serve(
    content: Path,
    address: str,
    config_file: Path,
    public: bool,
    cache_dir: Path,
    with_cms: bool,
) -> None:
    """Zeigt das Wiki im Browser und baut es bei jeder Änderung neu."""
    from generator import serving
    from generator.building.build import BadContent
    from generator.exports.cms.bundle import NotMade, find_bundle
    from generator.siteplan import BuildFailed

    need_folder(content)
    need_config(config_file)
    _need_free(address)
    click.echo(f"Das Wiki steht gleich unter http://{address}/ (Ende mit Strg+C).")
    try:
        editor = find_bundle(cache_dir) if with_cms else None
        serving.serve(config_file, content, address, cache_dir, public=public, editor=editor)
    except BadContent as error:
        stop_for(error.problems)
    except (BuildFailed, NotMade) as error:
        raise click.ClickException(str(error)) from None


@wissen.command(short_help="Sucht im Wiki: Hat das schon jemand geprüft?")
@content_option
@click.argument("need", nargs=-1, metavar="BEDARF …")
@click.option(
    "-n",
    "limit",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    metavar="ZAHL",
    help="Wie viele Treffer gezeigt werden.",
)
@public_option
def find(content: Path, need: tuple[str, ...], limit: int, public: bool) -> None:
    """Sucht nach einem Bedarf in eigenen Worten: Hat das schon jemand geprüft?

    Dieselbe Suche wie im Wiki. Ende mit 0, wenn es Treffer gibt, sonst mit 1.
    """
    from generator import checking
    from generator.catalogue.addresses import Addresses
    from generator.catalogue.likeness import alike_to_need, named_solutions
    from generator.search.finding import find as find_need
    from generator.search.finding import found_text
    from generator.search.knowledge import wiki_index
    from generator.search.reader import IndexReader

    need_folder(content)
    if not " ".join(need).strip():
        raise click.UsageError(
            "Bitte den Bedarf in Worten angeben, zum Beispiel: wissen find Termine online buchen"
        )
    checked = checking.check_content(content, checking.today(), public=public)
    broken = {p.path for p in checked.problems if p.severity is Severity.ERROR}
    if broken:
        click.echo(
            f"{count(len(broken), 'Datei', 'Dateien')} mit Fehlern; sie fehlen in der Suche. Näheres: wissen check",
            err=True,
        )
    index = wiki_index(content, checked.catalogue, Addresses())
    found = find_need(IndexReader(index.__getitem__), " ".join(need), limit)
    named = named_solutions(" ".join(need), [h.id for h in found.hits], checked.catalogue)
    alike = alike_to_need(" ".join(need), checked.catalogue, named)
    reasons = {like.id: like.why for like in alike}
    click.echo(found_text(found, " ".join(need), checked.catalogue.office, reasons), nl=False)
    sys.exit(0 if found.hits else 1)


def _wanted(paths: tuple[Path, ...], content: Path) -> list[str]:
    """The printed form of the paths to report; one outside the content is an unusable call."""
    from generator.records.tree import shown_path

    root = content.resolve()
    wanted = []
    for path in paths:
        target = path.resolve()
        if root.is_relative_to(target):
            target = root
        elif not target.is_relative_to(root):
            raise click.UsageError(f"„{path}“ liegt nicht im Ordner der Einträge ({content}).")
        wanted.append(shown_path(content / target.relative_to(root)))
    return wanted


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def _need_free(address: str) -> None:
    """Nothing else may answer at the address; better said before the wiki is built."""
    match = re.fullmatch(r"([\w.:-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", address)
    if not match or int(match[2]) > 65535:
        raise click.UsageError(f"„{address}“ ist keine Adresse. Schreibweise: 127.0.0.1:8000")
    host, port = match[1].strip("[]"), int(match[2])
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"Dort läuft schon etwas, vielleicht dieses Wiki. Anderer Anschluss: --address {match[1]}:{port + 1}",
            errno.EACCES: "Dieser Anschluss ist geschützt. Bitte eine Zahl über 1024 wählen.",
        }
        reason = reasons.get(error.errno or 0, "Diese Adresse gehört nicht zu diesem Rechner.")
        raise click.ClickException(
            f"Der Server kann unter {address} nicht starten. {reason}"
        ) from None


def _need_own_folder(site_dir: Path, content: Path) -> None:
    """The site folder is emptied before a build; never empty a folder that is not a site of ours."""
    target, source = site_dir.absolute(), content.absolute()
    if target == source or source.is_relative_to(target) or target.is_relative_to(source):
        raise click.UsageError(
            "Das fertige Wiki darf nicht in den Ordner der Einträge (oder darüber) geschrieben werden."
        )
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"„{site_dir}“ ist kein Ordner.")
    if (
        target.is_dir()
        and any(target.iterdir())
        and not (target / "api" / "v1" / "records.json").is_file()
    ):
        raise click.UsageError(
            f"Der Ordner „{site_dir}“ ist nicht leer und enthält kein Wiki. Er würde geleert: bitte einen anderen wählen."
        )


def _render_shell(
    config_file: Path,
    checked: Checked,
    folder: Path,
    *,
    offline: bool,
    editor: Bundle | None = None,
) -> Shell:
    """MkDocs takes a third of a second to load, and most edits do not need it."""
    from generator import plugin

    return plugin.render_shell(config_file, checked, folder, offline=offline, editor=editor)


def main() -> None:
    """Entry point of the command."""
    # To load a command makes many objects that stay; to look for cycles among them takes a sixth of its time.
    gc.set_threshold(200_000, 20, 20)
    # Nobody multiplies matrices here, and threads that numpy starts for it are in the way of forking.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        run(wissen)
    finally:
        gc.freeze()  # nothing needs to be looked through once more at the end

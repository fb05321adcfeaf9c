"""`wissen links`: dead sources elsewhere, and broken links within a finished site."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from generator.commands.options import (
    cache_option,
    content_option,
    count,
    format_option,
    need_folder,
)
from generator.german_click import GermanCommand
from generator.records.problems import Problem, Severity, has_errors
from generator.records.reports import REPORTS


@click.command(
    cls=GermanCommand, short_help="Prüft Quellen im Netz, oder die Links im fertigen Wiki."
)
@content_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    metavar="ORDNER",
    help="Stattdessen die Links, Anker und Bilder dieses fertigen Wikis prüfen, ohne Netz.",
)
@click.option(
    "--site-url",
    default="",
    metavar="ADRESSE",
    help="Adresse des fertigen Wikis, wenn in mkdocs.yml „site_url“ steht.",
)
@format_option
@click.option(
    "--max-age",
    type=click.FloatRange(0, 3650),
    default=7,
    show_default=True,
    metavar="TAGE",
    help="So lange gilt die letzte Antwort eines Servers; 0 fragt alle neu.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 120),
    default=10,
    show_default=True,
    metavar="SEKUNDEN",
    help="Wie lange auf einen Server gewartet wird.",
)
@click.option(
    "--allow-private", is_flag=True, help="Auch Adressen im eigenen Netz aufrufen (Intranet)."
)
@click.option("--strict", is_flag=True, help="Mit 1 enden, wenn Quellen tot sind.")
@cache_option
def links(
    content: Path, site_dir: Path | None, site_url: str, form: str, max_age: float, timeout: float,
    allow_private: bool, strict: bool, cache_dir: Path,
) -> None:  # fmt: skip
    """Prüft, ob die Quellen im Netz noch zu erreichen sind.

    Jeder Server wird höchstens einmal in der Sekunde gefragt; Antworten werden gemerkt. Tote Quellen
    sind Warnungen: Der Bau geht weiter.

    Mit --site-dir prüft der Befehl stattdessen das fertige Wiki: Jeder Link, jeder Anker und jedes Bild
    muss zu etwas führen. Das braucht kein Netz; bei Fehlern endet er mit 1.
    """
    if site_dir is not None:
        problems = site_problems(site_dir, site_url)
        click.echo(REPORTS[form](problems), nl=False)
        if form == "text":
            click.echo(said_of(problems), err=True)
        sys.exit(1 if has_errors(problems) else 0)
    need_folder(content)
    problems = _sources(content, cache_dir / "links.json", max_age, timeout, allow_private, form)
    click.echo(REPORTS[form](problems), nl=False)
    dead = sum(p.severity is Severity.WARNING for p in problems)
    if form == "text":
        hints = len(problems) - dead
        told = (
            f"{count(dead, 'tote Quelle', 'tote Quellen')}, {count(hints, 'Hinweis', 'Hinweise')}."
        )
        click.echo(told if problems else "Alle Quellen sind erreichbar.", err=True)
    sys.exit(1 if dead and strict else 0)


def site_problems(site_dir: Path, site_url: str = "") -> list[Problem]:
    """What is wrong with the links of a finished site."""
    from generator.linkcheck.site import check_site
    from generator.records.tree import shown_path

    if not (site_dir / "index.html").is_file():
        raise click.UsageError(
            f"In „{site_dir}“ liegt kein fertiges Wiki. Es entsteht mit: wissen build --site-dir {site_dir}"
        )
    return check_site(site_dir, shown_path(site_dir), site_url)


def said_of(problems: list[Problem]) -> str:
    """The result of a check of the site in one line."""
    return (
        f"{count(len(problems), 'Link führt', 'Links führen')} im Wiki ins Leere."
        if problems
        else "Alle Links, Anker und Bilder im Wiki führen zum Ziel."
    )


def _sources(
    content: Path, file: Path, max_age: float, timeout: float, private: bool, form: str
) -> list[Problem]:
    from generator.linkcheck import sources
    from generator.network import Web

    places = sources.mentions(content)
    memory, now = sources.Memory(file), time.time()
    urls = dict.fromkeys(place.url for place in places)
    known = {url: f for url in urls if (f := memory.fresh(url, now, max_age)) is not None}
    asked = [url for url in urls if url not in known]
    quiet = form != "text"
    if asked and not quiet:
        rest = f", {len(known)} sind noch frisch" if known else ""
        click.echo(
            f"{count(len(asked), 'Adresse wird', 'Adressen werden')} geprüft{rest} …", err=True
        )
    show = sys.stderr.isatty() and not quiet
    with click.progressbar(
        length=len(asked), label="Geprüft", file=sys.stderr if show else None, hidden=not show
    ) as bar:
        web = Web(private=private, timeout=timeout)
        found = sources.check_addresses(asked, web, lambda _: bar.update(1))
    if found:
        memory.keep(found, now)
    return sources.problems_of(places, {**known, **found})

"""`wissen export server`: the configuration of the web server that shows the wiki."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.commands.options import config_option
from generator.german_click import GermanCommand


@click.command(cls=GermanCommand, short_help="Einstellungen für den Webserver: nginx, apache, iis.")
@click.argument("kind", type=click.Choice(["nginx", "apache", "iis"]), metavar="nginx|apache|iis")
@click.option("--path", metavar="PFAD", help="Pfad des Wikis auf dem Server, etwa /wiki/.  [sonst: der aus site_url, sonst /]")  # fmt: skip
@click.option("--root", default="/srv/wiki/aktuell", show_default=True, metavar="ORDNER", help="Ordner des Wikis auf dem Server.")  # fmt: skip
@click.option("--frame-ancestors", default="'self'", show_default=True, metavar="QUELLEN", help="Wer die Seiten in einem Rahmen zeigen darf: 'none', 'self' oder Adressen.")  # fmt: skip
@click.option("--brotli", is_flag=True, help="nginx: Das Modul für Brotli ist da (brotli_static).")
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True, metavar="ORDNER", help="Ordner mit dem fertigen Wiki.")  # fmt: skip
@config_option
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="DATEI", help="Wohin geschrieben wird; sonst auf den Bildschirm.")  # fmt: skip
def server(
    kind: str, path: str | None, root: str, frame_ancestors: str, brotli: bool, site_dir: Path,
    config_file: Path, target: Path | None,
) -> None:  # fmt: skip
    """Schreibt fertige Einstellungen für den Webserver, passend zu diesem Wiki.

    Sie enthalten Sicherheitskopfzeilen (Content-Security-Policy ohne Ausnahmen), Dateitypen, Regeln für
    den Zwischenspeicher, gepackte Dateien, die Fehlerseite und den Pfad. Nach einem Wechsel von Material
    oder des Pfades neu erzeugen.
    """
    from generator.publish.problems import PublishError
    from generator.publish.servers import SERVERS, Served
    from generator.publish.settings import setting

    try:
        site_url = str(setting(config_file, "site_url") or "")
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    path = _path(path if path is not None else re.sub(r"^[a-z+]+://[^/]*", "", site_url) or "/")
    for name, value in (("--root", root), ("--frame-ancestors", frame_ancestors)):
        if re.search(r"[\"\n\r;{}<>$]", value):
            raise click.UsageError(f"„{value}“ passt nicht für „{name}“: unerlaubtes Zeichen.")
    served = Served(path, root, frame_ancestors, _scripts(site_dir), brotli, _editor(site_dir))
    text = SERVERS[kind](served)
    if target is None:
        click.echo(text, nl=False)
    else:
        try:
            target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"„{target}“ lässt sich nicht schreiben: {error.strerror}.") from None  # fmt: skip
        click.echo(f"Fertig: {target}")
    _warn(site_dir, path, kind)


def _path(path: str) -> str:
    path = f"/{path.strip('/')}/" if path.strip("/") else "/"
    if not re.fullmatch(r"[\w/.~-]+", path) or "//" in path or "/../" in path:
        raise click.UsageError(f"„{path}“ ist kein Pfad. Schreibweise: /wiki/")
    return path


def _scripts(site_dir: Path) -> tuple[str, ...]:
    """Scripts that stand in pages: in static pages, if anywhere.  The others come from frames."""
    from generator.pages.policy import inline_scripts

    found: set[str] = set()
    for page in site_dir.rglob("*.html"):
        text = page.read_text(encoding="utf-8", errors="replace")
        if "'sha256-" in text[:2000]:
            found.update(inline_scripts(text))
    return tuple(sorted(found))


def _editor(site_dir: Path) -> str:
    """The policy of the page redaktion/, which says itself whom it may talk to; "" without one."""
    from generator.pages.policy import policy_of

    page = site_dir / "redaktion" / "index.html"
    return policy_of(page.read_text(encoding="utf-8")) if page.is_file() else ""


def _warn(site_dir: Path, path: str, kind: str) -> None:
    page = site_dir / "404.html"
    if not page.is_file():
        click.echo(f"Hinweis: In „{site_dir}“ liegt kein fertiges Wiki; geprüft ist der Pfad also nicht.", err=True)  # fmt: skip
    elif f'href="{path}assets/' not in page.read_text(encoding="utf-8"):
        click.echo(
            f"Hinweis: Die Fehlerseite dieses Wikis sucht ihre Dateien nicht unter „{path}“. Bitte in mkdocs.yml "
            f"„site_url: https://…{path}“ setzen und neu bauen.",
            err=True,
        )

"""`wissen serve`: build, show in the browser, and build again what an edit changes.

The pages are shown as soon as they are there; the files about all records and the search follow.
With an error in the content, a template or the settings the last good pages stay.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator import plugin
from generator.building.build import BadContent, Build
from generator.building.place import store_path
from generator.exports.cms.bundle import Bundle
from generator.german_mkdocs import failure, speak_german
from generator.records.problems import Severity
from generator.siteplan import BuildFailed

log = logging.getLogger("mkdocs.plugins.wissensspeicher")
_STAYS = "Gezeigt wird weiter der letzte fehlerfreie Stand."


def serve(
    config_file: Path,
    content: Path,
    address: str,
    cache: Path,
    *,
    public: bool,
    editor: Bundle | None = None,
) -> None:
    """Serve until interrupted.  Raises `BadContent` or `BuildFailed` if even the first build fails."""
    speak_german()
    name = store_path(cache, content, Path("oeffentlich" if public else "intern")).stem
    site = (cache / "vorschau" / name).absolute()
    build = Build(
        content,
        site,
        config_file,
        partial(plugin.render_shell, editor=editor),
        public,
        cache,
        cache,
        variant=f"redaktion {editor.digest}" if editor else "",
        editor=editor,
    )
    report = build.run()
    log.info("Das Wiki ist gebaut: %d Einträge.", report.records)

    def rebuild(shown: Callable[[], None]) -> None:
        build.shown = shown
        try:
            done = build.run()
        except BadContent as error:
            for problem in error.problems:
                if problem.severity is Severity.ERROR:
                    log.error("%s", problem)
            log.error(_STAYS)
        except BuildFailed as error:
            log.error("%s", error)
            log.error(_STAYS)
        except Exception as error:  # a template that somebody is working on
            log.error("Der Neubau ist gescheitert. %s", failure(error))
            log.error("Einzelne Seiten zeigen noch den alten Stand.")
        else:
            log.info("Neu gebaut: %d Seiten.", done.pages)

    theme = config_file.absolute().parent / "theme"
    places = [content.absolute(), config_file.absolute(), *([theme] if theme.is_dir() else [])]
    plugin.serve_site(address, site, places, rebuild)

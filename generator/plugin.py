"""The MkDocs shell: the only module that knows MkDocs.  Its hooks only delegate.

MkDocs and Material make the frame (head, header, navigation, footer) and the static pages.  The frame
is rendered once per kind of page with placeholders; the pages of the catalogue are put into it.  So a
record costs its own content only, and the navigation stays small however many records there are.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import base, load_config
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)
from watchdog.observers import Observer

from generator import checking, siteplan
from generator.building.run import Run
from generator.building.shell import Shell
from generator.building.store import Store
from generator.building.workshop import Workshop
from generator.catalogue.links import with_links
from generator.exports.cms.bundle import Bundle
from generator.exports.cms.page import invitation
from generator.german_mkdocs import failure
from generator.pages import frames
from generator.pages.frames import Frames, needed
from generator.pages.markdown import sanitise_html
from generator.pages.page import PagePlan
from generator.pages.policy import sealed
from generator.pages.site import MITMACHEN
from generator.records.files import page_fields, read_page
from generator.records.problems import Severity, has_errors
from generator.search.knowledge import knowledge

log = logging.getLogger("mkdocs.plugins.wissensspeicher")
HARMLESS = ("material/search", "search", "material/offline", "offline")  # read nothing of their own


class PluginConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    public = c.Type(bool, default=False)


class WissensspeicherPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Builds the wiki from the records in `docs_dir`."""

    prepared: checking.Checked | None = None  # content that `wissen build` has checked already
    frames_only = False  # `wissen build` makes the pages itself
    editor: Bundle | None = None  # the CMS at redaktion/, if it is wanted
    frames: Frames
    site: siteplan.Site
    files: Files
    nav: Navigation
    environment: Any
    fields: dict[str, dict[str, str]]  # front matter of the static pages

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep the instance between rebuilds of `serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the content; errors end the run before anything is written."""
        checked = self.prepared or checking.check_content(
            Path(config.docs_dir), checking.today(), public=self.config.public
        )
        for problem in () if self.frames_only else checked.problems:
            level = {
                Severity.ERROR: logging.ERROR,
                Severity.WARNING: logging.INFO,
                Severity.HINT: logging.DEBUG,
            }
            log.log(level[problem.severity], "%s", problem)
        if has_errors(checked.problems):
            raise PluginError(
                "Der Bau wurde nicht begonnen: Bitte zuerst die Fehler beheben. Das alte Wiki bleibt stehen."
            )
        self.fields = {}
        self.site = siteplan.Site(checked, config.use_directory_urls, self.editor)
        settings = self.site.settings
        # MkDocs' templates do not escape; `Markup` is not escaped twice by those of ours that do.
        config.site_name = escape(settings.titel or config.site_name)
        config.extra["untertitel"] = escape(
            settings.untertitel or config.extra.get("untertitel", "")
        )
        config.extra["beispieldaten"] = escape(settings.beispieldaten or "")
        config.extra["rechtliches"] = [
            p.removesuffix(".md") for p in siteplan.LEGAL if p in self.site.static_pages
        ]
        config.extra["stand"] = f"{checking.today():%d.%m.%Y}"
        config.extra["homepage"] = "./" if config.use_directory_urls else "index.html"
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Of the content folder only checked static pages and pictures are MkDocs' concern."""
        wanted = {*self.site.static_pages, *self.site.catalogue.assets}
        for file in list(files):
            own = file.abs_src_path and Path(file.abs_src_path).is_relative_to(
                Path(config.docs_dir).absolute()
            )
            if own and file.src_uri not in wanted:
                files.remove(file)
        self.files = files
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The areas of the wiki, then the static pages that have a place in the navigation."""
        items: list[Any] = [
            Link(str(escape(title)), self.site.addresses.public(path) or "./")
            for title, path in self.site.areas()
        ]
        by_source = {p.file.src_uri: p for p in nav.pages}
        items += [by_source[s] for s in self.site.navigation_pages if s in by_source]
        self.nav = Navigation(items, nav.pages)
        return self.nav

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Our own reader takes the front matter off, within its limits; MkDocs sees none."""
        source = read_page(Path(str(page.file.abs_src_path)), page.file.src_uri)
        self.fields[page.file.src_uri] = {k: escape(v) for k, v in page_fields(source).items()}
        return f"\n{source.body}"

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        source = page.file.src_uri
        page.meta.update(self.fields[source])
        for href in self.site.dead_links(source, markdown):
            log.warning("%s: Der Link „%s“ führt zu keiner Seite dieses Wikis.", source, href)
        return with_links(markdown, lambda href: self.site.link_from_static_page(source, href))

    @event_priority(-100)
    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Static pages come from pull requests too: sanitised, and the title is plain text."""
        page.title = escape(unescape(re.sub(r"<[^>]*>", "", str(page.title or ""))))
        _clean_toc(page.toc)
        invited = self.site.editor and page.file.src_uri == MITMACHEN
        return sanitise_html(html) + (str(invitation("../")) if invited else "")

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Every page says itself what it may load; the frames come by here too."""
        return sealed(output)

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return sealed(output) if template_name.endswith(".html") else output

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        self.environment = env
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Everything that comes from the catalogue, or only the frames for who asked for them."""
        for name in ("sitemap.xml", "sitemap.xml.gz"):  # MkDocs' own know no generated page
            (Path(config.site_dir) / name).unlink(missing_ok=True)
        plans = needed(self.site.plans.values(), self.site.addresses)
        parts = {key: self._frame(plan, config) for key, plan in plans.items()}
        self.frames = Frames(parts, self.site.addresses, config.site_url or "")
        if not self.frames_only:
            checked = self.site.checked
            words = knowledge(checked.tree.root, checked.catalogue)
            workshop = Workshop(self.site, Path(_templates(config)), self.frames, words)
            run = Run(Store(None), Path(config.site_dir), workshop, inherit=True, fresh=True)
            run.pages(list(self.site.plans))
            run.collect()
            log.info("Das Wiki ist gebaut: %d Einträge.", len(self.site.catalogue.records))

    def _frame(self, plan: PagePlan, config: MkDocsConfig) -> list[str]:
        """Material's page with placeholders, cut at them."""
        address = self.site.addresses.public(plan.path)
        file = File(address, config.docs_dir, config.site_dir, use_directory_urls=False)
        file.url = address or "./"
        shell = MkDocsPage(None, file, config)
        shell.meta = {
            "wissen": plan.kind,
            "bereich": self.site.addresses.public(plan.area) or "./",
            "description": frames.TEXT,
        }
        if plan.path:  # the start page is called like the site
            shell.meta["title"] = frames.TITLE
        shell.content = frames.BODY
        shell.title = frames.TITLE if plan.path else ""
        shell.canonical_url = frames.ADDRESS if config.site_url else None
        context = mkdocs_build.get_context(self.nav, self.files, config, shell)
        output = self.environment.get_template("main.html").render(context)
        return frames.cut(config.plugins.on_post_page(output, page=shell, config=config))

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild when a template or style of the theme changes; with errors the old pages stay."""
        for folder in config.theme.dirs[:1]:
            server.watch(folder)
        build = server.builder

        def rebuild() -> None:
            try:
                build()
            except Abort:  # said already; MkDocs would let the browser wait until all is mended
                log.error("Gezeigt wird weiter der letzte fehlerfreie Stand.")
            except ConfigurationError as error:
                log.error("Die Einstellungen sind so nicht lesbar: %s", failure(error))
                log.error("Gezeigt wird weiter der letzte fehlerfreie Stand.")
            except Exception as error:
                log.error("Der Neubau ist gescheitert. %s", failure(error))
                log.error("Bis das behoben ist, fehlen Seiten.")

        server.builder = rebuild
        return server


def _clean_toc(items: Any) -> None:
    for item in items:
        item.title = str(
            escape(
                re.sub(r"<[^>]*>", "", item.title)
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
            )
        )
        _clean_toc(item.children)


def _templates(config: MkDocsConfig) -> Path:
    """The folder with the content templates: the first `wissen/` in the theme's folders."""
    for folder in config.theme.dirs:
        if (Path(folder) / "wissen").is_dir():
            return Path(folder) / "wissen"
    raise PluginError(
        "Im Theme fehlt der Ordner „wissen“ mit den Vorlagen. Ist „custom_dir: theme“ gesetzt?"
    )


def render_shell(
    config_file: Path,
    checked: checking.Checked,
    folder: Path,
    *,
    offline: bool = False,
    editor: Bundle | None = None,
) -> Shell:
    """Let MkDocs make static pages, assets and frames below `folder`, which is emptied before."""
    more: dict[str, Any] = {"use_directory_urls": False} if offline else {}
    try:
        config = load_config(
            str(config_file),
            docs_dir=str(checked.tree.root.absolute()),
            site_dir=str(folder.absolute()),
            **more,
        )
        plugin = config.plugins.get("wissensspeicher")
        if not isinstance(plugin, WissensspeicherPlugin):
            raise siteplan.BuildFailed(
                f"In {config_file} fehlt unter „plugins“ der Eintrag „wissensspeicher“."
            )
        if checked.public or not plugin.config.public:  # never publish more than mkdocs.yml allows
            plugin.prepared = checked
        plugin.frames_only = True
        plugin.editor = editor
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise siteplan.BuildFailed(str(error)) from None
    others = set(config.plugins) - {"wissensspeicher", *HARMLESS}
    inherits = re.search(r"^INHERIT:|!ENV", config_file.read_text(encoding="utf-8"), re.M)
    return Shell(
        plugin.site,
        plugin.frames,
        Path(_templates(config)),
        (config_file, *(Path(d) for d in config.theme.dirs[:1]), *(Path(h) for h in config.hooks)),
        predictable=not others and not inherits and not plugin.config.public,
    )


_SETTLED = 0.05
"""Seconds without a further change after which an edit counts as saved."""


class _Observer(Observer):  # type: ignore[misc, valid-type]
    """Asks the system for changes; MkDocs' own looks at every file, again and again.

    That a file was opened, by our own build say, is no reason to build.
    """

    def schedule(self, handler: Any, path: str, *, recursive: bool = False, **more: Any) -> Any:
        edits = [FileCreatedEvent, FileModifiedEvent, FileDeletedEvent, FileMovedEvent]
        return super().schedule(handler, path, recursive=recursive, event_filter=edits, **more)


class _Server(LiveReloadServer):
    """Shows pages before the whole site is done; MkDocs' own answers nobody until then."""

    build_delay: float

    def show(self) -> None:
        """Answer again, and reload the page in the browser."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()


def serve_site(
    address: str, site: Path, watched: Iterable[Path], rebuild: Callable[[Callable[[], None]], None]
) -> None:
    """Serve a built site and call `rebuild` when a watched file or folder changes, then reload the page.

    `rebuild` gets a function to call as soon as the pages are there.
    """
    host, _, port = address.rpartition(":")
    server: Any = _Server(lambda: rebuild(server.show), host.strip("[]"), int(port), str(site))
    server.observer = _Observer()
    server.build_delay = _SETTLED
    for place in watched:
        server.watch(str(place))

    def missing(code: int) -> bytes | None:
        page = site / "404.html"
        return page.read_bytes() if code == 404 and page.is_file() else None

    server.error_handler = missing
    try:
        server.serve(open_in_browser=False)
    except KeyboardInterrupt:
        pass
    except OSError as error:
        raise siteplan.BuildFailed(
            f"Der Server kann unter {address} nicht starten. {failure(error)}"
        ) from None
    finally:
        server.shutdown()

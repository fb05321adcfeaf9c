"""Our own Jinja environment: autoescaping, strict, with German filters and safe links.

Templates live in the theme (`theme/wissen/`), so that a county can change them.  A `Renderer` renders
one page at a time and knows where that page is, so every link in it is relative.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.links import resolve
from generator.catalogue.validity import Validity, is_judged, told
from generator.pages.compiling import Compiled, Environment, wants_context
from generator.pages.compiling import escape as escaped
from generator.pages.markdown import render_markdown
from generator.pages.repository import edit_prefix, report_prefix
from generator.records.common import Record
from generator.records.german import german_date, german_number, shortened
from generator.records.sizes import size_words
from generator.records.types import TYPES
from generator.records.value_rules import slug
from generator.records.vocabulary import VOCABULARIES

# How much of a record's own lists its page shows at length, and by name.
ROWS, NAMES = 10, 40


class Renderer:
    """Templates bound to one catalogue.  `place` is the page being rendered (not thread-safe)."""

    def __init__(self, templates: Path, catalogue: Catalogue, addresses: Addresses) -> None:
        self.catalogue = catalogue
        self.addresses = addresses
        self.place = ""
        self.environment = Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=Compiled(),
            auto_reload=False,  # another template leads to another build
        )
        self.environment.policies["json.dumps_kwargs"] = {
            "ensure_ascii": False, "separators": (",", ":"), "sort_keys": True,
        }  # fmt: skip
        self.environment.filters.update(
            datum=german_date,
            zeit=time_tag,
            zahl=german_number,
            euro=euro_range,
            slug=slug,
            frage=_query,
            pfad=quote,
            kurz=shortened,
        )
        self.environment.globals.update(
            href=self.href,
            link=self.link,
            markdown=self.markdown,
            eintrag=catalogue.get,
            name=catalogue.name,
            gueltigkeit=catalogue.validity,
            gueltigkeitswort=told,
            frist=_deadline,
            wort=_label,
            groessen=size_words,
            typen=TYPES,
            vokabular=VOCABULARIES,
            kategorien=catalogue.categories,
            heute=catalogue.today,
            wiki=catalogue.settings,
            kontaktseite=catalogue.contact_page,
            bearbeiten=edit_prefix(catalogue.settings),
            melden=report_prefix(catalogue.settings),
            ZEILEN=ROWS,
            NAMEN=NAMES,
        )
        assert not any(map(wants_context, self.environment.globals.values()))

    def render(self, place: str, template: str, context: Mapping[str, Any]) -> str:
        """The HTML of one page's content area."""
        self.place = place
        try:
            return self.environment.get_template(template).render(context)
        except Exception as error:
            tell_place(error)
            raise

    def href(self, target: str) -> str:
        """A link from the current page to another page (path in directory form) or file."""
        return self.addresses.href(self.place, target)

    def link(self, ident: str) -> Markup:
        """A link to a record with its title as text; plain text if there is no such record."""
        record = self.catalogue.get(ident)
        if record is None:
            return escape(ident)
        href, title = escaped(self.href(record.page_url)), escaped(record.titel)
        return Markup(f'<a href="{href}">{title}</a>')

    def markdown(self, text: str | None, record: Record) -> Markup:
        """A Markdown field of a record as safe HTML."""
        return (
            render_markdown(text, lambda href: self._resolve(record, href)) if text else Markup("")
        )

    def _resolve(self, record: Record, href: str) -> str | None:
        target = resolve(self.catalogue, record.datei, href)
        if target is None:
            return None
        return target.href or self.href(target.path + target.anchor)


@lru_cache(maxsize=1 << 12)
def time_tag(value: date | str | None) -> Markup:
    """A date as `<time>`."""
    if value is None:
        return Markup("")
    return Markup(f'<time datetime="{escape(str(value))}">{escape(german_date(value))}</time>')


def euro_range(value: Any) -> str:
    """A range of amounts: "1.000 bis 2.000 €" or "1.000 €"."""
    if value.von == value.bis:
        return f"{german_number(value.von)} €"
    return f"{german_number(value.von)} bis {german_number(value.bis)} €"


def _deadline(record: Record, judged: Validity) -> dict[str, Any]:
    """What a browser needs to keep a validity up to date: attributes of its mark."""
    attributes: dict[str, Any] = {"data-bis": judged.until.isoformat()}
    if not is_judged(record):
        attributes["data-angaben"] = ""
    return attributes


def tell_place(error: Any) -> None:
    """In which template and line: the traceback is lost on the way from another process."""
    if getattr(error, "lineno", None) is None:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.endswith(".html"):
                error.filename, error.lineno = frame.filename, frame.lineno
                break


def _query(text: str) -> str:
    return quote(text, safe="")


@cache
def _label(vocabulary: str, value: str) -> str:
    return VOCABULARIES[vocabulary].label(value)

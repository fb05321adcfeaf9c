"""The files of a site that are made from the catalogue and are no pages: feeds, calendars, tables.

Each is a job like a page (`building/workshop.py`): made again when a fact that it read has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.subscriptions import subscriptions
from generator.exports import description
from generator.exports.api import ROOT, schema_files
from generator.exports.calendars import calendar_files
from generator.exports.cms.bundle import Bundle
from generator.exports.cms.page import editor_files
from generator.exports.feeds import feed_files
from generator.exports.form_data import CATALOGUES, catalogue_files, form_files
from generator.pages.form_page import FIELDS
from generator.pages.page import FilePlan


def site_files(
    catalogue: Catalogue,
    addresses: Addresses,
    *,
    public: bool = False,
    editor: Bundle | None = None,
) -> Iterator[FilePlan]:
    """Every file that stands for itself.  Those of a page come with the page (`Page.files`)."""
    if editor:
        yield from editor_files(catalogue, editor)
    yield FilePlan(f"{ROOT}schema", lambda _: dict(schema_files()))
    yield FilePlan(description.OPENSEARCH, partial(description.opensearch, catalogue, addresses))
    yield FilePlan(description.LLMS, partial(description.llms, catalogue, addresses))
    yield FilePlan(description.DCAT, partial(description.dcat, catalogue, addresses, public=public))
    yield FilePlan(FIELDS, lambda _: form_files(catalogue))
    yield FilePlan(CATALOGUES, lambda _: catalogue_files(catalogue))
    for one in subscriptions(catalogue):
        yield FilePlan(one.feed, partial(feed_files, one, catalogue, addresses))
        yield FilePlan(one.calendar, partial(calendar_files, one, catalogue, addresses))

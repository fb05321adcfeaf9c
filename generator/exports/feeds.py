"""Atom feeds and a JSON Feed: what is new or changed, newest first.

Nothing of the time of the build stands in them: `updated` is the newest `stand`.  Addresses are absolute
if the site knows where it lives; else they are relative to the feed, as RFC 4287 allows, and readers
resolve them against the address that the feed came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from markupsafe import Markup, escape

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.catalogue.subscriptions import Subscription, news, title_of
from generator.exports.api import dump
from generator.exports.identity import stable_name
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.german import german_date
from generator.records.project_types import Projekt
from generator.records.vocabulary import PROJEKTSTATUS, PRUEFSTATUS, VERDIKT

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# (path of the feed, path of a page or file) → its address as it stands in the feed
Address: TypeAlias = Callable[[str, str], str]
NEVER = date(1970, 1, 1)  # of a feed in which nothing stands yet


@dataclass(frozen=True, slots=True)
class Item:
    """A record as feeds tell it."""

    name: str
    title: str
    summary: str
    kind: str
    publisher: str
    updated: str
    path: str


def feed_files(
    subscription: Subscription, catalogue: Catalogue, addresses: Addresses, site_url: str
) -> dict[str, str | bytes]:
    """The feed of a subscription; of everything in both formats."""
    title = title_of(catalogue, subscription)
    wiki = catalogue.settings.titel or "SIL-Wissensspeicher"
    title = f"{wiki}: {title}" if subscription.key else wiki
    items = [_item(record, catalogue) for record in news(catalogue, subscription)]
    name = stable_name(catalogue.settings, "feed", subscription.slug)

    def address(source: str, path: str) -> str:
        return f"{site_url}{addresses.public(path)}" if site_url else addresses.href(source, path)

    atom = _atom(name, title, items, subscription, catalogue.settings.herausgeber or wiki, address)
    files: dict[str, str | bytes] = {subscription.feed: atom}
    if not subscription.key:
        files[subscription.json_feed] = _json_feed(title, items, subscription, site_url, address)
    return files


def _item(record: Record, catalogue: Catalogue) -> Item:
    return Item(
        name=f"urn:uuid:{stable_name(catalogue.settings, record.id)}",
        title=record.titel,
        summary=f"{record.einzahl}{_state(record)}. {record.kurzfassung}",
        kind=record.einzahl,
        publisher=catalogue.name(record.herausgeber),
        updated=_moment(record.stand),
        path=record.page_url,
    )


def _state(record: Record) -> str:
    """How a record stands, in words that no passing day makes wrong."""
    if isinstance(record, Bewertung):
        if record.verdikt is None:
            return f": {PRUEFSTATUS.label(record.pruefstatus)}"
        until = f", gilt bis {german_date(record.gueltig_bis)}" if record.gueltig_bis else ""
        return f": {VERDIKT.label(record.verdikt)}{until}"
    if isinstance(record, Projekt):
        return f": {PROJEKTSTATUS.label(record.projektstatus)}"
    return ""


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _updated(items: Iterable[Item]) -> str:
    return max((item.updated for item in items), default=_moment(NEVER))


def _xml(text: str) -> Markup:
    return escape(_NOT_XML.sub("", text))


def _atom(name: str, title: str, items: list[Item], subscription: Subscription, author: str,
          address: Address) -> str:  # fmt: skip
    """RFC 4287."""
    own = subscription.feed
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">',
        f"<id>urn:uuid:{name}</id>",
        f"<title>{_xml(title)}</title>",
        f"<updated>{_updated(items)}</updated>",
        f"<author><name>{_xml(author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_xml(address(own, own))}"/>',
        f'<link rel="alternate" type="text/html" href="{_xml(address(own, subscription.page))}"/>',
    ]
    for item in items:
        lines += [
            "<entry>",
            f"<id>{item.name}</id>",
            f"<title>{_xml(item.title)}</title>",
            f"<updated>{item.updated}</updated>",
            f'<link rel="alternate" type="text/html" href="{_xml(address(own, item.path))}"/>',
            f"<author><name>{_xml(item.publisher)}</name></author>",
            f'<category term="{_xml(item.kind)}"/>',
            f'<summary type="text">{_xml(item.summary)}</summary>',
            "</entry>",
        ]
    return "\n".join((*lines, "</feed>", ""))


def _json_feed(title: str, items: list[Item], subscription: Subscription, site_url: str,
               address: Address) -> str:  # fmt: skip
    """https://jsonfeed.org/version/1.1"""
    own = subscription.json_feed
    here = {"home_page_url": address(own, ""), "feed_url": address(own, own)} if site_url else {}
    return dump(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "language": "de",
            **here,
            "items": [
                {
                    "id": item.name,
                    "url": address(own, item.path),
                    "title": item.title,
                    "content_text": item.summary,
                    "date_modified": item.updated,
                    "authors": [{"name": item.publisher}],
                    "tags": [item.kind],
                }
                for item in items
            ],
        }
    )

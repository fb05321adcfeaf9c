"""Names of entries for feed readers and calendars that stay the same for ever, wherever the site lives.

A name is a UUID made of the publisher of the wiki and the id of the record, not of the site's address:
a wiki that moves, or that learns its address later, does not show everything as new.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from generator.records.settings import Wiki


def stable_name(settings: Wiki, *what: str) -> str:
    """A UUID for something in the wiki with these settings."""
    wiki = settings.herausgeber or settings.titel or ""
    return str(uuid5(NAMESPACE_URL, "\0".join(("wissensspeicher", wiki, *what))))

"""`sitemap.xml` and the pages that lead from former ids to today's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.pages.policy import sealed
from generator.records.common import Record


def sitemap(site_url: str, paths: Iterable[str], addresses: Addresses, day: str) -> str:
    """A sitemap of all pages; search engines and link checkers read it."""
    base = site_url.rstrip("/") + "/"
    rows = "".join(
        f"<url><loc>{escape(base + addresses.public(p))}</loc><lastmod>{day}</lastmod></url>\n"
        for p in sorted(paths)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


def redirects(
    record: Record, catalogue: Catalogue, addresses: Addresses
) -> Iterator[tuple[str, str]]:
    """(file, HTML) for every former id of a record: works on any web server and from a file share."""
    for old in record.frueher:
        if catalogue.rows("name", old)[0][1] != record.id:
            continue
        path = f"{record.ordner}/{old}/"
        target = addresses.href(path, record.page_url)
        title = escape(record.titel)
        yield (
            addresses.file(path),
            sealed(
                f'<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>{title}</title>'
                f'<meta name="robots" content="noindex"><link rel="canonical" href="{target}">'
                f'<meta http-equiv="refresh" content="0; url={target}"></head>'
                f'<body><p>Dieser Eintrag ist umgezogen: <a href="{target}">{title}</a></p></body></html>\n'
            ),
        )

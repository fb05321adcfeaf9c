"""What a page says on paper: it is printed as from the menu of the browser, which waits for nothing."""

from __future__ import annotations

import io

from playwright.sync_api import Page
from pypdf import PdfReader


def sheets(page: Page) -> list[str]:
    """The text of every sheet, with plain spaces."""
    pdf = page.pdf(prefer_css_page_size=True)
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def printed(page: Page) -> str:
    return " ".join(sheets(page))

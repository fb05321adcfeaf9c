"""Pages for the records of other wikis: read-only, with a banner that says whose they are, and bounded in
size whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.peers import ALL, SHOWN, Guest, guest_path
from generator.catalogue.words import words_of
from generator.pages.markdown import render_markdown
from generator.pages.page import Page, PagePlan
from generator.records.types import TYPES

PARTNER = "partner"  # the kind of the pages of records
OVERVIEW = "partner/"
AREA = "suche/"
CRUMBS = (("Start", ""), ("Einträge anderer Wikis", OVERVIEW))
# Bytes of HTML: what all fields and what the text may take on a page.
FIELDS, TEXT, VALUE = 6_000, 6_000, 1_200
NEWEST = 10
_TOLD = frozenset(
    {"typ", "titel", "kurzfassung", "status", "stand", "herausgeber", "verantwortlich", "kontakt"}
    | {"vertraulichkeit", "lizenz", "intern", "quellen", "handlungsfeld", "verdikt", "pruefstatus"}
    | {"gueltig_bis", "naechste_pruefung", "frueher", "bezug", "text", "kriterien", "doppelt_weil"}
    | {"auch_gesucht_als", "verdikt_begruendung"}
)


def partner_pages(catalogue: Catalogue) -> Iterator[PagePlan]:
    """An overview, and a page for each record."""
    if not catalogue.partners.audience():
        return
    yield PagePlan(OVERVIEW, "partner-liste", AREA, lambda: overview(catalogue))
    for _, name, _ in catalogue.rows(ALL):
        yield PagePlan(guest_path(name), PARTNER, AREA, partial(partner_page, name, catalogue))


def overview(catalogue: Catalogue) -> Page:
    """Whose records are shown here, how old they are, and under which licence."""
    peers = []
    for peer in catalogue.partners.audience():
        export, own = catalogue.partners.opened(peer)
        kinds = [(TYPES[t], own.count("art", t)) for t in SHOWN]
        newest = [g for g in catalogue.partners.guests() if g.peer == peer]
        newest.sort(key=lambda g: (g.record.stand, g.record.id), reverse=True)
        peers.append((peer, export, [k for k in kinds if k[1]], newest[:NEWEST], len(newest)))
    return Page(
        path=OVERVIEW,
        kind="partner-liste",
        area=AREA,
        title="Einträge anderer Wikis",
        description="Was andere Kreise geprüft haben: nur zum Lesen, mit Herkunft und Stand.",
        template="partner_liste.html",
        context={"partner": peers, "pfad": guest_path, "krumen": CRUMBS[:1]},
    )


def partner_page(name: str, catalogue: Catalogue) -> Page:
    """One record of another wiki."""
    guest = catalogue.partners.guest(name)
    catalogue.note(f"v {name}")
    record = guest.record
    fields, complete = _fields(guest)
    text, whole = _text(record.text)
    return Page(
        path=guest_path(name),
        kind=PARTNER,
        area=AREA,
        title=f"{record.titel} ({guest.peer.titel})",
        description=record.kurzfassung,
        template="partner.html",
        context={
            "r": record,
            "g": guest.validity,
            "gast": guest,
            "felder": fields,
            "text": text,
            "gekuerzt": not (complete and whole),
            "wer": guest.catalogue.name(record.herausgeber),
            "grund": _reason(record),
            "nutzwert": _score(guest),
            "krumen": (*CRUMBS, (guest.peer.titel, f"{OVERVIEW}#{guest.peer.kennung}")),
        },
    )


def _fields(guest: Guest) -> tuple[list[tuple[str, list[str]]], bool]:
    """(label, values) of what the field table knows, as far as there is room."""
    record, left, found, complete = guest.record, FIELDS, [], True
    for field, info in type(record).model_fields.items():
        if field in _TOLD or info.title is None:
            continue
        words = [
            w for w in words_of(getattr(record, field), type(record), field, guest.catalogue) if w
        ]
        shown = []
        for word in words:
            short = _cut(word, VALUE)
            left -= _size(short)
            if left < 0:
                break
            shown.append(short)
        complete = complete and shown == words
        if shown:
            found.append((info.title, shown))
    return found, complete


def _reason(record: Any) -> str:
    """Why the verdict is what it is."""
    return _cut(getattr(record, "verdikt_begruendung", None) or "", VALUE)


def _score(guest: Guest) -> Any:
    """The score with the other wiki's criteria and weights."""
    record: Any = guest.record
    return guest.catalogue.score(record) if record.typ == "bewertung" else None


def _text(text: str) -> tuple[Markup, bool]:
    """The body as safe HTML; of a long one the beginning."""
    if not text:
        return Markup(""), True
    html = render_markdown(text, _elsewhere)
    if len(html.encode()) <= TEXT:
        return html, True
    beginning = ""
    for paragraph in text.split("\n\n"):
        longer = f"{beginning}\n\n{paragraph}"
        rendered = render_markdown(longer, _elsewhere)
        if len(rendered.encode()) > TEXT:
            break
        beginning, html = longer, rendered
    if not beginning:
        html = Markup("<p>{}</p>").format(_cut(text, TEXT // 2))
    return html, False


def _elsewhere(href: str) -> str | None:
    """Links within the other wiki lead nowhere here."""
    return href if href.startswith(("https://", "http://")) else None


def _cut(text: str, most: int) -> str:
    """The beginning of a text that takes at most so many bytes as HTML."""
    if _size(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _size(text[:middle]) <= most else (low, middle - 1)
    return text[:low].rstrip() + " …"


def _size(text: str) -> int:
    return len(str(escape(text)).encode())

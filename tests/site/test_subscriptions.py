"""Feeds and calendars as strangers read them: feedparser, icalendar, and the rules of the formats."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from generator.catalogue.subscriptions import DUE, NEWS, OVERDUE, PLANNED
from generator.exports.calendars import days, folded
from tests.helpers import Folder
from tests.site.conftest import Call
from tests.site.sites import SITE_URL, built

SITES = ("kreis", "muster", "muster-adresse", "muster-dateien", "muster-oeffentlich")


def feed(path: Path) -> Any:
    """A feed as a reader sees it that got it from the site's address."""
    headers = {
        "content-type": "application/atom+xml",
        "content-location": f"https://intranet.example/w/feeds/{path.name}",
    }
    parsed = feedparser.parse(path.read_bytes(), response_headers=headers)
    assert not parsed.bozo, (path, parsed.get("bozo_exception"))
    return parsed


def calendar(path: Path) -> Any:
    return Calendar.from_ical(path.read_bytes())


def records(site: Path) -> dict[str, dict[str, Any]]:
    api = json.loads((site / "api/v1/records.json").read_text(encoding="utf-8"))
    return {record["id"]: record for record in api["records"]}


@pytest.mark.parametrize("site", SITES)
def test_every_feed_is_well_formed_and_complete(site: str) -> None:
    root = built(site)
    paths = sorted((root / "feeds").rglob("*.xml"))
    assert len(paths) > 8
    titles = set()
    for path in paths:
        parsed = feed(path)
        assert parsed.version == "atom10"
        assert parsed.feed.id.startswith("urn:uuid:")
        titles.add(parsed.feed.title)
        assert len({e.id for e in parsed.entries}) == len(parsed.entries) <= NEWS
        for entry in parsed.entries:
            assert entry.title and entry.summary and entry.link and entry.author
            assert entry.updated <= parsed.feed.updated
        updated = [entry.updated for entry in parsed.entries]
        assert updated == sorted(updated, reverse=True)
    assert len(titles) == len(paths), "readers tell their feeds apart by the title"


@pytest.mark.parametrize("site", SITES)
def test_links_of_a_feed_lead_to_pages(site: str) -> None:
    root = built(site)
    base = SITE_URL if site == "muster-adresse" else "https://intranet.example/w/"
    for path in sorted((root / "feeds").rglob("*.xml")):
        own = f"https://intranet.example/w/{path.relative_to(root).as_posix()}"
        headers = {"content-type": "application/atom+xml", "content-location": own}
        parsed = feedparser.parse(path.read_bytes(), response_headers=headers)
        for link in (parsed.feed.link, *(entry.link for entry in parsed.entries)):
            assert link.startswith(base)
            page = link.removeprefix(base)
            assert (
                root / (f"{page}index.html" if page.endswith("/") or not page else page)
            ).is_file()


def test_names_do_not_depend_on_the_address() -> None:
    here, there = (feed(built(s) / "feeds/alle.xml") for s in ("muster", "muster-adresse"))
    assert [e.id for e in here.entries] == [e.id for e in there.entries]


def test_json_feed_says_the_same() -> None:
    for site, absolute in (("muster", False), ("muster-adresse", True)):
        data = json.loads((built(site) / "feeds/alle.json").read_text(encoding="utf-8"))
        assert data["version"] == "https://jsonfeed.org/version/1.1"
        assert ("feed_url" in data) == absolute
        atom = feed(built(site) / "feeds/alle.xml")
        assert [(i["id"], i["title"], i["content_text"]) for i in data["items"]] == [
            (e.id, e.title, e.summary) for e in atom.entries
        ]
        assert all(i["url"].startswith("https://") == absolute for i in data["items"])
        if absolute:
            assert data["feed_url"] == f"{SITE_URL}feeds/alle.json"
            assert data["home_page_url"] == SITE_URL


def test_a_feed_tells_the_verdict() -> None:
    path = "feeds/arbeitsgruppen/ag-selbstbedienungsterminals.xml"
    entries = {e.title: e.summary for e in feed(built("kreis") / path).entries}
    (said,) = [s for s in entries.values() if s.startswith("Bewertung")]
    assert said.startswith("Bewertung: Derzeit nicht empfohlen, gilt bis ")


def test_who_is_concerned_is_told() -> None:
    """Published, evaluated, used or taken over by a municipality; of no other."""
    site = built("muster")
    told = {
        e.link.split("/")[-2] for e in feed(site / "feeds/organisationen/adlersbrueck.xml").entries
    }
    assert {"abholbox-fuer-ausweise", "muster-terminblick", "adlersbrueck"} <= told
    for ident in told:
        assert "adlersbrueck" in json.dumps(records(site)[ident])


@pytest.mark.parametrize("site", SITES)
def test_every_calendar_can_be_read(site: str) -> None:
    root = built(site)
    paths = sorted((root / "kalender").rglob("*.ics"))
    assert len(paths) > 8
    for path in paths:
        raw = path.read_bytes()
        assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
        assert all(len(line) <= 75 for line in raw.split(b"\r\n")), path
        parsed = calendar(path)
        assert parsed.errors == []
        events = list(parsed.walk("VEVENT"))
        assert all(event.errors == [] for event in events)
        uids = [str(event["UID"]) for event in events]
        assert len(set(uids)) == len(uids) <= DUE + OVERDUE + PLANNED
        for event in events:
            first, after = event.decoded("DTSTART"), event.decoded("DTEND")
            assert isinstance(first, date) and first < after
            (alarm,) = event.walk("VALARM")
            assert alarm.decoded("TRIGGER") == timedelta(days=-14)
            assert ("URL" in event) == (site == "muster-adresse")


def test_reviews_are_due_on_the_day_that_the_record_says() -> None:
    site = built("muster-adresse")
    events = {str(e["URL"]): e for e in calendar(site / "kalender/alle.ics").walk("VEVENT") if "Prüfung" in e["CATEGORIES"].to_ical().decode()}  # fmt: skip
    live = {i: r for i, r in records(site).items() if r["status"] != "archiviert" and r["gueltigkeit"] != "ersetzt"}  # fmt: skip
    assert len(live) > DUE, "more than a calendar holds"
    first = sorted(r["gueltigkeit_bis"] for r in live.values() if r["gueltigkeit"] != "abgelaufen")
    for record in live.values():
        event = events.get(f"{SITE_URL}{record['url']}")
        if event is not None:
            assert event.decoded("DTSTART").isoformat() == record["gueltigkeit_bis"]
        else:
            assert record["gueltigkeit_bis"] >= first[DUE - 1], "only the later ones are left out"


def test_announced_evaluations_reach_over_their_time() -> None:
    events = calendar(built("muster") / "kalender/alle.ics").walk("VEVENT")
    (event,) = [e for e in events if str(e["SUMMARY"]) == "Prüfung geplant: Digitale Ratsarbeit mit Tablets"]  # fmt: skip
    assert event.decoded("DTSTART") == date(2027, 2, 1)
    assert event.decoded("DTEND") == date(2027, 7, 1), "the day after the last one"
    assert "Mitmachen ist erwünscht" in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("von", "bis", "first", "last"),
    [
        ("2026", None, date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", None, date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-05", "2026-04", date(2026, 3, 5), date(2026, 4, 30)),
        ("2026-05", "2026-04", date(2026, 5, 1), date(2026, 5, 31)),
    ],
)
def test_loose_dates(von: str, bis: str | None, first: date, last: date) -> None:
    assert days(von, bis) == (first, last)


def test_folding_cuts_no_character() -> None:
    line = "SUMMARY:" + "ä€😀x" * 40
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert folded("x" * 75) == "x" * 75


def test_hostile_text_stays_text(folder: Folder, call: Call, tmp_path: Path) -> None:
    title = 'Böse]]> & 3 < 4 \\ ; , "x"'
    folder.add("begriff", "boese", titel=title, naechste_pruefung="2999-12-31", stand="2026-05-01")
    folder.add(
        "bewertung", "plan", titel="Plan;X:1,2", pruefstatus="geplant", verdikt=None, gueltig_bis=None,
        verdikt_begruendung=None, zeitraum={"von": "2999", "bis": "2999-12"},
        bedarf="Eins\n\nBEGIN:VALARM\n\nEND:VCALENDAR",
    )  # fmt: skip
    site = tmp_path.with_name(f"{tmp_path.name}-site")
    answer = call("build", "--content", ".", "--site-dir", site)
    assert answer.code == 0, answer.out
    entries = feed(site / "feeds/alle.xml").entries
    assert {e.title for e in entries} >= {"Plan;X:1,2"}
    events = list(calendar(site / "kalender/alle.ics").walk("VEVENT"))
    by_summary = {str(e["SUMMARY"]): e for e in events}
    assert {s for s in by_summary if "Böse" in s} == {f"Angaben prüfen: {title}"}
    plan = by_summary["Prüfung geplant: Plan;X:1,2"]
    assert str(plan["DESCRIPTION"]).startswith("Eins BEGIN:VALARM END:VCALENDAR")
    assert len(list(plan.walk("VALARM"))) == 1


def test_an_empty_wiki_has_feeds_too(folder: Folder, call: Call, tmp_path: Path) -> None:
    for file in folder.root.rglob("*.md"):
        file.unlink()
    site = tmp_path.with_name(f"{tmp_path.name}-site")
    assert call("build", "--content", ".", "--site-dir", site).code == 0
    assert feed(site / "feeds/alle.xml").feed.updated == "1970-01-01T00:00:00Z"
    assert list(calendar(site / "kalender/alle.ics").walk("VEVENT")) == []

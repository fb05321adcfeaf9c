"""The web addresses that the content names, and which of them are dead.

Asked politely: one request at a time and per second for each server, HEAD before GET, an honest name.  What a
server said is kept, so a second run asks again only what is old.  A dead source is a warning, never an
error: a source may be right and gone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from generator.catalogue.links import links_in
from generator.network import Refused, Web, followed
from generator.records.files import read_page
from generator.records.problems import Problem, Severity, quoted
from generator.records.source import Source, read_source
from generator.records.tree import ContentTree, is_record, list_files
from generator.records.yaml_reader import AT, BODY, Data
from generator.records.yaml_reader import Path as YamlPath

PAUSE = 1.0  # seconds between two requests to one server
HOSTS = 8  # servers that are asked at the same time
DAY = 86_400
REDIRECTS = 5
WEB = ("https://", "http://")
# These say that the page is gone; any other failure may only concern programs, or this minute.
GONE = (404, 410)
_MOVED = (301, 308)
_NO_HEAD = (400, 403, 404, 405, 406, 429, 500, 501, 502, 503)  # often only for HEAD


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the content that names an address."""

    url: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of an address: "gut", "tot", "unklar" or "umgezogen" (to `more`)."""

    state: str
    more: str = ""


def mentions(content: Path) -> list[Mention]:
    """Every web address in the records and static pages, with its place."""
    tree = ContentTree(content)
    found: list[Mention] = []
    for relative in list_files(tree):
        if is_record(relative):
            source = read_source(content / relative, tree.shown(relative))
        elif relative.endswith(".md"):
            source = read_page(content / relative, tree.shown(relative))
        else:
            continue
        for path, url in _addresses(source):
            line, column = source.locate(path)
            found.append(Mention(url, source.shown, line + 1, column + 1))
    return found


def _addresses(source: Source) -> Iterator[tuple[YamlPath, str]]:
    yield from _values((), source.document.root)
    for offset, href in links_in(source.body):
        if href.startswith(WEB):
            yield (BODY, AT, offset), href


def _values(path: YamlPath, value: Data) -> Iterator[tuple[YamlPath, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _values((*path, key), item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values((*path, number), item)
    elif isinstance(value, str):
        if value.startswith(WEB) and not any(c.isspace() for c in value.strip()):
            yield path, value.strip()
        else:
            for offset, href in links_in(value):
                if href.startswith(WEB):
                    yield (*path, AT, offset), href


class Memory:
    """What servers said before: a small JSON file.  One that cannot be read is begun anew."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: dict[str, dict[str, Any]] = {}
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            self.known = {u: e for u, e in data.items() if isinstance(e, dict)}
        except (OSError, ValueError, AttributeError):
            pass

    def fresh(self, url: str, now: float, days: float) -> Finding | None:
        """What is known of an address, unless it is too old; failures are asked again after a day."""
        entry = self.known.get(url, {})
        state, at = entry.get("stand"), entry.get("am")
        if not isinstance(state, str) or not isinstance(at, int | float):
            return None
        limit = days if state in ("gut", "umgezogen") else min(days, 1.0)
        return Finding(state, str(entry.get("mehr", ""))) if now - at < limit * DAY else None

    def keep(self, found: Mapping[str, Finding], now: float) -> None:
        for url, finding in found.items():
            self.known[url] = {"stand": finding.state, "mehr": finding.more, "am": int(now)}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        partial = self.file.with_name(f"{self.file.name}.neu")
        text = json.dumps(self.known, ensure_ascii=False, indent=0, sort_keys=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(self.file)


def check_addresses(
    urls: Sequence[str], web: Web, done: Callable[[str], None], pause: float = PAUSE
) -> dict[str, Finding]:
    """Ask for every address; `done` hears of each.  Servers side by side, a server's pages in turn."""
    servers: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        servers.setdefault(_host(url), []).append(url)

    def one_server(of_host: list[str]) -> dict[str, Finding]:
        found = {}
        for number, url in enumerate(of_host):
            if number:
                time.sleep(pause)
            found[url] = _ask(url, web, pause)
            done(url)
        return found

    result: dict[str, Finding] = {}
    with ThreadPoolExecutor(HOSTS) as pool:
        for part in pool.map(one_server, servers.values()):
            result |= part
    return result


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _ask(url: str, web: Web, pause: float) -> Finding:
    """Follow an address to its end."""
    moved, at = True, urldefrag(url)[0]
    try:
        for step in range(REDIRECTS + 1):
            if step and _host(at) == _host(url):
                time.sleep(min(pause, 0.2))
            answer = web.ask("HEAD", at)
            if answer.status in _NO_HEAD:
                time.sleep(min(pause, 0.2))
                answer = web.ask("GET", at)
            if not answer.target:
                return _judged(answer.status, at if moved and step else "")
            moved = moved and answer.status in _MOVED
            at = followed(at, answer.target)
    except Refused as refused:
        gone = "gibt es nicht" in str(refused)
        return Finding("tot" if gone else "unklar", str(refused))
    return Finding("tot", "Die Seite leitet immer weiter.")


def _judged(status: int, moved_to: str) -> Finding:
    if status in GONE:
        return Finding("tot", f"Der Server sagt, dass es die Seite nicht gibt ({status}).")
    if status >= 400:
        return Finding("unklar", f"Der Server antwortet mit {status}.")
    return Finding("umgezogen", moved_to) if moved_to else Finding("gut")


def problems_of(places: Sequence[Mention], found: Mapping[str, Finding]) -> list[Problem]:
    """The report: dead sources are warnings, moved and unclear ones hints."""
    problems = []
    for place in places:
        finding = found.get(place.url, Finding("gut"))
        said = quoted(place.url, 120)
        if finding.state == "tot":
            severity, code = Severity.WARNING, "quelle-tot"
            message = f"{said} ist nicht mehr erreichbar. {finding.more} Gibt es eine neue Adresse oder ein Archiv?"
        elif finding.state == "unklar":
            severity, code = Severity.HINT, "quelle-unklar"
            message = f"{said} ließ sich nicht prüfen. {finding.more} Bitte im Browser nachsehen."
        elif finding.state == "umgezogen":
            severity, code = Severity.HINT, "quelle-umgezogen"
            message = f"{said} ist umgezogen. Neue Adresse: {finding.more}"
        else:
            continue
        problems.append(Problem(place.path, place.line, place.column, severity, code, message))
    return sorted(problems, key=lambda p: p.sort_key)

"""Whatever is edited, an incremental build gives the bytes of a clean one.

Each sequence edits a small wiki at random (seeded), builds after every step, and compares every file.
"""

from __future__ import annotations

import copy
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import workers
from generator.building.build import BadContent, Build, Report
from generator.building.indexing import SEARCH, Indexing, Written
from generator.building.output import contents, write
from generator.records.types import TYPES
from tests.building.shell import render_plain
from tests.helpers import DAY, Folder, text
from tests.history.repository import Repository

WORDS = [
    "Termine",
    "Akte",
    "Rechnung",
    "Sensor",
    "Hochwasser",
    "Personal",
    "Schule",
    "Kita",
    "Wasser",
    "Antrag",
    "Ausweis",
    "Archiv",
]
TYPS = list(TYPES)


class Wiki:
    """A content folder with its site, an incremental build of it, and a clean one."""

    def __init__(self, root: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.root = root
        self.day = DAY
        self.folder = Folder(root / "content")
        self.fields: dict[str, tuple[str, dict[str, Any], str]] = {
            "kreis-muster": ("organisation", {"titel": "Kreis Muster"}, ""),
            "ag-muster": ("arbeitsgruppe", {"titel": "AG Muster", "schlagworte": ["Gremium"]}, ""),
        }
        self.count = 0
        self.folder.file("index.md", "# Start\n\nWillkommen, siehe [Kreis](kreis-muster).\n")
        self.folder.file(
            "ueber.md", "# Über\n\nMehr bei [AG](ag-muster) und [Listen](bewertungen/).\n"
        )
        self.config = root / "mkdocs.yml"
        self.config.write_text("site_name: Wiki\n")
        for _ in range(14):
            self.add()

    def save(self, ident: str) -> None:
        typ, changes, body = self.fields[ident]
        self.folder.file(f"{TYPES[typ].ordner}/{ident}.md", text(typ, body, **changes))

    def delete(self, ident: str) -> None:
        typ, _, _ = self.fields.pop(ident)
        (self.folder.root / TYPES[typ].ordner / f"{ident}.md").unlink()

    def any(self, *typs: str) -> str | None:
        some = sorted(i for i, (t, _, _) in self.fields.items() if not typs or t in typs)
        return self.random.choice(some) if some else None

    # Edits

    def add(self) -> None:
        typ = self.random.choice(TYPS)
        self.count += 1
        ident = f"{typ}-{self.count}"
        changes: dict[str, Any] = {
            "titel": " ".join(self.random.sample(WORDS, 3)) + f" {self.count}",
            "schlagworte": self.random.sample(WORDS, self.random.randint(1, 3)),
            "handlungsfeld": self.random.sample(
                ["verwaltung", "mobilitaet"], self.random.randint(0, 2)
            ),
        }
        if typ == "bewertung":
            changes["titel"] += " Prüfung"
            changes["gegenstand"] = self.any("loesung") or f"Freier Bedarf {self.count}"
            changes["einsatzzweck"] = f"Zweck {''.join(self.random.choices('abcdefghijk', k=12))}"
            changes["gueltig_bis"] = str(DAY + timedelta(days=self.random.randint(-50, 200)))
        elif typ == "organisation":
            changes |= {
                "art": "kommune",
                "einwohner": str(self.random.choice([9000, 20000, 60000])),
            }
        elif typ == "loesung":
            changes["im_einsatz"] = [
                {"organisation": self.any("organisation"), "status": "genutzt"}
            ]
        self.fields[ident] = (typ, changes, f"Ein Text über {self.random.choice(WORDS)}.\n")
        self.save(ident)

    def retitle(self) -> None:
        self.change(titel=" ".join(self.random.sample(WORDS, 2)) + f" neu {self.random.random()}")

    def rebody(self) -> None:
        ident = self.any()
        assert ident
        typ, changes, _ = self.fields[ident]
        other = self.any()
        self.fields[ident] = (typ, changes, f"Neu: [dort]({other}), {self.random.random()}.\n")
        self.save(ident)

    def change(self, *typs: str, **new: Any) -> None:
        ident = self.any(*typs)
        if ident:
            self.fields[ident][1].update(new)
            self.save(ident)

    def rekeyword(self) -> None:
        self.change(schlagworte=self.random.sample([*WORDS, "termine", "AKTE"], 2))

    def phrase(self) -> None:
        """A term of the glossary means two words that stand in many texts."""
        self.change("begriff", synonyme=[f"Text über {self.random.choice(WORDS)}"])

    def relate(self) -> None:
        art = self.random.choice(["siehe_auch", "umsetzt", "ersetzt"])
        self.change("projekt", "best-practice", bezug=[{"art": art, "ziel": self.any()}])

    def verdict(self) -> None:
        self.change(
            "bewertung", verdikt=self.random.choice(["nicht_empfohlen", "bedingt_empfohlen"])
        )

    def plan(self) -> None:
        """Compared with what is evaluated already (`catalogue/likeness.py`)."""
        self.change(
            "bewertung",
            pruefstatus=self.random.choice(["geplant", "laufend"]),
            verdikt=None,
            verdikt_begruendung=None,
            doppelt_weil=self.random.choice([None, "andere Größe"]),
        )

    def points(self) -> None:
        """An evaluation is scored, or the criteria of its catalogue get other weights."""
        base = self.any("kriterienkatalog")
        weight = self.random.randint(1, 9) * 10
        names = {"bedienbarkeit": weight, "kosten": 100 - weight}
        if base and self.random.random() < 0.5:
            criteria = [{"id": i, "name": i.title(), "gewicht": str(w)} for i, w in names.items()]
            self.fields[base][1]["kriterien"] = criteria
            self.save(base)
        else:
            judged = [
                {"id": i, "punkte": str(self.random.randint(0, 10))}
                | ({} if base else {"gewicht": str(w)})
                for i, w in names.items()
            ]
            self.change("bewertung", kriterienkatalog=base, kriterien=judged)

    def replace(self) -> None:
        older = self.any("bewertung")
        self.change("bewertung", ersetzt=[older] if older else None)

    def subject(self) -> None:
        self.change("bewertung", gegenstand=self.any("loesung") or "Etwas anderes")

    def adopt(self) -> None:
        taken = {"organisation": self.any("organisation")}
        if self.random.random() < 0.5:
            taken["ersparte_personentage"] = str(self.random.randint(0, 9))
        self.change("bewertung", "best-practice", nachnutzung=[taken])

    def rate(self) -> None:
        points = self.random.randint(1, 4)
        self.change("projekt", relevanz={"bedarf": points}, realisierbarkeit={"kosten": 5 - points})

    def use(self) -> None:
        status = self.random.choice(["genutzt", "verworfen"])
        uses = [{"organisation": self.any("organisation"), "status": status}]
        self.change("loesung", im_einsatz=self.random.choice([uses, []]))

    def redate(self) -> None:
        self.change(stand=str(DAY - timedelta(days=self.random.randint(0, 900))))

    def archive(self) -> None:
        self.change(status=self.random.choice(["archiviert", "freigegeben", "entwurf"]))

    def remove(self) -> None:
        ident = self.any()
        assert ident
        self.delete(ident)

    def rename(self) -> None:
        ident = self.any("projekt", "loesung", "bewertung", "begriff", "organisation")
        if ident:
            typ, changes, body = self.fields[ident]
            self.delete(ident)
            self.count += 1
            new = f"{typ}-{self.count}"
            former = [ident, *changes.get("frueher", [])]
            self.fields[new] = (typ, {**changes, "frueher": former}, body)
            self.save(new)

    def tomorrow(self) -> None:
        self.day += timedelta(days=self.random.choice([1, 30, 95]))

    def page(self) -> None:
        self.folder.file(
            "ueber.md", f"# Über\n\nNeu {self.random.random()}, [hier]({self.any()}).\n"
        )

    def front(self) -> None:
        self.folder.file(
            "index.md", f"# Start\n\nNeu {self.random.random()}, [hier]({self.any()}).\n"
        )

    def settings(self) -> None:
        self.folder.file("wiki.yml", f"titel: Wiki {self.random.random()}\n")

    def config_edit(self) -> None:
        self.config.write_text(f"site_name: Wiki {self.random.random()}\n")

    def commit(self) -> None:
        """What was edited so far becomes history; the first time, the content gets one at all."""
        repository = Repository(self.root)
        repository.git("add", "--all", "content")
        repository.git("commit", "--quiet", "--allow-empty", "-m", "Stand", day=str(self.day))

    def uncommit(self) -> None:
        """The last commit is taken back; the files stay as they are."""
        if (self.root / ".git").exists() and len(
            Repository(self.root).git("log", "--format=%h").split()
        ) > 1:
            Repository(self.root).git("reset", "--quiet", "--soft", "HEAD~1")

    def vandal(self) -> None:
        """Somebody meddles with the site itself."""
        files = sorted(p for p in (self.root / "site").rglob("*") if p.is_file())
        if files:
            self.random.choice(files).unlink()
            self.random.choice(files).parent.joinpath("fremd.html").write_text("fremd")

    EDITS = (
        [add] * 3 + [retitle] * 3 + [rebody] * 3 + [rekeyword] * 2 + [phrase] * 2 + [relate] * 3 + [verdict] * 2 + [points] * 3 + [replace] * 2
        + [subject, plan] * 2 + [commit] * 4 + [uncommit, adopt, rate, use, redate, archive, remove, rename, rename, tomorrow, page, front, settings, config_edit, vandal]
    )  # fmt: skip

    # Builds

    def build(self, site: str, cache: Path | None) -> Report:
        moment = datetime.combine(self.day, datetime.min.time(), UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
        return Build(
            self.folder.root, self.root / site, self.config, render_plain, cache=cache
        ).run()

    def snapshot(self) -> Any:
        return copy.deepcopy(self.fields), self.day, contents(self.folder.root)

    def restore(self, kept: Any) -> None:
        self.fields, self.day, files = kept
        for path in contents(self.folder.root).keys() - files.keys():
            (self.folder.root / path).unlink()
        for path, content in files.items():
            self.folder.file(path, content)


def documents_alone(
    indexing: Indexing, _former: object, _touched: object, _damaged: object
) -> Written:
    """In place of the search index, which takes most of the time; one sequence has the real one."""
    cards = indexing.store.pieces("karte")
    names = sorted(cards)
    text = "\n".join([*map(cards.__getitem__, names), *indexing.words(names)])
    return {SEARCH: write(indexing.site, {"suche/index/alles.js": text})}


def build_both(wiki: Wiki) -> Report | None:
    """Build both ways and compare; None if both refuse the content."""
    try:
        wiki.build("clean", None)
    except BadContent as error:
        with pytest.raises(BadContent) as refused:
            wiki.build("site", wiki.root / "cache")
        assert refused.value.problems == error.problems
        return None
    report = wiki.build("site", wiki.root / "cache")
    clean, site = contents(wiki.root / "clean"), contents(wiki.root / "site")
    assert clean.keys() == site.keys()
    assert [path for path in clean if clean[path] != site[path]] == []
    return report


@pytest.mark.parametrize("seed", range(int(os.environ.get("WISSEN_FOLGEN", "10"))))
def test_random_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    if seed:
        monkeypatch.setattr(Indexing, "make", documents_alone)
    else:
        monkeypatch.setattr(workers, "FEWEST", 12)  # several processes, as in a large wiki
    wiki = Wiki(tmp_path, seed)
    log: list[str] = []
    assert build_both(wiki)
    short = 0
    for _ in range(20):
        kept = wiki.snapshot()
        for _ in range(wiki.random.choice([1, 1, 1, 2, 4])):
            edit = wiki.random.choice(Wiki.EDITS)
            log.append(edit.__name__)
            edit(wiki)
        try:
            report = build_both(wiki)
            if report is None:
                log.append("(refused)")
                wiki.restore(kept)
            else:
                short += not report.full
        except AssertionError as error:
            raise AssertionError(f"{log}") from error
    assert short >= 8, "most edits must go the short way"


def test_a_commit_makes_the_pages_it_touches_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Nothing else changed on disk: exactly the pages of the records in the commit are made."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setattr(Indexing, "make", documents_alone)
    wiki = Wiki(tmp_path, 1)
    wiki.commit()
    assert build_both(wiki)
    ident = wiki.any("bewertung") or ""
    wiki.fields[ident][1]["verdikt"] = "nicht_empfohlen"
    wiki.save(ident)
    assert build_both(wiki)
    page = tmp_path / "site" / "bewertungen" / ident / "index.html"
    assert 'id="aenderungen"' not in page.read_text("utf-8")
    wiki.commit()
    report = build_both(wiki)
    assert report is not None
    assert (report.full, report.pages) == (False, 1)
    assert "Verdikt (Empfohlen → Nicht empfohlen)" in page.read_text("utf-8")
    wiki.uncommit()
    report = build_both(wiki)
    assert report is not None
    assert (report.full, report.pages) == (False, 1)
    assert 'id="aenderungen"' not in page.read_text("utf-8")

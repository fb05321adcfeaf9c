"""Records of other wikis in ours: beside our own, marked, bounded, and never counted."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.building.build import Build, Report
from generator.building.indexing import Indexing
from generator.building.output import contents
from generator.linkcheck.site import check_site
from generator.records import peer_export
from generator.search.cards import listed
from tests.building.shell import render_plain
from tests.building.test_edits import documents_alone
from tests.federation.exports import export_of, neighbour, own, renew, subscribe
from tests.helpers import DAY, Folder
from tests.hostile.filled import MARKDOWN, MARKUP
from tests.site.htmlfacts import read_page
from tests.site.sites import COUNTY, ROOT, files, wissen

PAGE = "partner/anderswo/termine-anderswo/index.html"
BUDGET = 25 * 1024


@pytest.fixture(autouse=True)
def _plain_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Indexing, "make", documents_alone)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


class Wiki:
    """Our county, built without MkDocs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = own(root / "hier")
        (root / "mkdocs.yml").write_text("site_name: Wiki\n")
        self.day = DAY

    def build(self, site: str = "site", *, cache: bool = False, public: bool = False) -> Report:
        moment = datetime.combine(self.day, datetime.min.time(), UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
        store = self.root / "cache" if cache else None
        config, site_dir = self.root / "mkdocs.yml", self.root / site
        return Build(
            self.folder.root, site_dir, config, render_plain, cache=store, public=public
        ).run()

    def page(self, path: str, site: str = "site") -> str:
        return (self.root / site / path).read_text(encoding="utf-8")

    def same(self) -> Report:
        """Build the short way, and compare every byte with a clean build."""
        report = self.build(cache=True)
        self.build("clean")
        assert contents(self.root / "site") == contents(self.root / "clean")
        return report


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    return Wiki(tmp_path)


@pytest.fixture
def other(tmp_path: Path) -> Folder:
    return neighbour(tmp_path / "dort")


def test_a_record_of_another_wiki_says_whose_it_is(wiki: Wiki, other: Folder) -> None:
    subscribe(wiki.folder, export_of(other), adresse="https://dort.example/wissen/")
    wiki.build()
    page = read_page(wiki.page(PAGE))
    assert "Aus dem Wiki von Kreis Anderswo." in page.text
    assert "Nur zum Lesen" in page.text
    assert "31.03.2026" in page.text  # its own date
    assert "21.06.2026" in page.text  # of the export
    assert "CC-BY-4.0" in page.text
    assert "Nicht empfohlen" in page.text
    assert "Gilt bis 31.12.2027" in page.text
    html = wiki.page(PAGE)
    assert 'href="https://dort.example/wissen/bewertungen/termine-anderswo/"' in html
    assert "data-record-id" not in html  # that is ours alone


def test_it_stands_beside_our_evaluations_of_the_same_need(wiki: Wiki, other: Folder) -> None:
    wiki.folder.add("bewertung", "wort", gegenstand="Ganz anderes", auch_gesucht_als=["amtstermin"])
    wiki.folder.add("bewertung", "fremd", gegenstand="Etwas ohne jede Ähnlichkeit")
    subscribe(wiki.folder, export_of(other))
    wiki.build()
    for ident in ("termine-hier", "wort"):
        page = read_page(wiki.page(f"bewertungen/{ident}/index.html"))
        assert "bei Kreis Anderswo: Termine anderswo" in page.text, ident
    assert "Anderswo" not in wiki.page("bewertungen/fremd/index.html")
    ours = read_page(wiki.page("bewertungen/termine-hier/index.html"))
    assert ours.text.index("Empfohlen") < ours.text.index("bei Kreis Anderswo")


def test_the_search_finds_and_marks_it(wiki: Wiki, other: Folder) -> None:
    subscribe(wiki.folder, export_of(other))
    wiki.build()
    lines = wiki.page("suche/index/alles.js").splitlines()
    found = {e.id: e for e in map(listed, (t for t in lines if t.startswith('["')))}
    guest = found["anderswo:termine-anderswo"]
    card = wiki.page(f"suche/index/d.{guest.mark}.js").replace('\\"', '"')
    assert '"url":"partner/anderswo/termine-anderswo/"' in card
    assert '"herkunft":"Kreis Anderswo"' in card
    assert guest.facets["herkunft"] == ("Kreis Anderswo",)
    assert "kommune" not in guest.facets
    assert guest.tier >= 1
    assert found["termine-hier"].facets["herkunft"] == ("Dieses Wiki",)
    assert "anderswo:kreis-muster" not in found  # its organisations only lend names


def test_nothing_of_theirs_counts_here(wiki: Wiki, other: Folder) -> None:
    wiki.build("ohne")
    subscribe(wiki.folder, export_of(other))
    wiki.build("mit")
    before, after = contents(wiki.root / "ohne"), contents(wiki.root / "mit")
    new = {
        p
        for p in after.keys() - before.keys()
        if not p.startswith(("partner/", "suche/index/d.", "suche/index/t."))
    }
    assert new == set()
    differing = {p for p in before if before[p] != after[p]}
    assert differing <= {
        "suche/index/alles.js",
        "bewertungen/termine-hier/index.html",
        "loesungen/kalender/index.html",
        "schon-geprueft/index.html",  # says where theirs are
    }
    assert "suche/index/alles.js" in differing


def test_a_wiki_without_peers_has_no_trace_of_it(wiki: Wiki) -> None:
    wiki.build()
    assert not (wiki.root / "site/partner").exists()
    assert "herkunft" not in wiki.page("suche/index/alles.js")


def test_the_public_wiki_shows_public_things_of_public_peers_only(
    wiki: Wiki, other: Folder
) -> None:
    """The export of an intranet wiki may hold more than the public may see."""
    export = export_of(other)
    assert "Geheimnis" in json.dumps(export)
    subscribe(wiki.folder, export)
    subscribe(wiki.folder, export, "still", intern="ja", titel="Stiller Kreis")
    wiki.build("intern")
    assert (wiki.root / "intern/partner/anderswo/nur-intern/index.html").is_file()
    assert (wiki.root / "intern/partner/still/termine-anderswo/index.html").is_file()
    wiki.build("offen", public=True)
    assert (wiki.root / "offen" / PAGE).is_file()
    everything = b"\n".join(contents(wiki.root / "offen").values())
    for secret in (b"Geheimnis", b"nur-intern", b"Stiller Kreis", b"partner/still"):
        assert secret not in everything


# Builds after an edit


def test_an_edit_here_opens_no_copy(
    wiki: Wiki, other: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(wiki.folder, export_of(other))
    wiki.same()
    wiki.folder.add("bewertung", "termine-hier", titel="Termine hier, neu", gegenstand="kalender")
    monkeypatch.setattr("generator.catalogue.peers.read_copy", lambda *_: pytest.fail("was opened"))
    assert not wiki.build(cache=True).full
    monkeypatch.undo()
    monkeypatch.setattr(Indexing, "make", documents_alone)
    wiki.build("clean")
    assert contents(wiki.root / "site") == contents(wiki.root / "clean")


def test_a_changed_copy_changes_the_right_pages(wiki: Wiki, other: Folder) -> None:
    subscribe(wiki.folder, export_of(other))
    wiki.same()
    other.add("bewertung", "termine-anderswo", titel="Umbenannt", gegenstand="termin-produkt")
    other.add("bewertung", "neu-dort", titel="Neu dort", gegenstand="termin-produkt")
    (other.root / "bewertungen/nur-intern.md").unlink()
    (wiki.root / "anderswo.json").write_text(json.dumps(export_of(other)))
    renew(wiki.folder.root, "anderswo")
    wiki.same()
    assert "bei Kreis Anderswo: Neu dort" in wiki.page("bewertungen/termine-hier/index.html")
    assert not (wiki.root / "site/partner/anderswo/nur-intern").exists()


def test_theirs_age_with_the_day(wiki: Wiki, other: Folder) -> None:
    subscribe(wiki.folder, export_of(other))
    wiki.same()
    wiki.day = date(2027, 12, 1)
    assert not wiki.same().full
    assert "Gilt nur noch bis 31.12.2027" in wiki.page(PAGE)
    wiki.day = date(2028, 2, 1)
    assert not wiki.same().full
    assert "Abgelaufen seit 31.12.2027" in wiki.page("bewertungen/termine-hier/index.html")


def test_a_peer_that_is_struck_off_leaves_nothing(wiki: Wiki, other: Folder) -> None:
    wiki.same()
    before = contents(wiki.root / "site")
    subscribe(wiki.folder, export_of(other))
    wiki.same()
    (wiki.folder.root / "peers.yml").unlink()
    wiki.same()
    assert contents(wiki.root / "site") == before


# Broken and hostile peers


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda copy: copy.unlink(), "Es gibt noch keine Kopie"),
        (lambda copy: copy.write_bytes(b"{"), "kein lesbares JSON"),
        (lambda copy: copy.write_bytes(b"[" * 99_999), "kein lesbares JSON"),
        (lambda copy: copy.write_bytes(b'{"schema_version": "9", "records": []}'), "unbekannt"),
        (
            lambda copy: copy.write_text(copy.read_text().replace('"sha256": "', '"sha256": "0')),
            "gehört nicht zur Prüfsumme",
        ),
        (lambda copy: (copy.unlink(), copy.symlink_to("/etc/passwd")), ""),
    ],
)  # fmt: skip
def test_a_broken_copy_is_a_warning(wiki: Wiki, other: Folder, damage: object, said: str) -> None:
    subscribe(wiki.folder, export_of(other))
    assert callable(damage)
    damage(wiki.folder.root / "peers/anderswo.json")
    problems = wiki.folder.problems()
    if said:
        (problem,) = problems
        assert problem.path.endswith("peers.yml")
        assert said in problem.message
        wiki.build()
        assert not (wiki.root / "site" / PAGE).exists()
    else:
        assert "verknuepfung" in [p.code for p in problems]  # as anywhere in the content


def test_a_page_stays_small_whatever_they_send(wiki: Wiki, other: Folder) -> None:
    """As much as the rules allow, in characters that take much room in HTML."""
    export = export_of(other)
    record = next(r for r in export["records"] if r["id"] == "termine-anderswo")
    long = "&\"' 🙂 " * 500
    record |= {
        "titel": ("&\"'🙂" * 50)[:160],
        "annahmen": [long] * 40,
        "rahmenbedingungen": long * 5,
        "schlagworte": ["🙂&\"'" * 50] * 30,
        "bedarf": long,
        "text": "\n\n".join(["&amp; **fett** " * 200] * 20),
    }
    subscribe(wiki.folder, export, adresse="https://dort.example/")
    wiki.build()
    html = wiki.page(PAGE)
    assert len(html.encode()) < BUDGET - 6_000  # the frame of the real site takes up to 6 KB
    assert "Gekürzt." in html


def test_attacks_are_shown_as_text(
    wiki: Wiki, other: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rules on texts switched off: what the pages alone make of it."""
    monkeypatch.setattr(peer_export, "check_texts", lambda _: ())
    monkeypatch.setattr(peer_export, "CONTROL", re.compile("(?!)"))
    attacks = [*MARKUP, MARKDOWN]
    lines = [" ".join(attack.split())[:150].strip() for attack in attacks]
    export = export_of(other, herausgeber=attacks[0])
    model = next(r for r in export["records"] if r["id"] == "termine-anderswo")
    for number, (attack, line) in enumerate(zip(attacks, lines, strict=True)):
        texts = dict.fromkeys(("titel", "kurzfassung", "bedarf"), line)
        lists = {"annahmen": [line], "schlagworte": [line]}
        longer = dict.fromkeys(("text", "verdikt_begruendung", "url"), attack)
        name = {"id": f"angriff-{number}", "stand": f"2026-06-{number + 1:02d}"}
        export["records"].append({**model, **texts, **lists, **longer, **name})
    next(r for r in export["records"] if r["id"] == "kreis-muster")["titel"] = lines[0]
    subscribe(wiki.folder, export, adresse="https://dort.example/")
    wiki.build()
    site = wiki.root / "site"
    for number, line in enumerate(lines):
        page = site / f"partner/anderswo/angriff-{number}/index.html"
        assert line in read_page(page.read_text(encoding="utf-8")).text
    ours = site / "bewertungen/termine-hier/index.html"
    assert lines[-1] in read_page(ours.read_text(encoding="utf-8")).text  # mentioned beside ours
    for path in [ours, site / "partner/index.html", *(site / "partner").rglob("*.html")]:
        nodes = LexborHTMLParser(path.read_text(encoding="utf-8")).css("body *")
        tags = {node.tag for node in nodes}
        assert not {"iframe", "object", "base", "style", "math", "meta"} & tags, path
        scripts = [n.attributes.get("src") or "" for n in nodes if n.tag == "script"]
        assert all("/assets/javascripts/" in s for s in scripts), path  # our own, in our pages only
        assert not scripts or path == ours
        for node in nodes:
            for name, value in node.attributes.items():
                assert not name.startswith("on"), path
                if name in ("href", "src"):
                    evil = r"\s*(?:javascript|data|vbscript|blob|file):"
                    assert not re.match(evil, value or "", re.I), (path, value)


def test_two_counties_read_each_other(tmp_path: Path) -> None:
    """The whole way, as people go it: build, fetch the other's export, build again."""
    for name in ("musterkreis", "nachbarkreis"):
        shutil.copytree(COUNTY.parent / name, tmp_path / name)
        for old in ("peers.yml", "peers"):
            path = tmp_path / name / old
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def build(name: str, *more: str) -> None:
        result = wissen(
            "build", "--clean", "--content", tmp_path / name, "--site-dir", tmp_path / f"site-{name}",
            "-f", ROOT / "mkdocs.yml", *more,
        )  # fmt: skip
        assert (result.returncode, result.stderr) == (0, ""), result.stdout + result.stderr

    pairs = (("musterkreis", "nachbarkreis"), ("nachbarkreis", "musterkreis"))
    for name, _ in pairs:
        build(name, "--public")
    for name, other_name in pairs:
        peers = f"peers:\n- kennung: {other_name}\n  titel: {other_name.title()}\n  quelle: ../site-{other_name}\n"
        (tmp_path / name / "peers.yml").write_text(peers, encoding="utf-8")
        result = wissen("peers", "update", "--content", tmp_path / name, "--yes")
        assert result.returncode == 0, result.stderr
        assert "Ausgelassen" not in result.stdout
        again = wissen("peers", "update", "--content", tmp_path / name)
        assert (again.returncode, "Unverändert." in again.stdout) == (0, True)
    for name, other_name in pairs:
        build(name, "--strict")
        site = tmp_path / f"site-{name}"
        theirs = json.loads(
            (tmp_path / f"site-{other_name}/api/v1/records.json").read_text("utf-8")
        )
        evaluations = [r["id"] for r in theirs["records"] if r["typ"] == "bewertung"]
        shown = {p.name for p in (site / "partner" / other_name).iterdir()}
        assert set(evaluations) & shown
        for ident in shown & set(evaluations):
            page = read_page((site / f"partner/{other_name}/{ident}/index.html").read_text("utf-8"))
            assert f"Aus dem Wiki von {other_name.title()}." in page.text
        assert (
            max(len(data) for path, data in files(site).items() if path.endswith(".html")) < BUDGET
        )
        assert check_site(site, "site") == []
        page = (site / "suche/index.html").read_text("utf-8")
        assert other_name.title() not in page
    ours = tmp_path / "site-musterkreis/bewertungen/terminvergabe-terminblick-2026/index.html"
    assert "bei Nachbarkreis: Terminvergabe in kleinen Rathäusern" in ours.read_text("utf-8")
    secret = b"Voruntersuchung Leitstelle"
    assert not [p for p, data in files(tmp_path / "site-musterkreis").items() if secret in data]

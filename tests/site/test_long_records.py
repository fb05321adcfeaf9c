"""Records that are as long as they may be: no page is heavier than the budget, and nothing is lost.

One of each type, with every text at its limit and lists that no page could hold.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from generator.building.output import contents
from generator.linkcheck.site import check_site
from generator.pages.parts import MOST
from generator.records.types import TYPES
from tests.helpers import Folder
from tests.site.conftest import Call
from tests.site.sites import config_file

ADDRESS = "https://wiki.example/"
SENTENCE = 'Die Ämter prüften das "Verfahren" & fanden es gut: 3 < 5. '
LINE = (SENTENCE * 6)[:290]
TABLE = "| Was | Wie |\n| --- | --- |\n" + f"| Zeile | {SENTENCE} |\n" * 30
MARKDOWN = "\n".join(
    [f"## Abschnitt {n}\n\n{SENTENCE * 9}Siehe Anmerkung.[^n{n}] Auch [unten](#t-abschnitt-39).\n" for n in range(40)]
    + [SENTENCE * 100, "", TABLE, "```", "x = 1;" * 1500, "```", "", "> " + SENTENCE * 30, ""]
    + [f"[^n{n}]: Anmerkung {n}: {SENTENCE}" for n in range(40)]
)  # fmt: skip
SHORT = MARKDOWN[:14_000]
PLAIN = (SENTENCE * 80)[:3_900]
LISTED = [f"{n}: {LINE}" for n in range(25)]
NAMED = [text[:150] for text in LISTED]
FILLED: dict[str, dict[str, Any]] = {
    "projekt": {"leitgedanke": LINE[:150], "zielgruppen": LISTED, "mehrwerte": LISTED, "foerderung": PLAIN,
                "meilensteine": [{"titel": t, "datum": "2026-01"} for t in NAMED],
                "kennzahlen": [{"name": t, "wert": "1"} for t in NAMED]},
    "ag-ergebnis": {"fragestellung": LINE, "ergebnis": SHORT, "entscheidung": SHORT, "begruendung": SHORT,
                    "optionen": [{"titel": t, "beschreibung": PLAIN, "verworfen_weil": PLAIN} for t in NAMED[:9]],
                    "offene_punkte": LISTED, "naechste_schritte": LISTED},
    "bewertung": {"bedarf": PLAIN, "einsatzzweck": LINE, "verdikt_begruendung": SHORT, "rahmenbedingungen": SHORT,
                  "annahmen": LISTED, "wiedervorlage": [{"ausloeser": t, "schwelle": t} for t in LISTED],
                  "ausschlusskriterien": [{"text": t, "erfuellt": True, "nachweis": LINE} for t in LISTED],
                  "kriterienkatalog": "lang-kriterienkatalog",
                  "kriterien": [{"id": f"k{n}", "punkte": 5, "begruendung": PLAIN, "nachweis": LINE} for n in range(20)],
                  "abweichende_voten": [{"text": PLAIN} for _ in range(6)]},
    "best-practice": {"ausgangslage": SHORT, "vorgehen": SHORT, "ergebnis": SHORT, "lessons_learned": LISTED,
                      "stolpersteine": LISTED, "voraussetzungen": LISTED, "uebertragbarkeit": SHORT},
    "kriterienkatalog": {"kriterien": [{"id": f"k{n}", "name": LINE[:100], "beschreibung": PLAIN, "gewicht": "5"} for n in range(20)],
                         "ausschlusskriterien": LISTED},
    "loesung": {"schnittstellen": LISTED, "datenschutz": {f"punkt_{n}": PLAIN for n in range(9)},
                "souveraenitaet": {f"punkt_{n}": PLAIN for n in range(9)},
                "nachnutzbar": [{"art": "Vertrag", "rechte": t} for t in LISTED]},
    "anbieter": {"fruehere_namen": LISTED, "rahmenvertraege": [{"titel": t} for t in NAMED]},
    "arbeitsgruppe": {"auftrag": SHORT, "rhythmus": LINE},
    "organisation": {"fachverfahren": [f"{n} Verfahren {LINE[:90]}" for n in range(60)]},
    "begriff": {"definition": SHORT, "synonyme": LISTED},
}  # fmt: skip
SOURCES = [{"titel": t, "art": "presse", "fundstelle": LINE} for t in NAMED]


def ident(typ: str) -> str:
    return f"lang-{typ}"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Folder(tmp_path_factory.mktemp("lang") / "inhalt")
    for typ in TYPES:
        filled = json.loads(json.dumps(FILLED[typ]))  # every list its own, so that none is an alias
        folder.add(typ, ident(typ), MARKDOWN, titel=f"Langer Eintrag {typ}", kurzfassung=LINE,
                   verantwortlich=LINE, schlagworte=[f"Wort {n}" for n in range(30)], quellen=json.loads(json.dumps(SOURCES)),
                   **filled)  # fmt: skip
    folder.add(
        "projekt", "verweisend", "Siehe [dort](lang-begriff.md#t-abschnitt-39) und [hier](lang-begriff)."
    )  # fmt: skip
    folder.add("projekt", "kurz", "Ein kurzer Text.")
    return folder.root


def built(call: Call, content: Path, folder: Path, *, directories: bool) -> Path:
    options = {"site_url": ADDRESS, "use_directory_urls": str(directories).lower()}
    site = folder / "site"
    answer = call("build", "-f", config_file(options), "--content", content, "--site-dir", site)
    assert answer.code == 0, answer.out + answer.err
    return site


def parts_of(site: Path, typ: str, *, directories: bool) -> list[Path]:
    """The pages of a record in order."""
    stem = site / TYPES[typ].ordner / ident(typ)
    first = stem / "index.html" if directories else stem.with_suffix(".html")
    end = "/index.html" if directories else ".html"
    count = len([*stem.glob(f"teil-*{end}")])
    return [first, *(site / f"{stem}/teil-{n}{end}" for n in range(2, count + 2))]


def letters(html: str) -> str:
    return re.sub(r"\W+", "", unescape(re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize("directories", [True, False])
def test_no_page_of_a_long_record_is_too_heavy(
    call: Call, content: Path, tmp_path: Path, directories: bool
) -> None:
    site = built(call, content, tmp_path, directories=directories)
    heavy = {
        p.relative_to(site).as_posix(): p.stat().st_size
        for p in site.rglob("*.html")
        if p.stat().st_size > MOST
    }
    assert heavy == {}
    assert [p.message for p in check_site(site, "site", ADDRESS)] == []

    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    for typ in TYPES:
        pages = parts_of(site, typ, directories=directories)
        assert len(pages) > 2, typ
        texts = [page.read_text(encoding="utf-8") for page in pages]
        told = letters("".join(texts))
        # Everything that the record says stands on one of its pages.
        for text in [*SENTENCES_OF_TEXT, *(t for t in own_texts(typ))]:
            assert letters(text) in told, (typ, text[:60])
        assert f'data-record-id="{ident(typ)}"' in texts[0]
        assert "data-gueltigkeit=" in texts[0]
        assert "Auf einen Blick" in texts[0]
        for number, text in enumerate(texts[1:], 2):
            address = f"{TYPES[typ].ordner}/{ident(typ)}/teil-{number}" + (
                "/" if directories else ".html"
            )
            assert f'<link rel="canonical" href="{ADDRESS}{address}">' in text
            assert f"<loc>{ADDRESS}{address}</loc>" in sitemap
            assert f"Teil {number} von {len(texts)}" in text
            assert "data-record-id" not in text
        titles = [re.search(r"<title>(.*?)</title>", text) for text in texts]
        assert len({found[1] for found in titles if found}) == len(texts)
    short = site / "projekte" / ("kurz/index.html" if directories else "kurz.html")
    assert "teil-2" not in short.read_text(encoding="utf-8")


SENTENCES_OF_TEXT = [f"Abschnitt {n}" for n in range(40)] + [f"Anmerkung {n}:" for n in range(40)]


def own_texts(typ: str) -> list[str]:
    """Beginnings of what the lists of a record say."""
    shown = {"arbeitsgruppe": (), "organisation": (), "kriterienkatalog": ("ausschlusskriterien",)}
    names = shown.get(typ, [n for n, v in FILLED[typ].items() if v is LISTED])
    return [text[:60] for name in names for text in FILLED[typ][name]]


def test_anchors_lead_to_the_part_that_has_them(call: Call, content: Path, tmp_path: Path) -> None:
    site = built(call, content, tmp_path, directories=True)
    pages = parts_of(site, "begriff", directories=True)
    wanted = "t-abschnitt-39"
    having = [p for p in pages if f'<h2 id="{wanted}">' in p.read_text(encoding="utf-8")]
    assert len(having) == 1
    first = pages[0].read_text(encoding="utf-8")
    entry = re.search(
        rf'<li><a href="([^"]*)">Teil \d+</a>(?:(?!</li><li><a).)*? id="{wanted}">', first
    )
    assert f' id="{wanted}"' in first
    assert entry is not None
    assert (pages[0].parent / entry[1] / "index.html").resolve() == having[0].resolve()
    other = (site / "projekte/verweisend/index.html").read_text(encoding="utf-8")
    assert f'glossar/lang-begriff/#{wanted}"' in other
    # The same within the text, from any part.
    for page in pages:
        for href in re.findall(
            rf'href="([^"]*)#{wanted}"[^>]*>unten', page.read_text(encoding="utf-8")
        ):
            target = (page.parent / href / "index.html").resolve() if href else page.resolve()
            assert target == having[0].resolve()


def test_edits_give_the_bytes_of_a_clean_build(call: Call, content: Path, tmp_path: Path) -> None:
    own = Folder(tmp_path / "inhalt")
    for file in content.rglob("*.*"):
        own.file(file.relative_to(content).as_posix(), file.read_bytes())
    place = own.root / "glossar" / "lang-begriff.md"
    text = place.read_text(encoding="utf-8")
    short = text.replace(MARKDOWN, "Ein kurzer Text.\n")
    assert short != text
    steps = [
        short,
        text,
        text.replace("Abschnitt 20\n", "Neu benannt\n"),
        text.replace(MARKDOWN, SHORT),
    ]
    (tmp_path / "laufend").mkdir()
    counts = []
    for number, step in enumerate([text, *steps]):
        place.write_text(step, encoding="utf-8")
        site = built(call, own.root, tmp_path / "laufend", directories=True)
        clean = tmp_path / f"frisch-{number}"
        clean.mkdir()
        fresh = built(call, own.root, clean, directories=True)
        assert contents(site) == contents(fresh), number
        counts.append(len([*(site / "glossar/lang-begriff").glob("teil-*")]))
    assert counts[0] > counts[4] >= counts[1] >= 0


def test_the_rests_are_there_at_once(call: Call, content: Path, tmp_path: Path) -> None:
    """What `teile.js` puts on one page is all that the parts say."""
    site = built(call, content, tmp_path, directories=True)
    for typ in TYPES:
        pages = parts_of(site, typ, directories=True)
        script = (pages[0].parent / "ganz.js").read_text(encoding="utf-8")
        rests = json.loads(script.removeprefix("wissenTeile.da(").removesuffix(");\n"))
        first = pages[0].read_text(encoding="utf-8")
        assert set(re.findall(r'data-rest="(\d+)"', first)) == set(rests)
        assert "<script" not in script
        told = letters("".join(html for pieces in rests.values() for html in pieces))
        moved = re.findall(
            r'<h2 id="(t-abschnitt-\d+)">', "".join(p.read_text() for p in pages[1:])
        )
        assert moved
        assert all(letters(m.removeprefix("t-").replace("-", " ").title()) in told for m in moved)

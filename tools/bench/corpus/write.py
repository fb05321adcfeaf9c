"""Write a planned corpus: one file per record, and what else a content folder has."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tools.bench.corpus import evaluations, things, works
from tools.bench.corpus.common import Draft, Fields, first_fields, last_fields
from tools.bench.corpus.emit import yaml_text
from tools.bench.corpus.names import Names
from tools.bench.corpus.plan import FOLDERS, make_plan
from tools.bench.corpus.words import ROOT, load_words

YAML_SHARE = 0.05  # of the records are .yml files
BODY_WORDS = {"begriff": 110, "organisation": 150, "anbieter": 140, "kriterienkatalog": 200}
USUAL_WORDS = 430
SETTINGS = {
    "titel": "Wissensspeicher im Vergleich",
    "untertitel": "Erfundener Kreis",
    "herausgeber": "Erfundener Kreis",
    "beispieldaten": "Alles hier ist erfunden und dient nur der Messung.",
}
PAGES = ("impressum.md", "datenschutz.md", "barrierefreiheit.md", "mitmachen/*.md")


def write_corpus(out: Path, n: int, seed: int = 1) -> None:
    """Write n records below `out`."""
    words = load_words()
    plan, names = make_plan(n, seed, words), Names(words)
    categories = _write_surroundings(out)
    own: dict[str, Callable[[Draft], Fields]] = {
        "kriterienkatalog": evaluations.kriterienkatalog,
        "bewertung": evaluations.bewertung,
        "projekt": works.projekt,
        "ag-ergebnis": works.ag_ergebnis,
        "best-practice": works.best_practice,
        "arbeitsgruppe": works.arbeitsgruppe,
        "loesung": partial(things.loesung, categories=categories),
        "anbieter": things.anbieter,
        "organisation": things.organisation,
        "begriff": things.begriff,
    }
    for typ, entries in plan.entries.items():
        folder = out / FOLDERS[typ]
        folder.mkdir()
        for entry in entries:
            draft = Draft(plan, names, entry)
            fields = first_fields(draft) | own[typ](draft) | last_fields(draft)
            _write_record(folder, draft, fields)


def _write_record(folder: Path, draft: Draft, fields: Fields) -> None:
    usual = BODY_WORDS.get(draft.entry.typ, USUAL_WORDS)
    length = min(max(40, int(usual * draft.rng.lognormvariate(0, 0.45))), 2500)
    body = draft.prose.body(length, draft.links())
    if draft.chance(YAML_SHARE):
        name, text = f"{draft.entry.ident}.yml", yaml_text({**fields, "text": body.rstrip("\n")})
    else:
        name, text = f"{draft.entry.ident}.md", f"---\n{yaml_text(fields)}---\n\n{body}"
    (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _write_surroundings(out: Path) -> tuple[str, ...]:
    """Settings, static pages, search words and product genera; returns the ids of the genera."""
    county = ROOT / "examples/musterkreis"
    pages = sorted(page.relative_to(county) for names in PAGES for page in county.glob(names))
    for source, target in (
        *((f"examples/musterkreis/{page}", page) for page in pages),
        ("content/kategorien.yml", "kategorien.yml"),
        ("content/suche/synonyme.yml", "suche/synonyme.yml"),
    ):
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        (out / target).write_bytes((ROOT / source).read_bytes())
    (out / "wiki.yml").write_text(yaml_text(SETTINGS), encoding="utf-8", newline="\n")
    genera = (out / "kategorien.yml").read_text(encoding="utf-8")
    return tuple(re.findall(r"^- id: ([a-z0-9-]+)$", genera, re.MULTILINE))

"""The plan as data: what travels, and in which order."""

from __future__ import annotations

import pytest

from generator.publish.manifest import Entry, Manifest, is_safe, load, packed
from generator.publish.plan import Kind, kind, plan, stages
from tests.publish.helpers import manifest_of

A, B = Entry("a" * 64, 1), Entry("b" * 64, 2)


def steps(old: Manifest, new: Manifest, *, keep: bool = True) -> list[str]:
    return [
        f"{'-' if not s.entry else '+' if s.new else '~'}{s.path}"
        for s in plan(old, new, keep=keep).steps
    ]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("assets/stylesheets/wissen.css", Kind.ASSET),
        ("suche/index/p26.OcHb.js", Kind.ASSET),
        ("bilder/plan.png", Kind.ASSET),
        ("bilder/plan.pdf", Kind.ASSET),
        ("projekte/x/bild.svg.gz", Kind.ASSET),
        ("api/v1/records/x.json", Kind.DATA),
        ("api/v1/records/x.json.br", Kind.DATA),
        ("bewertungen/liste.csv", Kind.DATA),
        ("bewertungen/index.html", Kind.PAGE),
        ("bewertungen.html", Kind.ENTRY),
        ("index.html", Kind.ENTRY),
        ("index.html.gz", Kind.ENTRY),
        ("suche/index/manifest.js", Kind.LIST),
        ("api/v1/records.json", Kind.LIST),
        ("sitemap.xml", Kind.LIST),
        ("sitemap.xml.gz", Kind.LIST),
    ],
)
def test_kinds(path: str, wanted: Kind) -> None:
    assert kind(path) is wanted


def test_a_first_publication_ends_with_the_way_in() -> None:
    new = Manifest(dict.fromkeys(("index.html", "a/index.html", "x.css", "api/v1/records/a.json", "suche/index/manifest.js"), A))  # fmt: skip
    assert steps(Manifest(), new) == [
        "+x.css",
        "+api/v1/records/a.json",
        "+a/index.html",
        "+suche/index/manifest.js",
        "+index.html",
    ]


def test_only_what_changed_travels_and_deletions_come_last() -> None:
    old = Manifest({"same.css": A, "old.js": A, "stil.css": A, "a/index.html": A, "gone/index.html": A, "index.html": A})  # fmt: skip
    new = Manifest({"same.css": A, "new.js": A, "stil.css": B, "a/index.html": B, "b/index.html": A, "index.html": B})  # fmt: skip
    wanted = ["+new.js", "~stil.css", "+b/index.html", "~a/index.html", "~index.html", "-gone/index.html"]  # fmt: skip
    assert steps(old, new) == wanted
    assert plan(old, new).after.kept == {"old.js": A}
    assert steps(old, new, keep=False) == [*wanted, "-old.js"]


def test_assets_that_fell_away_go_with_the_next_run() -> None:
    old = Manifest({"index.html": A}, kept={"old.js": A, "again.js": A})
    assert steps(old, Manifest({"index.html": B, "again.js": A})) == ["~index.html", "-old.js"]


def test_what_a_broken_run_touched_is_put_again() -> None:
    old = Manifest({"index.html": A, "a.css": A}, unknown={"index.html", "b.css", "b/index.html"})
    done = plan(old, Manifest({"index.html": A, "a.css": A}))
    assert [s.path for s in done.steps] == ["index.html", "b/index.html"]
    assert set(done.after.kept) == {"b.css"}  # a page of the broken run may still be open


def test_names_that_differ_in_capitals_only() -> None:
    """On a Windows share they are one file: deleting the old name would delete the new file."""
    old = Manifest({"suche/index/p1.AbCd.js": A})
    done = plan(old, Manifest({"suche/index/p1.aBcD.js": B}), keep=False)
    assert [(s.path, s.entry) for s in done.steps] == [("suche/index/p1.aBcD.js", B)]


def test_stages_keep_the_order() -> None:
    new = Manifest(dict.fromkeys(("index.html", "a.css", "b.css"), A))
    assert [[s.path for s in stage] for stage in stages(plan(Manifest(), new).steps)] == [
        ["a.css", "b.css"],
        ["index.html"],
    ]


def test_a_manifest_survives_the_journey() -> None:
    before = manifest_of({"a/ä.html": b"x", "b.css": b"y"}, public=True)
    before.kept, before.unknown, before.backups, before.parent = {"c": A}, {"d"}, {"e"}, "f"
    assert load(before.dump()) == before


@pytest.mark.parametrize(
    "path", ["", "/etc/x", "../x", "a/../x", "a//b", "a/./b", ".wissen/x", "C:x", "a\\b", "a\0b"]
)
def test_no_path_leaves_its_folder(path: str) -> None:
    assert not is_safe(path)
    raw = {"version": 1, "oeffentlich": True, "erzeugt": "", "veroeffentlicht": "", "aufgehoben": {}, "ungewiss": [], "sicherungen": [], "vorher": ""}  # fmt: skip
    with pytest.raises(ValueError, match="unsafe"):
        load(packed({**raw, "dateien": {path: ["a", 1]}}))


@pytest.mark.parametrize("data", [b"", b"x", packed([]), packed({}), packed({"version": 1})])
def test_a_damaged_manifest_is_noticed(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"damaged|no manifest"):
        load(data)

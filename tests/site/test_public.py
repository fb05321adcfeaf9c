"""`--public` leaks nothing: no confidential record, no `intern` field, no trace of either."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import frontmatter
import pytest
import yaml

from tests.helpers import Folder
from tests.site.conftest import Call
from tests.site.sites import COUNTY, build, built, files

CANARY = "Kanarienvogel-7f3a"


@cache
def sources() -> dict[str, dict[str, object]]:
    """The fields of all records of the example county, read without our own reader."""
    found: dict[str, dict[str, object]] = {}
    for file in sorted(COUNTY.rglob("*/*")):
        if file.suffix == ".md":
            fields = frontmatter.loads(file.read_text(encoding="utf-8")).metadata
        elif file.suffix in (".yml", ".yaml") and file.parent != COUNTY:
            fields = yaml.safe_load(file.read_text(encoding="utf-8"))
        else:
            continue
        if isinstance(fields, dict) and "typ" in fields:
            found[file.stem] = fields
    return found


def confidential() -> list[str]:
    return [
        ident for ident, fields in sources().items() if fields["vertraulichkeit"] != "oeffentlich"
    ]


def secrets() -> dict[str, str]:
    """Every text that must not be public → where it comes from."""
    found = {CANARY: "canary"}
    for ident in confidential():
        found[ident] = "id"
        for name in ("titel", "kurzfassung", "bedarf", "verdikt_begruendung", "fragestellung"):
            if name in sources()[ident]:
                found[" ".join(str(sources()[ident][name]).split())] = f"{ident}: {name}"
    said_in_public = " ".join(
        " ".join([*leaves({k: v for k, v in fields.items() if k != "intern"}), ident])
        for ident, fields in sources().items()
        if ident not in confidential()
    )
    for ident, fields in sources().items():
        for value in leaves(fields.get("intern")):
            if value not in said_in_public:
                found[value] = f"{ident}: intern"
    return found


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield " ".join(str(value).split())


def readings(content: bytes) -> Iterator[str]:
    """A file as text in every spelling in which a secret could hide."""
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    text = " ".join(content.decode("utf-8", "replace").split())
    yield text
    yield html.unescape(text)
    if "%" in text:
        yield unquote(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)


def found_in(site: Path, words: dict[str, str]) -> dict[str, list[str]]:
    """Secret → files that hold it."""
    hits: dict[str, list[str]] = {}
    for path, content in files(site).items():
        texts = [*readings(content), path]
        for word in words:
            if any(word in text for text in texts):
                hits.setdefault(word, []).append(path)
    return hits


def test_the_example_county_has_secrets() -> None:
    assert len(confidential()) >= 3
    assert sum("intern" in fields for fields in sources().values()) >= 5


def test_the_public_site_holds_no_secret() -> None:
    hits = found_in(built("muster-oeffentlich"), secrets())
    assert {f"{word} ({secrets()[word]})": paths for word, paths in hits.items()} == {}


def test_mkdocs_yml_may_ask_for_a_public_site(tmp_path: Path) -> None:
    """Then `wissen build` without `--public` may not publish more; nor does an older site shine through."""
    site = tmp_path / "site"
    shutil.copytree(built("muster"), site)
    build(COUNTY, site, {"plugins": "[{wissensspeicher: {public: true}}]"})
    assert files(site) == files(built("muster-oeffentlich"))


def test_the_intercommunal_site_holds_them() -> None:
    """So the search above would find them."""
    hits = found_in(built("muster"), secrets())
    assert {
        word for word, origin in secrets().items() if word not in hits and origin != "canary"
    } == set()
    assert len(hits[CANARY]) >= 3


def test_the_word_intern_is_gone_from_the_public_api() -> None:
    public = json.loads(
        (built("muster-oeffentlich") / "api/v1/records.json").read_text(encoding="utf-8")
    )
    keys = {"intern"} | {key for fields in sources().values() for key in fields.get("intern") or ()}  # type: ignore[attr-defined]
    assert not [(r["id"], key) for r in public["records"] for key in keys if key in r]
    assert {r["vertraulichkeit"] for r in public["records"]} == {"oeffentlich"}
    assert {r["id"] for r in public["records"]} == set(sources()) - set(confidential())


def test_no_reference_to_a_hidden_record_is_left() -> None:
    """Not even as a bare id in a list of relations, members or former evaluations."""
    text = (built("muster-oeffentlich") / "api/v1/records.json").read_text(encoding="utf-8")
    assert not [ident for ident in confidential() if f'"{ident}"' in text]


def test_compressed_files_are_searched(tmp_path: Path) -> None:
    (tmp_path / "x.gz").write_bytes(gzip.compress(CANARY.encode()))
    (tmp_path / "y.js").write_text('"Gr\\u00fc\\u00df ' + CANARY + '"', encoding="utf-8")
    assert sorted(found_in(tmp_path, {CANARY: "", "Grüß": ""})[CANARY]) == ["x.gz", "y.js"]


def test_a_picture_of_a_confidential_record_is_not_public(
    folder: Folder, call: Call, tmp_path: Path
) -> None:
    for name in ("geheim.png", "offen.png", "seite.pdf", "verwaist.png"):
        folder.file(f"bilder/{name}", b"Bild " + name.encode())
    folder.add("begriff", "a", "![x](../bilder/geheim.png)", vertraulichkeit="interkommunal")
    folder.add("begriff", "b", "![x](../bilder/offen.png)")
    folder.file("ueber.md", "# Seite\n\n[Papier][1]\n\n[1]: bilder/seite.pdf\n")
    site = tmp_path.with_name(f"{tmp_path.name}-site")
    assert call("build", "--content", ".", "--site-dir", site, "--public").code == 0
    assert sorted(p.name for p in (site / "bilder").iterdir()) == ["offen.png", "seite.pdf"]


def test_a_static_page_may_not_name_a_confidential_record(folder: Folder) -> None:
    """Static pages are always public: `check` says so before anything is built."""
    folder.add("begriff", "geheim", vertraulichkeit="interkommunal")
    folder.file("ueber.md", "# Seite\n\nSiehe [dort](glossar/geheim.md).\n")
    (problem,) = [p for p in folder.problems() if p.path.endswith("ueber.md")]
    assert (problem.line, problem.column, problem.code) == (3, 14, "vertraulich")


@pytest.mark.parametrize("href", ["geheim", "../begriffe/../glossar/geheim.md"])
def test_no_text_of_a_public_record_may_link_to_a_confidential_one(
    folder: Folder, href: str
) -> None:
    """The link would be dropped from the page, but the address would stand in the API."""
    folder.add("begriff", "geheim", vertraulichkeit="interkommunal")
    folder.add("bewertung", "a", verdikt_begruendung=f"Es ging.\n\nSiehe [dort]({href}).")
    folder.add(
        "begriff", "b", definition="Siehe [dort][1].", body=f"Mehr [dort][1].\n\n[1]: {href}\n"
    )
    found = [(p.path.rpartition("/")[2], p.code) for p in folder.problems()]
    assert sorted(found) == [("a.md", "vertraulich"), ("b.md", "vertraulich")]

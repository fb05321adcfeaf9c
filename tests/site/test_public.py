"""`--public` leaks nothing: no confidential record, no `intern` field, no trace of either."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import brotli
import frontmatter
import pytest
import yaml

from generator.search.analysis import stem
from generator.search.codec import payload, unpack_after, unpack_sorted
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


def unpacked(path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and all that is packed into it: gzip, brotli, ZIP (so Excel too), one in the other."""
    yield path, content
    if content[:2] == b"\x1f\x8b":
        yield from unpacked(path.removesuffix(".gz"), gzip.decompress(content))
    elif path.endswith(".br"):
        yield from unpacked(path.removesuffix(".br"), brotli.decompress(content))
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from unpacked(f"{path}/{name}", archive.read(name))


def readings(path: str, content: bytes) -> Iterator[str]:
    """A file as text in every spelling in which a secret could hide."""
    for name, data in unpacked(path, content):
        raw = data.decode("utf-8", "replace")
        text = " ".join(raw.split())
        yield f"{name} {text}"
        yield html.unescape(text)
        if "BEGIN:VCALENDAR" in raw:  # long lines are folded, commas escaped
            yield re.sub(r"\\([,;\\])", r"\1", re.sub(r"\r?\n[ \t]", "", raw)).replace("\\n", " ")
        if "%" in text:
            yield unquote(text)
        if "\\" in text:
            plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
            yield plain
            yield re.sub(r"\\+n", " ", plain).replace("\\", "")
        if '""' in text:  # a table
            yield text.replace('""', '"')
        for packed in re.findall(r";base64,([A-Za-z0-9+/=]{16,})", text):
            yield base64.b64decode(packed + "==").decode("utf-8", "replace")
        if "/suche/index/" in f"/{name}" and name.endswith(".js"):
            yield search_words(name, raw)


def search_words(path: str, text: str) -> str:
    """The words of an index file of the search, which are packed by what they share with the one before."""
    name, content = payload(text)
    if path.endswith("/manifest.js"):
        return " ".join(unpack_sorted(json.loads(content)["starts"]))
    if name == "kern":
        return " ".join(unpack_sorted(json.loads(content)["terms"]))
    if name == "sprache":
        return " ".join(unpack_sorted(json.loads(content)["words"]))
    if name[0] == "v":
        return " ".join(unpack_sorted(content.split("\n")[1]))
    if name[0] == "p":
        words, term = [], ""
        for line in content.split("\n"):
            term = unpack_after(term, line.split("\t")[0])
            words.append(term)
        return " ".join(words)
    return content


def found_in(site: Path, words: dict[str, str]) -> dict[str, list[str]]:
    """Secret → files that hold it."""
    hits: dict[str, list[str]] = {}
    for path, content in files(site).items():
        texts = [*readings(path, content)]
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


def test_the_words_of_the_search_hold_no_secret() -> None:
    """Not even a single word that only a confidential text has."""
    word = stem(CANARY.split("-")[0])
    words = {
        name: {
            found
            for path, content in files(built(name) / "suche/index").items()
            for found in search_words(f"suche/index/{path}", content.decode()).split()
        }
        for name in ("muster", "muster-oeffentlich")
    }
    assert word in words["muster"]
    assert word not in words["muster-oeffentlich"]
    assert len(words["muster-oeffentlich"]) > 1000


def test_an_archive_of_the_public_site_holds_no_secret(call: Call, tmp_path: Path) -> None:
    for name, leaks in (("muster-oeffentlich", False), ("muster", True)):
        site = shutil.copytree(built(name), tmp_path / name)
        (site / "suche.html").write_text("", encoding="utf-8")
        assert call("publish", f"zip:{tmp_path}/{name}.zip", "--site-dir", site).code == 0
        packed = tmp_path / f"zip-{name}"
        packed.mkdir()
        (tmp_path / f"{name}.zip").rename(packed / "wiki.zip")
        assert bool(found_in(packed, secrets())) == leaks


def test_a_public_site_says_so() -> None:
    for name, wanted in (("muster", False), ("muster-oeffentlich", True)):
        said = json.loads((built(name) / "api/v1/ausgabe.json").read_text(encoding="utf-8"))
        assert said["oeffentlich"] is wanted


def test_compressed_files_are_searched(tmp_path: Path) -> None:
    for suffix, data in (
        ("br", brotli.compress(CANARY.encode())),
        ("ics", f"BEGIN:VCALENDAR\r\n{CANARY[:9]}\r\n {CANARY[9:]}".encode()),
        ("svg", b"url(data:text/plain;base64," + base64.b64encode(CANARY.encode()) + b")"),
    ):
        (tmp_path / f"a.{suffix}").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet.xml", CANARY)
    hidden = ["a.br", "a.ics", "a.svg", "a.xlsx"]
    assert sorted(found_in(tmp_path, {CANARY: ""})[CANARY]) == hidden
    for name in hidden:
        (tmp_path / name).unlink()
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

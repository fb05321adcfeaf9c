"""The files of the index."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import settings as settings_
from hypothesis import strategies as st

from generator import workers
from generator.search import bits, codec, settings
from generator.search.build import build_index
from generator.search.documents import Facet
from generator.search.packing import pack_all
from generator.search.synonyms import Group
from generator.search.weighing import average_of
from tests.search.helpers import CACHE, Search, document

EVIL = "</script><img src=x onerror=alert(1)>\u2028\"'\\ ~ Bürger|innen\t!"
GROUPS = [Group("Terminal", ("Kiosk", EVIL))]


def documents(count: int = 40) -> list[Any]:
    return [
        document(
            f"d{number:03}",
            f"Terminal {number} {EVIL}",
            "Ein Text. " * number + EVIL,
            facets={"typ": ("bewertung",), "kommune": (f"Ort {number % 7}", f"Ort {number % 3}")},
            related=("d001", "gibt-es-nicht"),
        )
        for number in range(count)
    ]


def test_same_documents_same_bytes() -> None:
    forward = build_index(documents(), GROUPS, CACHE)
    backward = build_index(documents()[::-1], GROUPS, CACHE)
    assert forward == backward
    assert list(forward) == list(backward)


def test_all_files_but_the_manifest_are_hashed() -> None:
    names = set(build_index(documents(), GROUPS, CACHE))
    names.remove("manifest.js")
    assert all(re.fullmatch(r"[a-z-]+\d*\.[\w-]{8}\.js", name) for name in names)


def test_an_edit_renames_only_what_changed() -> None:
    before = build_index(documents(), GROUPS, CACHE)
    edited = documents()
    edited[3] = replace(edited[3], card={"typ": "Bewertung"})
    after = build_index(edited, GROUPS, CACHE)
    # its card file and the hashes of some card files; the manifest keeps its name
    assert len(set(after) - set(before)) == 2


def test_files_are_calls_with_two_texts() -> None:
    for name, content in build_index(documents(), GROUPS, CACHE).items():
        assert content.startswith("wissenSuche.load(") and content.endswith(");\n")
        assert "\u2028" not in content
        letter, mark, *_ = name.split(".")
        assert codec.payload(content)[0] == (letter + mark if letter in "pdt" else letter)


def test_cards_come_back_whole() -> None:
    search = Search(documents())
    card = search.reader.card(17)
    assert card["title"] == f"Terminal 17 {EVIL}"
    assert card["more"] == [[f"Terminal 1 {EVIL}", "bewertungen/d001/"]]


def test_facets() -> None:
    facets = [
        Facet("typ", "Art", {"bewertung": "Bewertung"}),
        Facet("kommune", "Kommune"),
        Facet("x", "X"),
    ]
    files = build_index(documents(), GROUPS, CACHE, facets)
    name = next(name for name in files if name.startswith("facetten"))
    typ, place = json.loads(codec.payload(files[name])[1])
    assert (typ["label"], typ["labels"]) == ("Art", ["Bewertung"])
    codes = [code for packed in place["codes"] for code in bits.unpack_codes(packed)]
    values = [place["values"][number] for number in place["sets"][codes[10]]]
    assert values == ["Ort 1", "Ort 3"]


def test_a_heavy_facet_has_a_file_of_its_own() -> None:
    many = [
        document(
            f"d{number:04}",
            f"Terminal {number}",
            facets={
                "typ": ("bewertung",),
                "kommune": (f"Ort {number % 200}", f"Ort {number % 7}"),
                "art": (f"Art {number % 90}", f"Art {number * 7 % 89}"),
            },
        )
        for number in range(1500)
    ]
    facets = [Facet("kommune", "Kommune"), Facet("art", "Arten", typ="bewertung")]
    files = build_index(many, GROUPS, CACHE, facets)
    told = {name.split(".")[0]: codec.payload(text)[1] for name, text in files.items()}
    (shared,), own = json.loads(told["facetten"]), json.loads(told["liste-bewertung"])["facets"][0]
    assert (shared["label"], own["label"]) == ("Kommune", "Arten")
    for stub, name in ((shared, "facette-kommune"), (own, "facette-bewertung-art")):
        assert stub.keys() == {"name", "label", "datei", "marke"}
        assert f"{stub['datei']}.{stub['marke']}.js" in files
        assert stub["datei"] == name
        whole = json.loads(told[name])
        assert sum(len(bits.unpack_codes(packed)) for packed in whole["counts"]) == len(many)


def test_a_large_vocabulary_keeps_rare_words_findable(monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "CORE_TERMS", 5)
    monkeypatch.setattr(settings, "SHARD_BYTES", 200)
    titles = [
        "Friedhof",
        "Winterdienst",
        "Baumkataster",
        "Chatbot",
        "Ratssitzung",
        "Gewerbe",
        "Wohngeld",
        "Sirene",
    ]
    search = Search([document(f"d{n}", title, "Ein Text.") for n, title in enumerate(titles)])
    assert search("Freidhof") == ["d0"]
    assert search("Winterdinst") == ["d1"]
    assert search("Baumkat") == ["d2"]


@settings_(deadline=None)
@given(st.dictionaries(st.integers(0, 200_000), st.integers(1, 90)))
def test_postings(impacts: dict[int, int]) -> None:
    documents = sorted(impacts)
    values = [impacts[document] for document in documents]
    packed = bits.pack_postings(documents, values)
    assert bits.unpack_postings(packed) == (documents, values)
    assert bits.packed_length(packed) == len(documents)


LISTS = st.lists(
    st.dictionaries(st.integers(0, 5_000), st.integers(1, 127))
    | st.dictionaries(st.integers(0, 200), st.integers(5, 9), min_size=32, max_size=90)
)


@settings_(deadline=None)
@given(LISTS)
def test_many_postings_at_once(lists: list[dict[int, int]]) -> None:
    every = [sorted(entries.items()) for entries in lists]
    starts = np.cumsum([0, *map(len, every)])
    documents = np.array([d for entries in every for d, _ in entries], np.int32)
    impacts = np.array([i for entries in every for _, i in entries], np.uint8)
    expected = [
        bits.pack_postings([d for d, _ in entries], [i for _, i in entries]) for entries in every
    ]
    assert list(pack_all(starts, documents, impacts)) == expected


def test_one_process_or_many(monkeypatch: Any) -> None:
    alone = build_index(documents(), GROUPS, CACHE)
    monkeypatch.setattr(workers, "FEWEST", 2)
    monkeypatch.setenv("WISSEN_PROZESSE", "2")
    assert build_index(documents(), GROUPS, CACHE) == alone


def test_an_average_hardly_ever_changes() -> None:
    averages = [average_of(100_000 * 80 + edit, 100_000) for edit in range(-500, 500)]
    assert len(set(averages)) == 1
    assert average_of(0, 7) > 0
    assert all(abs(average_of(n, 1) / 64 - n) <= 0.04 * n for n in range(1, 5_000))


@settings_(deadline=None)
@given(st.lists(st.integers(0, 300) | st.integers(0, 3)))
def test_codes(codes: list[int]) -> None:
    assert bits.unpack_codes(bits.pack_codes(codes)) == codes


@settings_(deadline=None)
@given(st.lists(st.text("abcdefg0-ø", min_size=1), unique=True).map(sorted))
def test_sorted_terms(terms: list[str]) -> None:
    assert codec.unpack_sorted(codec.pack_sorted(terms)) == terms


@settings_(deadline=None)
@given(st.text())
def test_scripts_carry_any_text(text: str) -> None:
    assert codec.payload(codec.script("name", text)) == ("name", text)

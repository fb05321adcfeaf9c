"""The benchmark's corpus: the same every time, and in the record contract."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.checking import check_content
from generator.records.problems import Severity
from generator.records.types import TYPES
from tools.bench import DAY
from tools.bench.corpus.emit import yaml_text
from tools.bench.corpus.write import write_corpus


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, 200, seed=1)
    return folder


def test_same_seed_gives_same_bytes(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path, 200, seed=1)
    assert files(tmp_path) == files(corpus)


def test_other_seed_gives_other_records(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path, 200, seed=2)
    assert not set(files(tmp_path)) >= set(files(corpus))


def test_corpus_is_in_the_contract(corpus: Path) -> None:
    checked = check_content(corpus, DAY)
    errors = [p for p in checked.problems if p.severity is Severity.ERROR]
    assert errors == []
    kinds = Counter(record.typ for record in checked.catalogue.records.values())
    assert sum(kinds.values()) == 200
    assert set(kinds) == set(TYPES)


def test_corpus_has_every_state(corpus: Path) -> None:
    catalogue = check_content(corpus, DAY).catalogue
    states = {catalogue.validity(record).state for record in catalogue.records.values()}
    assert states == {"gueltig", "bald_zu_pruefen", "abgelaufen", "ersetzt"}


def test_yaml_is_written_as_people_do() -> None:
    text = yaml_text({"a": "eins: zwei", "b": [{"c": 1, "d": "2026-01"}, "x"], "e": {"f": "nein"}})
    assert text == 'a: "eins: zwei"\nb:\n  - c: 1\n    d: 2026-01\n  - x\ne:\n  f: nein\n'

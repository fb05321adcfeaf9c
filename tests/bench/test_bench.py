"""The benchmark's own arithmetic, conversions and reports; nothing is measured here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from generator.pages.parts import MOST
from tools.bench import process
from tools.bench.builds import per_record
from tools.bench.corpus.write import write_corpus
from tools.bench.edits import EDITS, differences
from tools.bench.figures import exponent, summary
from tools.bench.pages import heaviest_page
from tools.bench.process import Failed, Usage, measure, size_of
from tools.bench.report import MARKS, into_readme, markdown
from tools.bench.rivals.convert import convert
from tools.bench.searching import known_items


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, 60, seed=1)
    return folder


def test_growth_is_the_exponent_between_two_sizes() -> None:
    assert exponent(2, 10, 100, 500) == pytest.approx(1)
    assert exponent(2, 50, 100, 500) == pytest.approx(2)
    assert exponent(2, 2, 100, 100) is None


def test_a_further_record_leaves_out_what_every_build_costs() -> None:
    small, large = ({"x": summary([Usage(seconds, 1, 1, 1)])} for seconds in (5.1, 5.5))
    assert per_record(small, large, 100, 500)["x"] == pytest.approx({"wall": 0.001, "cpu": 0})


def test_summary_has_median_and_least() -> None:
    told = summary([Usage(3, 1, 10, 5), Usage(1, 1, 30, 6), Usage(2, 1, 20, 7)])
    assert told["wall"] == {"median": 2, "min": 1}
    assert told["rss"] == {"median": 20, "min": 10}
    assert len(told["runs"]) == 3


def test_measure_sees_time_memory_and_children(tmp_path: Path) -> None:
    script = "import subprocess, sys; x = bytearray(40_000_000); subprocess.run([sys.executable, '-c', 'import time; y = bytearray(40_000_000); time.sleep(.4)'])"
    usage = measure([sys.executable, "-c", script], tmp_path / "log")
    assert usage.wall >= 0.4
    assert usage.cpu > 0
    assert usage.rss > 40_000_000


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux alone tells it")
def test_shared_memory_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SHARES_EACH", 1)
    script = "import os, time; x = b'x' * 80_000_000; os.fork() and os.wait(); time.sleep(.3)"
    usage = measure([sys.executable, "-c", script], tmp_path / "log")
    assert usage.rss > 160_000_000
    assert 80_000_000 < usage.pss < 130_000_000


def test_measure_tells_what_a_failing_command_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="exit code 3: nothing works"):
        measure(
            [sys.executable, "-c", "print('nothing works'); raise SystemExit(3)"], tmp_path / "log"
        )


def test_rivals_get_all_records_as_markdown(corpus: Path, tmp_path: Path) -> None:
    convert(corpus, tmp_path / "out")
    pages = list((tmp_path / "out").rglob("*.md"))
    assert len(pages) == 60
    for page in pages:
        front, body = page.read_text(encoding="utf-8")[4:].split("\n---\n", 1)
        fields = yaml.safe_load(front)
        assert fields["title"]
        assert not {"url", "titel", "text"} & set(fields)
        assert body.strip()


def test_every_edit_finds_records_and_changes_them(corpus: Path) -> None:
    for edit in EDITS:
        paths = edit.records(corpus)
        assert paths
        text = paths[0].read_text(encoding="utf-8")
        assert (edit.change(text, 0) != text) is (edit.name != "nothing")


def test_queries_ask_for_records_of_the_corpus(corpus: Path) -> None:
    for query in known_items(corpus):
        assert query["q"]
        assert all(list(corpus.glob(f"*/{ident}.*")) for ident in query["rel"])


def test_differences_are_missing_left_over_and_changed_files(tmp_path: Path) -> None:
    for name, files in {"a": {"same": "1", "gone": "1", "other": "1"}, "b": {"same": "1", "new": "1", "other": "2"}}.items():  # fmt: skip
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    assert list(differences(tmp_path / "a", tmp_path / "b")) == ["gone", "new", "other"]
    assert size_of(tmp_path / "a") == {"bytes": 3, "files": 3}


def test_heaviest_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("short", encoding="utf-8")
    (tmp_path / "b.html").write_text("long " * 50, encoding="utf-8")
    found = heaviest_page(tmp_path)
    assert (found["page"], found["bytes"]) == ("b.html", 250)
    assert found["gzip"] < 250
    assert (found["pages"], found["above"], found["parted"]) == (2, 0, 0)
    part = tmp_path / "projekte" / "x" / "teil-2" / "index.html"
    part.parent.mkdir(parents=True)
    part.write_text("x" * (MOST + 1), encoding="utf-8")
    found = heaviest_page(tmp_path)
    assert (found["pages"], found["above"], found["parted"]) == (3, 1, 1)


def _result() -> dict[str, object]:
    figures = {**summary([Usage(2, 1.5, 10**8, 9 * 10**7)]), "output": {"bytes": 10**6, "files": 7}, "search": True}  # fmt: skip
    return {
        "n": 1000, "small": 200, "runs": 1, "command": "make bench N=1000", "versions": {}, "errors": {"serve": "no port"},
        "state": {"machine": "a machine", "system": "Linux", "python": "3", "commit": "abc", "day": "2026-01-01", "cache_option": None, "cores": 2, "load": 5.0},
        "full": {"200": {"SIL-Wissensspeicher": figures}, "1000": {"SIL-Wissensspeicher": figures}},
        "growth": {"SIL-Wissensspeicher": {"wall": 0.5, "bytes": None}},
        "per_record": {"SIL-Wissensspeicher": {"wall": 0.0012, "cpu": 0.001}},
        "edits": {"body": {**summary([Usage(1, 1, 1, 1)]), "different": ["a.html"]}},
    }  # fmt: skip


def test_report_is_a_table_with_its_circumstances() -> None:
    text = markdown(json.loads(json.dumps(_result())))
    assert (
        "| SIL-Wissensspeicher, with search | 2.0 s (2.0) | 1.00 / 1.00 | 1.5 s | 90 MB (100 MB) |"
        in text
    )
    assert "1.2 ms / 1.0 ms" in text
    assert "busy with other work (load 5.0)" in text
    assert "1.00 s (1.00), files that differ: 1" in text
    assert "`make bench N=1000`" in text
    assert "Not measured: serve: no port." in text


def test_readme_is_changed_between_the_marks_only(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", encoding="utf-8")
    into_readme(readme, "new\n")
    assert readme.read_text(encoding="utf-8") == f"before\n{MARKS[0]}\nnew\n{MARKS[1]}\nafter\n"
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="has no"):
        into_readme(readme, "new\n")

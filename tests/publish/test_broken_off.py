"""Publishing in place, broken off before every single change: readers never miss an asset, and the next
run completes, whatever it publishes."""

from __future__ import annotations

import pytest

from generator.publish import store as store_module
from generator.publish.inplace import InPlace, Options
from generator.publish.problems import PublishError
from tests.publish.helpers import Crash, Files, Memory, files_of, missing, publish, shown

ONE = files_of("eins", {"a": "alt", "b": "bleibt", "c": "geht"})
TWO = files_of("zwei zwei", {"a": "neu", "b": "bleibt", "d": "kommt"})
THREE = files_of("drei", {"a": "ganz neu", "c": "ist wieder da"})


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_sleep", lambda seconds: None)


def complete(files: Files) -> None:
    # A deleted page is gone with its links: only what belongs to a page must be there.
    assert [m for m in missing(files) if not m.endswith(".html")] == []


def exactly(store: Memory, wanted: Files) -> None:
    """The site, all of it, and besides only assets that are kept for a while."""
    there = shown(store.files)
    assert {p: d for p, d in there.items() if p in wanted} == wanted
    assert [p for p in there if p not in wanted and p.endswith((".html", ".json"))] == []
    assert missing(store.files) == []


def test_nothing_is_kept_for_ever() -> None:
    store = Memory(complete)
    for files in (ONE, TWO, THREE, ONE, TWO):
        publish(store, files)
        exactly(store, files)
    publish(store, {**TWO, "index.html": b"ref:a/index.html\n"})
    stale = shown(store.files).keys() - TWO.keys()
    assert stale == set()
    assert store.folders == set()


def test_broken_off_anywhere_then_the_same_another_or_the_old_site() -> None:
    crashes = 0
    for nexts in ((TWO,), (THREE,), (ONE,), (THREE, TWO)):
        at = 0
        while True:
            store = Memory(complete)
            publish(store, ONE)
            store.crash_at = store.changes + at
            try:
                publish(store, TWO)
            except Crash:
                crashes += 1
            else:
                break
            store.crash_at = None
            for files in nexts:
                publish(store, files)
                exactly(store, files)
            at += 1
    assert crashes > 100


def test_broken_off_twice() -> None:
    store = Memory(complete)
    publish(store, ONE)
    for at in range(60):
        for files in (TWO, THREE):
            store.crash_at = store.changes + at
            with pytest.raises(Crash):
                publish(store, files)
                store.crash_at = 0
                store.write("x", b"")
        store.crash_at = None
        publish(store, ONE)
        exactly(store, ONE)


@pytest.mark.parametrize("at", range(0, 60, 3))
def test_back_to_the_release_before_after_a_broken_run(at: int) -> None:
    """Whatever became of the broken run: going back shows the last complete release."""
    store = Memory(complete)
    publish(store, THREE)
    publish(store, ONE)
    store.crash_at = store.changes + at
    try:
        publish(store, TWO)
        done = True
    except Crash:
        done = False
    store.crash_at = None
    begun = ".wissen/lauf.json.gz" in store.files or done
    back = InPlace(store, Options(break_lock=True))
    back.rollback()
    exactly(store, ONE if begun or shown(store.files)["index.html"] == ONE["index.html"] else THREE)


def test_back_and_forth() -> None:
    store = Memory(complete)
    publish(store, ONE)
    publish(store, TWO)
    for wanted in (ONE, TWO, ONE):
        InPlace(store, Options()).rollback()
        exactly(store, wanted)
    publish(store, THREE)
    InPlace(store, Options()).rollback()
    exactly(store, ONE)


def test_going_back_is_refused_before_the_first_step_if_something_is_missing() -> None:
    store = Memory(complete)
    publish(store, ONE)
    publish(store, TWO)
    backup = next(p for p in store.files if p.startswith(".wissen/sicherung/"))
    del store.files[backup]
    before = shown(store.files)
    with pytest.raises(PublishError, match=r"nicht mehr vollständig. Es wurde nichts"):
        InPlace(store, Options()).rollback()
    assert shown(store.files) == before


def test_without_a_release_before_there_is_no_way_back() -> None:
    store = Memory()
    publish(store, ONE)
    with pytest.raises(PublishError, match="kein früherer Stand aufgehoben"):
        InPlace(store, Options()).rollback()


def test_purge_leaves_nothing_of_the_old_site() -> None:
    store = Memory()
    publish(store, ONE)
    publish(store, TWO)
    publish(store, THREE, purge=True)
    assert shown(store.files) == THREE
    assert {p for p in store.files if p.startswith(".wissen/")} == {".wissen/stand.json.gz"}
    publish(store, ONE)
    publish(store, ONE, purge=True)  # the same site, but nothing of the one before
    assert shown(store.files) == ONE
    assert {p for p in store.files if p.startswith(".wissen/")} == {".wissen/stand.json.gz"}


def test_a_shaky_network_costs_time_only() -> None:
    store = Memory(complete)
    publish(store, ONE)
    store.shaky = set(range(store.changes, store.changes + 200, 2))
    publish(store, TWO)
    exactly(store, TWO)


def test_a_network_that_stays_away() -> None:
    store = Memory(complete)
    publish(store, ONE)

    class Away(Memory):
        def write(self, path: str, data: bytes) -> None:
            self.shaky = {self.changes}
            super().write(path, data)

    away = Away(complete)
    away.files = store.files
    with pytest.raises(PublishError, match=r"6 Versuche sind gescheitert.*der nächste Lauf macht"):
        publish(away, TWO)
    store.folders.clear()
    publish(store, TWO)
    exactly(store, TWO)


def test_progress_is_kept_when_a_run_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was certainly done need not travel again."""
    monkeypatch.setattr("generator.publish.inplace._EVERY", 0.0)
    monkeypatch.setattr("generator.publish.inplace._BATCH", 1)
    many = files_of("viele", {f"s{n}": f"text {n}" for n in range(40)})
    store = Memory(complete)
    store.crash_at = 120
    with pytest.raises(Crash):
        publish(store, many)
    store.crash_at, begun = None, store.changes
    there = len(shown(store.files))
    assert there > 40
    written: list[str] = []
    monkeypatch.setattr(store, "write", lambda p, d, w=store.write: (written.append(p), w(p, d)))
    publish(store, many)
    again = [p for p in written if not p.startswith(".wissen/")]
    assert len(again) <= len(many) - there + 2
    assert store.changes > begun
    exactly(store, many)


def test_verify_heals_what_others_damaged() -> None:
    store = Memory()
    publish(store, ONE)
    store.files["a/index.html"] = b"kaputt"
    del store.files["assets/stil.css"]
    publish(store, ONE)
    assert store.files["a/index.html"] == b"kaputt"  # nobody looked
    publish(store, ONE, verify=True)
    exactly(store, ONE)


def test_verify_says_if_a_store_does_not_keep_its_word() -> None:
    class Forgetful(Memory):
        def write(self, path: str, data: bytes) -> None:
            super().write(path, data[:-1] if path.endswith(".css") else data)

    with pytest.raises(
        PublishError, match=r"Beim Nachlesen stimmen 1 Dateien nicht, zuerst „assets/"
    ):
        publish(Forgetful(), ONE, verify=True)


def test_a_foreign_site_is_not_overwritten_unasked() -> None:
    store = Memory()
    store.files["index.html"] = b"fremd"
    with pytest.raises(PublishError, match="--adopt"):
        publish(store, ONE)
    assert store.files == {"index.html": b"fremd"}
    publish(store, ONE, adopt=True)
    exactly(store, ONE)


def test_a_damaged_note_of_a_broken_run() -> None:
    """Then every file counts as unknown."""
    store = Memory()
    publish(store, ONE)
    store.files[".wissen/lauf.json.gz"] = b"kaputt"
    store.files["a/index.html"] = b"halb"
    publish(store, ONE)
    exactly(store, ONE)


def test_a_damaged_state_is_told() -> None:
    store = Memory()
    publish(store, ONE)
    store.files[".wissen/stand.json.gz"] = b"kaputt"
    with pytest.raises(PublishError, match=r"ist beschädigt. Bitte dort den Ordner „.wissen“"):
        publish(store, ONE)

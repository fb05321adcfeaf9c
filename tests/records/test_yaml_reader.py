"""What YAML means here: plain text values, exact places, and limits that hold before memory is spent."""

from __future__ import annotations

import pytest

from generator.records.yaml_reader import MAX_NODES, YamlProblem, read_yaml


@pytest.mark.parametrize(
    "written",
    ["NO", "yes", "on", "01067", "0x1F", "12:30", "1.10", "1e3", "2026-03-31", "Null", ".inf"],
)
def test_scalars_stay_what_the_author_wrote(written: str) -> None:
    assert read_yaml(f"wert: {written}\nliste: [{written}]").root == {
        "wert": written,
        "liste": [written],
    }


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_is_nothing(written: str) -> None:
    assert read_yaml(f"wert: {written}\nandere: x").root == {"wert": None, "andere": "x"}
    assert read_yaml(f"wert: '{written}'").root == {"wert": written}


def test_every_value_and_key_has_its_place() -> None:
    document = read_yaml("a: 1\nb:\n  - x\n  - c: y\n    d: [1, 22]\n")
    assert document.positions[("a",)] == (0, 3)
    assert document.positions[("b", 0)] == (2, 4)
    assert document.positions[("b", 1, "d", 1)] == (4, 11)
    assert document.keys[("b", 1, "d")] == (4, 4)


def test_the_first_of_two_equal_keys_counts() -> None:
    document = read_yaml("a: 1\na: {b: [2, 3]}\nc: 4\n")
    assert document.root == {"a": "1", "c": "4"}
    assert document.duplicates == [(("a",), (1, 0))]
    assert document.positions[("a",)] == (0, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 30_000, "zu-tief"),
        ("{a: " * 30_000, "zu-tief"),
        ("- " * 30_000, "zu-tief"),
        ("- x\n" * (MAX_NODES + 1), "zu-gross"),
        ("a: &x [1]\nb: *x", "yaml-verweis"),
        ("a: !!python/name:os.system x", "yaml-typ"),
        ("a: 1\n---\nb: 2", "yaml"),
        ("? [a]\n: b", "yaml"),
        ("? {a: b}\n: c", "yaml"),
        ('a: "\\0"', "zeichen"),
        ('a: "\\u202e"', "zeichen"),
        ("a: \x07", "zeichen"),
        ("a: 1\n  b: 2", "yaml"),
        ("- a\n   - b", "yaml"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        read_yaml(text)
    assert caught.value.code == code


def test_a_swallowed_comment_is_noticed() -> None:
    assert read_yaml("a: Raum #5\nb: x # Kommentar\nc: 'x #y'\nd: |\n  x #y\n").comments == [(0, 8)]

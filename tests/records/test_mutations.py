"""Whatever the bytes are: an answer, never an exception.

Valid records of all types are damaged in the ways that people, editors and attackers damage them.
Every problem must point into the file and say something, and a record comes out only without errors.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.records.files import SUFFIXES, FileResult, read_record
from generator.records.problems import has_errors
from generator.records.types import TYPES
from generator.records.yaml_reader import Document, YamlProblem, read_yaml
from tests.helpers import FIXTURES, text

EXAMPLES = Path(__file__).parents[2] / "examples/musterkreis"
RECORDS = sorted(
    [p for p in FIXTURES.glob("gueltig/*/*") if p.suffix in SUFFIXES]
    + [sorted((EXAMPLES / cls.ordner).glob("*.*"))[0] for cls in TYPES.values()]
)
# Pieces that mean something to YAML, Markdown, a terminal, a spreadsheet or a browser.
PIECES = re.findall(
    r"\S+",
    r"""
: | > - # & * ! % @ ` ' " [ ] { } , ? | |- >+ --- ... << ~ null true NO 0x1F .inf 1e999 -0 ١٢ 2026-02-30
9999-99-99 2026-13 12.345,67 1.000.000 -1 99999999999999999999 \ \0 \x00 <b> <script> javascript: {{ }} {% %}
{:.x} ![](//x) [x](y) =1+1 ::error::x ../../etc/passwd !!python/object &a *a frau Frau Müller 0251 12345-0 x@y.z
""",
)
BYTES = [
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"\r",
    b"\t",
    b"\x1b[31m",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
]
BYTES += [
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98\x80",
    b"\x0b",
    b"\x7f",
    b"\xc2\xa0",
    b"\xcd\x8f",
]
SEEDS = range(2_000)


def damage(raw: bytes, chance: random.Random) -> bytes:
    """`raw` with one to three changes."""
    for _ in range(chance.randint(1, 3)):
        lines = raw.split(b"\n")
        at, line = chance.randrange(len(raw) + 1), chance.randrange(len(lines))
        piece = chance.choice(PIECES).encode()
        match chance.randrange(12):
            case 0:
                raw = raw[:at] + chance.choice(BYTES) + raw[at:]
            case 1:
                raw = raw[:at] + piece + raw[at:]
            case 2:
                raw = raw[:at] + raw[at + chance.randint(1, 40) :]
            case 3:
                raw = raw[:at]
            case 4:
                raw = b"\n".join(lines[:line] + lines[line + 1 :])
            case 5:
                raw = b"\n".join([*lines[: line + 1], *lines[line:]])
            case 6:
                lines[line] = b" " * chance.randint(1, 5) + lines[line]
                raw = b"\n".join(lines)
            case 7:
                lines[line] = lines[line].lstrip()
                raw = b"\n".join(lines)
            case 8:
                lines[line] = lines[line].partition(b":")[0] + b": " + piece
                raw = b"\n".join(lines)
            case 9:
                chance.shuffle(lines)
                raw = b"\n".join(lines)
            case 10:
                raw = raw.replace(chance.choice([b": ", b"- ", b"\n", b"'", b" "]), piece, 3)
            case _:
                raw = raw[:at] + piece * chance.choice([50, 3_000]) + raw[at:]
    return raw


def check(result: FileResult, raw: bytes) -> None:
    """What must hold for every answer."""
    lines = len(re.split(rb"\r\n|\r|\n", raw))
    for problem in result.problems:
        assert 1 <= problem.line <= lines, problem
        assert problem.column >= 1
        assert re.search(r"[a-zäöüß]{3}", problem.message)
        assert re.fullmatch(r"[a-z-]+", problem.code)
        assert str(problem).isprintable()
    assert (result.record is None) == has_errors(result.problems)


@pytest.mark.parametrize("block", range(8))
def test_damaged_records(tmp_path: Path, block: int) -> None:
    for seed in SEEDS[block::8]:
        chance = random.Random(seed)
        original = RECORDS[seed % len(RECORDS)]
        raw = damage(original.read_bytes(), chance)
        file = tmp_path / original.name
        file.write_bytes(raw)
        try:
            check(read_record(file, f"{original.parent.name}/{original.name}", original.name), raw)
        except Exception as error:
            error.add_note(f"seed {seed}, {original.name}: {raw[:300]!r}")
            raise


scalars = st.text(max_size=12) | st.sampled_from(PIECES) | st.none() | st.integers() | st.floats()
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PIECES), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = sorted({name for cls in TYPES.values() for name, f in cls.model_fields.items() if f.title})


@settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    typ=st.sampled_from([*TYPES]),
    changes=st.dictionaries(st.sampled_from(FIELDS), values, min_size=1, max_size=3),
)
def test_any_data_in_any_field(tmp_path: Path, typ: str, changes: dict[str, object]) -> None:
    """Well-formed YAML with anything as a value."""
    typ_changes = {name: value for name, value in changes.items() if name != "typ"}
    raw = text(typ, **typ_changes).encode("utf-8", "replace")
    file = tmp_path / "muster.md"
    file.write_bytes(raw)
    check(read_record(file, f"{TYPES[typ].ordner}/muster.md", "muster.md"), raw)


yaml_text = st.lists(
    st.sampled_from(
        [*PIECES, "\n", "\n", "\n  ", "\n- ", " ", " ", "a", "b: ", "\t", "ü", "\x07", "[" * 40]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=600, derandomize=True, deadline=None)
@given(yaml_text)
def test_any_yaml(text: str) -> None:
    try:
        document = read_yaml(text)
    except YamlProblem as problem:
        assert 0 <= problem.line <= text.count("\n")
        assert problem.column >= 0
        assert problem.message
    else:
        check_positions(document, text)


def check_positions(document: Document, text: str) -> None:
    lines = text.split("\n")
    for line, column in (*document.positions.values(), *document.keys.values()):
        assert 0 <= line < len(lines)
        assert 0 <= column <= len(lines[line])

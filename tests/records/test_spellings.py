"""The same data in another YAML style is the same record: other people's files must work."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.records.files import SUFFIXES, FileResult, read_record
from generator.records.source import read_source
from generator.records.types import FOLDERS
from tests.helpers import Dumper

EXAMPLES = Path(__file__).parents[2] / "examples/musterkreis"
FILES = sorted(p for p in EXAMPLES.glob("*/*") if p.parent.name in FOLDERS and p.suffix in SUFFIXES)


def _yaml(**style: Any) -> Callable[[Any], str]:
    return lambda data: yaml.dump(data, Dumper=Dumper, **style)


STYLES: dict[str, Callable[[Any], str]] = {
    "JSON": lambda data: json.dumps(data, indent=2),
    "flow": _yaml(default_flow_style=True, allow_unicode=True, width=10_000),
    "quoted": _yaml(default_style='"', width=60),
    "literal": _yaml(default_style="|", allow_unicode=True),
    "sorted, indented": _yaml(sort_keys=True, indent=6, allow_unicode=True, line_break="\r\n"),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_the_same_record(tmp_path: Path, style: str) -> None:
    for file in FILES:
        datei = f"{file.parent.name}/{file.name}"
        original, data = _original(file, datei)
        copy = tmp_path / f"{file.stem}.yml"
        copy.write_text(STYLES[style](data), encoding="utf-8", newline="")
        result = read_record(copy, datei, datei)
        assert [p.message for p in result.problems] == [p.message for p in original.problems], copy
        assert result.record is not None
        assert original.record is not None
        assert _plain(result.record.model_dump()) == _plain(original.record.model_dump()), copy


@cache
def _original(file: Path, datei: str) -> tuple[FileResult, dict[str, Any]]:
    source = read_source(file, datei)
    assert isinstance(source.document.root, dict)
    return read_record(file, datei, datei), {"text": source.body, **source.document.root}


def _plain(value: Any) -> Any:
    """Without the white space at the ends, which styles treat differently."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.strip() if isinstance(value, str) else value

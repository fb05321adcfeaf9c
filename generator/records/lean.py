"""Records that take little memory: 10,000 of them have a million values, most of them the same again.

A record that comes from another process (which is where those of a large wiki are read) shares what it
can with others: short texts, the names of its fields, and the set of those that were filled in.
"""

from __future__ import annotations

from sys import intern
from typing import Any

from pydantic import BaseModel

_SHORT = 60  # characters of a text that may well occur again

Names = tuple[str, ...]
_names: dict[Names, Names] = {}
_filled: dict[frozenset[str], tuple[frozenset[str], set[str]]] = {}


class Lean(BaseModel):
    """A frozen model: nobody changes what it shares."""

    def __getstate__(self) -> Any:
        if self.__pydantic_extra__ or self.__pydantic_private__:
            return super().__getstate__()
        names = tuple(self.__dict__)
        values = [*map(_one, self.__dict__.values())]
        # Of equal things only one is sent.
        return _names.setdefault(names, names), values, _shared(self.__pydantic_fields_set__)[0]

    def __setstate__(self, state: Any) -> None:
        if isinstance(state, dict):
            super().__setstate__(state)
            return
        names, values, filled = state
        names = _names.setdefault(names, names)
        object.__setattr__(self, "__dict__", dict(zip(names, map(_one, values), strict=True)))
        object.__setattr__(self, "__pydantic_fields_set__", _shared(filled)[1])
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)


def _shared(filled: Any) -> tuple[frozenset[str], set[str]]:
    fixed = frozenset(filled)
    return _filled.setdefault(fixed, (fixed, set(fixed)))


def _one(value: Any) -> Any:
    """The one text that all equal ones share, if it is short."""
    if type(value) is str:
        return intern(value) if len(value) <= _SHORT else value
    if type(value) is tuple:
        return tuple([intern(v) if type(v) is str and len(v) <= _SHORT else v for v in value])
    return value

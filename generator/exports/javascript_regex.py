"""Python's regular expressions → JavaScript's, so that a rule is written down once.

Walks the syntax tree of Python's own parser and writes each node in JavaScript with the meaning that
it has in Python: `\\w`, `\\d`, `\\s` and `\\b` know all letters, `^` and `$` know only `\\n`.  Atomic groups and
possessive repeats, which JavaScript lacks, become a lookahead with a reference to what it found.
The result needs the flag `u`.  Groups get their name, or g1, g2 …
"""

from __future__ import annotations

import re
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WORD, DIGIT = r"\p{L}\p{N}_", r"\p{Nd}"
_SPACES = (
    (0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")


def _range(low: int, high: int) -> str:
    return f"\\u{{{low:x}}}" if low == high else f"\\u{{{low:x}}}-\\u{{{high:x}}}"


SPACE = "".join(_range(*r) for r in _SPACES)
_CATEGORY = {
    code.CATEGORY_WORD: (WORD, True),
    code.CATEGORY_NOT_WORD: (WORD, False),
    code.CATEGORY_DIGIT: (DIGIT, True),
    code.CATEGORY_NOT_DIGIT: (DIGIT, False),
    code.CATEGORY_SPACE: (SPACE, True),
    code.CATEGORY_NOT_SPACE: (SPACE, False),
}
_AT = {
    code.AT_BEGINNING: "(?<![^])",
    code.AT_BEGINNING_STRING: "(?<![^])",
    code.AT_BOUNDARY: f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))",
    code.AT_NON_BOUNDARY: f"(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}]))",
    code.AT_END: "(?=\\n?(?![^]))",
    code.AT_END_STRING: "(?![^])",
}


@cache
def javascript(pattern: re.Pattern[str]) -> tuple[str, str]:
    """(source, flags) of the same expression in JavaScript."""
    if pattern.flags & (re.ASCII | re.VERBOSE | re.DOTALL):
        raise ValueError(f"flags of {pattern.pattern!r} are not translated")
    names = {number: name for name, number in pattern.groupindex.items()}
    writer = _Writer(names, multiline=bool(pattern.flags & re.MULTILINE))
    source = writer.sequence(parser.parse(pattern.pattern, pattern.flags))
    return source, "iu" if pattern.flags & re.IGNORECASE else "u"


class _Writer:
    def __init__(self, names: dict[int, str], *, multiline: bool) -> None:
        self.names = names
        self.multiline = multiline
        self.atoms = 0

    def sequence(self, nodes: Any) -> str:
        return "".join(self.node(kind, value) for kind, value in nodes)

    def node(self, kind: Any, value: Any) -> str:
        if kind is code.LITERAL:
            return _literal(value)
        if kind is code.NOT_LITERAL:
            return f"[^{_literal(value, inside=True)}]"
        if kind is code.ANY:
            return "[^\\n]"
        if kind is code.IN:
            return _class(value)
        if kind is code.AT:
            return self._at(value)
        if kind is code.BRANCH:
            return f"(?:{'|'.join(map(self.sequence, value[1]))})"
        if kind is code.SUBPATTERN:
            return self._group(*value)
        if kind is code.GROUPREF:
            return f"\\k<{self._name(value)}>"
        if kind in (code.ASSERT, code.ASSERT_NOT):
            sign = ("<" if value[0] < 0 else "") + ("=" if kind is code.ASSERT else "!")
            return f"(?{sign}{self.sequence(value[1])})"
        if kind is code.MAX_REPEAT:
            return self._repeat(*value)
        if kind is code.MIN_REPEAT:
            return self._repeat(*value) + "?"
        if kind is code.POSSESSIVE_REPEAT:
            return self._atomic(self._repeat(*value))
        if kind is code.ATOMIC_GROUP:
            return self._atomic(self.sequence(value))
        raise ValueError(f"{kind} is not translated")

    def _at(self, place: Any) -> str:
        if self.multiline and place is code.AT_BEGINNING:
            return "(?<![^\\n])"
        if self.multiline and place is code.AT_END:
            return "(?![^\\n])"
        return _AT[place]

    def _name(self, number: int) -> str:
        return self.names.get(number, f"g{number}")

    def _group(self, number: int | None, on: int, off: int, nodes: Any) -> str:
        if on or off:
            raise ValueError("flags inside an expression are not translated")
        head = "?:" if number is None else f"?<{self._name(number)}>"
        return f"({head}{self.sequence(nodes)})"

    def _repeat(self, low: int, high: Any, nodes: Any) -> str:
        limits = f"{{{low},{'' if high is code.MAXREPEAT else high}}}"
        sign = {"{0,}": "*", "{1,}": "+", "{0,1}": "?"}.get(limits, limits)
        inner = self.sequence(nodes)
        single = len(nodes) == 1 and nodes[0][0] in (code.LITERAL, code.ANY, code.NOT_LITERAL)
        grouped = single or (inner.startswith("[") and nodes[0][0] is code.IN and len(nodes) == 1)
        return (inner if grouped else f"(?:{inner})") + sign

    def _atomic(self, inner: str) -> str:
        self.atoms += 1
        return f"(?=(?<a{self.atoms}>{inner}))\\k<a{self.atoms}>"


def _literal(point: int, *, inside: bool = False) -> str:
    char = chr(point)
    if char in _SYNTAX or (inside and char == "-"):
        return f"\\{char}"
    return char if char.isprintable() else f"\\u{{{point:x}}}"


def _class(items: Any) -> str:
    """A set of characters.  Complements of categories cannot stand inside one."""
    negated = items[0][0] is code.NEGATE
    inside, outside = "", []
    for kind, value in items[1:] if negated else items:
        if kind is code.LITERAL:
            inside += _literal(value, inside=True)
        elif kind is code.RANGE:
            inside += _range(*value)
        else:
            chars, positive = _CATEGORY[value]
            if positive:
                inside += chars
            else:
                outside.append(chars)
    if not outside:
        return f"[{'^' if negated else ''}{inside}]"
    if negated:
        needed = "".join(f"(?=[{chars}])" for chars in outside)
        return f"(?:{f'(?![{inside}])' if inside else ''}{needed}[^])"
    return f"(?:{'|'.join([f'[{inside}]'] * bool(inside) + [f'[^{chars}]' for chars in outside])})"

"""How our templates become Python: Jinja's compiler, with the detours left out that none of ours takes.

For each call in a template Jinja looks whether the function wants the context first, and for each value
that is written it makes a `Markup` that is joined to plain text at once.  None of what our templates call
wants a context (`Renderer` holds itself to that), so functions are called and texts are escaped directly.
The pages are the same; a page of a record calls and writes hundreds of times.  What is compiled is kept
like any compiled module.
"""

from __future__ import annotations

import keyword
import marshal
import os
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro as _Macro
from markupsafe import Markup
from markupsafe import escape as _escape

try:
    from markupsafe import _escape_inner  # type: ignore[attr-defined]  # text → text, in C
except ImportError:  # another version of it

    def _escape_inner(text: str, /) -> str:
        return str.__str__(_escape(text))


def escape(value: Any) -> str:
    """What is written for a value."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return _escape_inner(value)
    return _escape(value)


class Macro(_Macro):
    """A macro that is called with plain arguments."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not kwargs and len(args) == self._argument_count and not self._more:
            return str.__new__(Markup, self._func(*args))
        return super().__call__(*args, **kwargs)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._more = (
            self.caller or self.catch_kwargs or self.catch_varargs or not self._default_autoescape
        )


class Direct(CodeGenerator):
    """Writes calls as calls."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        # Functions look these names up when they run: ours take the place of Jinja's.
        self.writeline(f"from {__name__} import Macro, escape")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        named = all(not keyword.iskeyword(given.key) for given in node.kwargs)
        if forward_caller or node.dyn_args or node.dyn_kwargs or not named:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for number, argument in enumerate([*node.args, *node.kwargs]):
            if number:
                self.write(", ")
            self.visit(argument, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """An attribute, which most values have; Jinja looks for what else could be meant."""
        value, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr(({value} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing")
        self.write(f" else environment.getattr({value}, {node.attr!r}))")


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept while the process lives and where Python keeps our compiled modules: in
    `__pycache__` beside them, and only if it may.  Compiling takes longer than rendering a page.

    That folder is trusted as these modules are.  The build's cache, which may come from elsewhere, never
    holds code.
    """

    kept: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name alone: of each template the last version is kept, which its checksum tells."""
        told = f"{name} {jinja2.__version__} {MAGIC_NUMBER.hex()} {_own_version()}"
        return blake2b(told.encode(), digest_size=16).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum)) or _read(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code
            _write(bucket, bucket.code)


def _read(bucket: Bucket) -> CodeType | None:
    with suppress(OSError, EOFError, ValueError, TypeError):
        checksum, _, code = _place(bucket).read_bytes().partition(b"\n")
        if checksum == bucket.checksum.encode():
            found = marshal.loads(code)
            return found if isinstance(found, CodeType) else None
    return None


def _write(bucket: Bucket, code: CodeType) -> None:
    """Never half a file, and nothing where Python may not write."""
    if sys.dont_write_bytecode:
        return
    place = _place(bucket)
    partial = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        partial.write_bytes(bucket.checksum.encode() + b"\n" + marshal.dumps(code))
        partial.replace(place)


def _place(bucket: Bucket) -> Path:
    return Path(cache_from_source(__file__)).with_name(f"vorlage-{bucket.key}.pyc")


@cache
def _own_version() -> str:
    return blake2b(Path(__file__).read_bytes()).hexdigest()


class Environment(jinja2.Environment):
    """An environment whose templates are compiled that way."""

    code_generator_class = Direct

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same for all templates: a chain of one would be looked through for every page."""
        return super().make_globals(d) if d else self.globals


def wants_context(function: Any) -> bool:
    """Whether a function is marked as one that gets Jinja's context, which ours do not."""
    return hasattr(function, "jinja_pass_arg")

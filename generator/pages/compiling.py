"""How our templates become Python: Jinja's compiler, with the detours left out that none of ours takes.

For each call in a template Jinja looks whether the function wants the context first, and for each value
that is written it makes a `Markup` that is joined to plain text at once.  None of what our templates call
wants a context (`Renderer` holds itself to that), so functions are called and texts are escaped directly.
The pages are the same; a page of a record calls and writes hundreds of times.
"""

from __future__ import annotations

import keyword
from collections.abc import MutableMapping
from typing import Any

import jinja2
from jinja2 import nodes
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


class Environment(jinja2.Environment):
    """An environment whose templates are compiled that way."""

    code_generator_class = Direct

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same for all templates: a chain of one would be looked through for every page."""
        return super().make_globals(d) if d else self.globals


def wants_context(function: Any) -> bool:
    """Whether a function is marked as one that gets Jinja's context, which ours do not."""
    return hasattr(function, "jinja_pass_arg")

"""One page of the site, before it is rendered, and the shell it is put into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made of.

    `path` is its address in directory form; `kind` its layout (a CSS class and a choice of the shell);
    `area` the entry of the main navigation it belongs to (a path); `template` and `context` give its
    content.
    """

    path: str
    kind: str
    area: str
    title: str
    description: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Shell(Protocol):
    """The frame around a page's content: head, header, navigation, footer."""

    def wrap(self, page: Page, content: str) -> str:
        """The complete HTML document.  Escapes title and description; `content` is safe HTML."""
        ...

"""One page of the site, planned and made, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


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


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that is to be made: where it lives, which frame it gets, and who makes it when needed."""

    path: str
    kind: str
    area: str
    make: Callable[[], Page]

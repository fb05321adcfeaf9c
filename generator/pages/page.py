"""One page of the site, planned and made, before it is rendered; and files that are no pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made of.

    `path` is its address in directory form; `kind` its layout (a CSS class and a choice of the shell);
    `area` the entry of the main navigation it belongs to (a path); `template` and `context` give its
    content.  `files` are made of the same facts and belong to the page: a picture, a table, data for a
    script (path below the site root → content).
    """

    path: str
    kind: str
    area: str
    title: str
    description: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str | bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that is to be made: where it lives, which frame it gets, and who makes it when needed."""

    path: str
    kind: str
    area: str
    make: Callable[[], Page]


@dataclass(frozen=True, slots=True)
class FilePlan:
    """Files that are no page, such as a feed or a calendar, made by one job that is called like `path`.

    `make` gets the address of the site ("" if it does not know where it lives) and gives the files by
    path below the site root.
    """

    path: str
    make: Callable[[str], Mapping[str, str | bytes]]


Plan: TypeAlias = PagePlan | FilePlan

"""Every class of ours that a page can carry is known to the stylesheets."""

from __future__ import annotations

import re

from generator.records.vocabulary import GUELTIGKEIT, PROJEKTSTATUS, PRUEFSTATUS, VERDIKT
from tests.site.sites import ROOT

THEME = ROOT / "theme"
IDS = re.compile(
    r"""(?:\bid=|\.id = |getElementById\(|\bbegin\(|popovertarget=|aria-\w+=|href=)["'] ?\#?ws-[\w-]+"""
)
NAMES = re.compile(r"(?<![\w#-])ws-[\w-]*\w(?![\w-])")
BEGINNINGS = re.compile(r"(?<![\w#-])(ws-[\w-]*-)(?:[\"' ]|\{\{)")  # completed by a value


def written() -> dict[str, set[str]]:
    """Class, or beginning of one → the files that write it."""
    found: dict[str, set[str]] = {}
    files = [*THEME.rglob("*.html"), *THEME.rglob("*.js"), *(ROOT / "generator").rglob("*.py")]
    for file in sorted(files):
        text = IDS.sub("", file.read_text(encoding="utf-8"))
        beginnings = set(BEGINNINGS.findall(text))
        names = set(NAMES.findall(text))
        for name in names | beginnings:
            found.setdefault(name, set()).add(file.relative_to(ROOT).as_posix())
    return found


def known() -> set[str]:
    """What the stylesheets name; a comment that begins "Hooks:" tells classes without a style."""
    folders = (THEME / "assets/stylesheets", ROOT / "tools/cms/src")  # the editor has its own
    sheets = sorted(sheet for folder in folders for sheet in folder.glob("*.css"))
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    hooks = "".join(re.findall(r"/\* Hooks:.*?\*/", text, re.S))
    return set(re.findall(r"\.(ws-[\w-]+)", re.sub(r"/\*.*?\*/", "", text, flags=re.S) + hooks))


def test_every_class_has_a_style() -> None:
    styled = known()
    missing = {
        name: files
        for name, files in written().items()
        if not (any(s.startswith(name) for s in styled) if name.endswith("-") else name in styled)
    }
    assert missing == {}


def test_no_style_for_a_class_that_nothing_writes() -> None:
    names = written()
    beginnings = tuple(name for name in names if name.endswith("-"))
    assert [s for s in sorted(known()) if s not in names and not s.startswith(beginnings)] == []


def test_every_state_has_a_colour_or_an_icon() -> None:
    styled = known()
    vocabularies = (VERDIKT, PRUEFSTATUS, PROJEKTSTATUS, GUELTIGKEIT)
    states = {term.value for vocabulary in vocabularies for term in vocabulary.terms}
    assert {s for s in states if f"ws-z-{s}" not in styled} == {"unbekannt"}  # the question mark

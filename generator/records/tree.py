"""A content folder → all its records, static pages, categories and problems.

The walk is sorted, refuses symbolic links (no path may leave the folder) and hidden files, and reads
each file once.  Nothing here knows about other records: that is the catalogue's concern.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.records.common import Record
from generator.records.fields import ID_PATTERN
from generator.records.files import SUFFIXES, read_record, read_source, read_static_page
from generator.records.problems import Problem, Severity, did_you_mean, quoted
from generator.records.settings import SETTINGS_FILE, Wiki, read_settings
from generator.records.types import FOLDERS

CATEGORY_FILE = "kategorien.yml"
ASSET_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf"})


@dataclass(frozen=True, slots=True)
class Category:
    """A genus of products, from `kategorien.yml`."""

    id: str
    name: str
    beschreibung: str = ""


@dataclass(slots=True)
class ContentTree:
    """Everything below one content folder."""

    root: Path
    records: list[Record] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)  # static Markdown pages, relative paths
    assets: list[str] = field(default_factory=list)  # pictures and PDF files, relative paths
    categories: dict[str, Category] = field(default_factory=dict)
    settings: Wiki = field(default_factory=Wiki)
    problems: list[Problem] = field(default_factory=list)

    def shown(self, relative: str) -> str:
        """A file's path as messages print it: relative to the working directory if below it."""
        return shown_path(self.root / relative)


def shown_path(path: Path) -> str:
    absolute = path.absolute()
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix()


def read_tree(root: Path) -> ContentTree:
    """Read the whole folder.  A missing folder is the caller's concern."""
    tree = ContentTree(root)
    for relative in sorted(_walk(root, "", tree)):
        folder, _, rest = relative.partition("/")
        suffix = PurePosixPath(relative).suffix
        if folder in FOLDERS and rest and suffix in SUFFIXES:
            result = read_record(root / relative, relative, tree.shown(relative))
            tree.problems += result.problems
            if result.record is not None:
                tree.records.append(result.record)
        elif relative == CATEGORY_FILE:
            _read_categories(tree)
        elif relative == SETTINGS_FILE:
            tree.settings, problems = read_settings(root, tree.shown(relative))
            tree.problems += problems
        elif suffix == ".md":
            tree.pages.append(relative)
            tree.problems += read_static_page(root / relative, tree.shown(relative))
        elif suffix.lower() in ASSET_SUFFIXES:
            tree.assets.append(relative)
    _hint_at_misspelt_folders(tree)
    return tree


def _walk(root: Path, below: str, tree: ContentTree) -> Iterable[str]:
    try:
        entries = list(os.scandir(root / below))
    except OSError as error:
        tree.problems.append(
            Problem(
                tree.shown(below),
                1,
                1,
                Severity.ERROR,
                "lesen",
                f"Der Ordner lässt sich nicht lesen: {error.strerror}.",
            )
        )
        return
    for entry in entries:
        relative = f"{below}/{entry.name}" if below else entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction()):
            tree.problems.append(
                Problem(
                    tree.shown(relative),
                    1,
                    1,
                    Severity.ERROR,
                    "verknuepfung",
                    "Verknüpfungen (symbolische Links) sind nicht erlaubt, weil sie aus dem Ordner hinausführen können. Bitte die Datei selbst ablegen.",
                )
            )
        elif entry.is_dir():
            yield from _walk(root, relative, tree)
        elif entry.is_file():
            yield relative


def _read_categories(tree: ContentTree) -> None:
    """`kategorien.yml`: a list of `{id, name, beschreibung}`."""
    source = read_source(tree.root / CATEGORY_FILE, tree.shown(CATEGORY_FILE))
    entries = source.document.root
    source.problems = [p for p in source.problems if p.code != "kein-eintrag"]
    if isinstance(entries, dict) and isinstance(entries.get("kategorien"), list):
        entries = entries["kategorien"]
    if not isinstance(entries, list):
        if not source.problems:
            source.add(
                Severity.ERROR,
                "kategorien",
                "Hier gehört eine Liste hin: „- id: …“ und „  name: …“.",
            )
        tree.problems += source.problems
        return
    for index, entry in enumerate(entries):
        ident = entry.get("id") if isinstance(entry, dict) else None
        name = entry.get("name") if isinstance(entry, dict) else None
        if (
            not isinstance(entry, dict)
            or not isinstance(ident, str)
            or not ID_PATTERN.fullmatch(ident)
            or not isinstance(name, str)
        ):
            source.add_at(
                (index,),
                Severity.ERROR,
                "kategorien",
                "Eine Kategorie braucht „id“ (Kleinbuchstaben, Ziffern, Bindestriche) und „name“.",
            )
            continue
        if ident in tree.categories:
            source.add_at(
                (index, "id"),
                Severity.ERROR,
                "doppelte-kennung",
                f"Die Kategorie {quoted(ident)} gibt es schon.",
            )
        tree.categories[ident] = Category(
            ident, name.strip(), str(entry.get("beschreibung") or "").strip()
        )
    tree.problems += source.problems


def _hint_at_misspelt_folders(tree: ContentTree) -> None:
    """A record in a folder that is nearly a type's folder would silently become a static page."""
    for page in tree.pages:
        folder, _, rest = page.partition("/")
        hint = did_you_mean(folder, FOLDERS) if rest else ""
        if hint:
            tree.problems.append(
                Problem(
                    tree.shown(page),
                    1,
                    1,
                    Severity.WARNING,
                    "ordner",
                    f"Der Ordner {quoted(folder)} gehört zu keinem Typ.{hint} Die Datei wird nur als einfache Seite gezeigt.",
                )
            )

"""A content folder → all its records, static pages, categories and problems.

The walk is sorted, refuses symbolic links (no path may leave the folder) and hidden files, and reads
each file once.  Nothing here knows about other records: that is the catalogue's concern.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.records.common import Record
from generator.records.files import (
    SUFFIXES,
    FileResult,
    read_record,
    read_static_page,
    read_stray_file,
)
from generator.records.peers import PEERS_FILE, Peer, read_peers
from generator.records.problems import Problem, Severity, has_errors, printable, quoted
from generator.records.settings import SETTINGS_FILE, Wiki, read_settings
from generator.records.source import read_source, why
from generator.records.texts import Texts
from generator.records.types import FOLDERS
from generator.records.value_rules import ID_PATTERN
from generator.records.yaml_reader import Data
from generator.records.yaml_reader import Path as YamlPath
from generator.workers import spread

CATEGORY_FILE = "kategorien.yml"
MAX_FOLDERS = 20
_AT_ONCE = 100  # files that are read before their records are handed over
UNREADABLE = frozenset({"lesen", "zu-gross", "zeichensatz", "zeichen"})
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
    peers: tuple[Peer, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    data: Texts = field(default_factory=Texts)  # `FileResult.data` of each record, by its file
    _shown_root: str = ""

    def shown(self, relative: str) -> str:
        """A file's path as messages print it: relative to the working directory if below it."""
        if not self._shown_root:
            self._shown_root = shown_path(self.root)
        return relative if self._shown_root == "." else f"{self._shown_root}/{relative}".rstrip("/")

    @property
    def unreadable(self) -> frozenset[str]:
        """Ids of the records that are there but have errors."""
        broken = {p.path for p in self.problems if p.severity is Severity.ERROR}
        return frozenset(PurePosixPath(path).stem for path in broken)

    def report(self, relative: str, severity: Severity, code: str, message: str) -> None:
        """Note a problem of a file or folder as a whole."""
        self.problems.append(Problem(self.shown(relative), 1, 1, severity, code, message))


def shown_path(path: Path) -> str:
    absolute = Path(os.path.normpath(path.absolute()))
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix()


def read_tree(root: Path) -> ContentTree:
    """Read the whole folder.  A missing folder is the caller's concern."""
    tree = ContentTree(root)
    return read_files(tree, list_files(tree), None)


def list_files(tree: ContentTree) -> list[str]:
    """The files of the folder, sorted; what may not be there is reported."""
    return sorted(_walk(tree.root, "", tree))


def read_files(
    tree: ContentTree, files: Sequence[str], records: Collection[str] | None
) -> ContentTree:
    """Read the files of `list_files`; of the records only the named ones, or all."""
    _read_records(tree, [f for f in files if is_record(f) and (records is None or f in records)])
    for relative in files:
        if is_record(relative):
            continue
        folder = relative.partition("/")[0]
        suffix = PurePosixPath(relative).suffix
        if relative == CATEGORY_FILE:
            _read_categories(tree)
        elif relative == SETTINGS_FILE:
            tree.settings, problems = read_settings(tree.root, tree.shown(relative))
            tree.problems += problems
        elif relative == PEERS_FILE:
            tree.peers, problems = read_peers(tree.root, tree.shown(relative))
            tree.problems += problems
        elif suffix == ".md":
            problems = read_static_page(tree.root / relative, tree.shown(relative))
            tree.problems += problems
            if any(p.code in UNREADABLE for p in problems):
                continue
            if relative.removesuffix(".md") in FOLDERS:
                tree.report(
                    relative,
                    Severity.ERROR,
                    "adresse-vergeben",
                    f"An der Adresse dieser Seite steht die Liste {quoted(folder.removesuffix('.md') + '/')}. "
                    "Bitte die Datei umbenennen.",
                )
            tree.pages.append(relative)
        elif suffix.lower() in ASSET_SUFFIXES:
            tree.assets.append(relative)
        elif folder in FOLDERS or suffix.lower() in (*SUFFIXES, ".markdown"):
            _check_left_out(tree, relative, suffix)
    return tree


def is_record(relative: str) -> bool:
    """Does this file, by its place and ending, hold a record?"""
    folder, _, rest = relative.partition("/")
    return folder in FOLDERS and rest != "" and relative.endswith(SUFFIXES)


def _read_records(tree: ContentTree, files: list[str]) -> None:
    # Not here: records that were sent take less memory, and what reading needs for itself stays away.
    tree.shown("")  # the same in every process, whatever its working directory
    for results in spread(_read_some, files, tree, most=_AT_ONCE, here=False):
        for relative, result in results:
            tree.problems += result.problems
            if result.record is not None:
                tree.records.append(result.record)
                tree.data[relative] = result.data


def _read_some(tree: ContentTree, files: Sequence[str]) -> list[tuple[str, FileResult]]:
    return [(f, read_record(tree.root / f, f, tree.shown(f))) for f in files]


def _check_left_out(tree: ContentTree, relative: str, suffix: str) -> None:
    """A file that nothing reads should not be lost in silence."""
    if relative.partition("/")[0] not in FOLDERS and suffix in SUFFIXES:
        tree.problems += read_stray_file(tree.root / relative, tree.shown(relative))
    elif suffix.lower() in (*SUFFIXES, ".markdown"):
        right = ".md" if suffix.lower() == ".markdown" else suffix.lower()
        tree.report(
            relative,
            Severity.ERROR,
            "dateiname",
            f"Die Endung {quoted(suffix)} wird nicht gelesen. Bitte in {right} umbenennen.",
        )
    else:
        tree.report(
            relative,
            Severity.HINT,
            "nicht-gelesen",
            "Diese Datei wird nicht gelesen. Einträge enden auf .md oder .yml.",
        )


def _walk(root: Path, below: str, tree: ContentTree) -> Iterable[str]:
    if below.count("/") >= MAX_FOLDERS:
        tree.report(below, Severity.ERROR, "zu-tief", f"Mehr als {MAX_FOLDERS} Ordner ineinander.")
        return
    try:
        entries = list(os.scandir(root / below))
    except OSError as error:
        said = f"Der Ordner lässt sich nicht lesen: {why(error)}."
        tree.report(below, Severity.ERROR, "lesen", said)
        return
    for entry in entries:
        relative = f"{below}/{entry.name}" if below else entry.name
        if entry.name.startswith("."):
            continue
        if not entry.name.isprintable():
            tree.report(
                printable(relative),
                Severity.ERROR,
                "dateiname",
                "Der Dateiname enthält unlesbare Zeichen. Bitte umbenennen.",
            )
        elif entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction()):
            tree.report(
                relative,
                Severity.ERROR,
                "verknuepfung",
                "Verknüpfungen (symbolische Links) sind nicht erlaubt, weil sie aus dem Ordner "
                "hinausführen können. Bitte die Datei selbst ablegen.",
            )
        elif entry.is_dir():
            yield from _walk(root, relative, tree)
        elif entry.is_file():
            yield relative


def _read_categories(tree: ContentTree) -> None:
    """`kategorien.yml`: a list of `{id, name, beschreibung}`, or lines of the form `id: name`."""
    source = read_source(tree.root / CATEGORY_FILE, tree.shown(CATEGORY_FILE))
    entries = source.document.root
    problems = source.problems = [p for p in source.problems if p.code != "kein-eintrag"]
    path: YamlPath = ()
    if isinstance(entries, dict) and "kategorien" in entries:
        entries, path = entries["kategorien"], ("kategorien",)
    if isinstance(entries, list):
        found = [((*path, index), entry) for index, entry in enumerate(entries)]
    elif isinstance(entries, dict):
        found = [((*path, key), _with_id(key, entry)) for key, entry in entries.items()]
    elif not has_errors(problems):
        message = "Hier gehört eine Liste hin: „- id: …“ und „  name: …“."
        source.add(Severity.ERROR, "kategorien", message)
    for place, entry in found if isinstance(entries, list | dict) else ():
        category = _category(entry)
        if category is None:
            source.add_at(
                place,
                Severity.ERROR,
                "kategorien",
                "Eine Kategorie braucht „id“ (Kleinbuchstaben, Ziffern, Bindestriche) und „name“.",
            )
        elif category.id in tree.categories:
            message = f"Die Kategorie {quoted(category.id)} gibt es schon. Bitte eine löschen."
            source.add_at(place, Severity.ERROR, "doppelte-kennung", message)
        else:
            tree.categories[category.id] = category
    tree.problems += problems


def _with_id(key: str, entry: Data) -> Data:
    return {**entry, "id": key} if isinstance(entry, dict) else {"id": key, "name": entry}


def _category(entry: Data) -> Category | None:
    if isinstance(entry, str):
        entry = {"id": entry, "name": entry.replace("-", " ").capitalize()}
    if not isinstance(entry, dict):
        return None
    ident, name = entry.get("id"), entry.get("name") or entry.get("titel")
    if not isinstance(ident, str) or not ID_PATTERN.fullmatch(ident) or not isinstance(name, str):
        return None
    return Category(ident, name.strip(), str(entry.get("beschreibung") or "").strip())

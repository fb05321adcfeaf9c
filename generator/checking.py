"""Read, link and check a whole content folder: what `check`, `build` and every later command start with."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from generator.catalogue.catalogue import Catalogue, build_catalogue
from generator.catalogue.links import linked_assets
from generator.catalogue.rules import Checkup, check_catalogue
from generator.history.histories import Histories
from generator.records.peers import PEERS_FILE
from generator.records.problems import Problem, Severity
from generator.records.tree import ContentTree, read_tree
from generator.search.synonym_file import SYNONYMS, read_synonyms


@dataclass(slots=True)
class Checked:
    """A content folder with its catalogue (for the chosen audience) and all problems, sorted."""

    tree: ContentTree
    catalogue: Catalogue
    problems: list[Problem]
    public: bool = False
    checkups: dict[str, Checkup] = field(default_factory=dict)


def today() -> date:
    """The day for which the site is built: SOURCE_DATE_EPOCH (UTC) if set, else today."""
    return build_time().date()


def build_time() -> datetime:
    """The moment for which the site is built; `SOURCE_DATE_EPOCH` makes builds reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]{1,11}", epoch):
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC)


def check_content(content: Path, day: date, *, public: bool = False) -> Checked:
    """Read everything below `content` and check it.  Rules always see the complete catalogue."""
    tree = read_tree(content)
    catalogue = build_catalogue(tree, day)
    for complaint in catalogue.partners.complaints():
        tree.report(PEERS_FILE, Severity.WARNING, "partner", complaint)
    words = read_synonyms(content / SYNONYMS, tree.shown(SYNONYMS))[1]
    checkups: dict[str, Checkup] = {}
    found = {*tree.problems, *check_catalogue(catalogue, tree, checkups), *words}
    problems = sorted(found, key=lambda p: p.sort_key)
    if public:
        catalogue = build_catalogue(tree, day, public=True)
        catalogue.assets = linked_assets(catalogue, tree.root)
    if tree.settings.shows_history:
        catalogue.histories = Histories(content, public=public)
    return Checked(tree, catalogue, problems, public, checkups)

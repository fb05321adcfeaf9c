"""What the site engine contributes: frames, static pages and assets.  `plugin.py` makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.checking import Checked
from generator.pages.frames import Frames
from generator.siteplan import Site


@dataclass(frozen=True, slots=True)
class Shell:
    """What MkDocs contributes to a site, besides the static pages and assets it wrote."""

    site: Site
    frames: Frames
    templates: Path
    watched: tuple[Path, ...]  # files and folders that the frames are made of, besides the content
    predictable: bool  # False with plugins that may read anything


# (settings file, checked content, folder to write to); the folder is emptied before.
RenderShell: TypeAlias = Callable[[Path, Checked, Path], Shell]

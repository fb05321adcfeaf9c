"""Subset Fira Sans for the wiki.

The fonts in ``theme/assets/fonts/`` are cut from the full Fira Sans files that
ship in the npm package ``@kern-ux/native`` (folder ``dist/fonts/fira-sans``).
They hold what German and its neighbours need and nothing else, so that a first
visit stays small. Run this again only when the selection below changes:

    npm pack @kern-ux/native && tar xzf kern-ux-native-*.tgz
    python -m venv fonts-env && fonts-env/bin/pip install fonttools brotli
    fonts-env/bin/python tools/fonts.py package/dist/fonts/fira-sans

The result is reproducible: no timestamps are written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "theme" / "assets" / "fonts"

# Source file -> file in the wiki. 400 and 600 are KERN's body and heading
# weights; the italic serves titles of works and glosses.
FACES = {
    "FiraSans-Regular.woff2": "fira-sans-400.woff2",
    "FiraSans-SemiBold.woff2": "fira-sans-600.woff2",
    "FiraSans-Italic.woff2": "fira-sans-400-italic.woff2",
}

# Basic Latin, Latin-1 and Latin Extended-A cover German and its neighbours'
# names; the rest is German typography and the arrows and signs of the pages.
CHARACTERS = "".join(
    chr(code) for first, last in ((0x20, 0x7E), (0xA0, 0x17F)) for code in range(first, last + 1)
)
CHARACTERS += "ẞ„“”‚‘’‹›–—…•·†‰€←↑→↓−×≤≥≈✓\u2009\u202f\u2011\u00ad"

# Kerning, ligatures, tabular figures (tables), ordinals. No small caps, no
# alternates: each of them would add a second set of glyphs.
FEATURES = ["kern", "mark", "liga", "locl", "tnum", "lnum", "ccmp"]


def subset(source: Path, target: Path) -> int:
    """Write the subset of one face and return its size in bytes."""
    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    return target.stat().st_size


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: fonts.py FOLDER-WITH-FIRA-SANS-WOFF2", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    for source, target in FACES.items():
        size = subset(folder / source, TARGET / target)
        print(f"{target}: {size / 1024:.1f} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""What `make cms` asks: is the bundle up to date (`--check CACHE`), and note what it is made of (`--note FOLDER`)."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.exports.cms.bundle import NotMade, find_bundle, note_bundle


def main(arguments: list[str]) -> int:
    """0 if the bundle is usable (or was noted), else 1."""
    match arguments:
        case ["--check", cache]:
            try:
                find_bundle(Path(cache))
            except NotMade:
                return 1
        case ["--note", folder]:
            note_bundle(Path(folder))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

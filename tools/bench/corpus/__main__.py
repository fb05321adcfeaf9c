"""python -m tools.bench.corpus OUT N [--seed S]"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.bench.corpus.write import write_corpus


def main() -> None:
    """Write the corpus; OUT must not exist or be empty."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.corpus", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("n", type=int, help="number of records, 50 or more")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.out.exists() and any(arguments.out.iterdir()):
        parser.error(f"{arguments.out} is not empty")
    if arguments.n < 50:
        parser.error("a corpus has 50 records or more")
    write_corpus(arguments.out, arguments.n, arguments.seed)


if __name__ == "__main__":
    main()

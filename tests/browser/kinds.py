"""Which pages to look at: few, but together they hold every kind of page and every building block."""

from __future__ import annotations

from functools import cache

from tests.site.sites import facts

ALWAYS = ("", "zu-pruefen/", "schlagworte/", "neu/", "suche/", "schon-geprueft/")
# A further page of a kind is worth a look if it has so many building blocks that are new there.
NEW = {"muster": 3, "kreis": 8}


@cache
def representatives(site: str) -> tuple[str, ...]:
    """Addresses of pages: each kind of page, and every building block of each kind."""
    blocks: dict[str, set[tuple[str, str]]] = {}
    for path, page in facts(site).items():
        kind = next((c for c in page.classes if c.startswith("ws-seite--")), "static")
        if not page.refresh and path != "404.html":
            signs = {c for c in page.classes if not c.startswith("ws-seite--")}
            blocks[path] = {(kind, sign) for sign in signs | {f"<{tag}>" for tag in page.tags}}
    chosen = [f"{path}index.html" for path in ALWAYS]
    seen = set[tuple[str, str]]().union(*(blocks.pop(path) for path in chosen))
    while True:
        best = max(sorted(blocks), key=lambda path: len(blocks[path] - seen))
        if len(blocks[best] - seen) < NEW[site]:
            return tuple(path.removesuffix("index.html") for path in sorted(chosen))
        chosen.append(best)
        seen |= blocks.pop(best)

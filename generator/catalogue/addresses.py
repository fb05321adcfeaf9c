"""Where pages live and how they link to each other.

Inside the generator a page is named by its path in directory form (`bewertungen/x/`, the start page
is ""). Links are always relative, so the site works in a subpath, over http and from a file share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Addresses:
    """`directory_urls` as in MkDocs; `indexes` are the static pages that are index files of a folder."""

    directory_urls: bool = True
    indexes: frozenset[str] = field(default_factory=frozenset)

    def public(self, path: str) -> str:
        """The address of a page below the site root, as a browser sees it."""
        if not path.endswith("/") and path:
            return path  # a file
        if self.directory_urls:
            return path
        if not path:
            return "index.html"
        return f"{path}index.html" if path in self.indexes else f"{path[:-1]}.html"

    def file(self, path: str) -> str:
        """The file that holds a page."""
        address = self.public(path)
        return f"{address}index.html" if not address or address.endswith("/") else address

    def root(self, path: str) -> str:
        """From a page back to the site root: "" on the start page, else "../" as often as needed."""
        return "../" * self.public(path).count("/")

    def href(self, source: str, target: str) -> str:
        """A relative link from one page to another page or file; the target may carry a #fragment."""
        target, mark, fragment = target.partition("#")
        if target == source and fragment:
            return f"#{fragment}"
        return f"{self.root(source)}{self.public(target)}{mark}{fragment}" or "./"


def addresses(directory_urls: bool, pages: Iterable[str]) -> Addresses:
    """Addresses for a site with these static Markdown pages."""
    indexes = (p[: -len("index.md")] for p in pages if p.endswith("/index.md"))
    return Addresses(directory_urls, frozenset(indexes))

"""The page of the web form.  Its fields are built in the browser from `daten/formular/felder.js`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.page import Page, PagePlan

PATH = "mitmachen/formular/"
FIELDS = "daten/formular/felder.js"
_FOLDER = "assets/javascripts/formular/"
# In the order in which they need each other; the data come after the script that receives them.
_PARTS = ("worte", FIELDS, "werte", "texte", "pruefung", "yaml", "zustand", "bau", "verweise", "hinweise", "felder", "ausgabe", "uebernahme", "seite")  # fmt: skip
SCRIPTS = tuple(p if "/" in p else f"{_FOLDER}{p}.js" for p in _PARTS)


def form_page() -> Iterator[PagePlan]:
    """Where records are written without a file or an account."""
    yield PagePlan(PATH, "formular", "mitmachen/", _page)


def _page() -> Page:
    return Page(
        path=PATH,
        kind="formular",
        area="mitmachen/",
        title="Eintrag schreiben",
        description="Einen Eintrag im Browser schreiben: eine Prüfung ankündigen, ein Ergebnis melden.",
        template="formular.html",
        context={"krumen": (("Start", ""), ("Mitmachen", "mitmachen/")), "skripte": SCRIPTS},
    )

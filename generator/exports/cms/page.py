"""The page `redaktion/` and the files of the CMS.

The configuration is a script beside the page, so nothing is fetched.  The page uses the scripts of the web
form for its checks and loads nothing that is not part of the site; its own Content-Security-Policy allows
nothing but talking to the forge of the repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup, escape

from generator.catalogue.catalogue import Catalogue
from generator.exports.cms.bundle import Bundle
from generator.exports.cms.config import config, forge_of
from generator.exports.form_data import category_rows, form_data
from generator.pages.form_page import FIELDS
from generator.pages.page import FilePlan
from generator.pages.policy import editor_policy

PATH = "redaktion/"
_FORM = "assets/javascripts/formular/"
# The scripts of the form that the CMS checks and writes with, in the order in which they need each other.
_SCRIPTS = (f"{_FORM}worte.js", FIELDS, *(f"{_FORM}{n}.js" for n in ("werte", "texte", "pruefung", "yaml")))  # fmt: skip


def editor_files(catalogue: Catalogue, bundle: Bundle) -> Iterator[FilePlan]:
    """The page, and the bundle beside it."""
    yield FilePlan(PATH, partial(_page, catalogue))
    yield FilePlan(
        f"{PATH}teile", lambda _: {f"{PATH}{n}": data for n, data in bundle.read().items()}
    )


def _page(catalogue: Catalogue, site_url: str) -> dict[str, str]:
    settings = catalogue.settings
    forge = forge_of(settings)
    table = form_data() | {"kategorien": category_rows(catalogue)}
    data = json.dumps(config(catalogue, table, site_url), ensure_ascii=False, separators=(",", ":"))
    scripts = "".join(f'<script src="../{name}" defer></script>\n' for name in _SCRIPTS)
    text = _DOCUMENT.format(
        policy=editor_policy(forge.hosts),
        title=escape(f"Redaktion: {settings.titel or 'Wissensspeicher'}"),
        scripts=scripts,
        only="" if forge.hosts else ' class="ws-nur-ordner"',
    )
    return {f"{PATH}index.html": text, f"{PATH}einstellungen.js": f"wissenRedaktion={data};\n"}


def invitation(root: str) -> Markup:
    """What "Mitmachen" says of the CMS, if there is one."""
    return Markup(
        '<h2 id="redaktion">Redaktion im Browser</h2>\n'
        "<p>Für alle, die öfter Einträge pflegen: Die Redaktion listet alle Einträge auf, zeigt jeden als Formular "
        "und legt Änderungen als Vorschlag im Repository ab. Sie brauchen dafür ein Konto dort; die Redaktion "
        "schickt nur an das Repository Daten.</p>\n"
        '<p><a href="{}redaktion/index.html">Redaktion öffnen</a></p>\n'
    ).format(root)


_DOCUMENT = """<!doctype html>
<html lang="de"{only}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="same-origin">
<title>{title}</title>
<link rel="icon" href="logo.svg">
<link rel="stylesheet" href="redaktion.css">
{scripts}<script src="einstellungen.js" defer></script>
<script src="redaktion.js" type="module"></script>
</head>
<body>
<noscript><p>Die Redaktion braucht JavaScript. Ohne geht es auch: <a href="../mitmachen/">So machen Sie mit</a>.</p></noscript>
</body>
</html>
"""

""" "Meine Kommune": the page to choose one, and the data of each for the browser."""

from __future__ import annotations

import json
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.profiles import profile
from generator.catalogue.subscriptions import PLACES
from generator.pages.lists import CRUMB_START
from generator.pages.page import Page
from generator.pages.record_pictures import own_municipalities
from generator.records.common import Record
from generator.records.solution_types import Organisation

PATH = "meine-kommune/"
COUNTIES = 3  # that can be chosen on the page itself


def choosing_page(catalogue: Catalogue) -> Page:
    places, all_places = own_municipalities(catalogue)
    counties = catalogue.part("ort", "kreis")[:COUNTIES]
    return Page(
        path=PATH,
        kind="liste",
        area="organisationen/",
        title="Meine Kommune",
        description="Einmal wählen; danach steht überall, was zu Ihrer Kommune passt.",
        template="kommune.html",
        context={
            "orte": [*places, *counties],
            "mehr": all_places - len(places),
            "krumen": (CRUMB_START,),
        },
    )


def profile_files(record: Record, catalogue: Catalogue) -> dict[str, str]:
    """The profile of a municipality as a script, under every name that it had; none of other records."""
    if not isinstance(record, Organisation) or record.art not in PLACES:
        return {}
    script = f"wissenKommune.empfange({_script(profile(record, catalogue))});\n"
    return {f"daten/kommune/{ident}.js": script for ident in catalogue.ids_of(record)}


def _script(data: Any) -> str:
    """JSON is JavaScript but for two line breaks."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

"""Rules that only `wissen check` runs: the web form says so, in these words.

By the name of the rule across records, or by the code of a finding about the file.  A new rule needs
an entry here or a half in the form's script; `tests/formular/` asks for it.
"""

from __future__ import annotations

_REFERENCES = (
    "ob es die Einträge gibt, auf die Sie verweisen, und ob sie von der richtigen Art sind"
)
_LINKS = "ob Links im Text zu einer Seite dieses Wikis führen"
_TITLES = "ob Titel und Kennungen noch frei sind"
_CONFIDENCE = "ob ein öffentlicher Eintrag einen vertraulichen nennt"
_REPEATED = "ob es für denselben Zweck schon eine gültige Bewertung gibt"
_CRITERIA = "ob die Kriterien zum Katalog passen und die Gewichte zusammen 100 ergeben"
_REVIEW = "ob eine Prüfung überfällig oder niemand zuständig ist"
_FILE = "ob sich eine von Hand geänderte Datei noch lesen lässt"

ONLY_PYTHON: dict[str, str] = {
    # rules across records
    "titles_are_unique": _TITLES,
    "former_ids_are_free": _TITLES,
    "_ids_are_unique": _TITLES,
    "references_lead_somewhere": _REFERENCES,
    "public_records_keep_confidence": _CONFIDENCE,
    "successors_are_public_too": _CONFIDENCE,
    "links_lead_somewhere": _LINKS,
    "owners_are_named": _REVIEW,
    "reviews_are_not_overdue": _REVIEW,
    "records_are_connected": "ob der Eintrag mit anderen verbunden ist",
    "evaluations_are_not_repeated": _REPEATED,
    "plans_are_not_repeated": "ob eine andere Prüfung denselben Bedarf, dieselbe Lösung oder Gattung betrifft",
    "supersession_has_an_end": _REPEATED,
    "superseded_is_not_recommended": _REPEATED,
    "criteria_follow_their_catalogue": _CRITERIA,
    # the file itself: the form writes it, so these can only go wrong later
    **dict.fromkeys(
        (
            "yaml", "yaml-verweis", "yaml-typ", "zu-tief", "zu-gross", "zu-viele", "zeichensatz", "zeichen",
            "lesen", "kopf-fehlt", "kopf-offen", "kein-eintrag", "doppeltes-feld", "kommentar", "typ", "ordner",
        ),
        _FILE,
    ),
}  # fmt: skip

"""Issue forms for GitHub and description templates for GitLab, from the field table.

    python -m tools.issue_forms          writes .github/ISSUE_TEMPLATE/ and .gitlab/issue_templates/
    python -m tools.issue_forms --check  says whether they are as the field table wants them

The answers are read by `wissen import --issue` (`generator/contributing/issues.py`): headings are the labels
of the field table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from generator.contributing.excel_template import columns
from generator.contributing.issues import BODY_HEADING, TYPE_HEADING
from generator.contributing.notation import is_many, show
from generator.records.fieldtable import rows, rules_of, vocabulary_of
from generator.records.messages import nested_model
from generator.records.types import TYPES
from generator.records.value_rules import TextRule, slug

ROOT = Path(__file__).resolve().parents[1]
# What people outside the editorial office can tell; everything else is added later.
ASKED = {
    "bewertung": (
        "titel", "kurzfassung", "herausgeber", "verantwortlich", "kontakt", "gegenstand", "bedarf", "einsatzzweck",
        "pruefstatus", "methode", "durchgefuehrt_von", "zeitraum", "verdikt", "verdikt_begruendung", "gueltig_bis",
        "handlungsfeld", "schlagworte", "auch_gesucht_als", "doppelt_weil", "quellen", "vertraulichkeit",
    ),
    "best-practice": (
        "titel", "kurzfassung", "herausgeber", "verantwortlich", "kontakt", "ausgangslage", "vorgehen", "aufwand",
        "ergebnis", "lessons_learned", "stolpersteine", "handlungsfeld", "schlagworte", "auch_gesucht_als", "quellen",
        "vertraulichkeit",
    ),
    "projekt": (
        "titel", "kurzfassung", "herausgeber", "verantwortlich", "kontakt", "einstufung", "projektstatus", "zielgruppen",
        "beteiligte", "handlungsfeld", "schlagworte", "auch_gesucht_als", "quellen", "vertraulichkeit",
    ),
    "ag-ergebnis": (
        "titel", "kurzfassung", "herausgeber", "verantwortlich", "arbeitsgruppe", "fragestellung", "datum", "ergebnis",
        "entscheidung", "begruendung", "offene_punkte", "naechste_schritte", "schlagworte", "quellen", "vertraulichkeit",
    ),
    "loesung": (
        "titel", "kurzfassung", "herausgeber", "verantwortlich", "anbieter", "kategorie", "betriebsmodell", "im_einsatz",
        "nachnutzbar", "schlagworte", "auch_gesucht_als", "quellen", "vertraulichkeit",
    ),
    "begriff": ("titel", "kurzfassung", "herausgeber", "verantwortlich", "definition", "synonyme", "abkuerzung", "quellen"),
}  # fmt: skip
WARNING = (
    "Bitte keine Namen, Telefonnummern oder persönlichen Adressen, und nichts aus Angeboten oder laufenden "
    "Vergabeverfahren. Dieses Formular ist sofort für alle sichtbar und bleibt gespeichert."
)


def fields(typ: str) -> Iterator[tuple[str, FieldInfo]]:
    """The asked fields in the order of the field table."""
    asked = ASKED[typ]
    for name, _, info in columns(typ):
        if name in asked and info is not None:
            yield name, info


def help_of(info: FieldInfo) -> str:
    said = info.description or ""
    group = nested_model(info.annotation)
    if group is not None and not getattr(group, "schreibweise", ""):
        parts = ", ".join(row.name for row in rows(group))
        said += f" Schreibweise: feld: Wert | feld: Wert, mit {parts}."
    if is_many(info):
        said += " Mehrere: eine je Zeile."
    return said


def example_of(info: FieldInfo) -> str:
    return show((info.examples or [None])[0], info).strip()


def is_long(info: FieldInfo) -> bool:
    rule = next(iter(rules_of(info)), None)
    markdown = isinstance(rule, TextRule) and rule.limit != 160
    return is_many(info) or nested_model(info.annotation) is not None or markdown


def github_form(typ: str) -> str:
    """One issue form."""
    model = TYPES[typ]
    body: list[dict[str, Any]] = [
        {"type": "markdown", "attributes": {"value": f"{model.beschreibung}\n\n**Datenschutz und Vergabe:** {WARNING}"}},
        {"type": "dropdown", "id": "typ", "attributes": {"label": TYPE_HEADING, "options": [model.einzahl], "default": 0}, "validations": {"required": True}},
    ]  # fmt: skip
    for name, info in fields(typ):
        attributes: dict[str, Any] = {"label": info.title, "description": help_of(info)}
        vocabulary = vocabulary_of(info)
        kind = "input"
        if vocabulary and vocabulary.closed and not nested_model(info.annotation):
            kind = "dropdown"
            labels = [term.label for term in vocabulary.terms]
            attributes["options"] = labels
            if is_many(info):
                attributes["multiple"] = True
                attributes["description"] = info.description or ""
                if any(
                    "," in label for label in labels
                ):  # GitHub joins the chosen ones with commas
                    attributes["options"] = list(vocabulary.values)
                    pairs = (f"{t.value} = {t.label}" for t in vocabulary.terms)
                    attributes["description"] += f" {'; '.join(pairs)}."
        else:
            kind = "textarea" if is_long(info) else "input"
            attributes["placeholder"] = example_of(info)
        entry = {"type": kind, "id": name, "attributes": attributes}
        if info.is_required():
            entry["validations"] = {"required": True}
        body.append(entry)
    body.append({"type": "textarea", "id": "text", "attributes": {"label": BODY_HEADING, "description": "Freier Text, in Markdown."}})  # fmt: skip
    form = {"name": model.einzahl, "description": model.beschreibung, "title": f"{model.einzahl}: ", "labels": ["beitrag"], "body": body}  # fmt: skip
    return "# Made by tools/issue_forms.py from the field table.\n" + yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=110)  # fmt: skip


def gitlab_template(typ: str) -> str:
    """One description template with the same headings."""
    model = TYPES[typ]
    lines = [f"<!-- wissen:{typ} -->", f"<!-- {model.einzahl}: {model.beschreibung} {WARNING} -->", ""]  # fmt: skip
    for _, info in fields(typ):
        vocabulary = vocabulary_of(info)
        hint = help_of(info) + (" Pflichtfeld." if info.is_required() else "")
        if vocabulary and not nested_model(info.annotation):
            hint += f" Erlaubt: {', '.join(term.label for term in vocabulary.terms)}."
        lines += [f"### {info.title}", "", f"<!-- {hint} Zum Beispiel: {example_of(info)} -->".replace("\n", " / "), "", ""]  # fmt: skip
    return "\n".join([*lines, f"### {BODY_HEADING}", "", ""])


def made() -> dict[str, str]:
    """Path → content of all files."""
    files = {}
    for typ in ASKED:
        files[f".github/ISSUE_TEMPLATE/{typ}.yml"] = github_form(typ)
        files[f".gitlab/issue_templates/{slug(TYPES[typ].einzahl)}.md"] = gitlab_template(typ)  # fmt: skip
    return files


def main() -> None:
    """Write the files, or compare them."""
    stale = []
    for path, text in made().items():
        file = ROOT / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            stale.append(path)
            if "--check" not in sys.argv:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(stale) if stale else "up to date")
    sys.exit(1 if stale and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()

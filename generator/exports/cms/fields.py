"""The fields of the CMS from the field table, as the web form gets it (`exports/form_data.py`).

A row of the table becomes one field of Sveltia.  All values stay the texts that stand in a file (numbers
too), so nothing is lost on the way: `tools/cms/src/dateiform.js` reads and writes files that way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Table = Mapping[str, Any]  # `form_data()`, with the categories of the wiki
SHORT = 160  # texts that may be longer get a box of several lines,
PHRASE = 45  # but where the example is a phrase of this length
MOMENT = (
    r"^\d{4}(-\d\d(-\d\d)?)?$",
    "Bitte so schreiben: 2026, 2026-03 oder 2026-03-31.",
)
ID = (r"^[a-z0-9-]+$", "Eine Kennung hat nur Kleinbuchstaben, Ziffern und Bindestriche.")
BODY = "text"
# Kept as it is in the file: what may stand in there has no fields.
NOT_OFFERED = ("intern",)


class Fields:
    """Makes fields.  `unfit`: types whose records the CMS cannot list completely, for they are no plain
    Markdown files; a reference to them is typed, not chosen."""

    def __init__(self, table: Table, unfit: Collection[str] = ()) -> None:
        self.table = table
        self.unfit = unfit

    def of_type(self, typ: str) -> list[dict[str, Any]]:
        """The fields of a type: what identifies it, its own, the rest of the common ones, the body."""
        common = {row["name"]: row for row in self.table["gemeinsam"]}
        own = {row["name"]: row for row in self.table["typen"][typ]["felder"]}
        wanted = self.table["typen"][typ]["gefragt"]
        first = [
            name for name, row in common.items() if row.get("pflicht") and not row.get("liste")
        ]
        rows = {name: common[name] for name in first} | own | common
        made = [
            self.field(row, self._wanted_when(name, wanted, rows))
            for name, row in rows.items()
            if name not in ("typ", BODY, *NOT_OFFERED) and "wort" in row
        ]
        return [
            {"name": "typ", "widget": "hidden", "default": typ},
            {"name": "urfassung", "widget": "hidden"},  # the head of the file as it was read
            *made,
            {
                "name": BODY, "label": "Ausführlicher Text", "widget": "markdown", "required": False,
                "hint": "Überschriften beginnen mit „## “.", **_MARKDOWN,
            },
        ]  # fmt: skip

    def _wanted_when(
        self,
        name: str,
        wanted: Mapping[str, Mapping[str, Collection[str]]],
        rows: Mapping[str, Mapping[str, Any]],
    ) -> str:
        """A sentence for fields that are wanted once another one has a certain value."""
        said = ""
        for other, values in wanted.items():
            words = self.table["vokabulare"][rows[other]["regel"]["vokabular"]]["worte"]
            labels = {value: label for value, label, _ in words}
            said += "".join(
                f" Nötig, wenn bei „{rows[other]['wort']}“ „{labels[value]}“ steht."
                for value, names in values.items()
                if name in names
            )
        return said

    def field(self, row: Mapping[str, Any], more: str = "") -> dict[str, Any]:
        """One field with its label, its explanation, and how it is filled in."""
        example = row.get("beispiel")
        said = row["hilfe"] + more
        if (
            isinstance(example, str)
            and example not in said
            and "vokabular" not in row.get("regel", {})
        ):
            said += f" Beispiel: {example}"
        frame = {
            "name": row["name"],
            "label": row["wort"],
            "required": bool(row.get("pflicht")),
            "hint": said,
        }
        made = self._list(row) if row.get("liste") else self._single(row)
        if "hint" in made:
            made["hint"] = f"{said} {made['hint']}"
        return frame | made

    def _list(self, row: Mapping[str, Any]) -> dict[str, Any]:
        rule = row.get("regel", {})
        if "gruppe" in row:
            return {"widget": "list", **self._group(row["gruppe"]), "collapsed": "auto"}
        one = self._rule(row, rule)
        if one["widget"] in ("select", "relation"):
            return {**one, "multiple": True}
        inner = {"name": row["name"], "label": row["wort"], "required": True, **one}
        return {"widget": "list", "field": inner, "collapsed": False}

    def _single(self, row: Mapping[str, Any]) -> dict[str, Any]:
        if "gruppe" in row:
            return {"widget": "object", "fields": self._group(row["gruppe"])["fields"]}
        return self._rule(row, row.get("regel", {}))

    def _group(self, name: str) -> dict[str, Any]:
        rows = self.table["gruppen"][name]["felder"]
        names = [row["name"] for row in rows if "gruppe" not in row and not row.get("liste")]
        shown = "titel" if "titel" in names else names[0]
        return {
            "fields": [self.field(row) for row in rows],
            "summary": " – ".join(
                f"{{{{fields.{n}}}}}" for n in dict.fromkeys((shown, *names[:2]))
            ),
        }

    def _rule(self, row: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, Any]:
        """How a single value is filled in."""
        match rule.get("art"):
            case "wort":
                return self._word(self.table["vokabulare"][rule["vokabular"]])
            case "verweis":
                return self._reference(rule)
            case "datum":
                return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
            case "zeitpunkt":
                return {"widget": "string", "pattern": list(MOMENT)}
            case "zahl":
                bounds = {"min": rule.get("unten"), "max": rule.get("oben")}
                kind = "int" if rule.get("ganz") else "float"
                step = {} if rule.get("ganz") else {"step": 0.01}
                return {
                    "widget": "number", "value_type": f"{kind}/string", **step,
                    **{name: bound for name, bound in bounds.items() if bound is not None},
                }  # fmt: skip
            case "janein":
                return _select([("ja", "ja"), ("nein", "nein")])
            case "muster" if row["name"] == "kategorie" and self.table.get("kategorien"):
                return _select((c["id"], c["name"]) for c in self.table["kategorien"])
            case "muster":
                return {"widget": "string", "pattern": [f"^(?:{rule['muster']})$", f"Der Wert {rule['sagt']}"]}  # fmt: skip
            case "angaben":
                known = ", ".join(f"{key} ({label})" for key, label in rule["bekannt"])
                said = f"Üblich sind: {known}."
                return {"widget": "keyvalue", "key_label": "Angabe", "value_label": "Wert", "hint": said}  # fmt: skip
            case _:
                return _text(rule, row)

    def _word(self, vocabulary: Mapping[str, Any]) -> dict[str, Any]:
        words = vocabulary["worte"]
        if vocabulary["offen"]:
            return {"widget": "string", "hint": f"Üblich sind: {', '.join(w[0] for w in words)}."}
        return _select((value, f"{label} ({about.rstrip('.')})" if about else label) for value, label, about in words)  # fmt: skip

    def _reference(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        targets = rule["ziele"]
        if len(targets) == 1 and targets[0] not in self.unfit and not rule.get("frei"):
            return {
                "widget": "relation",
                "collection": targets[0],
                "value_field": "{{slug}}",
                "display_fields": ["titel"],
                "search_fields": ["titel", "kurzfassung"],
            }
        return {"widget": "string", **({} if rule.get("frei") else {"pattern": list(ID)})}


_MARKDOWN = {
    "modes": ["raw", "rich_text"],
    "buttons": ["bold", "italic", "link", "heading-two", "heading-three", "quote", "bulleted-list", "numbered-list"],
    "editor_components": [],
    "use_emoji_autocomplete": False,
}  # fmt: skip


def _text(rule: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    if rule.get("markdown"):
        return {"widget": "markdown", **_MARKDOWN}
    limit = rule.get("grenze", 0)
    example = row.get("beispiel", "")
    is_short = (
        isinstance(example, str)
        and len(example) <= PHRASE
        and not example.endswith((".", "…", "?"))
    )
    kind = "string" if 0 < limit <= SHORT or is_short or row.get("liste") else "text"
    return {"widget": kind, "use_emoji_autocomplete": False, **({"maxlength": limit} if limit else {})}  # fmt: skip


def _select(options: Any) -> dict[str, Any]:
    return {"widget": "select", "options": [{"value": v, "label": label} for v, label in options]}

"""Own fields of solutions, vendors, organisations and glossary terms."""

from __future__ import annotations

from tools.bench.corpus.common import Draft, Fields

_OPERATION = ("eigenbetrieb", "kommunaler_it_dienstleister", "saas_de", "saas_eu", "saas_drittland")
_LICENCES = ("Miete je Arbeitsplatz", "Kauf mit Wartung", "Open Source", "Umlage im Zweckverband")
_INTERFACES = ("XMeld", "CalDAV", "CSV-Export", "REST", "XBau", "SAML", "OAuth", "FIT-Connect")
_USES = ("genutzt", "genutzt", "genutzt", "pilot", "geplant", "verworfen", "abgeloest")
_REUSABLE = ("Leistungsbeschreibung", "Rahmenvertrag", "Vorlage für die Datenschutzhinweise", "Schulungsunterlagen")  # fmt: skip
_DETAILS = {
    "datenschutz": ("avv", "dsfa", "rechtsgrundlage", "speicherort", "loeschkonzept"),
    "sicherheit": ("bsi_grundschutz", "zertifikate", "pentest", "verschluesselung", "notfallkonzept"),
    "barrierefreiheit": ("bitv_pruefbericht", "ergebnis"),
    "souveraenitaet": ("offene_standards", "datenexport", "ausstiegsstrategie", "abhaengigkeiten"),
}  # fmt: skip


def loesung(draft: Draft, categories: tuple[str, ...]) -> Fields:
    rng, prose = draft.rng, draft.prose
    fields: Fields = {
        "anbieter": draft.other("anbieter").ident,
        "kategorie": rng.choice(categories),
        "betriebsmodell": rng.sample(_OPERATION, rng.choice((1, 1, 2))),
        "lizenzmodell": rng.choice(_LICENCES),
    }
    if fields["lizenzmodell"] == "Open Source":
        fields["spdx"] = "EUPL-1.2"
        fields["quellcode_url"] = f"https://code.{draft.entry.ident[:50].strip('-')}.example/quelle"
    if draft.chance(0.3):
        fields["leistungen"] = [f"99{rng.randrange(10**12):012}" for _ in range(rng.randint(1, 3))]
    if draft.chance(0.12):
        fields["efa"] = {"leistung": prose.noun(), "reifegrad": str(rng.randint(2, 4))}
    if draft.chance(0.8):
        fields["schnittstellen"] = rng.sample(_INTERFACES, rng.randint(1, 4))
    for name, keys in _DETAILS.items():
        if draft.chance(0.7):
            fields[name] = {key: prose.phrase() for key in keys if draft.chance(0.8)} or {keys[0]: "liegt vor"}  # fmt: skip
    if draft.chance(0.5):
        fields["nachnutzbar"] = [
            {"art": art, "rechte": "frei für alle Kommunen", "bis": str(rng.randint(2026, 2030))}
            for art in rng.sample(_REUSABLE, rng.randint(1, 3))
        ]
    if draft.chance(0.85):
        fields["im_einsatz"] = [_use(draft, ident) for ident in draft.some(draft.plan.municipalities, 1, 9)]  # fmt: skip
    return fields


def _use(draft: Draft, ident: str) -> Fields:
    rng = draft.rng
    row: Fields = {"organisation": ident, "seit": draft.month(1500), "status": rng.choice(_USES)}
    if row["status"] == "abgeloest":
        row["bis"] = draft.entry.stand.isoformat()[:7]
    if draft.chance(0.7):
        row["zufriedenheit"] = rng.randint(1, 5)
    if draft.chance(0.6):
        row["einfuehrungsstrategie"] = draft.prose.phrase()
    return row


def anbieter(draft: Draft) -> Fields:
    fields: Fields = {
        "art": draft.rng.choice(("Unternehmen", "Kommunaler IT-Dienstleister", "Gemeinschaft")),
        "sitz": draft.names.place(draft.rng),
        "url": f"https://www.{draft.entry.ident[:50].strip('-')}.example",
    }
    if draft.chance(0.4):
        contract = {"titel": f"Rahmenvertrag {draft.prose.noun()}", "bis": str(draft.rng.randint(2026, 2029))}  # fmt: skip
        fields["rahmenvertraege"] = [contract]
    if draft.chance(0.15):
        fields["fruehere_namen"] = [f"Alt {draft.entry.topic[1]} GmbH"]
    return fields


def organisation(draft: Draft) -> Fields:
    rng, entry = draft.rng, draft.entry
    fields: Fields = {"art": entry.kind}
    number = draft.plan.entries["organisation"].index(entry)
    if entry.kind == "kommune":
        fields["ags"] = f"99{number:06}"
        fields["einwohner"] = int(2500 * 2 ** (rng.random() * 5))
    fields["koordinaten"] = {"lat": round(rng.uniform(50.9, 52.4), 4), "lon": round(rng.uniform(7.2, 9.8), 4)}  # fmt: skip
    if entry.kind == "kommune":
        fields["fachverfahren"] = draft.some(draft.plan.entries["loesung"], 1, 8)
    return fields


def begriff(draft: Draft) -> Fields:
    prose = draft.prose
    fields: Fields = {"definition": prose.short()}
    if draft.chance(0.6):
        fields["synonyme"] = list(dict.fromkeys(prose.noun() for _ in range(draft.rng.randint(1, 3))))  # fmt: skip
    if draft.chance(0.25):
        fields["abkuerzung"] = "".join(word[0].upper() for word in draft.entry.topic[:3])
    return fields

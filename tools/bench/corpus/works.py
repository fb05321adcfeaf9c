"""Own fields of projects, working groups, their results and good practice."""

from __future__ import annotations

from tools.bench.corpus.common import Draft, Fields

_STATES = ("idee", "in_planung", "in_umsetzung", "pilot", "im_betrieb", "abgeschlossen", "zurueckgestellt", "eingestellt", "unbekannt")  # fmt: skip
_GROUPS = ("Verwaltungen", "Familien", "Vereine", "Feuerwehren", "Menschen im Ruhestand", "Unternehmen", "Schulen", "Pendelnde")  # fmt: skip
_RELEVANCE = ("bedarf", "mehrwert", "reichweite", "uebertragbarkeit", "visionsbezug")
_FEASIBILITY = ("schwierigkeiten", "netzwerk", "kosten", "voraussetzungen", "referenzen")
_RHYTHMS = ("vierteljährlich", "zweimal im Halbjahr", "monatlich", "nach Bedarf")


def projekt(draft: Draft) -> Fields:
    rng, prose = draft.rng, draft.prose
    fields: Fields = {}
    if draft.chance(0.8):
        fields["leitgedanke"] = f"{prose.noun().upper()} SEIN"
    fields["einstufung"] = rng.choice(("leitprojekt", "potenzialprojekt", "vorhaben"))
    fields["projektstatus"] = rng.choice(_STATES)
    fields["zielgruppen"] = rng.sample(_GROUPS, rng.randint(1, 4))
    fields["mehrwerte"] = prose.phrases(2, 5)
    fields["beteiligte"] = draft.some(draft.plan.entries["organisation"], 1, 7)
    if draft.chance(0.7):
        fields["relevanz"] = {name: rng.randint(1, 4) for name in _RELEVANCE}
        fields["realisierbarkeit"] = {name: rng.randint(1, 4) for name in _FEASIBILITY}
    if draft.chance(0.7):
        fields["meilensteine"] = [
            {"titel": prose.phrase(), "datum": draft.month(900), "erreicht": rng.choice(("ja", "ja", "nein"))}
            for _ in range(rng.randint(2, 5))
        ]  # fmt: skip
    if draft.chance(0.4):
        fields["foerderung"] = f"Landesförderung bis {rng.randint(2024, 2029)}"
    if draft.chance(0.5):
        fields["kennzahlen"] = [
            {"name": prose.phrase(), "wert": str(rng.randint(3, 4000)), "einheit": "im Jahr", "stand": draft.month()}
            for _ in range(rng.randint(1, 3))
        ]  # fmt: skip
    return fields


def ag_ergebnis(draft: Draft) -> Fields:
    rng, prose = draft.rng, draft.prose
    fields: Fields = {
        "arbeitsgruppe": draft.other("arbeitsgruppe").ident,
        "fragestellung": prose.question(),
        "datum": draft.before(draft.entry.stand, 90).isoformat(),
        "ergebnis": prose.sentences(2, 5),
    }
    if draft.chance(0.6):
        fields["entscheidung"] = prose.sentences(1, 2)
        fields["begruendung"] = prose.sentences(1, 3)
    if draft.chance(0.5):
        options: list[Fields] = []
        for _ in range(rng.randint(2, 4)):
            options.append({"titel": prose.phrase(), "beschreibung": prose.sentence()})
            if draft.chance(0.5):
                options[-1]["verworfen_weil"] = prose.phrase()
        fields["optionen"] = options
    if draft.chance(0.6):
        fields["offene_punkte"] = prose.phrases(1, 4)
    if draft.chance(0.7):
        fields["naechste_schritte"] = prose.phrases(1, 4)
    fields["teilnehmende"] = draft.some(draft.plan.entries["organisation"], 2, 9)
    return fields


def best_practice(draft: Draft) -> Fields:
    prose = draft.prose
    fields: Fields = {"ausgangslage": prose.sentences(1, 3), "vorgehen": prose.sentences(2, 5)}
    if draft.chance(0.6):
        fields["aufwand"] = f"{draft.rng.randint(2, 30)} Personentage, verteilt auf {draft.rng.randint(2, 12)} Monate"  # fmt: skip
    if draft.chance(0.85):
        fields["ergebnis"] = prose.sentences(1, 3)
    fields["lessons_learned"] = prose.phrases(1, 5)
    if draft.chance(0.7):
        fields["stolpersteine"] = prose.phrases(1, 4)
    if draft.chance(0.6):
        fields["voraussetzungen"] = prose.phrases(1, 3)
    if draft.chance(0.6):
        fields["uebertragbarkeit"] = prose.sentences(1, 2)
    if draft.chance(0.4):
        fields["nachnutzung"] = draft.adoptions(5)
    return fields


def arbeitsgruppe(draft: Draft) -> Fields:
    return {
        "auftrag": draft.prose.sentences(1, 3),
        "seit": str(draft.rng.randint(2018, 2025)),
        "mitglieder": draft.some(draft.plan.entries["organisation"], 4, 14),
        "rhythmus": draft.rng.choice(_RHYTHMS),
    }

"""Own fields of evaluations and of the catalogues that hold their criteria."""

from __future__ import annotations

from datetime import timedelta

from tools.bench.corpus.common import Draft, Fields
from tools.bench.corpus.plan import Entry

CRITERIA = (
    ("bedienbarkeit", "Bedienbarkeit"), ("barrierefreiheit", "Barrierefreiheit"), ("integration", "Anschluss an Fachverfahren"),
    ("betrieb", "Betrieb und Support"), ("datenschutz", "Datenschutz"), ("sicherheit", "Informationssicherheit"),
    ("souveraenitaet", "Digitale Souveränität"), ("schulung", "Einarbeitung"), ("zukunft", "Zukunftsfähigkeit"),
)  # fmt: skip
WEIGHTS = ((40, 30, 20, 10), (30, 25, 20, 15, 10), (25, 20, 20, 15, 15, 5), (20, 20, 15, 15, 10, 10, 10))  # fmt: skip
_METHODS = ("nutzwertanalyse", "nutzwertanalyse", "markterkundung", "produktdemo", "pilot", "praxiserfahrung")  # fmt: skip
_SIZES = ("gk4", "gk5", "gk6", "gk7", "kreis")


def criteria_of(draft: Draft, catalogue: Entry) -> list[tuple[str, str, int]]:
    """Ids, names and weights of a catalogue's criteria: the same whoever asks."""
    rng = draft.plan.rng("criteria", catalogue.ident)
    weights = rng.choice(WEIGHTS)
    chosen = rng.sample(CRITERIA, len(weights))
    return [(ident, name, weight) for (ident, name), weight in zip(chosen, weights, strict=True)]


def kriterienkatalog(draft: Draft) -> Fields:
    return {
        "kriterien": [
            {"id": ident, "name": name, "beschreibung": draft.prose.sentence(), "gewicht": weight}
            for ident, name, weight in criteria_of(draft, draft.entry)
        ],
        "ausschlusskriterien": draft.prose.phrases(1, 4),
    }


def bewertung(draft: Draft) -> Fields:
    entry, rng, prose = draft.entry, draft.rng, draft.prose
    subject = entry.subject.ident if isinstance(entry.subject, Entry) else entry.subject
    fields: Fields = {
        "gegenstand": subject,
        "bedarf": prose.short(),
        "einsatzzweck": entry.purpose,
        "pruefstatus": entry.pruefstatus,
    }
    if entry.verdikt:
        fields["verdikt"] = entry.verdikt
        fields["verdikt_begruendung"] = prose.sentences(2, 4)
    fields["methode"] = method = rng.choice(_METHODS)
    fields["durchgefuehrt_von"] = [draft.organisation()]
    if draft.chance(0.4):
        fields["durchgefuehrt_von"].append(draft.other("arbeitsgruppe").ident)
    if draft.chance(0.8):
        start = draft.before(entry.stand, 200)
        fields["zeitraum"] = {"von": start.isoformat()[:7], "bis": entry.stand.isoformat()[:7]}
    if entry.finished or draft.chance(0.3):
        fields["aufwand_personentage"] = rng.randint(4, 80) / 2
    if draft.chance(0.8):
        fields["groessenklassen"] = sorted(rng.sample(_SIZES, rng.randint(1, 4)))
    if draft.chance(0.7):
        fields["rahmenbedingungen"] = prose.sentences(1, 3)
    if entry.finished:
        _add_results(draft, fields, method)
    if entry.ersetzt:
        fields["ersetzt"] = [entry.ersetzt]
    if entry.doppelt:
        fields["doppelt_weil"] = f"Andere Größenklasse und anderes {prose.noun()}"
    if entry.finished and draft.chance(0.35):
        fields["nachnutzung"] = draft.adoptions(6)
    return fields


def _add_results(draft: Draft, fields: Fields, method: str) -> None:
    rng, prose = draft.rng, draft.prose
    if draft.chance(0.7):
        fields["ausschlusskriterien"] = [
            {
                "text": prose.phrase(),
                "erfuellt": "nein" if draft.chance(0.05) else "ja",
                "nachweis": prose.phrase(),
            }
            for _ in range(rng.randint(1, 4))
        ]
    if method == "nutzwertanalyse" or draft.chance(0.2):
        _add_points(draft, fields)
    if draft.chance(0.75):
        costs: Fields = {}
        for name in ("einmalig", "laufend_jahr"):
            low = rng.randint(2, 120) * 250
            costs[name] = {"von": low, "bis": low + rng.randint(0, 40) * 250}
        costs["basis"] = f"Abrechnungen von {rng.choice(('zwei', 'drei', 'fünf'))} Kommunen aus {rng.randint(2021, 2025)}, gerundet"  # fmt: skip
        fields["kosten"] = costs
        costs["bezugsgroesse"] = f"Kommune mit {rng.randint(4, 60)}.000 Einwohnern"
    until = draft.entry.stand + timedelta(days=rng.randint(300, 1100))
    fields["gueltig_bis"] = until.isoformat()
    if draft.chance(0.7):
        fields["annahmen"] = prose.phrases(1, 4)
    if draft.chance(0.75):
        fields["wiedervorlage"] = [
            {"ausloeser": prose.phrase(), "schwelle": f"mehr als {rng.randint(5, 40)} Prozent"}
            for _ in range(rng.randint(1, 3))
        ]
    if draft.chance(0.25):
        vote = {"text": prose.sentences(1, 2), "organisation": draft.organisation()}
        fields["abweichende_voten"] = [vote]


def _add_points(draft: Draft, fields: Fields) -> None:
    """Points for all criteria of a catalogue; sometimes with other weights, or without catalogue."""
    rng, prose = draft.rng, draft.prose
    catalogue = draft.other("kriterienkatalog")
    criteria = criteria_of(draft, catalogue)
    from_catalogue = draft.chance(0.9)
    own_weights = not from_catalogue or draft.chance(0.15)
    weights = [weight for _, _, weight in criteria]
    if own_weights:
        rng.shuffle(weights)
    if from_catalogue:
        fields["kriterienkatalog"] = catalogue.ident
    fields["kriterien"] = rows = []
    for (ident, _, _), weight in zip(criteria, weights, strict=True):
        row: Fields = {"id": ident}
        if own_weights:
            row["gewicht"] = weight
        row["punkte"] = rng.randint(4, 20) / 2
        row["begruendung"] = prose.sentence()
        if draft.chance(0.7):
            row["nachweis"] = prose.phrase()
        rows.append(row)

"""Rules across evaluations: nothing evaluated twice, supersession, and criteria from their catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from rapidfuzz import fuzz

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.findings import Finding
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.german import german_number
from generator.records.problems import Severity, allowed, did_you_mean, quoted
from generator.records.tree import ContentTree
from generator.records.yaml_reader import Path

SAME_PURPOSE = 90  # rapidfuzz ratio from which two purposes count as the same


def evaluations_are_not_repeated(catalogue: Catalogue, tree: ContentTree) -> Iterator[Finding]:
    """A second valid evaluation of the same subject and purpose needs `ersetzt` or a reason."""
    groups: defaultdict[str, list[Bewertung]] = defaultdict(list)
    for evaluation in catalogue.all(Bewertung):
        state = catalogue.validity(evaluation).state
        if (
            evaluation.pruefstatus == "abgeschlossen"
            and evaluation.status != "archiviert"
            and state in ("gueltig", "bald_zu_pruefen")
        ):
            subject = catalogue.get(evaluation.gegenstand)
            groups[subject.id if subject else evaluation.gegenstand.casefold()].append(evaluation)
    for group in groups.values():
        group.sort(key=lambda e: (e.stand, e.id))
        for index, later in enumerate(group):
            earlier = next((e for e in group[:index] if _repeats(later, e)), None)
            if earlier is not None:
                yield (
                    later,
                    ("gegenstand",),
                    Severity.ERROR,
                    "doppelte-bewertung",
                    f"Für diesen Gegenstand und Zweck gibt es schon eine gültige Bewertung: {earlier.datei}. "
                    f"Löst diese sie ab? Dann „ersetzt: [{earlier.id}]“. Sonst bitte in „doppelt_weil“ sagen, warum es beide braucht.",
                )


def _repeats(later: Bewertung, earlier: Bewertung) -> bool:
    if later.doppelt_weil or earlier.doppelt_weil or earlier.id in later.ersetzt:
        return False
    purposes = later.einsatzzweck.casefold(), earlier.einsatzzweck.casefold()
    return fuzz.ratio(*purposes) >= SAME_PURPOSE


def supersession_has_an_end(catalogue: Catalogue, tree: ContentTree) -> Iterator[Finding]:
    """Evaluations that replace each other would both be called replaced."""
    for evaluation in catalogue.all(Bewertung):
        seen, ident = {evaluation.id}, catalogue.successor.get(evaluation.id)
        while ident is not None and ident not in seen:
            seen.add(ident)
            ident = catalogue.successor.get(ident)
        if ident == evaluation.id:
            yield (
                evaluation,
                ("ersetzt",),
                Severity.ERROR,
                "ersetzt-im-kreis",
                f"Diese Bewertungen ersetzen sich gegenseitig: {', '.join(sorted(seen))}. Bitte bei der ältesten „ersetzt“ löschen.",
            )


def superseded_is_not_recommended(catalogue: Catalogue, tree: ContentTree) -> Iterator[Finding]:
    for evaluation in catalogue.all(Bewertung):
        successor = catalogue.successor.get(evaluation.id)
        if successor and evaluation.verdikt == "empfohlen" and evaluation.status != "archiviert":
            yield (
                evaluation,
                ("verdikt",),
                Severity.ERROR,
                "ersetzt-aber-empfohlen",
                (
                    f"Diese Bewertung ist durch {quoted(successor)} ersetzt, steht aber noch auf „empfohlen“. Bitte „status: archiviert“ setzen."
                ),
            )


def successors_are_public_too(catalogue: Catalogue, tree: ContentTree) -> Iterator[Finding]:
    """A public build must not tell of a confidential successor, so the old record would seem valid."""
    for ident, successor in catalogue.successor.items():
        old, new = catalogue.records[ident], catalogue.records[successor]
        if (
            old.vertraulichkeit == "oeffentlich"
            and new.vertraulichkeit != "oeffentlich"
            and old.status != "archiviert"
        ):
            yield (
                old,
                ("status",),
                Severity.WARNING,
                "nachfolger-vertraulich",
                (
                    f"Dieser öffentliche Eintrag ist durch den interkommunalen Eintrag {quoted(new.id)} ersetzt. In der öffentlichen Ausgabe sähe er noch gültig aus: bitte „status: archiviert“ setzen."
                ),
            )


def criteria_follow_their_catalogue(catalogue: Catalogue, tree: ContentTree) -> Iterator[Finding]:
    for evaluation in catalogue.all(Bewertung):
        base = catalogue.find(evaluation.kriterienkatalog or "", Kriterienkatalog)
        if evaluation.kriterienkatalog and base is None:
            continue  # reported as an unknown reference, or as a record with errors
        known = tuple(k.id for k in base.kriterien) if base else ()
        for index, kriterium in enumerate(evaluation.kriterien):
            path: Path = ("kriterien", index, "id")
            if base and kriterium.id not in known:
                yield (
                    evaluation,
                    path,
                    Severity.ERROR,
                    "kriterium",
                    (
                        f"{quoted(kriterium.id)} gehört nicht zum Kriterienkatalog {quoted(base.id)}.{did_you_mean(kriterium.id, known)}{allowed(known)}"
                    ),
                )
            elif not base and kriterium.gewicht is None:
                yield (
                    evaluation,
                    path,
                    Severity.ERROR,
                    "gewichte",
                    "Ohne Kriterienkatalog braucht jedes Kriterium ein „gewicht“.",
                )
        score = catalogue.score(evaluation)
        if score is not None and score.weights != Decimal(100):
            yield (
                evaluation,
                ("kriterien",),
                Severity.ERROR,
                "gewichte",
                (
                    f"Die Gewichte ergeben zusammen {german_number(score.weights)}, nicht 100. Fehlt ein Kriterium?"
                ),
            )


RULES: tuple[Callable[[Catalogue, ContentTree], Iterator[Finding]], ...] = (
    evaluations_are_not_repeated,
    supersession_has_an_end,
    superseded_is_not_recommended,
    successors_are_public_too,
    criteria_follow_their_catalogue,
)

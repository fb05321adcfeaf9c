"""Rules across evaluations: nothing evaluated twice, supersession, and criteria from their catalogue.

What is finished twice is an error; what is planned or running although something like it is there
(`likeness.py`) is a warning.  A written reason in `doppelt_weil`, which the wiki shows, settles both; so
does a reference to the other evaluation.  `wissen new` and `wissen import` insist on one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from rapidfuzz import fuzz

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.findings import Finding
from generator.catalogue.likeness import alike
from generator.records.evaluation_types import Bewertung, Kriterienkatalog
from generator.records.german import german_number
from generator.records.problems import Severity, allowed, did_you_mean, quoted
from generator.records.vocabulary import GUELTIGKEIT, PRUEFSTATUS, VERDIKT
from generator.records.yaml_reader import Path

MOST_ALIKE = 3  # told of one plan
SAME_PURPOSE = 90  # rapidfuzz ratio from which two purposes count as the same


def evaluations_are_not_repeated(evaluation: Bewertung, catalogue: Catalogue) -> Iterator[Finding]:
    """A second valid evaluation of the same subject and purpose needs `ersetzt` or a reason."""
    if not _holds(evaluation, catalogue):
        return
    subject = catalogue.get(evaluation.gegenstand)
    names = [evaluation.gegenstand.casefold()]
    if subject is not None:
        names = list(dict.fromkeys([*names, *catalogue.ids_of(subject)]))
    others = {row[1] for name in names for row in catalogue.rows("gegenstand", name)}
    group = [e for i in others if (e := catalogue.find(i, Bewertung)) and _holds(e, catalogue)]
    age = (evaluation.stand, evaluation.id)
    earlier = sorted((e for e in group if (e.stand, e.id) < age), key=lambda e: (e.stand, e.id))
    same = next((e for e in earlier if _repeats(evaluation, e)), None)
    if same is not None:
        yield (
            evaluation,
            ("gegenstand",),
            Severity.ERROR,
            "doppelte-bewertung",
            f"Für diesen Gegenstand und Zweck gibt es schon eine gültige Bewertung: {same.datei}. "
            f"Löst diese sie ab? Dann „ersetzt: [{same.id}]“. Sonst bitte in „doppelt_weil“ sagen, warum es beide braucht.",
        )


def _holds(evaluation: Bewertung, catalogue: Catalogue) -> bool:
    return (
        evaluation.pruefstatus == "abgeschlossen"
        and evaluation.status != "archiviert"
        and catalogue.validity(evaluation).state in ("gueltig", "bald_zu_pruefen")
    )


def _repeats(later: Bewertung, earlier: Bewertung) -> bool:
    if later.doppelt_weil or earlier.doppelt_weil or earlier.id in later.ersetzt:
        return False
    return _same_purpose(later, earlier)


def _same_purpose(one: Bewertung, other: Bewertung) -> bool:
    return fuzz.ratio(one.einsatzzweck.casefold(), other.einsatzzweck.casefold()) >= SAME_PURPOSE


def plans_are_not_repeated(evaluation: Bewertung, catalogue: Catalogue) -> Iterator[Finding]:
    """A planned or running evaluation of what is evaluated already needs a reason."""
    if evaluation.pruefstatus not in ("geplant", "laufend") or evaluation.doppelt_weil:
        return
    if evaluation.status == "archiviert":
        return
    known = {evaluation.id, *(r.target for r in catalogue.outgoing(evaluation))}
    age = (evaluation.stand, evaluation.id)
    told = 0
    for like in alike(evaluation, catalogue):
        other = catalogue.find(like.id, Bewertung)
        if other is None or known & set(catalogue.ids_of(other)) or other.status == "archiviert":
            continue
        state = catalogue.validity(other).state
        if state == "ersetzt" or (other.pruefstatus == "geplant" and (other.stand, other.id) > age):
            continue
        if (
            other.pruefstatus == "laufend" == evaluation.pruefstatus
            and other.stand > evaluation.stand
        ):
            continue
        told += 1
        if told > MOST_ALIKE:
            return
        severity = Severity.WARNING
        if other.pruefstatus == "abgebrochen" or state == "abgelaufen":
            severity = Severity.HINT
        yield (
            evaluation,
            ("gegenstand",),
            severity,
            "schon-geprueft",
            f"Dazu gibt es schon: {other.datei} ({how_it_stands(other, catalogue)}), denn: {like.why}. "
            f"{_next_step(other, severity)}",
        )


def how_it_stands(evaluation: Bewertung, catalogue: Catalogue) -> str:
    """Verdict and validity, or how far it is, in a few words."""
    if evaluation.pruefstatus != "abgeschlossen":
        return PRUEFSTATUS.label(evaluation.pruefstatus).lower()
    judged = catalogue.validity(evaluation)
    verdict = VERDIKT.label(evaluation.verdikt or "ohne_votum").lower()
    if judged.state == "abgelaufen":
        return f"{verdict}, abgelaufen seit {judged.until:%d.%m.%Y}"
    if judged.state == "ersetzt":
        return f"{verdict}, {GUELTIGKEIT.label(judged.state).lower()}"
    return f"{verdict}, gilt bis {judged.until:%d.%m.%Y}"


def _next_step(other: Bewertung, severity: Severity) -> str:
    if severity is Severity.HINT:
        return f"Knüpfen Sie daran an? Dann bitte nennen: „bezug: [{{art: beruht_auf, ziel: {other.id}}}]“."
    if other.pruefstatus == "abgeschlossen":
        step = f"Übernehmen statt neu prüfen? Soll diese Prüfung sie ablösen, dann „ersetzt: [{other.id}]“."
    else:
        step = "Dort mitmachen statt doppelt prüfen?"
    return f"{step} Sonst bitte in „doppelt_weil“ sagen, warum es beide braucht."


def supersession_has_an_end(evaluation: Bewertung, catalogue: Catalogue) -> Iterator[Finding]:
    """Evaluations that replace each other would both be called replaced."""
    seen, ident = {evaluation.id}, catalogue.successor(evaluation)
    while ident is not None and ident not in seen:
        seen.add(ident)
        ident = catalogue.successor(catalogue.seen(ident))
    if ident == evaluation.id:
        yield (
            evaluation,
            ("ersetzt",),
            Severity.ERROR,
            "ersetzt-im-kreis",
            f"Diese Bewertungen ersetzen sich gegenseitig: {', '.join(sorted(seen))}. Bitte bei der ältesten „ersetzt“ löschen.",
        )


def superseded_is_not_recommended(evaluation: Bewertung, catalogue: Catalogue) -> Iterator[Finding]:
    successor = catalogue.successor(evaluation)
    if successor and evaluation.verdikt == "empfohlen" and evaluation.status != "archiviert":
        yield (
            evaluation,
            ("verdikt",),
            Severity.ERROR,
            "ersetzt-aber-empfohlen",
            f"Diese Bewertung ist durch {quoted(successor)} ersetzt, steht aber noch auf „empfohlen“. "
            "Bitte „status: archiviert“ setzen.",
        )


def criteria_follow_their_catalogue(
    evaluation: Bewertung, catalogue: Catalogue
) -> Iterator[Finding]:
    base = catalogue.find(evaluation.kriterienkatalog or "", Kriterienkatalog)
    if evaluation.kriterienkatalog and base is None:
        return  # reported as an unknown reference, or as a record with errors
    known = tuple(k.id for k in base.kriterien) if base else ()
    for index, kriterium in enumerate(evaluation.kriterien):
        path: Path = ("kriterien", index, "id")
        if base and kriterium.id not in known:
            yield (
                evaluation,
                path,
                Severity.ERROR,
                "kriterium",
                f"{quoted(kriterium.id)} gehört nicht zum Kriterienkatalog {quoted(base.id)}."
                f"{did_you_mean(kriterium.id, known)}{allowed(known)}",
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
            f"Die Gewichte ergeben zusammen {german_number(score.weights)}, nicht 100. Fehlt ein Kriterium?",
        )


RULES: tuple[Callable[[Bewertung, Catalogue], Iterator[Finding]], ...] = (
    evaluations_are_not_repeated,
    plans_are_not_repeated,
    supersession_has_an_end,
    superseded_is_not_recommended,
    criteria_follow_their_catalogue,
)

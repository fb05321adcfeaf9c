"""What the comparison of evaluations and solutions shows, and the page that shows it.

The page is one; which records it compares stands in its address, so their data comes as one small script
file per record (`daten/vergleich/<id>.js`), which the browser loads when it is needed.  It calls
`wissenVergleich.laden(id, data)`; everything in `data` is text, numbers are written as decimals.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.costs import size_of
from generator.catalogue.profiles import fit
from generator.catalogue.scoring import Score
from generator.pages.page import Page, PagePlan
from generator.pages.paper import paper_data
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung, Kosten, Kriterienkatalog
from generator.records.fields import Spanne
from generator.records.german import german_date, german_number
from generator.records.sizes import size_words
from generator.records.solution_types import (
    BARRIEREFREIHEIT,
    DATENSCHUTZ,
    SICHERHEIT,
    SOUVERAENITAET,
    Loesung,
)
from generator.records.vocabulary import VOCABULARIES

FOLDER = "daten/vergleich/"
PATH = "vergleich/"
MOST = 5  # columns of a comparison
READY = 5  # comparisons that the page offers before anything is chosen
TEXTS = 12_000  # characters of all texts of a record together, about
CONNECTIONS, CONNECTION = 30, 80  # interfaces of a solution, and characters of their names
Row = tuple[str, str, str]  # heading, label, text


def compare_page(catalogue: Catalogue) -> Page:
    """The page of all comparisons.  Without a choice it explains itself and offers some."""
    catalogues = catalogue.part("art", "kriterienkatalog")
    ready = [(k, catalogue.first_sources(k, "kriterienkatalog", Bewertung)[0]) for k in catalogues]
    scored = [(k, [b for b in found if b.kriterien][:MOST]) for k, found in ready]
    return Page(
        path=PATH,
        kind="vergleich",
        area=PATH,
        title="Vergleich",
        description="Bewertungen und Lösungen nebeneinander, mit eigenen Gewichten.",
        template="vergleich.html",
        context={
            "krumen": (("Start", ""),),
            "fertige": [(k, found) for k, found in scored if len(found) > 1][:READY],
        },
    )


def compare_plans(catalogue: Catalogue) -> Iterator[PagePlan]:
    yield PagePlan(PATH, "vergleich", PATH, lambda: compare_page(catalogue))


def comparable(record: Bewertung, others: list[Bewertung]) -> list[Bewertung]:
    """Finished ones of other evaluations that stand well beside this one: same criteria first."""
    finished = [o for o in others if o.pruefstatus == "abgeschlossen"]
    same = [o for o in finished if o.kriterien and o.kriterienkatalog == record.kriterienkatalog]
    rest = [o for o in finished if o.id not in {s.id for s in same}]
    return [*same, *rest][: MOST - 1]


def compare_files(
    record: Record, catalogue: Catalogue, others: Sequence[str] = ()
) -> dict[str, str]:
    """The data of one record, and a hint under each former id; none for types that are not compared.

    `others` are the ids of what stands well beside it.
    """
    if not isinstance(record, Bewertung | Loesung):
        return {}
    data = compare_data(record, catalogue) | {"andere": list(others)}
    files = {f"{FOLDER}{record.id}.js": _call("laden", record.id, data)}
    for old in record.frueher:
        if catalogue.rows("name", old)[0][1] == record.id:
            files[f"{FOLDER}{old}.js"] = _call("umzug", old, record.id)
    return files


def _call(name: str, *values: Any) -> str:
    """A script that calls one of our functions with plain data."""
    texts = (json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in values)
    return f"wissenVergleich.{name}({','.join(texts)});\n".replace("<", "\\u003c")


def compare_data(record: Bewertung | Loesung, catalogue: Catalogue) -> dict[str, Any]:
    judged = catalogue.validity(record)
    data: dict[str, Any] = {
        "typ": record.typ,
        "art": record.einzahl,
        "ordner": record.ordner,
        "titel": record.titel,
        "gueltig": [judged.state, judged.until.isoformat()],
        "stand": german_date(record.stand),
        "passung": _fit(record, catalogue),
    }
    if isinstance(record, Loesung):
        return {**data, "angaben": _trimmed(_solution(record, catalogue))}
    score = catalogue.score(record)
    state = ("verdikt", record.verdikt) if record.verdikt else ("pruefstatus", record.pruefstatus)
    subject = catalogue.subject(record)
    data |= {
        "fertig": record.pruefstatus == "abgeschlossen",
        "urteil": [state[1], VOCABULARIES[state[0]].label(str(state[1]))],
        "gegenstand": subject.titel if subject else record.gegenstand,
        "ausschluss": [
            [a.text, a.erfuellt, _cut(a.nachweis or "", 200)] for a in record.ausschlusskriterien
        ],
        "angaben": _trimmed(_evaluation(record, subject, catalogue)),
    }
    data |= paper_data(record, judged, data["gegenstand"], catalogue)
    if record.kosten:
        data["kosten"] = _costs(record.kosten)
    if score:
        data |= _working(record, score, catalogue)
    return data


def _fit(record: Bewertung | Loesung, catalogue: Catalogue) -> dict[str, Any]:
    """What "Meine Kommune" compares with the reader's own; long names are no names of systems."""
    told = fit(record, catalogue, connections=True) or {}
    if "anschluss" in told:
        short = [name for name in told["anschluss"] if len(name) <= CONNECTION]
        told["anschluss"] = short[:CONNECTIONS]
    return told


def _working(record: Bewertung, score: Score, catalogue: Catalogue) -> dict[str, Any]:
    """Criteria with published weights and points; of the catalogue also those not judged."""
    base = catalogue.find(record.kriterienkatalog or "", Kriterienkatalog)
    room = max(40, TEXTS // 2 // len(score.rows))
    found: dict[str, Any] = {
        "kriterien": [
            [r.id, r.name, _decimal(r.weight), _decimal(r.points), _cut(r.reason, room)]
            for r in score.rows
        ]
    }
    if base:
        found["katalog"] = [base.id, base.titel]
        found["gewichte"] = [[k.id, k.name, _decimal(k.gewicht)] for k in base.kriterien]
    return found


def _costs(costs: Kosten) -> dict[str, Any]:
    size = size_of(costs.bezugsgroesse)
    parts = {
        "einmalig": _amounts(costs.einmalig),
        "laufend": _amounts(costs.laufend_jahr),
        "basis": costs.basis,
        "bezug": costs.bezugsgroesse,
        "groesse": [size.unit, str(size.number)] if size else None,
    }
    return {name: value for name, value in parts.items() if value}


def _amounts(amounts: Spanne | None) -> list[str] | None:
    return [_decimal(amounts.von), _decimal(amounts.bis)] if amounts else None


def _evaluation(record: Bewertung, subject: Loesung | None, catalogue: Catalogue) -> Iterator[Row]:
    head = "Prüfung"
    yield head, "Bedarf", record.bedarf
    yield head, "Einsatzzweck", record.einsatzzweck
    yield head, "Geprüft von", ", ".join(map(catalogue.name, record.durchgefuehrt_von[:6]))
    yield head, "Methode", VOCABULARIES["methode"].label(record.methode)
    if record.groessenklassen:
        yield head, "Gilt für Kommunen mit", size_words(record.groessenklassen, "Einwohnern")
    if record.rahmenbedingungen:
        yield head, "Rahmenbedingungen", record.rahmenbedingungen
    if record.wiedervorlage:
        triggers = (
            f"{w.ausloeser}: {w.schwelle}" if w.schwelle else w.ausloeser
            for w in record.wiedervorlage
        )  # fmt: skip
        yield head, "Neu prüfen, wenn", "; ".join(triggers)
    if record.abweichende_voten:
        votes = [v.text for v in record.abweichende_voten]
        yield head, "Abweichende Voten", f"{len(votes)}: {' / '.join(votes)}"
    if subject:
        yield from _technical(subject)


def _solution(record: Loesung, catalogue: Catalogue) -> Iterator[Row]:
    head, category = "Lösung", catalogue.categories.get(record.kategorie)
    yield head, "Gattung", category.name if category else record.kategorie
    if record.anbieter:
        yield head, "Anbieter", catalogue.name(record.anbieter)
    if record.lizenzmodell:
        yield head, "Lizenz", " ".join(filter(None, (record.lizenzmodell, record.spdx)))
    evaluations, total = catalogue.first_sources(record, "gegenstand", Bewertung)
    verdicts = [
        f"{VOCABULARIES['verdikt'].label(b.verdikt)} ({german_date(b.stand)})"
        for b in evaluations
        if b.verdikt
    ]
    told = "; ".join(verdicts) or ("noch ohne Ergebnis" if total else "von niemandem")
    yield head, "Geprüft", told
    if record.nachnutzbar:
        yield head, "Übernehmen dürfen Sie", "; ".join(n.art for n in record.nachnutzbar)
    yield from _technical(record)


def _technical(solution: Loesung) -> Iterator[Row]:
    """What the pages of solutions and of their evaluations have in common."""
    head = "Betrieb und Technik"
    if solution.betriebsmodell:
        names = map(VOCABULARIES["betriebsmodell"].label, solution.betriebsmodell)
        yield head, "Betriebsmodell", ", ".join(names)
    if solution.schnittstellen:
        yield head, "Schnittstellen", ", ".join(solution.schnittstellen)
    if solution.im_einsatz:
        states = Counter(e.status for e in solution.im_einsatz if e.status)
        words = VOCABULARIES["einsatzstatus"]
        counts = [f"{words.label(s)}: {german_number(n)}" for s, n in sorted(states.items())]
        yield head, "Im Einsatz", ", ".join(counts)
    groups = (
        ("Datenschutz", solution.datenschutz, DATENSCHUTZ),
        ("Informationssicherheit", solution.sicherheit, SICHERHEIT),
        ("Barrierefreiheit", solution.barrierefreiheit, BARRIEREFREIHEIT),
        ("Digitale Souveränität", solution.souveraenitaet, SOUVERAENITAET),
    )
    for title, values, rule in groups:
        labels: Mapping[str, str] = dict(rule.known)
        for key, text in (values or {}).items():
            yield title, labels.get(key, key.replace("_", " ").capitalize()), text


def _trimmed(rows: Iterator[Row]) -> list[list[str]]:
    """All rows, with texts that together stay within bounds; empty ones left out."""
    found = [row for row in rows if row[2]][:60]
    room = max(80, TEXTS // 2 // max(1, len(found)))
    return [[head, label, _cut(text, min(room, 400))] for head, label, text in found]


def _cut(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip(" ,;:–-") + " …"


def _decimal(number: Decimal) -> str:
    return f"{number:f}"

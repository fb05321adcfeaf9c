"""Planned evaluations against what is there: found with a reason, and no false alarms.

The announcements are written as a clerk would write them, without a look at the records.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from generator.catalogue.catalogue import Catalogue, build_catalogue
from generator.catalogue.likeness import Likeness, alike, alike_to_need, named_solutions
from generator.records.evaluation_types import Bewertung
from generator.records.problems import Problem, Severity
from generator.records.tree import read_tree
from tests.helpers import Folder, data
from tests.site.sites import CONTENT, COUNTY

TODAY = date(2026, 11, 22)

# (title, subject, need, purpose, tag) → the evaluation that must be found
IN_THE_COUNTY = [
    ("Termine online buchen", "Online-Terminbuchung", "Bürgerinnen und Bürger sollen Termine im Bürgerbüro im Internet buchen können.", "Terminbuchung im Bürgerbüro", "Termin", "terminvergabe-terminblick-2026"),
    ("Terminkalender für das Rathaus", "muster-terminblick", "Wir möchten Wartezeiten senken.", "Terminvergabe im Standesamt", "Wartezeit", "terminvergabe-terminblick-2026"),
    ("KI-Schreibhilfe", "Textassistenz mit künstlicher Intelligenz", "Beschäftigte sollen Texte schneller zusammenfassen können.", "Entwürfe von Schreiben", "KI", "ki-textassistenz-2026"),
    ("Papierloser Rat", "Tablets für den Rat", "Ratsmitglieder bekommen Sitzungsunterlagen digital statt auf Papier.", "Ratssitzungen", "Rat", "digitale-ratsarbeit"),
    ("Rechnungsprüfung automatisch", "Software zur Prüfung von Eingangsrechnungen", "Rechnungen sollen automatisch auf Fehler geprüft werden.", "Eingehende Rechnungen der Kämmerei", "E-Rechnung", "rechnungseingang-vorpruefung"),
    ("Pegelmessung an Bächen", "Sensoren für Wasserstände", "Hochwasser an kleinen Bächen soll früh gemeldet werden.", "Warnung bei Starkregen", "Pegel", "pegelsensoren-lorawan"),
    ("Bürgerterminal im Foyer", "Selbstbedienungsterminal", "Bürger sollen Anträge am Gerät stellen.", "Foyer im Rathaus", "Terminal", "selbstbedienungsterminals-buergerbuero"),
    ("Elektronische Akte", "E-Akte für alle Ämter", "Akten sollen nicht mehr auf Papier geführt werden.", "Aktenführung in der Verwaltung", "DMS", "e-akte-muster-akte-2025"),
    ("Wohngeldantrag im Netz", "Online-Antrag Wohngeld", "Wohngeld soll online beantragt werden.", "Anträge auf Wohngeld", "Wohngeld", "wohngeld-online-2026"),
    ("Beratung per Video", "Videoberatung", "Menschen sollen sich per Video beraten lassen, ohne ins Rathaus zu kommen.", "Beratung im Jugendamt", "Video", "videoberatung-sozialamt"),
]  # fmt: skip
IN_STEINFURT = [
    ("SB-Terminals", "Selbstbedienungsterminal für Ausweise", "Menschen sollen Anliegen an einem Gerät im Rathaus selbst erledigen.", "Bürgerbüro", "Terminal", "selbstbedienungsterminals"),
    ("Kiosk im Rathaus", "Serviceterminal", "Leistungen ohne Schalter erledigen.", "Eingangshalle", "Kiosk", "selbstbedienungsterminals"),
]  # fmt: skip
# Nothing of the kind is there; several share a word with something else.
NEW = [
    ("Ladesäulen am Bauhof", "Ladesäulen für Dienstwagen", "Dienstwagen sollen am Bauhof geladen werden.", "Fuhrpark", "Elektromobilität"),
    ("Raumbuchung", "Buchungssystem für Arbeitsplätze und Räume", "Beschäftigte sollen freie Arbeitsplätze finden und buchen können.", "Arbeitsplatzbuchung im Rathaus", "Desksharing"),
    ("Friedhofskataster", "Digitales Friedhofskataster", "Grabstellen sollen auf einer Karte verwaltet werden.", "Friedhofsverwaltung", "Friedhof"),
    ("Parkraumsensoren", "Sensoren für Parkplätze", "Freie Parkplätze sollen angezeigt werden.", "Parken in der Innenstadt", "Sensor"),
    ("Elektronischer Rechnungsversand", "Versand von Gebührenbescheiden", "Gebührenbescheide sollen elektronisch verschickt werden.", "Steueramt", "Bescheid"),
    ("Terminal für Zeiterfassung", "Zeiterfassung", "Arbeitszeiten sollen am Gerät gebucht werden.", "Personalamt", "Zeiterfassung"),
    ("Ausweise prüfen", "Prüfgerät für Dokumente", "Gefälschte Ausweise sollen erkannt werden.", "Ausländerbehörde", "Dokumentenprüfung"),
    ("Bezahlen im Internet", "E-Payment", "Gebühren sollen online bezahlt werden.", "Bürgerportal", "Bezahlung"),
    ("Baumkontrolle", "Baumkataster mit App", "Bäume sollen unterwegs kontrolliert werden.", "Grünflächenamt", "Baum"),
]  # fmt: skip


@cache
def county(of: str) -> Catalogue:
    return build_catalogue(read_tree(COUNTY if of == "muster" else CONTENT), TODAY)


def planned(titel: str, gegenstand: str, bedarf: str, einsatzzweck: str, tag: str) -> Bewertung:
    fields = data(
        "bewertung", titel=titel, gegenstand=gegenstand, bedarf=bedarf, einsatzzweck=einsatzzweck,
        schlagworte=[tag], pruefstatus="geplant", verdikt=None, verdikt_begruendung=None, gueltig_bis=None,
    )  # fmt: skip
    return Bewertung.model_validate({**fields, "id": "neu", "datei": "bewertungen/neu.md"})


@pytest.mark.parametrize("case", IN_THE_COUNTY, ids=lambda c: c[0])
def test_what_is_there_is_found(case: tuple[str, ...]) -> None:
    found = {like.id: like for like in alike(planned(*case[:5]), county("muster"))}
    assert case[5] in found
    assert found[case[5]].why.startswith(("ähnlicher Bedarf: ", "gleicher Gegenstand: "))


@pytest.mark.parametrize("case", IN_STEINFURT, ids=lambda c: c[0])
def test_the_real_rejection_is_found(case: tuple[str, ...]) -> None:
    assert [like.id for like in alike(planned(*case[:5]), county("steinfurt"))] == [case[5]]


@pytest.mark.parametrize("case", NEW, ids=lambda c: c[0])
@pytest.mark.parametrize("of", ["muster", "steinfurt"])
def test_what_is_new_gives_no_alarm(case: tuple[str, ...], of: str) -> None:
    assert alike(planned(*case), county(of)) == []


def test_all_that_stands_in_the_county_gives_no_alarm() -> None:
    from generator.checking import check_content

    for content in (COUNTY, CONTENT):
        codes = [p.code for p in check_content(content, TODAY).problems]
        assert "schon-geprueft" not in codes
        assert "doppelte-bewertung" not in codes


def test_a_need_in_plain_words() -> None:
    catalogue = county("muster")
    assert alike_to_need("Wetterstation", catalogue) == []
    found = alike_to_need("Tablets für Sitzungen des Rates", catalogue)
    assert [like.id for like in found] == ["digitale-ratsarbeit"]
    assert found[0].why == "ähnlicher Bedarf: Rates, Sitzungen, Tablets"
    names = ["muster-terminblick", "offener-termin-muster"]
    assert named_solutions("Taugt Muster-Terminblick etwas?", names, catalogue) == names[:1]
    reasons = alike_to_need("Muster-Terminblick", catalogue, names[:1])[0].reasons
    assert reasons[0] == "gleicher Gegenstand: Muster-Terminblick"


# The rule


def plan(folder: Folder, ident: str = "plan", **changes: Any) -> None:
    fields: dict[str, Any] = {
        "titel": f"Mängelmelder {ident}", "gegenstand": "Mängelmelder", "bedarf": "Schlaglöcher sollen gemeldet werden.", "einsatzzweck": "Bauhof",
        "pruefstatus": "geplant", "verdikt": None, "verdikt_begruendung": None, "gueltig_bis": None,
        "stand": "2026-05-01",
    }  # fmt: skip
    folder.add("bewertung", ident, **{**fields, **changes})


def rejected(folder: Folder, **changes: Any) -> None:
    fields: dict[str, Any] = {
        "titel": "App für Schlaglöcher", "gegenstand": "Mängelmelder als App", "einsatzzweck": "Straßen",
        "bedarf": "Schlaglöcher melden", "verdikt": "nicht_empfohlen",
    }  # fmt: skip
    folder.add("bewertung", "absage", **{**fields, **changes})


def only(folder: Folder) -> Problem:
    problems = folder.problems()
    assert len(problems) == 1, [str(p) for p in problems]
    return problems[0]


def test_a_plan_is_told_of_the_rejection(folder: Folder) -> None:
    rejected(folder)
    plan(folder)
    problem = only(folder)
    assert (problem.code, problem.severity) == ("schon-geprueft", Severity.WARNING)
    assert problem.path.endswith("plan.md")
    assert "bewertungen/absage.md (nicht empfohlen, gilt bis 31.12.2027)" in problem.message
    assert "denn: ähnlicher Bedarf: Mängelmelder, Schlaglöcher" in problem.message
    assert "doppelt_weil" in problem.message


@pytest.mark.parametrize(
    "settled",
    [
        {"doppelt_weil": "Wir sind ein Kreis."},
        {"ersetzt": ["absage"]},
        {"bezug": [{"art": "beruht_auf", "ziel": "absage"}]},
        {"status": "archiviert"},
    ],
    ids=lambda c: next(iter(c)),
)
def test_a_reason_or_a_reference_settles_it(folder: Folder, settled: dict[str, Any]) -> None:
    rejected(folder)
    plan(folder, **settled)
    assert folder.problems() == []


def test_the_same_subject_is_told_whatever_the_need(folder: Folder) -> None:
    folder.add("loesung", "melder")
    rejected(folder, gegenstand="melder", einsatzzweck="Bauhof")
    plan(folder, gegenstand="melder", bedarf="Etwas ganz Eigenes.")
    problem = only(folder)
    assert (problem.code, problem.severity) == ("schon-geprueft", Severity.WARNING)
    assert "gleicher Gegenstand: Melder" in problem.message


def test_of_two_plans_the_later_one_is_told(folder: Folder) -> None:
    plan(folder, "erster", einsatzzweck="Straßen", stand="2026-03-31")
    plan(folder, "zweiter")
    problem = only(folder)
    assert problem.path.endswith("zweiter.md")
    assert "erster.md (geplant)" in problem.message
    assert "Dort mitmachen" in problem.message


def test_expired_and_aborted_ones_are_hints(folder: Folder) -> None:
    rejected(folder, stand="2024-01-01", gueltig_bis="2025-01-01", status="freigegeben")
    plan(folder)
    hint = next(p for p in folder.problems() if p.code == "schon-geprueft")
    assert hint.severity is Severity.HINT
    assert "abgelaufen seit 01.01.2025" in hint.message
    assert "beruht_auf" in hint.message


def test_many_of_a_kind_cost_little() -> None:
    """A concept that many evaluations share is not looked at, so a plan reads few records."""
    records = []
    for n in range(200):
        fields = data("bewertung", titel=f"Termin {n}", gegenstand=f"Terminsache {n}", bedarf="Termine", schlagworte=None)  # fmt: skip
        records.append(
            Bewertung.model_validate({**fields, "id": f"b{n}", "datei": f"bewertungen/b{n}.md"})
        )
    from generator.records.tree import ContentTree

    tree = ContentTree(CONTENT, records=[*records])
    catalogue = build_catalogue(tree, TODAY)
    reads: dict[str, int] = {}
    catalogue.reads = reads
    found: list[Likeness] = alike(planned("Termin", "Termine", "Termine", "Amt", "Termin"), catalogue)  # fmt: skip
    assert found == []
    assert not [fact for fact in reads if fact.startswith("r b")]

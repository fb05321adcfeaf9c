"""`wissen new` without a keyboard and with one; nothing is written that the checks refuse."""

from __future__ import annotations

import os
import re
import select
import sys
from pathlib import Path

import pytest

from generator.contributing.drafts import CannotWrite, free_id, suggestions, write_files
from generator.records.tree import read_tree
from tests.site.conftest import Call
from tests.site.sites import ROOT, files

ROOMS = (
    "--titel", "Buchung von Räumen", "--feld", "bedarf=Freie Räume sollen sich finden und buchen lassen.",
    "--herausgeber", "birkenquell", "--verantwortlich", "Hauptamt",
)  # fmt: skip
DATES = (
    "--titel", "Termine online buchen", "--feld", "bedarf=Termine im Bürgerbüro sollen sich im Netz buchen lassen.",
    "--herausgeber", "birkenquell", "--verantwortlich", "Hauptamt",
)  # fmt: skip


def announce(call: Call, *options: str) -> tuple[int, str, str]:
    answer = call("new", "bewertung", "--geplant", *options)
    return answer.code, answer.out, answer.err


def test_four_answers_announce_an_evaluation(call: Call, county: Path) -> None:
    code, out, err = announce(call, *ROOMS)
    assert code == 0
    assert "Das gibt es schon" not in err
    assert out.startswith("Angelegt: content/bewertungen/buchung-von-raeumen.md\n")
    assert "wissen check content/bewertungen/buchung-von-raeumen.md" in out
    text = (county / "bewertungen/buchung-von-raeumen.md").read_text(encoding="utf-8")
    assert "pruefstatus: geplant" in text
    assert "# Warum noch eine Bewertung: " in text  # every field with its help
    assert call("check").code == 0


def test_it_says_what_is_missing(call: Call, county: Path) -> None:
    code, _, err = announce(call, "--titel", "Räume")
    assert code == 2
    assert "--feld bedarf=…   Bedarf: " in err
    assert "herausgeber=" in err
    assert "methode" not in err


def test_what_is_there_is_shown_first_and_needs_a_reason(call: Call, county: Path) -> None:
    before = files(county)
    code, _, err = announce(call, *DATES)
    assert code == 1
    assert err.startswith("Das gibt es schon:\n")
    assert "Terminvergabe mit Muster-Terminblick, Prüfung 2026 (Bewertung, empfohlen, gilt bis 31.05.2028)" in err  # fmt: skip
    assert "denn: ähnlicher Bedarf: " in err
    assert "--ersetzt" in err
    assert files(county) == before
    code, _, _ = announce(call, *DATES, "--doppelt-weil", "Wir prüfen für Kreise.")
    assert code == 0
    text = (county / "bewertungen/termine-online-buchen.md").read_text(encoding="utf-8")
    assert "doppelt_weil: Wir prüfen für Kreise." in text
    assert "schon-geprueft" not in call("check").out


def test_joining_is_offered_where_something_is_planned(call: Call, county: Path) -> None:
    options = ("--titel", "Tablets für den Rat", "--feld", "bedarf=Sitzungsunterlagen ohne Papier lesen.", "--herausgeber", "adlersbrueck", "--verantwortlich", "Hauptamt")  # fmt: skip
    code, _, err = announce(call, *options)
    assert code == 1
    assert "wissen mitmachen digitale-ratsarbeit --organisation" in err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("verantwortlich", "Frau Erika Beispielsen", "nennt eine Person"),
        ("bedarf", "Fragen an 02551 69-1234", "Telefonnummer"),
        ("kurzfassung", "Die Firma lag mit ihrem Angebot bei 12.000 Euro: Angebot in Höhe von 12.000 Euro.", "Vergabeverfahren"),
    ],
)  # fmt: skip
def test_secrets_are_stopped_before_they_are_written(
    call: Call, county: Path, option: str, value: str, said: str
) -> None:
    before = files(county)
    code, _, err = announce(call, *ROOMS, "--feld", f"{option}={value}", *(("--verantwortlich", value) if option == "verantwortlich" else ()))  # fmt: skip
    assert code == 1
    assert f"Feld „{option}“: " in err
    assert said in err
    assert "Versionsgeschichte" in err
    assert files(county) == before


def test_nothing_is_overwritten(call: Call, county: Path) -> None:
    assert announce(call, *ROOMS)[0] == 0
    first = (county / "bewertungen/buchung-von-raeumen.md").read_bytes()
    code, _, err = announce(
        call, *ROOMS, "--kennung", "buchung-von-raeumen", "--doppelt-weil", "Probe."
    )
    assert code == 2
    assert "gibt es schon. Frei wäre: buchung-von-raeumen-birkenquell" in err
    assert (county / "bewertungen/buchung-von-raeumen.md").read_bytes() == first


def test_both_directions_of_a_supersession(call: Call, county: Path) -> None:
    answer = call(
        "new", "bewertung", *ROOMS, "--titel", "Abholbox, neu geprüft", "--ersetzt", "abholbox-fuer-ausweise",
        "--feld", "gegenstand=muster-abholbox", "--feld", "einsatzzweck=Ausgabe fertiger Ausweise und Pässe",
        "--feld", "pruefstatus=abgeschlossen", "--feld", "verdikt=nicht_empfohlen",
        "--feld", "verdikt_begruendung=Zu oft gestört.", "--feld", "methode=pilot",
        "--feld", "durchgefuehrt_von=birkenquell", "--feld", "gueltig_bis=2028-12-31", "--feld", "status=freigegeben",
        "--feld", "kurzfassung=Nicht mehr empfohlen.", "--feld", "quellen=titel: Test | art: eigener_test",
    )  # fmt: skip
    assert (answer.code, answer.err) == (0, answer.err)
    assert (
        "Geändert: content/bewertungen/abholbox-fuer-ausweise.md (jetzt „archiviert“" in answer.out
    )
    old = (county / "bewertungen/abholbox-fuer-ausweise.md").read_text(encoding="utf-8")
    assert "status: archiviert" in old
    assert call("check").code == 0


def test_from_a_model_and_only_showing(call: Call, county: Path) -> None:
    before = files(county)
    answer = call(
        "new", "bewertung", "--geplant", *ROOMS, "--from", "terminvergabe-terminblick-2026",
        "--feld", "gegenstand=Raumbuchung", "--doppelt-weil", "Nur eine Probe.", "--nur-zeigen",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert "kriterienkatalog: online-dienste-buergerbuero" in answer.out
    assert "\nnachnutzung:" not in answer.out
    assert "\nverdikt:" not in answer.out
    assert files(county) == before


@pytest.mark.parametrize("typ", ["projekt", "begriff", "organisation", "best-practice", "anbieter"])
def test_other_types(call: Call, county: Path, typ: str) -> None:
    fields = {
        "projekt": ("einstufung=vorhaben", "projektstatus=idee"),
        "begriff": ("definition=Ein Wort.",),
        "organisation": ("art=verein",),
        "best-practice": ("ausgangslage=Vorher.", "vorgehen=Nachher."),
        "anbieter": (),
    }[typ]
    common = (
        "kurzfassung=Kurz.",
        "quellen=titel: Test | art: erfahrungsbericht",
        "schlagworte=Neues",
    )
    options = [word for pair in (*fields, *common) for word in ("--feld", pair)]
    answer = call("new", typ, "--titel", f"Ganz neu {typ}", "--herausgeber", "musterkreis", "--verantwortlich", "Hauptamt", *options)  # fmt: skip
    assert answer.code == 0, answer.err
    assert call("check").code == 0


def test_unusable_calls(call: Call, county: Path) -> None:
    for arguments, said in (
        (("projekt", "--geplant"), "nur für Bewertungen"),
        (("projekt", "--feld", "titl=x"), "Meinten Sie „titel“?"),
        (("projekt", "--feld", "titel"), "NAME=WERT"),
        (("projekt", "--from", "gibt-es-nicht"), "keinen Eintrag"),
        (("projekt", "--ersetzt", "gibt-es-nicht"), "ersetzt werden könnte"),
        (("projket",), "Meinten Sie „projekt“?"),
    ):
        answer = call("new", *arguments)
        assert answer.code == 2
        assert said in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_with_a_person_at_the_keyboard(county: Path) -> None:
    import pty

    answers = [
        "ja", "Buchung von Räumen", "", "Rückfragen an 02551 69-1234", "Räume sollen sich buchen lassen.",
        "neu", "", "gibt-es-nicht", "birkenquell", "Hauptamt", "", "", "", "", "verwaltung", "Raum", "",
    ]  # fmt: skip
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(county.parent)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", "from generator.cli import main; main()", "new", "bewertung"])  # fmt: skip
    shown = _talk(terminal, answers)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, shown
    assert "sieht nach einer Telefonnummer aus" in shown
    assert "„gibt-es-nicht“ gibt es nicht unter organisationen/" in shown
    record = next(r for r in read_tree(county).records if r.id == "buchung-von-raeumen")
    assert record.handlungsfeld == ("verwaltung",)
    assert record.schlagworte == ("Raum",)


def _talk(terminal: int, answers: list[str]) -> str:
    """Answer each question when it has been asked."""
    shown = b""
    waiting = iter(answers)
    seen = 0
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        fresh = re.sub(rb"\x1b\[[?0-9;]*[a-z]", b"", shown[seen:])
        if fresh.endswith((b"> ", b"] ", b"]: ", b"): ")):
            seen = len(shown)
            answer = next(waiting, None)
            if answer is None:  # an unexpected question
                answer = "\x03"
            os.write(terminal, answer.encode() + b"\n")
    os.close(terminal)
    return shown.decode("utf-8", "replace")


def test_ids() -> None:
    assert free_id("Größe & Maß", {"groesse-mass"}) == "groesse-mass-2"
    assert free_id("Index", set()) == "index-2"
    assert free_id("…", set()) == "eintrag"
    assert suggestions("x", {"x", "x-lotte"}, ["lotte", "2026"]) == ["x-2026"]
    assert suggestions("x", {"x", "x-lotte"}, ["lotte"]) == ["x-2"]


def test_all_files_or_none(tmp_path: Path) -> None:
    (tmp_path / "da.md").write_text("alt")
    with pytest.raises(CannotWrite):
        write_files(tmp_path, {"neu.md": "neu", "da.md": "neu"})
    with pytest.raises(CannotWrite):
        write_files(tmp_path, {"neu.md": "neu", "../draussen.md": "neu"})
    (tmp_path / "link.md").symlink_to(tmp_path / "da.md")
    with pytest.raises(CannotWrite):
        write_files(tmp_path, {"neu.md": "neu", "link.md": "neu"}, replace=["link.md"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["da.md", "link.md"]
    assert not (tmp_path.parent / "draussen.md").exists()
    write_files(tmp_path, {"neu.md": "neu", "da.md": "anders"}, replace=["da.md"])
    assert (tmp_path / "da.md").read_text() == "anders"

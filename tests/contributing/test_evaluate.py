"""Join, begin, finish, give up: a few lines of one file change, and the checks pass."""

from __future__ import annotations

from pathlib import Path

from tests.site.conftest import Call
from tests.site.sites import files

PLAN = "bewertungen/digitale-ratsarbeit.md"


def difference(before: str, after: str) -> list[str]:
    old, new = before.split("\n"), after.split("\n")
    return [f"-{x}" for x in old if x not in new] + [f"+{x}" for x in new if x not in old]


def test_the_whole_way(call: Call, county: Path) -> None:
    plan = county / PLAN
    before = plan.read_text(encoding="utf-8")
    answer = call("mitmachen", "digitale-ratsarbeit", "--organisation", "silberkoppel")
    assert (answer.code, answer.out) == (0, f"Geändert: content/{PLAN}\n„silberkoppel“ ist jetzt dabei.\n")  # fmt: skip
    assert difference(before, plan.read_text(encoding="utf-8")) == ["+  - silberkoppel"]
    assert call("beginnen", "digitale-ratsarbeit").code == 0
    assert "pruefstatus: laufend" in plan.read_text(encoding="utf-8")
    answer = call("abschliessen", "digitale-ratsarbeit", "--verdikt", "nicht_empfohlen", "--begruendung", "Zu schwer.")  # fmt: skip
    assert answer.code == 0, answer.err
    text = plan.read_text(encoding="utf-8")
    assert "verdikt: nicht_empfohlen\nverdikt_begruendung: Zu schwer.\n" in text
    assert "gueltig_bis: 2028-06-20" in text
    assert text.partition("\n---\n")[2] == before.partition("\n---\n")[2]
    assert call("check").code == 0


def test_giving_up(call: Call, county: Path) -> None:
    assert call("abschliessen", "digitale-ratsarbeit", "--abgebrochen").code == 0
    assert "pruefstatus: abgebrochen" in (county / PLAN).read_text(encoding="utf-8")


def test_what_is_replaced_is_archived_at_the_end(call: Call, county: Path) -> None:
    plan = county / PLAN
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("pruefstatus: geplant", "pruefstatus: laufend\nersetzt: [abholbox-fuer-ausweise]"), encoding="utf-8")  # fmt: skip
    answer = call("abschliessen", "digitale-ratsarbeit", "--verdikt", "empfohlen", "--begruendung", "Gut.")  # fmt: skip
    assert "abholbox-fuer-ausweise.md (jetzt „archiviert“, weil sie abgelöst ist)" in answer.out
    assert call("check").code == 0


def test_steps_that_do_not_fit(call: Call, county: Path) -> None:
    before = files(county)
    for arguments, said in (
        (("mitmachen", "terminvergabe-terminblick-2026", "--organisation", "rabenwiehe"), "nachnutzung"),
        (("mitmachen", "gibt-es-nicht", "--organisation", "rabenwiehe"), "Geplant oder laufend sind: "),
        (("mitmachen", "digitale-ratsarbeit", "--organisation", "gibt-es-nicht"), "keinen Eintrag"),
        (("mitmachen", "digitale-ratsarbeit", "--organisation", "birkenquell"), "schon dabei"),
        (("beginnen", "pegelsensoren-lorawan"), "nur eine geplante"),
        (("abschliessen", "abholbox-fuer-ausweise", "--verdikt", "empfohlen", "--begruendung", "x"), "schon abgeschlossen"),
        (("abschliessen", "digitale-ratsarbeit", "--verdikt", "empfohlen", "--begruendung", "Herr Max Beispiel fand es gut."), "nennt eine Person"),
        (("abschliessen", "digitale-ratsarbeit", "--verdikt", "empfohlen", "--begruendung", "Gut.", "--gueltig-bis", "2020-01-01"), "liegt vor"),
    ):  # fmt: skip
        answer = call(*arguments)
        assert answer.code == 1, arguments
        assert said in answer.err
    assert call("abschliessen", "digitale-ratsarbeit").code == 2
    assert files(county) == before

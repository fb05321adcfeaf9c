"""`wissen build` as people call it: exit codes, German messages, nothing lost when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import helpers
from tests.site.conftest import Call
from tests.site.sites import files, wissen

LONELY = {"titel": "Musterstadt", "herausgeber": "musterstadt", "art": "kommune"}


@pytest.fixture
def lonely(tmp_path: Path) -> Path:
    """A content folder with one record and nothing else."""
    content = tmp_path / "inhalt"
    write(content, "organisationen/musterstadt.md", helpers.text("organisation", **LONELY))
    return content


def write(content: Path, name: str, text: str) -> None:
    file = content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_one_record_is_enough(lonely: Path, tmp_path: Path) -> None:
    """As a command of its own, once."""
    site = tmp_path / "site"
    result = wissen("build", "--content", lonely, "--site-dir", site)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Fertig: " in result.stdout
    page = (site / "organisationen/musterstadt/index.html").read_text(encoding="utf-8")
    assert 'data-record-id="musterstadt"' in page
    assert (site / "index.html").is_file()
    assert (site / "suche/index.html").is_file()


def test_an_empty_folder_is_an_empty_wiki(call: Call, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    answer = call("build", "--content", "leer", "--site-dir", "site")
    assert answer.code == 0, answer.err
    start = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "Noch ist nichts entschieden." in start


def test_a_second_build_replaces_the_first(call: Call, lonely: Path, tmp_path: Path) -> None:
    assert call("build", "--content", "inhalt", "--site-dir", "site").code == 0
    (lonely / "organisationen/musterstadt.md").unlink()
    fields = {**LONELY, "herausgeber": "neustadt"}
    write(lonely, "organisationen/neustadt.md", helpers.text("organisation", **fields))
    assert call("build", "--content", "inhalt", "--site-dir", "site").code == 0
    assert not (tmp_path / "site/organisationen/musterstadt").exists()
    assert (tmp_path / "site/organisationen/neustadt/index.html").is_file()


def test_errors_in_records_leave_the_old_site_untouched(
    call: Call, lonely: Path, tmp_path: Path
) -> None:
    assert call("build", "--content", "inhalt", "--site-dir", "site").code == 0
    before = files(tmp_path / "site")
    broken = helpers.text("organisation", **LONELY, status="freigegebn")
    write(lonely, "organisationen/musterstadt.md", broken)
    answer = call("build", "--content", "inhalt", "--site-dir", "site")
    assert answer.code == 1
    assert "inhalt/organisationen/musterstadt.md:5:9: Fehler [status]: " in answer.out
    assert "Meinten Sie „freigegeben“?" in answer.out
    assert answer.err.startswith("Es wurde nichts gebaut.")
    assert files(tmp_path / "site") == before


def test_errors_without_an_old_site_write_nothing(call: Call, lonely: Path, tmp_path: Path) -> None:
    write(lonely, "organisationen/musterstadt.md", "---\ntyp: organisation\n")
    assert call("build", "--content", "inhalt", "--site-dir", "site").code == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--content", "gibt-es-nicht"], "Den Ordner „gibt-es-nicht“ gibt es nicht."),
        (["-f", "fehlt.yml"], "Die Datei „fehlt.yml“ gibt es nicht."),
        (["--site-dir", "inhalt"], "nicht in den Ordner der Einträge"),
        (["--site-dir", "inhalt/site"], "nicht in den Ordner der Einträge"),
        (["--site-dir", "."], "nicht in den Ordner der Einträge"),
        (["--site-dir", "fremd"], "Der Ordner „fremd“ ist nicht leer und enthält kein Wiki."),
        (["--site-dir", "datei.txt"], "„datei.txt“ ist kein Ordner."),
        (["--nonsens"], "Die Option „--nonsens“ gibt es nicht."),
        (["--site-dri", "x"], "gibt es nicht. Meinten Sie „--site-dir“?"),
        (["--site-dir"], "Nach der Option „--site-dir“ fehlt ihr Wert."),
        (["--public=ja"], "Die Option „--public“ steht für sich"),
        (["zuviel", "davon"], "Es stehen zu viele Angaben da: zuviel davon."),
    ],
)
def test_unusable_calls(
    call: Call, lonely: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    write(tmp_path, "fremd/wichtig.txt", "bleibt")
    write(tmp_path, "datei.txt", "bleibt")
    before = files(tmp_path)
    answer = call("build", "--content", "inhalt", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.startswith("So geht der Aufruf nicht: ")
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "said", "help_of"),
    [
        (["bild"], "Den Befehl „bild“ gibt es nicht. Meinten Sie „build“?", ""),
        (["xyz"], "Den Befehl „xyz“ gibt es nicht. Es gibt: abschliessen, beginnen, build, check, ", ""),
        (["--nonsens"], "Die Option „--nonsens“ gibt es nicht.", ""),
        (["find"], "Bitte den Bedarf in Worten angeben, zum Beispiel: wissen find ", " find"),
        (["find", "-n", "0", "x"], "„0“ passt nicht für „-n“: erlaubt ist eine ganze Zahl von 1 bis 100.", " find"),
        (["find", "-n", "zwei", "x"], "„zwei“ passt nicht für „-n“: erlaubt ist", " find"),
        (["find", "-n"], "Nach der Option „-n“ fehlt ihr Wert.", " find"),
        (["check", "--format", "jsn"], "Für „--format“ ist erlaubt: text, json, sarif, github, gitlab. Meinten Sie „json“?", " check"),
        (["serve", "--address", "nirgends"], "„nirgends“ ist keine Adresse.", " serve"),
    ],
)  # fmt: skip
def test_unusable_calls_of_any_command(
    call: Call, lonely: Path, arguments: list[str], said: str, help_of: str
) -> None:
    lonely.rename(lonely.with_name("content"))
    lonely.with_name("mkdocs.yml").write_text("", encoding="utf-8")
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"So geht der Aufruf nicht: {said}")
    assert answer.err.endswith(f"\nHilfe: wissen{help_of} --help\n")


def test_wissen_alone_says_what_there_is(call: Call) -> None:
    answer = call()
    assert answer.code == 2
    for command in ("build", "check", "find", "serve"):
        assert f"\n  {command} " in answer.out
    assert "Zum Anfang: „wissen serve“" in answer.out
    assert "..." not in answer.out


def test_a_build_says_how_many_warnings_there_are(call: Call, lonely: Path) -> None:
    build = ("build", "--content", "inhalt")
    assert "Warnung" not in call(*build).out
    due = helpers.text("organisation", **LONELY, naechste_pruefung="2020-01-01")
    write(lonely, "organisationen/musterstadt.md", due)
    assert call(*build).out.endswith("\n1 Warnung; ansehen mit: wissen check --content inhalt\n")


def test_mkdocs_yml_without_the_plugin(call: Call, lonely: Path, tmp_path: Path) -> None:
    write(tmp_path, "mkdocs.yml", "site_name: X\nplugins: []\n")
    answer = call("build", "--content", "inhalt", "-f", "mkdocs.yml")
    assert answer.code == 1
    assert "fehlt unter „plugins“ der Eintrag „wissensspeicher“" in answer.err


def test_broken_mkdocs_yml(call: Call, lonely: Path, tmp_path: Path) -> None:
    write(tmp_path, "mkdocs.yml", "site_name: [")
    answer = call("build", "--content", "inhalt", "-f", "mkdocs.yml")
    assert answer.code == 1
    assert "mkdocs.yml" in answer.err


def test_dead_links_of_static_pages_are_reported(
    call: Call, lonely: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(
        lonely,
        "ueber.md",
        "# Über\n\n[gut](organisationen/musterstadt.md), [auch](../suche/?q=x#y)\n",
    )
    build = ("build", "--content", "inhalt")
    assert call(*build).code == 0
    assert caplog.messages == []
    write(lonely, "ueber.md", "# Über\n\n[Weg](gibt/es/nicht/) und [hin](../organisationen/)\n")
    assert call(*build).code == 0
    assert caplog.messages == [
        "ueber.md: Der Link „gibt/es/nicht/“ führt zu keiner Seite dieses Wikis."
    ]
    for href in (
        "bild.png",
        "organisationen/fehlt.md",
        "../draussen.md",
        "organisationen",
        "?q=x.md",
    ):
        write(lonely, "ueber.md", f"# Über\n\nEin [Link]({href})\n")
        answer = call("check", "--content", "inhalt")
        assert (answer.code, "ueber.md:3:12: Fehler [link]" in answer.out) == (1, True), href


@pytest.mark.parametrize("command", ["build", "check", "find", "serve"])
def test_help_is_german(call: Call, command: str) -> None:
    answer = call(command, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Aufruf: wissen {command} [OPTIONEN]")
    for english in ("Usage", "Show this", "default", "<=x"):
        assert english not in answer.out


def test_only_pages_pictures_and_documents_reach_the_site(
    call: Call, lonely: Path, tmp_path: Path
) -> None:
    """Neither the source of a record nor anything else that happens to lie in the folder."""
    for name in (
        "notiz.txt",
        "tabelle.xlsx",
        "organisationen/alt.bak",
        ".env",
        "x.yml",
        "plan.svg",
    ):
        write(lonely, name, "Kanarienvogel-7f3a")
    write(lonely, "organisationen/.entwurf.md", "Kanarienvogel-7f3a")
    assert call("build", "--content", "inhalt", "--site-dir", "site").code == 0
    site = files(tmp_path / "site")
    assert [path for path, content in site.items() if b"Kanarienvogel" in content] == []
    assert [path for path in site if path.endswith((".md", ".yml", ".yaml", ".xlsx", ".bak"))] == []

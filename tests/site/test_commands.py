"""`wissen build` as people call it: exit codes, German messages, nothing lost when it fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator import cli
from tests.site.sites import COUNTY, ROOT, files, wissen

RECORD = """\
---
typ: organisation
titel: Musterstadt
kurzfassung: Eine Stadt.
status: freigegeben
stand: 2026-05-01
herausgeber: musterstadt
verantwortlich: Stabsstelle Digitales
vertraulichkeit: oeffentlich
art: kommune
quellen:
  - titel: Eigene Angaben
    art: erfahrungsbericht
---
"""


@pytest.fixture
def lonely(tmp_path: Path) -> Path:
    """A content folder with one record and nothing else."""
    content = tmp_path / "inhalt"
    (content / "organisationen").mkdir(parents=True)
    (content / "organisationen" / "musterstadt.md").write_text(RECORD, encoding="utf-8")
    return content


def test_one_record_is_enough(lonely: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = wissen("build", "--content", lonely, "--site-dir", site)
    assert result.returncode == 0, result.stderr
    assert "Fertig: " in result.stdout
    assert result.stderr == ""
    assert 'data-record-id="musterstadt"' in (
        site / "organisationen/musterstadt/index.html"
    ).read_text(encoding="utf-8")
    assert (site / "index.html").is_file()
    assert (site / "suche/index.html").is_file()


def test_an_empty_folder_is_an_empty_wiki(tmp_path: Path) -> None:
    content = tmp_path / "leer"
    content.mkdir()
    site = tmp_path / "site"
    result = wissen("build", "--content", content, "--site-dir", site)
    assert result.returncode == 0, result.stderr
    start = (site / "index.html").read_text(encoding="utf-8")
    assert "Noch ist nichts entschieden." in start


def test_a_second_build_replaces_the_first(lonely: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert wissen("build", "--content", lonely, "--site-dir", site).returncode == 0
    (lonely / "organisationen/musterstadt.md").rename(lonely / "organisationen/neustadt.md")
    text = (lonely / "organisationen/neustadt.md").read_text(encoding="utf-8")
    (lonely / "organisationen/neustadt.md").write_text(
        text.replace("musterstadt", "neustadt"), encoding="utf-8"
    )
    assert wissen("build", "--content", lonely, "--site-dir", site).returncode == 0
    assert not (site / "organisationen/musterstadt").exists()
    assert (site / "organisationen/neustadt/index.html").is_file()


def test_errors_in_records_leave_the_old_site_untouched(lonely: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert wissen("build", "--content", lonely, "--site-dir", site).returncode == 0
    before = files(site)
    record = lonely / "organisationen/musterstadt.md"
    record.write_text(RECORD.replace("status: freigegeben", "status: freigegebn"), encoding="utf-8")
    config = ROOT / "mkdocs.yml"
    result = wissen("build", "--content", lonely, "--site-dir", site, "-f", config, cwd=tmp_path)
    assert result.returncode == 1
    assert "inhalt/organisationen/musterstadt.md:5:9: Fehler [status]: " in result.stdout
    assert "Meinten Sie „freigegeben“?" in result.stdout
    assert "Es wurde nichts gebaut." in result.stderr
    assert "Traceback" not in result.stderr
    assert files(site) == before


def test_errors_without_an_old_site_write_nothing(lonely: Path, tmp_path: Path) -> None:
    (lonely / "organisationen/musterstadt.md").write_text(
        "---\ntyp: organisation\n", encoding="utf-8"
    )
    result = wissen("build", "--content", lonely, "--site-dir", tmp_path / "site")
    assert result.returncode == 1
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
        (["--site-dir"], "--site-dir"),
        (["zuviel"], "zu viele Angaben"),
    ],
)
def test_unusable_calls(
    lonely: Path, tmp_path: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    foreign = tmp_path / "fremd" / "wichtig.txt"
    foreign.parent.mkdir()
    foreign.write_text("bleibt", encoding="utf-8")
    (tmp_path / "datei.txt").write_text("bleibt", encoding="utf-8")
    given = [
        "--content",
        "inhalt",
        *([] if "-f" in arguments else ["-f", str(ROOT / "mkdocs.yml")]),
    ]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["wissen", "build", *given, *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    output = capsys.readouterr()
    assert end.value.code == 2
    assert said in output.err
    assert output.err.startswith("So geht der Aufruf nicht: ")
    assert output.out == ""
    assert foreign.read_text(encoding="utf-8") == "bleibt"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["datei.txt", "fremd", "inhalt"]


def test_mkdocs_yml_without_the_plugin(lonely: Path, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: X\nplugins: []\n", encoding="utf-8")
    result = wissen("build", "--content", lonely, "--site-dir", tmp_path / "site", "-f", config)
    assert result.returncode == 1
    assert "fehlt unter „plugins“ der Eintrag „wissensspeicher“" in result.stderr


def test_broken_mkdocs_yml(lonely: Path, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: [", encoding="utf-8")
    result = wissen("build", "--content", lonely, "--site-dir", tmp_path / "site", "-f", config)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert str(config) in result.stderr


def test_dead_links_of_static_pages_are_reported(lonely: Path, tmp_path: Path) -> None:
    page = lonely / "ueber.md"
    page.write_text("# Über\n\n[gut](organisationen/musterstadt.md), [auch](../suche/?q=x#y)\n", encoding="utf-8")
    arguments = ["build", "--content", lonely, "--site-dir", tmp_path / "site"]
    assert wissen(*arguments).stderr == ""
    page.write_text("# Über\n\n[Weg](gibt/es/nicht/) und [hin](organisationen/)\n", encoding="utf-8")
    result = wissen(*arguments)
    assert "ueber.md: Der Link „gibt/es/nicht/“ führt zu keiner Seite dieses Wikis." in result.stderr
    for href in ("bild.png", "organisationen/fehlt.md", "../draussen.md", "organisationen", "?q=x.md"):
        page.write_text(f"# Über\n\nEin [Link]({href})\n", encoding="utf-8")
        result = wissen("check", "--content", lonely)
        assert (result.returncode, "ueber.md:3:12: Fehler [link]" in result.stdout) == (1, True), href


def test_help_is_german() -> None:
    for command in ("build", "serve"):
        result = wissen(command, "--help")
        assert result.returncode == 0
        assert "Aufruf: wissen" in result.stdout
        assert "Usage" not in result.stdout
        assert "Show this" not in result.stdout


def test_the_source_files_are_never_copied(tmp_path: Path) -> None:
    """Neither records nor anything else that is not a page's picture or PDF reaches the site."""
    content = tmp_path / "inhalt"
    shutil.copytree(COUNTY, content)
    for name in (
        "notizen.txt",
        "tabelle.xlsx",
        "bewertungen/entwurf.bak",
        "bewertungen/.versteckt.md",
        ".env",
        "x.yml",
    ):
        (content / name).write_text("Kanarienvogel-7f3a", encoding="utf-8")
    site = tmp_path / "site"
    assert wissen("build", "--content", content, "--site-dir", site).returncode == 0
    kinds = {p.suffix for p in site.rglob("*") if p.is_file()}
    assert not kinds & {".md", ".yml", ".yaml", ".xlsx", ".bak"}
    assert not list(site.rglob("notizen.txt"))
    assert not list(site.rglob(".*"))

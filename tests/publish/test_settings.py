"""Targets in mkdocs.yml and on the command line; what is refused, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.problems import PublishError
from generator.publish.settings import Goal, at_address, goal, setting
from tests.site.sites import ROOT


def configured(folder: Path, text: str) -> Path:
    file = folder / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("./ordner", Goal("ordner", "./ordner")),
        ("/mnt/wiki", Goal("ordner", "/mnt/wiki")),
        (r"\\server\wiki", Goal("ordner", r"\\server\wiki")),
        (r"W:\wiki", Goal("ordner", r"W:\wiki")),
        ("releases:/srv/wiki", Goal("releases", "/srv/wiki")),
        ("zip:./ordner", Goal("zip", "./ordner")),
        ("sftp://wiki@host:2222/srv/wiki", Goal("sftp", "sftp://wiki@host:2222/srv/wiki")),
        ("https://host/dav/", Goal("dav", "https://host/dav/")),
        ("dav+http://localhost:8080/", Goal("dav", "dav+http://localhost:8080/")),
    ],
)
def test_addresses(address: str, wanted: Goal) -> None:
    assert at_address(address) == wanted


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sftp://wiki:geheim@host/x", "enthält ein Kennwort"),
        ("https://wiki:geheim@host/x", "WISSEN_PUBLISH_PASSWORD"),
        ("stfp://host/x", "Meinten Sie „sftp“?"),
        ("ftp://host/x", "ist kein bekanntes Ziel"),
        ("sftp://host", "nennt keinen Ordner auf dem Server"),
        ("sftp:///x", "nennt keinen Server"),
        ("https://host/x?y=1", "darf weder „?“ noch „#“"),
        ("https://host:99999/", "ist nicht lesbar"),
        ("releases:", "nennt keinen Ordner"),
    ],
)
def test_addresses_that_are_none(address: str, said: str) -> None:
    with pytest.raises(PublishError, match=said.replace("?", r"\?")) as caught:
        at_address(address)
    assert "geheim" not in str(caught.value)


def test_names(tmp_path: Path) -> None:
    file = configured(
        tmp_path,
        "x: !!python/name:os.system\ny: !ENV [A, b]\nz: !relative\n"
        "extra:\n  publish:\n"
        "    intranet: {target: 'sftp://a@b/c', keep: 0, compress: true, known_hosts: hosts}\n"
        "    netz: {target: 'releases:oeffentlich', public: true}\n    lose: ./ordner\n",
    )
    assert goal("intranet", file) == Goal(
        "sftp", "sftp://a@b/c", "intranet", None, 0, True, "hosts"
    )
    assert goal("netz", file) == Goal("releases", str(tmp_path / "oeffentlich"), "netz", True)
    assert goal("lose", file) == Goal("ordner", str(tmp_path / "ordner"), "lose")
    assert goal("./x", file) == Goal("ordner", "./x")
    with pytest.raises(PublishError, match="Meinten Sie „intranet“"):
        goal("intranett", file)
    with pytest.raises(PublishError, match="stehen: intranet, netz, lose"):
        goal(None, file)


def test_the_only_target_needs_no_name(tmp_path: Path) -> None:
    file = configured(tmp_path, "extra: {publish: {web: {target: 'zip:.'}}}")
    assert goal(None, file).name == "web"


def test_inherited_targets(tmp_path: Path) -> None:
    configured(tmp_path, "site_url: https://x/\nextra: {publish: {a: ./a, b: ./b}}")
    child = tmp_path / "kind.yml"
    child.write_text("INHERIT: mkdocs.yml\nextra: {publish: {b: ./c}}", encoding="utf-8")
    assert goal("a", child).address == str(tmp_path / "a")
    assert goal("b", child).address == str(tmp_path / "c")
    assert setting(child, "site_url") == "https://x/"


def test_our_own_settings_are_readable() -> None:
    assert setting(ROOT / "mkdocs.yml", "site_name") == "SIL-Wissensspeicher"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("{target: ./x, password: geheim}", "gehört nicht in diese Datei"),
        ("{target: ./x, kennwort: geheim}", "WISSEN_PUBLISH_PASSWORD_WEB"),
        ("{target: ./x, api_token: geheim}", "Versionsverwaltung"),
        ("{target: ./x, private_key: geheim}", "SSH-Agenten"),
        ("{target: 'https://a:geheim@b/'}", "Ziel „web“: Die Adresse „https://a:…@b/“ enthält ein"),
        ("{target: ./x, pubic: true}", "Meinten Sie „public“"),
        ("{target: ./x, public: ja}", "„public“ ist „true“ oder „false“"),
        ("{target: ./x, keep: viel}", "eine Zahl ab 0"),
        ("{target: ./x, keep: -1}", "eine Zahl ab 0"),
        ("{target: ./x, replace: irgendwie}", "„replace“ ist „put“ oder „move“"),
        ("{public: true}", "Es fehlt „target:“"),
        ("[]", "Es fehlt „target:“"),
    ],
)
def test_settings_that_are_refused(tmp_path: Path, fields: str, said: str) -> None:
    file = configured(tmp_path, f"extra: {{publish: {{web: {fields}}}}}")
    with pytest.raises(PublishError) as caught:
        goal("web", file)
    assert said in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("text", ["a: [", "\tx", "a: &a [*a]\nb: !!map [1]"])
def test_a_broken_file_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(PublishError, match="nicht lesbar"):
        goal("web", configured(tmp_path, text))


def test_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WISSEN_PUBLISH_PASSWORD", "alle")
    monkeypatch.setenv("WISSEN_PUBLISH_PASSWORD_MEIN_NETZ", "eines")
    assert Goal("dav", "x").secret("PASSWORD") == "alle"
    assert Goal("dav", "x", "mein-netz").secret("PASSWORD") == "eines"
    assert Goal("dav", "x").secret("USER") is None

"""The configuration of the CMS follows from the field table and the repository of the wiki."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.exports.cms.config import config, forge_of
from generator.exports.cms.fields import NOT_OFFERED
from generator.exports.form_data import category_rows, form_data
from generator.pages.policy import editor_policy
from generator.records.settings import Wiki
from generator.records.types import TYPES
from tests.helpers import Folder, text


@pytest.fixture
def made(folder: Folder) -> dict[str, Any]:
    return made_of(folder)


def made_of(folder: Folder) -> dict[str, Any]:
    catalogue = folder.catalogue()
    table = form_data() | {"kategorien": category_rows(catalogue)}
    made: dict[str, Any] = json.loads(json.dumps(config(catalogue, table, "")))
    return made


def fields_of(made: dict[str, Any], typ: str) -> dict[str, dict[str, Any]]:
    collection = next(c for c in made["collections"] if c["name"] == typ)
    return {field["name"]: field for field in collection["fields"]}


@pytest.mark.parametrize("typ", TYPES)
def test_every_field_of_every_type_is_there(made: dict[str, Any], typ: str) -> None:
    fields = fields_of(made, typ)
    wanted = {n for n, f in TYPES[typ].model_fields.items() if f.title} - {*NOT_OFFERED}
    assert wanted <= fields.keys()
    for name, info in TYPES[typ].model_fields.items():
        if name in fields and name != "typ" and info.title:
            assert fields[name]["label"] == info.title
            assert fields[name]["required"] == info.is_required()
            assert (info.description or "")[:20] in fields[name]["hint"]


def test_how_values_are_filled_in(made: dict[str, Any]) -> None:
    fields = fields_of(made, "bewertung")
    assert [o["value"] for o in fields["methode"]["options"]][:2] == ["nutzwertanalyse", "markterkundung"]  # fmt: skip
    assert fields["groessenklassen"]["multiple"]
    assert (fields["herausgeber"]["widget"], fields["herausgeber"]["collection"]) == ("relation", "organisation")  # fmt: skip
    assert fields["gegenstand"]["widget"] == "string"  # an id or free words
    assert fields["stand"] | {"widget": "datetime", "format": "YYYY-MM-DD"} == fields["stand"]
    criteria = {f["name"]: f for f in fields["kriterien"]["fields"]}
    assert criteria["punkte"] | {"value_type": "float/string", "min": 0, "max": 10} == criteria["punkte"]  # fmt: skip
    unmet = {f["name"]: f for f in fields["ausschlusskriterien"]["fields"]}["erfuellt"]
    assert [o["value"] for o in unmet["options"]] == ["ja", "nein"]  # unknown stays unknown
    assert "Abgeschlossen" in fields["verdikt"]["hint"]


def test_files_that_are_no_plain_markdown(folder: Folder) -> None:
    folder.file("organisationen/tief/unten.md", text("organisation", titel="Unten"))
    made = made_of(folder)
    collection = next(c for c in made["collections"] if c["name"] == "organisation")
    assert "1 weitere liegt in einem Unterordner" in collection["description"]
    # What the list does not have could not be chosen, so it is typed.
    assert fields_of(made, "bewertung")["herausgeber"]["widget"] == "string"


@pytest.mark.parametrize(
    ("settings", "name", "hosts", "requests"),
    [
        ({}, "gitea", (), False),
        ({"repository": "https://github.com/kreis/wissen"}, "github", ("https://api.github.com",), True),
        ({"repository": "https://gitlab.opencode.de/kreis/sub/wissen"}, "gitlab", ("https://gitlab.opencode.de",), True),
        ({"repository": "https://codeberg.org/kreis/wissen.git"}, "gitea", ("https://codeberg.org",), False),
    ],
)  # fmt: skip
def test_backends(settings: dict[str, str], name: str, hosts: tuple[str, ...], requests: bool) -> None:  # fmt: skip
    forge = forge_of(Wiki.model_validate(settings))
    assert (forge.backend["name"], forge.hosts, forge.requests) == (name, hosts, requests)
    assert forge.backend["auth_methods"] == ["token"]
    for value in forge.backend.values():  # nothing is left to defaults at other companies
        assert "netlify" not in str(value) and "gitlab.com" not in str(value)
    talks = " ".join(["'self'", *hosts])
    assert f"connect-src {talks};" in editor_policy(hosts)


def test_self_hosted_gitlab_signs_in_there() -> None:
    settings = {"repository": "https://gitlab.opencode.de/kreis/sub/wissen", "repository_app": "0123456789abcdef"}  # fmt: skip
    backend = forge_of(Wiki.model_validate(settings)).backend
    assert backend["repo"] == "kreis/sub/wissen"
    assert backend["base_url"] == "https://gitlab.opencode.de"
    assert backend["api_root"] == "https://gitlab.opencode.de/api/v4"
    assert (backend["auth_type"], backend["app_id"]) == ("pkce", "0123456789abcdef")
    assert backend["auth_methods"] == ["oauth", "token"]

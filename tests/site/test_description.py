"""OpenSearch, `llms.txt`, the DCAT-AP.de entry and publiccode.yml: what their standards ask for."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml

from generator.catalogue.addresses import Addresses
from generator.checking import check_content
from generator.exports.description import dcat
from tests.site.sites import COUNTY, ROOT, SITE_URL, built

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize("site", ["muster", "kreis", "muster-oeffentlich"])
def test_a_wiki_without_address_leaves_out_what_needs_one(site: str) -> None:
    folder = built(site)
    assert not (folder / "opensearch.xml").exists()
    assert not (folder / "dcat.jsonld").exists()
    assert "opensearch" not in (folder / "index.html").read_text(encoding="utf-8")


def test_browsers_find_the_search() -> None:
    folder = built("muster-adresse")
    root = ElementTree.parse(folder / "opensearch.xml").getroot()
    short = root.findtext(f"{OPENSEARCH}ShortName") or ""
    assert 0 < len(short) <= 16
    url = root.find(f"{OPENSEARCH}Url")
    assert url is not None
    template = url.attrib["template"]
    assert template == f"{SITE_URL}suche/?q={{searchTerms}}"
    page = (folder / "bewertungen/index.html").read_text(encoding="utf-8")
    assert re.search(r'<link rel="search" type="application/opensearchdescription\+xml"', page)
    assert 'href="../opensearch.xml"' in page


@pytest.mark.parametrize("site", ["muster", "muster-dateien", "muster-adresse"])
def test_every_link_of_llms_txt_leads_somewhere(site: str) -> None:
    folder = built(site)
    text = (folder / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# ")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 15
    for link in links:
        target = folder / link.removeprefix(SITE_URL if site == "muster-adresse" else "")
        assert (target / "index.html" if link.endswith("/") else target).is_file(), link


def graph() -> dict[str, dict[str, Any]]:
    data = json.loads((built("muster-adresse") / "dcat.jsonld").read_text(encoding="utf-8"))
    return {node["@id"]: node for node in data["@graph"]}


def node(kind: str) -> dict[str, Any]:
    return next(n for n in graph().values() if kind in n["@type"])


def test_the_catalogue_entry_has_what_dcat_ap_de_demands() -> None:
    """Mandatory properties of the classes, and the conventions for delivery to GovData."""
    required = {
        "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"),
        "dcat:Dataset": (
            "dct:title", "dct:description", "dct:publisher", "dcat:theme", "dcat:keyword",
            "dct:identifier", "dct:modified", "dcat:landingPage", "dcat:contactPoint",
            "dcat:distribution",
        ),
    }  # fmt: skip
    for kind, names in required.items():
        assert [n for n in names if not node(kind).get(n)] == [], kind
    dataset = node("dcat:Dataset")
    assert node("dcat:Catalog")["dcat:dataset"]["@id"] == dataset["@id"]
    publisher = graph()[dataset["dct:publisher"]["@id"]]
    assert "foaf:Agent" in publisher["@type"]
    assert publisher["foaf:name"] == "Musterkreis"
    assert {"vcard:hasEmail", "vcard:hasURL"} & dataset["dcat:contactPoint"].keys()
    for entry in dataset["dcat:distribution"]:
        assert entry["dct:license"]["@id"].startswith("http://dcat-ap.de/def/licenses/")
        assert "/authority/file-type/" in entry["dct:format"]["@id"]
        file = entry["dcat:accessURL"]["@id"].removeprefix(SITE_URL)
        assert (built("muster-adresse") / file).is_file()


@pytest.mark.parametrize("kennung", [None, "musterkreis"])
def test_the_contributor_is_named_if_govdata_gave_an_id(kennung: str | None) -> None:
    """Convention 12 of DCAT-AP.de: exactly one, of the list of GovData; ours to know, not to invent."""
    catalogue = check_content(COUNTY, date(2026, 6, 21), public=True).catalogue
    catalogue.settings = catalogue.settings.model_copy(update={"govdata_kennung": kennung})
    text = dcat(catalogue, Addresses(), SITE_URL, public=True)["dcat.jsonld"]
    (dataset,) = [n for n in json.loads(text)["@graph"] if n["@type"] == "dcat:Dataset"]
    wanted = {"@id": f"http://dcat-ap.de/def/contributors/{kennung}"} if kennung else None
    assert dataset.get("dcatde:contributorID") == wanted
    assert dataset["dct:accessRights"]["@id"].endswith("/PUBLIC")


def test_only_the_public_wiki_calls_its_data_public() -> None:
    assert node("dcat:Dataset")["dct:accessRights"]["@id"].endswith("/RESTRICTED")


# Version 0.5 of the standard: what must be there, and what may be said.
_STATUS = {"concept", "development", "beta", "stable", "obsolete"}
_TYPES = {
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
    "standalone/other", "addon", "library", "configurationFiles",
}  # fmt: skip
_MANDATORY: dict[str, type | tuple[type, ...]] = {
    "publiccodeYmlVersion": str, "name": str, "url": str, "platforms": list, "developmentStatus": str,
    "softwareType": str, "description": dict, "legal": dict, "maintenance": dict, "localisation": dict,
}  # fmt: skip


def test_publiccode_yml_is_valid() -> None:
    """The mandatory keys and value lists of version 0.5."""
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    assert {k for k, kind in _MANDATORY.items() if not isinstance(data.get(k), kind)} == set()
    assert data["publiccodeYmlVersion"] == "0.5"
    assert data["developmentStatus"] in _STATUS
    assert data["softwareType"] in _TYPES
    assert data["legal"]["license"] == "EUPL-1.2"
    assert "European Union Public Licence" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert data["maintenance"]["type"] in ("internal", "community")
    assert all(contact["name"] for contact in data["maintenance"]["contacts"])
    assert isinstance(data["localisation"]["localisationReady"], bool)
    languages = data["localisation"]["availableLanguages"]
    assert all(
        re.fullmatch(r"[a-z]{2,3}(?:-[A-Z]{2})?", tag) for tag in [*languages, *data["description"]]
    )
    assert all(re.fullmatch(r"[a-z][a-z-]+", name) for name in data["categories"])
    for country in data["intendedAudience"]["countries"]:
        assert re.fullmatch("[A-Z]{2}", country)
    for language in data["description"].values():
        assert len(language["shortDescription"]) <= 150
        assert 150 <= len(language["longDescription"]) <= 10_000
        assert language["features"]
        assert all(len(feature) <= 100 for feature in language["features"])


def test_publiccode_yml_invents_nothing() -> None:
    """An address is either the placeholder that the file explains, or one that can be reached by all."""
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    url = urlsplit(data["url"])
    assert url.scheme == "https"
    if str(url.hostname).endswith(".example"):
        comment = "\n".join(line for line in text.splitlines() if line.startswith("#"))
        missing = [
            k
            for k in ("landingURL", "softwareVersion", "releaseDate", "organisation")
            if k not in data
        ]
        assert [k for k in ("url", *missing) if k not in comment] == []
    contacts = data["maintenance"]["contacts"]
    assert all("email" not in c or not c["email"].endswith(".example") for c in contacts)
    assert all("phone" not in c for c in contacts)


def test_publiccode_yml_says_what_is_needed_to_run_it() -> None:
    """The versions stand in pyproject.toml too."""
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    needed = {entry["name"]: entry["versionMin"] for entry in data["dependsOn"]["open"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"].startswith(f">={needed['Python']}")
    said = " ".join(project["dependencies"])
    assert f"mkdocs>={needed['MkDocs']}" in said.replace(" ", "")
    assert f"mkdocs-material>={needed['Material for MkDocs']}" in said.replace(" ", "")

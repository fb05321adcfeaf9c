"""OpenSearch, `llms.txt`, the DCAT-AP.de entry and publiccode.yml: what their standards ask for."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.site.sites import ROOT, SITE_URL, built

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


def test_only_the_public_wiki_calls_its_data_public() -> None:
    assert node("dcat:Dataset")["dct:accessRights"]["@id"].endswith("/RESTRICTED")


def test_publiccode_yml_is_valid() -> None:
    """The mandatory keys and value lists of version 0.5."""
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert data["publiccodeYmlVersion"] == "0.5"
    assert data["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert data["softwareType"] == "standalone/web"
    assert data["legal"]["license"] == "EUPL-1.2"
    assert data["maintenance"]["type"] in ("internal", "community")
    assert all(contact["name"] for contact in data["maintenance"]["contacts"])
    assert isinstance(data["localisation"]["localisationReady"], bool)
    assert data["localisation"]["availableLanguages"]
    for key in ("name", "url", "platforms"):
        assert data[key]
    for language in data["description"].values():
        assert len(language["shortDescription"]) <= 150
        assert 150 <= len(language["longDescription"]) <= 10_000
        assert language["features"]

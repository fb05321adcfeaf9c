"""Catalogue → search documents: which facets narrow down to which records."""

from __future__ import annotations

from pathlib import Path

from generator.catalogue.addresses import Addresses
from generator.search.collect import search_documents
from generator.search.narrowing import search_facets
from tests.helpers import Folder


def test_municipalities_and_other_organisations_are_facets_of_their_own(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.add("organisation", "musterstadt", art="kommune")
    folder.add("organisation", "amt-muster", art="amt", ags="01051001", titel="Amt Muster")
    folder.add("organisation", "it-verband", art="zweckverband", ags="05566052", titel="IT-Verband")
    folder.add("organisation", "chor", art="gesangverein")
    everyone = ["it-verband", "kreis-muster", "chor", "musterstadt", "amt-muster"]
    folder.add("bewertung", "pruefung", durchgefuehrt_von=everyone)
    catalogue = folder.catalogue()
    documents = {d.id: d for d in search_documents(catalogue, Addresses())}
    facets = documents["pruefung"].facets
    assert facets["kommune"] == ("kreis-muster", "musterstadt", "amt-muster")
    assert facets["organisation"] == ("it-verband", "chor")
    assert documents["it-verband"].facets["organisation"] == ("it-verband",)
    assert "kommune" not in documents["it-verband"].facets
    names = {"it-verband": "IT-Verband", "amt-muster": "Amt Muster"}
    labels = {facet.name: facet.values for facet in search_facets(names, {})}
    assert labels["organisation"]["it-verband"] == "IT-Verband"
    assert labels["kommune"]["amt-muster"] == "Amt Muster"

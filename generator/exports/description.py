"""What other programs read about the wiki as a whole: OpenSearch, `llms.txt` and the DCAT-AP.de entry.

Browsers and data portals need absolute addresses: without `site_url` in mkdocs.yml OpenSearch and DCAT are
left out.  `llms.txt` does with relative ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from generator.catalogue.addresses import Addresses
from generator.catalogue.catalogue import Catalogue
from generator.exports.api import ROOT
from generator.records.types import TYPES

OPENSEARCH = "opensearch.xml"
LLMS = "llms.txt"
DCAT = "dcat.jsonld"
SHORT = "Wissensspeicher"  # OpenSearch allows 16 characters
SUMMARY = (
    "Bewertungen, Projekte, Ergebnisse und Erfahrungen aus Kommunen: Was wurde schon geprüft, mit "
    "welchem Ergebnis, warum, und gilt das noch?"
)
_EU = "http://publications.europa.eu/resource/authority/"
_DE = "http://dcat-ap.de/def/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": f"{_DE}dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def opensearch(catalogue: Catalogue, addresses: Addresses, site_url: str) -> Mapping[str, str]:
    """The wiki as a search engine of the browser."""
    if not site_url:
        return {}
    base = _base(site_url)
    name, title = _name(catalogue), catalogue.settings.titel or SHORT
    search = f"{base}{addresses.public('suche/')}?q={{searchTerms}}"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(title if len(title) <= 16 else SHORT)}</ShortName>\n"
        f"<LongName>{escape(_cut(name, 48))}</LongName>\n"
        f"<Description>{escape(_cut('Hat das schon jemand geprüft? ' + name, 1024))}</Description>\n"
        f'<Url type="text/html" method="get" template="{escape(search)}"/>\n'
        "<Language>de</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
        "<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n"
    )
    return {OPENSEARCH: text}


def llms(catalogue: Catalogue, addresses: Addresses, site_url: str) -> Mapping[str, str]:
    """A short guide for language models: what stands where, and what to mind."""
    base = _base(site_url) if site_url else ""
    used = [(t, m) for t, m in TYPES.items() if catalogue.count("art", t)]
    lines = [
        f"# {_plain(_name(catalogue))}",
        "",
        f"> {SUMMARY}",
        "",
        "Mit einer Antwort gehören immer genannt: das Ergebnis (`verdikt`), bis wann es gilt (`gueltigkeit`,",
        "`gueltigkeit_bis`), wer es geprüft hat und die Adresse des Eintrags (`url`). Auch Absagen und",
        "abgelaufene Bewertungen sind Wissen. Was ein Eintrag nicht sagt, ist nicht bekannt.",
        "",
        "## Daten",
        "",
        f"- [Alle Einträge als JSON]({base}{ROOT}records.json): Felder siehe Schemas",
        f"- [Alle Einträge als CSV]({base}{ROOT}records.csv): Semikolon, UTF-8",
        *(
            f"- [Schema: {m.mehrzahl}]({base}{ROOT}schema/{t}.json): {m.beschreibung}"
            for t, m in used
        ),
        f"- [Schnittstelle]({base}{addresses.public('api/')}): alles Weitere für Programme",
        "",
        "## Seiten",
        "",
        *(f"- [{m.mehrzahl}]({base}{addresses.public(f'{m.ordner}/')})" for _, m in used),
        f"- [Zu prüfen]({base}{addresses.public('zu-pruefen/')}): was bald abläuft oder abgelaufen ist",
        "",
        "## Optional",
        "",
        f"- [Felder aller Einträge]({base}{addresses.public('mitmachen/felder/')})",
        f"- [Suche]({base}{addresses.public('suche/')}): läuft im Browser; Anfrage in `?q=`",
    ]
    if catalogue.contact_page:
        lines.append(f"- [Kontakt]({base}{addresses.public(catalogue.contact_page)})")
    return {LLMS: "\n".join(lines) + "\n"}


def dcat(
    catalogue: Catalogue, addresses: Addresses, site_url: str, *, public: bool
) -> Mapping[str, str]:
    """All records as one data set of a catalogue, by DCAT-AP.de 2.0 and 3.0."""
    if not site_url:
        return {}
    base, settings = _base(site_url), catalogue.settings
    publisher = {
        "@id": f"{base}#herausgeber",
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": settings.herausgeber or _name(catalogue),
    }
    dataset: dict[str, Any] = {
        "@id": f"{base}{DCAT}#datensatz",
        "@type": "dcat:Dataset",
        "dct:title": _german(f"{_name(catalogue)}: Einträge"),
        "dct:description": _german(SUMMARY),
        "dct:identifier": f"{base}{DCAT}#datensatz",
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:language": {"@id": f"{_EU}language/DEU"},
        "dct:accessRights": {"@id": f"{_EU}access-right/{'PUBLIC' if public else 'RESTRICTED'}"},
        "dcat:theme": [{"@id": f"{_EU}data-theme/{t}"} for t in ("GOVE", "TECH")],
        "dcat:keyword": [
            _german(w) for w in ("Digitalisierung", "Kommunalverwaltung", "Bewertung", "Nachnutzung")
        ],
        "dcat:landingPage": {"@id": base},
        "dcat:distribution": [
            _distribution(base, "records.json", "JSON", "application/json", "Alle Einträge (JSON)"),
            _distribution(base, "records.csv", "CSV", "text/csv", "Alle Einträge (CSV)"),
        ],
    }  # fmt: skip
    newest = catalogue.part("neu")
    if newest:
        day = {"@type": "xsd:date", "@value": str(newest[0].stand)}
        dataset["dct:modified"] = day
    contact = _contact(catalogue, addresses, base)
    if contact:
        dataset["dcat:contactPoint"] = contact
    if settings.govdata_kennung:
        dataset["dcatde:contributorID"] = {"@id": f"{_DE}contributors/{settings.govdata_kennung}"}
    graph = [
        {
            "@id": f"{base}{DCAT}#katalog",
            "@type": "dcat:Catalog",
            "dct:title": _german(_name(catalogue)),
            "dct:description": _german(SUMMARY),
            "dct:publisher": {"@id": publisher["@id"]},
            "dct:language": {"@id": f"{_EU}language/DEU"},
            "foaf:homepage": {"@id": base},
            "dcat:themeTaxonomy": {"@id": f"{_EU}data-theme"},
            "dcat:dataset": {"@id": dataset["@id"]},
        },
        publisher,
        dataset,
    ]
    data = {"@context": _CONTEXT, "@graph": graph}
    return {DCAT: json.dumps(data, ensure_ascii=False, indent=1) + "\n"}


def _distribution(base: str, name: str, form: str, media: str, title: str) -> dict[str, Any]:
    address = f"{base}{ROOT}{name}"
    return {
        "@id": f"{base}{DCAT}#{form.lower()}",
        "@type": "dcat:Distribution",
        "dct:title": _german(title),
        "dct:description": _german(
            "Einträge, die eine andere Lizenz nennen (Feld „lizenz“), stehen unter dieser."
        ),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:format": {"@id": f"{_EU}file-type/{form}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:license": {"@id": f"{_DE}licenses/cc-by/4.0"},
    }


def _contact(catalogue: Catalogue, addresses: Addresses, base: str) -> dict[str, Any]:
    settings = catalogue.settings
    reached: dict[str, Any] = {}
    if settings.kontakt:
        reached["vcard:hasEmail"] = {"@id": f"mailto:{settings.kontakt}"}
    if catalogue.contact_page:
        reached["vcard:hasURL"] = {"@id": base + addresses.public(catalogue.contact_page)}
    name = settings.redaktion or settings.herausgeber or _name(catalogue)
    kind = {"@type": ["vcard:Kind", "vcard:Organization"], "vcard:fn": name}
    return {**kind, **reached} if reached else {}


def _german(text: str) -> dict[str, str]:
    return {"@language": "de", "@value": text}


def _base(site_url: str) -> str:
    return site_url.rstrip("/") + "/"


def _name(catalogue: Catalogue) -> str:
    settings = catalogue.settings
    return " ".join(filter(None, (settings.titel or "Wissensspeicher", settings.untertitel)))


def _plain(text: str) -> str:
    """Without what Markdown would take for marks."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

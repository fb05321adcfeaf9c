"""The configuration of the CMS: one collection per record type, the backend of the wiki's repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from generator.catalogue.catalogue import Catalogue
from generator.exports.cms.fields import ID, Fields, Table
from generator.pages.repository import Repository, repository_of
from generator.records.settings import Wiki
from generator.records.types import TYPES

NO_FORGE = "https://ohne-repository.invalid"  # Sveltia wants a forge, even to work in a folder only
_MESSAGES = {
    "create": "{{collection}} „{{slug}}“ angelegt",
    "update": "{{collection}} „{{slug}}“ geändert",
    "delete": "{{collection}} „{{slug}}“ gelöscht",
}


@dataclass(frozen=True)
class Forge:
    """Where a repository is, as Sveltia needs it.  `hosts` is all that the page may talk to."""

    backend: dict[str, Any]
    hosts: tuple[str, ...]
    requests: bool  # whether changes become pull or merge requests


def forge_of(settings: Wiki) -> Forge:
    """The backend for the repository in `wiki.yml`; without one only a folder can be edited."""
    repository = repository_of(settings)
    if repository is None:
        backend = {"name": "gitea", "repo": "wissen/wissen", "base_url": NO_FORGE, "api_root": f"{NO_FORGE}/api/v1"}  # fmt: skip
        return Forge({**backend, **_sign_in("", ""), "app_id": "keine"}, (), requests=False)
    split = urlsplit(repository.adresse)
    origin = f"{split.scheme}://{split.netloc}"
    shared = {
        "name": repository.art,
        "repo": split.path.strip("/"),
        "branch": repository.zweig,
        "commit_messages": _MESSAGES,
    }
    match repository.art:
        case "github":
            return _github(shared, origin)
        case "gitlab":
            return _gitlab(shared, origin, settings.repository_app or "")
        case _:
            return _gitea(shared, origin, settings.repository_app or "")


def _github(shared: dict[str, Any], origin: str) -> Forge:
    """Signing in with GitHub's own page would need a server of ours, so it is a token."""
    backend = {**shared, "auth_methods": ["token"], "squash_merges": True}
    if origin == "https://github.com":
        return Forge(backend, ("https://api.github.com",), requests=True)
    return Forge({**backend, "api_root": f"{origin}/api/v3", "base_url": origin}, (origin,), requests=True)  # fmt: skip


def _gitlab(shared: dict[str, Any], origin: str, app: str) -> Forge:
    backend = {
        **shared,
        "base_url": origin,
        "api_root": f"{origin}/api/v4",
        "graphql_api_root": f"{origin}/api/graphql",
        "squash_merges": True,
    }
    return Forge({**backend, **_sign_in(app, "pkce")}, (origin,), requests=True)


def _gitea(shared: dict[str, Any], origin: str, app: str) -> Forge:
    backend = {**shared, "base_url": origin, "api_root": f"{origin}/api/v1"}
    return Forge({**backend, **_sign_in(app, "")}, (origin,), requests=False)


def _sign_in(app: str, kind: str) -> dict[str, Any]:
    """With the id of an OAuth application in the forge's own window, else with a token only."""
    if not app:
        return {"auth_methods": ["token"]}
    return {"app_id": app, "auth_methods": ["oauth", "token"], **({"auth_type": kind} if kind else {})}  # fmt: skip


def config(catalogue: Catalogue, table: Table, site_url: str) -> dict[str, Any]:
    """Everything that `CMS.init` gets."""
    settings = catalogue.settings
    forge = forge_of(settings)
    repository = repository_of(settings)
    folder = repository.ordner if repository else (settings.repository_ordner or "content").strip("/").strip(".")  # fmt: skip
    return {
        "load_config_file": False,
        "backend": forge.backend,
        "publish_mode": "editorial_workflow" if forge.requests else "simple",
        "app_title": f"Redaktion: {settings.titel or 'Wissensspeicher'}",
        **({"site_url": site_url, "display_url": site_url} if site_url else {}),
        "logo": {"src": "logo.svg"},
        "media_folder": "/".join(filter(None, (folder, "bilder"))),
        "public_folder": "/bilder",
        "media_libraries": {"stock_assets": {"providers": []}},
        "show_preview_links": False,
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 100},
        **_report(settings, repository),
        "collections": list(_collections(catalogue, table, folder)),
    }


def _report(settings: Wiki, repository: Repository | None) -> dict[str, Any]:
    """Trouble with the CMS goes to the wiki's own office, not to the makers of Sveltia."""
    if repository:
        return {"issue_reports": {"url": f"{repository.adresse}/issues"}}
    return {"issue_reports": {"url": f"mailto:{settings.kontakt}"}} if settings.kontakt else {}


def _collections(catalogue: Catalogue, table: Table, folder: str) -> Iterator[dict[str, Any]]:
    unusual = {typ: [detail for _, _, detail in catalogue.rows("ablage", typ)] for typ in TYPES}
    fields = Fields(table, frozenset(typ for typ, found in unusual.items() if found))
    for typ, model in TYPES.items():
        about = table["typen"][typ]
        below = [name for name in unusual[typ] if name.count("/") > 1]
        common = {
            "label_singular": about["einzahl"],
            "folder": "/".join(filter(None, (folder, model.ordner))),
            "identifier_field": "titel",
            "summary": "{{titel}}",
            "sortable_fields": ["titel", "stand"],
            "view_groups": [{"label": "Bearbeitungsstatus", "field": "status"}],
            "thumbnail": False,
            "fields": fields.of_type(typ),
        }
        yield {
            "name": typ,
            "label": about["mehrzahl"],
            "description": about["hilfe"] + _not_listed(len(below)),
            **common,
            "extension": "md",
            "format": "wissen-frontmatter",
            "slug": {
                "template": "{{titel}}",
                "editable": ["create"],
                "pattern": list(ID),
                "hint": "Name der Datei und Teil der Adresse. Er bleibt für immer; bitte kurz und ohne Umlaute (ä als ae).",
            },
        }  # fmt: skip
        for ending in ("yml", "yaml"):
            if any(n.endswith(f".{ending}") and n.count("/") == 1 for n in unusual[typ]):
                yield {
                    "name": f"{typ}-{ending}",
                    "label": f"{about['mehrzahl']} (.{ending})",
                    "description": f"Einträge, die als .{ending}-Datei vorliegen.",
                    **common,
                    "extension": ending,
                    "format": f"wissen-{ending}",
                    "create": False,
                }


def _not_listed(number: int) -> str:
    if not number:
        return ""
    return f" {number} weitere {'liegt' if number == 1 else 'liegen'} in einem Unterordner und {'ist' if number == 1 else 'sind'} hier nicht zu sehen."

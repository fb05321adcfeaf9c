"""Where to publish: an address, or the name of a target in mkdocs.yml.

    extra:
      publish:
        intranet: {target: "sftp://wiki@web.kreis.example/srv/wiki", keep: 1, compress: true}
        internet: {target: "releases:/srv/oeffentlich", public: true}

Never a secret: those come from the environment or the SSH agent.  MkDocs is not needed to read this.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from generator.publish.problems import PublishError
from generator.records.problems import did_you_mean

KEYS = ("target", "public", "keep", "compress", "known_hosts", "replace")
SCHEMES = {"sftp": "sftp", "http": "dav", "https": "dav", "dav": "dav", "davs": "dav", "dav+http": "dav", "dav+https": "dav"}  # fmt: skip
_SECRET = re.compile(
    r"pass|kennwort|secret|geheim|token|credential|zugang|(^|_)(key|schluessel)", re.I
)
ADDRESSES = (
    "„./ordner“, „releases:/srv/wiki“, „sftp://konto@server/pfad“, „https://server/webdav/wiki“ "
    "oder „zip:./ordner“"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as it was asked for.  `public`: who reads there; None: nobody has said."""

    kind: str  # ordner, releases, zip, sftp, dav
    address: str
    name: str = ""
    public: bool | None = None
    keep: int | None = None
    compress: bool = False
    known_hosts: str = ""
    replace: str = ""  # how WebDAV replaces a file: "put", "move" or as the server likes it

    def secret(self, what: str) -> str | None:
        """A secret from the environment: of this target, or of all."""
        own = f"WISSEN_PUBLISH_{what}_{re.sub('[^A-Z0-9]', '_', self.name.upper())}"
        return (os.environ.get(own) if self.name else None) or os.environ.get(f"WISSEN_PUBLISH_{what}")  # fmt: skip


def goal(asked: str | None, config_file: Path) -> Goal:
    """The target of this name or address.  Raises PublishError."""
    targets = read_targets(config_file)
    if asked is None:
        if len(targets) == 1:
            return next(iter(targets.values()))
        known = f" In {config_file} stehen: {', '.join(targets)}." if targets else ""
        raise PublishError(f"Wohin? Bitte ein Ziel angeben: {ADDRESSES}.{known}")
    if asked in targets:
        return targets[asked]
    if re.fullmatch(r"[\w-]+", asked) and not Path(asked).is_dir():
        near = did_you_mean(asked, targets)
        raise PublishError(
            f"Ein Ziel „{asked}“ steht nicht in {config_file} unter „extra: publish:“.{near} "
            f"Oder eine Adresse angeben: {ADDRESSES}."
        )
    return at_address(asked)


def at_address(address: str, place: str = "Die Adresse") -> Goal:
    """A target by its address alone."""
    scheme, colon, rest = address.partition(":")
    if colon and scheme in ("releases", "zip"):
        if not rest:
            raise PublishError(f"{place} „{address}“ nennt keinen Ordner, etwa „{scheme}:./wiki“.")
        return Goal(scheme, rest)
    if "://" not in address:
        return Goal("ordner", address)
    if scheme not in SCHEMES:
        near = did_you_mean(scheme, SCHEMES)
        raise PublishError(
            f"„{scheme}://“ ist kein bekanntes Ziel.{near} Möglich sind: {ADDRESSES}."
        )
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise PublishError(
            f"{place} „{address}“ ist nicht lesbar. Schreibweise: {ADDRESSES}."
        ) from None
    if parts.password is not None:
        hidden = address.replace(f":{parts.password}@", ":…@")
        raise PublishError(
            f"{place} „{hidden}“ enthält ein Kennwort. Dort liest es jeder mit, der die Datei oder den "
            "Befehlsverlauf sieht: bitte ändern, hier herausnehmen und als Umgebungsvariable "
            "WISSEN_PUBLISH_PASSWORD setzen."
        )
    if not parts.hostname:
        raise PublishError(f"{place} „{address}“ nennt keinen Server. Schreibweise: {ADDRESSES}.")
    if parts.query or parts.fragment:
        raise PublishError(f"{place} „{address}“ darf weder „?“ noch „#“ enthalten.")
    if SCHEMES[scheme] == "sftp" and unquote(parts.path) in ("", "/"):
        raise PublishError(
            f"{place} „{address}“ nennt keinen Ordner auf dem Server, etwa …/srv/wiki."
        )
    return Goal(SCHEMES[scheme], address)


def read_targets(config_file: Path) -> dict[str, Goal]:
    """All targets in mkdocs.yml, with those of the file that it inherits from."""
    raw = _raw_targets(config_file, 0)
    return {name: _target(name, fields, config_file) for name, fields in raw.items()}


def setting(config_file: Path, name: str) -> Any:
    """A top-level setting of mkdocs.yml, such as `site_url`."""
    data = _load(config_file)
    if name not in data and isinstance(parent := data.get("INHERIT"), str):
        return setting(config_file.parent / parent, name)
    return data.get(name)


def _raw_targets(config_file: Path, depth: int) -> dict[str, Any]:
    data = _load(config_file)
    found: dict[str, Any] = {}
    if isinstance(parent := data.get("INHERIT"), str) and depth < 5:
        found |= _raw_targets(config_file.parent / parent, depth + 1)
    extra = data.get("extra")
    own = extra.get("publish") if isinstance(extra, dict) else None
    if own is not None and not isinstance(own, dict):
        raise PublishError(
            f"In {config_file} gehört unter „extra: publish:“ je Ziel ein Name mit „target:“."
        )
    return found | {str(name): fields for name, fields in (own or {}).items()}


def _target(name: str, fields: Any, config_file: Path) -> Goal:
    place = f"In {config_file}, Ziel „{name}“:"
    if isinstance(fields, str):
        fields = {"target": fields}
    if not isinstance(fields, dict):
        raise PublishError(f"{place} Es fehlt „target:“ mit der Adresse.")
    for key in map(str, fields):
        if key in KEYS:
            continue
        if _SECRET.search(key):
            raise PublishError(
                f"{place} „{key}“ gehört nicht in diese Datei: Sie liegt in der Versionsverwaltung, und "
                "was dort einmal stand, bleibt lesbar. Bitte das Geheimnis ändern und als "
                f"Umgebungsvariable WISSEN_PUBLISH_PASSWORD_{re.sub('[^A-Z0-9]', '_', name.upper())} setzen, "
                "für SFTP besser den SSH-Agenten nehmen."
            )
        near = did_you_mean(key, KEYS)
        raise PublishError(f"{place} „{key}“ gibt es nicht.{near} Möglich sind: {', '.join(KEYS)}.")
    if not isinstance(fields.get("target"), str):
        raise PublishError(f"{place} Es fehlt „target:“ mit der Adresse: {ADDRESSES}.")
    for key in ("public", "compress"):
        if not isinstance(fields.get(key, False), bool):
            raise PublishError(f"{place} „{key}“ ist „true“ oder „false“.")
    keep = fields.get("keep")
    if keep is not None and (isinstance(keep, bool) or not isinstance(keep, int) or keep < 0):
        raise PublishError(
            f"{place} „keep“ sagt, wie viele frühere Stände aufgehoben werden: eine Zahl ab 0."
        )
    how = str(fields.get("replace") or "")
    if how not in ("", "put", "move"):
        raise PublishError(f"{place} „replace“ ist „put“ oder „move“.")
    base = at_address(fields["target"], f"{place} Die Adresse")
    if base.kind in ("ordner", "releases", "zip"):
        base = replace(base, address=str(config_file.parent / Path(base.address).expanduser()))
    return replace(
        base, name=name, public=fields.get("public"), keep=keep, compress=fields.get("compress", False),
        known_hosts=str(fields.get("known_hosts") or ""), replace=how,
    )  # fmt: skip


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml: what its tags (`!!python/name:`, `!ENV`, `!relative`) mean is of no interest."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def _load(config_file: Path) -> dict[str, Any]:
    if not config_file.is_file():
        return {}
    try:
        data = yaml.load(config_file.read_text(encoding="utf-8-sig"), _Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in Zeile {mark.line + 1}" if mark else ""
        raise PublishError(
            f"{config_file} ist{where} nicht lesbar. Bitte die Stelle richtigstellen."
        ) from None
    except OSError as error:
        raise PublishError(f"{config_file} lässt sich nicht lesen: {error.strerror}.") from None
    return data if isinstance(data, dict) else {}

"""Links into the repository of a wiki: edit a record, report a mistake in it.

The kind of forge follows from the address unless `wiki.yml` names it.  Per record only the end of an
address differs, so a page costs a few bytes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from generator.records.settings import Wiki

_HOSTS = (("github", "github"), ("gitea", "gitea"), ("codeberg", "gitea"), ("forgejo", "gitea"))
_EDIT = {"github": "/edit/", "gitlab": "/-/edit/", "gitea": "/_edit/"}
_ISSUE = {
    "github": "/issues/new?title=",
    "gitlab": "/-/issues/new?issue%5Btitle%5D=",
    "gitea": "/issues/new?title=",
}
_SUBJECT = quote("Fehler im Eintrag ")


@dataclass(frozen=True)
class Repository:
    """Where the records of a wiki lie."""

    adresse: str
    art: str
    zweig: str
    ordner: str

    @property
    def plain(self) -> dict[str, str]:
        return asdict(self)

    @cached_property
    def edit(self) -> str:
        """The beginning of the address under which a record is edited; its file follows."""
        folder = f"{quote(self.ordner)}/" if self.ordner else ""
        return f"{self.adresse}{_EDIT[self.art]}{quote(self.zweig)}/{folder}"

    @cached_property
    def report(self) -> str:
        """The beginning of the address under which a mistake is reported; the record's id follows."""
        return f"{self.adresse}{_ISSUE[self.art]}{_SUBJECT}"


def repository_of(settings: Wiki) -> Repository | None:
    """The repository that `wiki.yml` names, if any."""
    if not settings.repository:
        return None
    address = settings.repository.rstrip("/").removesuffix(".git")
    host = urlsplit(address).hostname or ""
    kind = settings.repository_art or next((k for sign, k in _HOSTS if sign in host), "gitlab")
    folder = (settings.repository_ordner or "content").strip("/")
    return Repository(address, kind, settings.repository_zweig or "main", folder.strip("."))


def edit_prefix(settings: Wiki) -> str:
    """The beginning of the links "Bearbeiten"; "" if there is no repository."""
    repository = repository_of(settings)
    return repository.edit if repository else ""


def report_prefix(settings: Wiki) -> str:
    """The beginning of the links "Fehler melden": the repository, or a mail to the office."""
    repository = repository_of(settings)
    if repository:
        return repository.report
    return f"mailto:{settings.kontakt}?subject={_SUBJECT}" if settings.kontakt else ""

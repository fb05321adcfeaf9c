"""A folder on a server over WebDAV.

How a file is replaced so that no reader sees half of it depends on the server.  Apache and Nextcloud write
what is put beside the old file and rename it themselves, but delete the old one first when another file is
moved over it; others write straight into the file that is put.  So `PUT` is used with the former, a
temporary file and `MOVE` with the latter, or what `replace:` says.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from collections.abc import Iterable
from posixpath import dirname
from threading import local
from urllib.parse import quote, unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter

from generator.publish.folder import PARTIAL
from generator.publish.problems import AGAIN, PublishError, Transient
from generator.publish.settings import Goal
from generator.publish.store import patiently

_PATIENCE = (20, 120)  # seconds to connect, and between two bytes
_PASSING = {408, 423, 425, 429, 500, 502, 503, 504}
_NO_FOLDER = {403, 404, 409, 500}  # what servers answer if there is none, or if they really refuse
_PUT_IS_ATOMIC = re.compile(r"^Apache\b", re.I)


class WebDav:
    """`https://…` or `http://…`; user and password come from the environment."""

    parallel = 6

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.name = goal.address
        parts = urlsplit(goal.address)
        scheme = {"dav": "http", "davs": "https"}.get(
            parts.scheme, parts.scheme.removeprefix("dav+")
        )
        port = f":{parts.port}" if parts.port else ""
        host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
        self.host = f"{host}{port}"
        self.base = f"{scheme}://{self.host}{quote(unquote(parts.path).rstrip('/'))}"
        self.path = urlsplit(self.base).path
        user = goal.secret("USER") or parts.username
        password = goal.secret("PASSWORD")
        self.login = (user, password or "") if user else None
        if password and scheme == "http" and not _is_near(str(parts.hostname)):
            raise PublishError(
                f"Über „{scheme}://“ ginge das Kennwort unverschlüsselt durchs Netz. Bitte https nehmen."
            )
        self.threads = local()
        self.folders: set[str] = set()
        whole = patiently(self._puts_whole)
        self.moves = goal.replace == "move" or (goal.replace != "put" and not whole)

    # What a store can do

    def read(self, path: str) -> bytes | None:
        answer = self._ask("GET", path, {200, 404})
        return answer.content if answer.status_code == 200 else None

    def exists(self, path: str) -> bool:
        return self._ask("HEAD", path, {200, 404}).status_code == 200

    def write(self, path: str, data: bytes) -> None:
        if not self.moves:
            self._put(path, data)
            return
        partial = f"{PARTIAL}/{secrets.token_hex(8)}"
        self._put(partial, data)
        self._transfer("MOVE", partial, path)

    def copy(self, source: str, target: str) -> None:
        if not self.moves:  # COPY would delete the old file first
            data = self.read(source)
            if data is None:
                raise PublishError(f"„{source}“ fehlt an „{self.name}“.")
            self._put(target, data)
            return
        partial = f"{PARTIAL}/{secrets.token_hex(8)}"
        self._transfer("COPY", source, partial)
        self._transfer("MOVE", partial, target)

    def delete(self, path: str) -> None:
        """Folders stay: WebDAV would delete a full one too."""
        self._ask("DELETE", path, {200, 204, 404})

    def claim(self, folder: str) -> bool:
        self._folder(dirname(folder))
        return self._made(folder) == 201

    def release(self, folder: str) -> None:
        self._ask("DELETE", f"{folder}/", {200, 204, 404})

    def tidy(self) -> None:
        self.folders.discard(PARTIAL)
        self._ask("DELETE", f"{PARTIAL}/", {200, 204, 404})

    def close(self) -> None:
        """Sessions end with their threads."""

    # How

    def _puts_whole(self) -> bool:
        # Asked of a file: of a folder with an index.html, Apache would answer for that page.
        answer = self._ask("OPTIONS", f"{PARTIAL}/x", {200, 204, 404, 405, 501})
        if answer.status_code != 404 and "DAV" not in answer.headers:
            raise PublishError(
                f"An „{self.name}“ antwortet ein Webserver, aber kein WebDAV. Bitte die Adresse prüfen oder die "
                "IT bitten, WebDAV dort einzuschalten."
            )
        server = answer.headers.get("Server", "")
        return bool(_PUT_IS_ATOMIC.match(server)) or "nextcloud" in f"{answer.headers}".lower()

    def _put(self, path: str, data: bytes) -> None:
        answer = self._ask("PUT", path, {200, 201, 204, *_NO_FOLDER}, data=data)
        if answer.status_code in _NO_FOLDER:
            self._folder(dirname(path), again=True)
            self._ask("PUT", path, {200, 201, 204}, data=data)

    def _transfer(self, method: str, source: str, target: str) -> None:
        headers = {"Destination": self._at(target), "Overwrite": "T"}
        answer = self._ask(method, source, {200, 201, 204, *_NO_FOLDER}, headers=headers)
        if answer.status_code in _NO_FOLDER:
            self._folder(dirname(target), again=True)
            self._ask(method, source, {200, 201, 204}, headers=headers)

    def _folder(self, folder: str, *, again: bool = False) -> None:
        """Make a folder and those above it; a target's own folder too, if the one above is there."""
        if folder in self.folders and not again:
            return
        if self._made(folder, {200, 301, 409}) == 409:
            if not folder:
                raise PublishError(
                    f"Den Ordner über „{self.name}“ gibt es nicht. Bitte die Adresse prüfen."
                )
            self._folder(dirname(folder), again=True)
            self._made(folder)
        self.folders.add(folder)

    def _made(self, folder: str, also: Iterable[int] = ()) -> int:
        """The answer to MKCOL: 201 if the folder is new, 405 if it was there.

        When two make the same folder at once, Apache tells the slower one 403, as if it were forbidden; asked
        again, it tells the truth.
        """
        path = f"{folder}/" if folder else ""
        answer = self._ask("MKCOL", path, {201, 403, 405, *also})
        if answer.status_code == 403:
            answer = self._ask("MKCOL", path, {201, 405, *also})
        return answer.status_code

    def _at(self, path: str) -> str:
        return f"{self.base}/{quote(path)}"

    def _ask(
        self,
        method: str,
        path: str,
        wanted: Iterable[int],
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        try:
            answer = self._session().request(
                method, self._at(path), data=data, headers=headers, timeout=_PATIENCE,
                allow_redirects=False,
            )  # fmt: skip
        except requests.exceptions.SSLError:
            raise PublishError(
                f"Dem Zertifikat von „{self.host}“ ist nicht zu trauen. Bitte die IT fragen; eine eigene Zertifizierungsstelle "
                "wird mit REQUESTS_CA_BUNDLE=DATEI bekannt gemacht."
            ) from None
        except (requests.exceptions.RequestException, OSError) as error:
            raise self._unreachable(error) from error
        if answer.status_code in wanted:
            return answer
        raise self._refused(method, path, answer)

    def _unreachable(self, error: Exception) -> Exception:
        text = f"{error!r}"
        if "NameResolutionError" in text or "gaierror" in text:
            return PublishError(
                f"Einen Server „{self.host}“ gibt es nicht. Bitte den Namen prüfen."
            )
        if "Connection refused" in text or "[WinError 10061]" in text:
            return Transient(f"„{self.host}“ nimmt keine Verbindung an")
        return Transient(f"„{self.host}“ ist nicht erreichbar ({type(error).__name__})")

    def _refused(self, method: str, path: str, answer: requests.Response) -> Exception:
        code = answer.status_code
        if code == 401:
            return PublishError(
                f"„{self.host}“ nimmt die Anmeldung nicht an. Bitte das Konto (WISSEN_PUBLISH_USER) und das Kennwort "
                "(WISSEN_PUBLISH_PASSWORD) in der Umgebung prüfen."
            )
        if code in (403, 405):
            return PublishError(
                f"„{self._at(path)}“ lässt sich nicht schreiben: Der Server erlaubt es diesem Konto nicht "
                f"({method}, {code}). Bitte die IT um Schreibrechte für WebDAV bitten."
            )
        if code in (507, 413):
            why = "ist kein Platz mehr" if code == 507 else f"ist „{path}“ zu groß"
            return PublishError(f"Auf „{self.host}“ {why}. Bitte die IT fragen. {AGAIN}")
        if code in (301, 302, 307, 308):
            return PublishError(
                f"„{self.name}“ verweist auf eine andere Adresse: {answer.headers.get('Location', '?')}. Bitte diese "
                "eintragen."
            )
        if code in _PASSING:
            return Transient(f"„{self.host}“ meldet eine Störung ({method}, {code})")
        return PublishError(
            f"„{self._at(path)}“: Der Server antwortet auf {method} mit {code}. {AGAIN}"
        )

    def _session(self) -> requests.Session:
        """One for each thread: sessions keep their connection, but do not share it."""
        session: requests.Session | None = getattr(self.threads, "session", None)
        if session is None:
            session = requests.Session()
            session.auth = self.login
            session.headers["User-Agent"] = "wissen-publish"
            session.headers["Accept-Encoding"] = "identity"
            adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1)
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            self.threads.session = session
        return session


def _is_near(host: str) -> bool:
    """Is this server this very machine?"""
    try:
        return ipaddress.ip_address(socket.gethostbyname(host)).is_loopback
    except (OSError, ValueError):
        return False

"""Requests to other servers: few, polite and bounded.  No build ever makes one.

The addresses come from records and settings that strangers may have written.  So a name is looked up once,
every address that it has must be a public one, and the connection goes to exactly the address that was
checked: neither a redirect nor a second look-up can lead into the own network.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

AGENT = "SIL-Wissensspeicher/1 (Linkpruefung und Datenaustausch; ein Wiki einer Kommunalverwaltung)"
REDIRECTS = (301, 302, 303, 307, 308)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CHUNK = 65_536


class Refused(Exception):
    """The request was not made, or its answer not taken; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request, redirects not followed."""

    status: int
    headers: Mapping[str, str]

    @property
    def target(self) -> str:
        """Where it sends us, if it does."""
        return self.headers.get("location", "") if self.status in REDIRECTS else ""


class Web:
    """A careful client.  `private` allows addresses of the own network, `plain` http without the s."""

    def __init__(self, *, private: bool = False, plain: bool = True, timeout: float = 10.0) -> None:
        self.private, self.plain, self.timeout = private, plain, timeout
        limit = urllib3.Timeout(connect=timeout, read=timeout)
        self._options: dict[str, Any] = {"retries": False, "timeout": limit, "maxsize": 2}
        self._direct = urllib3.PoolManager(**self._options)
        if not private:
            self._direct.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def ask(self, method: str, url: str) -> Answer:
        """One request; nothing but the head of the answer is read."""
        response = self._open(method, url)
        try:
            return Answer(response.status, {k.lower(): v for k, v in response.headers.items()})
        finally:
            response.close()

    def fetch(self, url: str, *, most: int, seconds: float, redirects: int = 3) -> bytes:
        """The whole answer, if it is not longer and does not take longer than that."""
        end = time.monotonic() + seconds
        for _ in range(redirects + 1):
            response = self._open("GET", url)
            try:
                if response.status in REDIRECTS:
                    before = urlsplit(url).hostname
                    url = followed(url, response.headers.get("location", ""))
                    if self.private and urlsplit(url).hostname != before:
                        raise Refused("Der Server leitet auf einen anderen Server um.")
                    continue
                if response.status != 200:
                    raise Refused(f"Der Server antwortet mit {response.status}.")
                return _read(response, most, end)
            finally:
                response.close()
        raise Refused(f"Mehr als {redirects} Weiterleitungen.")

    def _open(self, method: str, url: str) -> Any:
        host = self._check(url)
        proxy = getproxies().get(urlsplit(url).scheme)
        pools = self._direct
        if proxy and not proxy_bypass(host):
            if not self.private:
                _need_public(host, known_only=True)
            pools = urllib3.ProxyManager(proxy, **self._options)
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
        try:
            return pools.request(
                method, url, headers=headers, redirect=False, preload_content=False
            )
        except HTTPError as error:
            raise Refused(reason(error)) from None
        except (OSError, ValueError, UnicodeError):
            raise Refused("Die Adresse lässt sich nicht aufrufen.") from None

    def _check(self, url: str) -> str:
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            raise Refused("Das ist keine gültige Adresse.") from None
        if parts.scheme not in ("http", "https") or not host:
            raise Refused("Nur Adressen mit https:// werden aufgerufen.")
        if parts.scheme == "http" and not self.plain and host not in LOOPBACK:
            raise Refused("Die Adresse ist nicht verschlüsselt (http statt https).")
        if parts.username or parts.password:
            raise Refused("In der Adresse stehen Zugangsdaten; die gehören dort nicht hin.")
        return host


def followed(url: str, target: str) -> str:
    """Where a redirect leads.  What a server writes there need not be an address."""
    try:
        where = urljoin(url, target)
        _ = urlsplit(where).port
    except ValueError:
        raise Refused("Der Server leitet auf eine ungültige Adresse um.") from None
    return where


def _read(response: Any, most: int, end: float) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Refused("Der Server schickt die Daten gepackt, obwohl das nicht verlangt war.")
    size, parts = 0, []
    try:
        for part in response.stream(_CHUNK, decode_content=False):
            size += len(part)
            if size > most:
                raise Refused(f"Die Datei ist größer als {most // 1_000_000} MB.")
            if time.monotonic() > end:
                raise Refused("Die Übertragung dauert zu lange.")
            parts.append(part)
    except HTTPError as error:
        raise Refused(reason(error)) from None
    return b"".join(parts)


def reason(error: HTTPError) -> str:
    """Why a request failed, in German."""
    said = str(error)
    if isinstance(error, NewConnectionError) and (private := getattr(error, "private", "")):
        return str(private)
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return "Den Server gibt es nicht (mehr)."
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "Der Server antwortet nicht rechtzeitig."
    if isinstance(error, urllib3.exceptions.SSLError) or "CERTIFICATE" in said:
        return "Das Zertifikat des Servers ist nicht in Ordnung."
    if isinstance(error, urllib3.exceptions.LocationValueError):
        return "Das ist keine gültige Adresse."
    return "Es kommt keine Verbindung zustande."


def is_public(address: str) -> bool:
    """May a request go there?  Addresses that wrap another one are judged by that, too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


def _need_public(host: str, port: int = 443, *, known_only: bool = False) -> list[Any]:
    """The addresses of a host, all of them public.  `known_only`: a proxy will look up other names."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        if known_only:
            return []
        raise
    if not all(is_public(str(entry[4][0])) for entry in found):
        raise Refused("Die Adresse liegt im eigenen Netz; dorthin wird nichts geschickt.")
    return found


class _Guard:
    """Mixin: connects to the very address that was checked."""

    def _new_conn(self: Any) -> socket.socket:
        try:
            found = _need_public(self._dns_host, self.port)
        except Refused as refused:
            error = NewConnectionError(self, str(refused))
            error.private = str(refused)  # type: ignore[attr-defined]
            raise error from None
        except (OSError, UnicodeError) as unknown:
            name_error = unknown if isinstance(unknown, socket.gaierror) else socket.gaierror()
            raise urllib3.exceptions.NameResolutionError(self.host, self, name_error) from None
        last: OSError = OSError("no address")
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        for family, kind, protocol, _, place in found:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(timeout)
                sock.connect(place)
            except OSError as failed:
                last = failed
                sock.close()
                continue
            return sock
        if isinstance(last, TimeoutError):
            raise urllib3.exceptions.ConnectTimeoutError(self, "timed out") from last
        raise NewConnectionError(self, str(last)) from last


class _Connection(_Guard, HTTPConnection):
    pass


class _SecureConnection(_Guard, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection

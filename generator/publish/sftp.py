"""A folder on a server over SFTP, with the keys of the SSH agent or of `~/.ssh`.

The server's own key must be known already: nobody is asked to trust a stranger in passing.  Many requests
are under way at once on one connection, which is made anew when it is lost.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from posixpath import dirname
from threading import Lock, Thread
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import asyncssh
from asyncssh import SFTPClient

from generator.publish.folder import PARTIAL
from generator.publish.problems import AGAIN, PublishError, Transient
from generator.publish.settings import Goal

T = TypeVar("T")
_KNOWN = (Path("~/.ssh/known_hosts"), Path("/etc/ssh/ssh_known_hosts"))
_PATIENCE = 180.0  # seconds for one file
_ROOM = 1 << 20  # bytes; with less the disk is full


class Sftp:
    """Files are written beside the site and renamed over the old ones (`posix-rename`)."""

    parallel = 16

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.name = goal.address
        parts = urlsplit(goal.address)
        self.host, self.port, self.user = str(parts.hostname), parts.port, parts.username
        path = unquote(parts.path).rstrip("/")
        self.root = path.removeprefix("/~/") if path.startswith("/~/") else path
        self.loop = asyncio.new_event_loop()
        Thread(target=self.loop.run_forever, daemon=True).start()
        self.connecting = Lock()
        self.connection: asyncssh.SSHClientConnection | None = None
        self.sftp: SFTPClient | None = None
        self.reached = False
        self.folders: set[str] = set()
        try:
            self._client()
        except Transient as error:
            self._stop()
            raise PublishError(f"{error}. Bitte Adresse und Verbindung prüfen.") from None
        except PublishError:
            self._stop()
            raise

    # What a store can do

    def read(self, path: str) -> bytes | None:
        async def read(sftp: SFTPClient) -> bytes | None:
            try:
                async with sftp.open(self._at(path), "rb") as file:
                    return await file.read()  # type: ignore[return-value]
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None

        return self._do(read, path)

    def exists(self, path: str) -> bool:
        return self._do(lambda sftp: sftp.isfile(self._at(path)), path)

    def write(self, path: str, data: bytes) -> None:
        async def write(sftp: SFTPClient) -> None:
            partial = self._partial()
            try:
                try:
                    file = await sftp.open(partial, "wb")
                except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                    await self._folder(sftp, dirname(partial))
                    file = await sftp.open(partial, "wb")
                async with file:
                    await file.write(data)
                if (await sftp.stat(partial)).size != len(data):
                    raise Transient(f"„{path}“ kam nicht vollständig an")
                await self._rename(sftp, partial, path)
            except BaseException:
                with suppress(asyncssh.Error, OSError):
                    await sftp.remove(partial)
                raise

        self._do(write, path)

    def copy(self, source: str, target: str) -> None:
        async def copy(sftp: SFTPClient) -> None:
            partial = self._partial()
            await self._folder(sftp, dirname(partial))
            try:
                await sftp.link(self._at(source), partial)
            except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure):
                async with (
                    sftp.open(self._at(source), "rb") as old,
                    sftp.open(partial, "wb") as new,
                ):
                    await new.write(await old.read())
            await self._rename(sftp, partial, target)
            with suppress(asyncssh.SFTPNoSuchFile):  # it stays if both are the same file
                await sftp.remove(partial)

        self._do(copy, target)

    def delete(self, path: str) -> None:
        async def delete(sftp: SFTPClient) -> None:
            with suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                await sftp.remove(self._at(path))
            folder = dirname(path)
            with suppress(asyncssh.SFTPError):
                while folder:
                    await sftp.rmdir(self._at(folder))
                    self.folders.discard(self._at(folder))
                    folder = dirname(folder)

        self._do(delete, path)

    def claim(self, folder: str) -> bool:
        async def claim(sftp: SFTPClient) -> bool:
            await self._folder(sftp, dirname(self._at(folder)))
            try:
                await sftp.mkdir(self._at(folder))
            except asyncssh.SFTPError:
                if await sftp.isdir(self._at(folder)):
                    return False
                raise
            return True

        return self._do(claim, folder)

    def release(self, folder: str) -> None:
        self._do(lambda sftp: sftp.rmtree(self._at(folder), ignore_errors=True), folder)

    def tidy(self) -> None:
        self.folders.discard(self._at(PARTIAL))
        self._do(lambda sftp: sftp.rmtree(self._at(PARTIAL), ignore_errors=True), PARTIAL)

    def close(self) -> None:
        if self.connection:
            self.connection.close()
            with suppress(Exception):
                self._wait(self.connection.wait_closed(), 5)
        self._stop()

    # How

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _partial(self) -> str:
        return f"{self._at(PARTIAL)}/{secrets.token_hex(8)}"

    async def _folder(self, sftp: SFTPClient, folder: str) -> None:
        if folder and folder not in self.folders:
            await sftp.makedirs(folder, exist_ok=True)
            self.folders.add(folder)

    async def _rename(self, sftp: SFTPClient, partial: str, path: str) -> None:
        target = self._at(path)
        try:
            await sftp.posix_rename(partial, target)
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            self.folders.discard(dirname(target))
            await self._folder(sftp, dirname(target))
            await sftp.posix_rename(partial, target)
        except asyncssh.SFTPOpUnsupported:
            raise PublishError(
                f"Der Server von „{self.name}“ kann Dateien nicht in einem Schritt ersetzen (posix-rename "
                "fehlt); für einen Augenblick fehlten Seiten. Bitte einen anderen Weg wählen, etwa WebDAV."
            ) from None

    def _do(self, work: Callable[[SFTPClient], Coroutine[Any, Any, T]], path: str) -> T:
        sftp = self._client()
        try:
            return self._wait(work(sftp), _PATIENCE)
        except asyncssh.SFTPError as error:
            raise self._meaning(error, path, sftp) from error
        except (TimeoutError, asyncssh.Error, OSError) as error:
            self._lost(sftp)
            raise Transient(f"Die Verbindung zu „{self.host}“ ist abgerissen") from error

    def _meaning(self, error: asyncssh.SFTPError, path: str, sftp: SFTPClient) -> Exception:
        where = f"„{self._at(path)}“ auf „{self.host}“"
        if isinstance(error, asyncssh.SFTPConnectionLost | asyncssh.SFTPNoConnection):
            self._lost(sftp)
            return Transient(f"Die Verbindung zu „{self.host}“ ist abgerissen")
        if isinstance(error, asyncssh.SFTPPermissionDenied | asyncssh.SFTPWriteProtect):
            return PublishError(
                f"{where} lässt sich nicht schreiben: Dort fehlen Rechte. Bitte das Konto und die Rechte "
                "am Ordner prüfen oder die IT fragen."
            )
        if isinstance(error, asyncssh.SFTPNoSpaceOnFilesystem | asyncssh.SFTPQuotaExceeded) or self._full(sftp):  # fmt: skip
            return PublishError(
                f"Auf „{self.host}“ ist kein Platz mehr. Bitte Platz schaffen und noch einmal "
                f"veröffentlichen. {AGAIN}"
            )
        return PublishError(f"{where} lässt sich nicht schreiben. Der Server meldet: {error.reason}. {AGAIN}")  # fmt: skip

    def _full(self, sftp: SFTPClient) -> bool:
        try:
            state = self._wait(sftp.statvfs(self.root), 10)
        except Exception:
            return False
        return int(state.bavail or 0) * int(state.frsize or 0) < _ROOM

    # The connection

    def _client(self) -> SFTPClient:
        with self.connecting:
            if self.sftp is None:
                self.connection, self.sftp = self._wait(self._connect(), 60)
                self.reached = True
            return self.sftp

    async def _connect(self) -> tuple[asyncssh.SSHClientConnection, SFTPClient]:
        options: dict[str, Any] = {"known_hosts": self._known_hosts(), "connect_timeout": 20, "login_timeout": 30, "keepalive_interval": 15}  # fmt: skip
        options |= {k: v for k, v in (("port", self.port), ("username", self.user)) if v}
        if password := self.goal.secret("PASSWORD"):
            options["password"] = password
        if passphrase := self.goal.secret("PASSPHRASE"):
            options["passphrase"] = passphrase
        connection = None
        try:
            connection = await asyncssh.connect(self.host, **options)
            return connection, await connection.start_sftp_client()
        except (asyncssh.Error, OSError, TimeoutError) as error:
            if connection:
                connection.close()
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> Exception:
        account = f"{self.user}@{self.host}" if self.user else self.host
        port = f"-p {self.port} " if self.port else ""
        if isinstance(error, asyncssh.HostKeyNotVerifiable):
            return PublishError(
                f"Der Server „{self.host}“ ist diesem Rechner nicht bekannt, oder sein Schlüssel ist ein anderer "
                f"als früher. Bitte einmal „ssh {port}{account}“ aufrufen, den gezeigten Fingerabdruck mit der IT "
                "vergleichen und nur bestätigen, wenn er stimmt."
            )
        if isinstance(error, asyncssh.PermissionDenied):
            return PublishError(
                f"„{self.host}“ lässt „{account}“ nicht herein. Bitte prüfen: das Konto in der Adresse, den "
                "Schlüssel im SSH-Agenten (ssh-add -l) oder WISSEN_PUBLISH_PASSWORD."
            )
        if isinstance(error, asyncssh.ChannelOpenError):
            return PublishError(f"„{self.host}“ bietet kein SFTP an. Bitte die IT danach fragen.")
        if isinstance(error, socket.gaierror):
            return PublishError(
                f"Einen Server „{self.host}“ gibt es nicht. Bitte den Namen prüfen."
            )
        if isinstance(error, ConnectionRefusedError) and not self.reached:
            return PublishError(
                f"„{self.host}“ nimmt an Port {self.port or 22} keine Verbindung an. Bitte den Port prüfen und ob "
                "der SSH-Dienst läuft."
            )
        return Transient(f"„{self.host}“ ist nicht erreichbar ({error or type(error).__name__})")

    def _known_hosts(self) -> Any:
        own = [Path(self.goal.known_hosts)] if self.goal.known_hosts else [*_KNOWN]
        files = [str(p.expanduser()) for p in own if p.expanduser().is_file()]
        if self.goal.known_hosts and not files:
            raise PublishError(f"Die Datei „{self.goal.known_hosts}“ (known_hosts) gibt es nicht.")
        return files or asyncssh.import_known_hosts("")

    def _lost(self, sftp: SFTPClient) -> None:
        """The next one who needs it makes a new connection."""
        with self.connecting:
            if self.sftp is sftp:
                if self.connection:
                    self.loop.call_soon_threadsafe(self.connection.abort)
                self.sftp = self.connection = None

    def _wait(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self.loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise

    def _stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)

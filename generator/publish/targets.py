"""What can be done with any target, and how to get one from where it was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from generator.publish.inplace import InPlace, Options, Read
from generator.publish.manifest import Manifest
from generator.publish.plan import Plan
from generator.publish.problems import PublishError
from generator.publish.settings import Goal
from generator.publish.store import Store


class Target(Protocol):
    """A place that readers read from."""

    def state(self) -> Manifest | None:
        """What lies there; None if nothing that was published with this command."""

    def previous(self) -> Manifest | None:
        """The release before, if one can go back to it."""

    def plan(self, new: Manifest) -> Plan:
        """What `publish` would do."""

    def publish(self, new: Manifest, read: Read) -> Plan:
        """Bring the target to `new`."""

    def rollback(self) -> tuple[Manifest, Plan]:
        """Bring back the release before."""

    def close(self) -> None:
        """End the connection, if there is one."""


def target(goal: Goal, options: Options) -> Target:
    """Raises PublishError if it cannot be reached."""
    if goal.keep is not None:
        options.keep = goal.keep > 0
    place = Path(goal.address).expanduser()
    if goal.kind == "zip":
        from generator.publish.archive import Archive

        return Archive(place, options)
    if goal.kind == "releases":
        from generator.publish.releases import Releases

        return Releases(place, options, 5 if goal.keep is None else goal.keep)
    return InPlace(store(goal, place), options)


def store(goal: Goal, place: Path) -> Store:
    """The store of a target that is changed in place."""
    if goal.kind == "sftp":
        from generator.publish.sftp import Sftp

        return Sftp(goal)
    if goal.kind == "dav":
        from generator.publish.webdav import WebDav

        return WebDav(goal)
    from generator.publish.folder import Folder

    return Folder(place)


def need_audience(
    goal: Goal, public: bool, there: Manifest | None, what: str = "Dieses Wiki"
) -> None:
    """An internal site must never get to a public place.  Raises PublishError."""
    if public or goal.public is False:
        return
    if goal.public:
        raise PublishError(
            f"{what} ist für den interkommunalen Gebrauch gebaut, das Ziel aber ist öffentlich: Dort ständen "
            "vertrauliche Einträge und interne Felder. Es wurde nichts übertragen. Bitte so bauen: "
            "wissen build --public"
        )
    if there and there.public:
        raise PublishError(
            f"An diesem Ziel liegt ein öffentlicher Bau, {what[0].lower()}{what[1:]} aber ist für den interkommunalen "
            "Gebrauch gebaut. Es wurde nichts übertragen. Entweder mit „wissen build --public“ bauen, "
            "oder, wenn dort nur noch intern gelesen wird, in mkdocs.yml beim Ziel „public: false“ setzen."
        )

"""A git repository for tests, whose commits have the dates that a test gives them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Repository:
    """A work tree under construction."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01") -> str:
        moment = f"{day}T12:00:00+0100"
        identity = {
            "GIT_AUTHOR_NAME": "Geheime Person", "GIT_AUTHOR_EMAIL": "person@geheim.example",
            "GIT_COMMITTER_NAME": "Geheime Person", "GIT_COMMITTER_EMAIL": "person@geheim.example",
            "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }  # fmt: skip
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env={**os.environ, **identity}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def commit(self, day: str) -> None:
        """Commit everything there is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Änderung", day=day)

"""The editors' everyday words: reading and checking ``suche/synonyme.yml``.

The file holds groups::

    gruppen:
      - begriff: Selbstbedienungsterminal
        auch: [Kiosk, Bürgerterminal]      # means the same, in both directions
        siehe: [Passbildautomat]           # related, only shown as "Verwandte Begriffe"
        thema: Bürgerservice

Reading never fails: whatever is wrong becomes a `Problem` and the rest is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from generator.records.problems import Problem, Severity, allowed, did_you_mean, quoted
from generator.records.source import Source, read_source
from generator.records.yaml_reader import Data, Path, YamlProblem, read_yaml
from generator.search.analysis import fold
from generator.search.synonyms import Group, phrase

SYNONYMS = "suche/synonyme.yml"  # in a content folder
_KEYS = ("begriff", "auch", "siehe", "thema")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word and where it stands."""

    text: str
    path: Path
    line: int  # counted from 1


def read_synonyms(file: FilePath, shown: str = "") -> tuple[tuple[Group, ...], tuple[Problem, ...]]:
    """Groups and problems of one synonym file; a missing file has neither."""
    if not file.is_file():
        return (), ()
    return _groups(read_source(file, shown or file.as_posix()))


def parse_synonyms(text: str, shown: str) -> tuple[tuple[Group, ...], tuple[Problem, ...]]:
    """Groups and problems of the text of a synonym file."""
    source = Source(shown)
    try:
        source.document = read_yaml(text)
    except YamlProblem as error:
        source.add(Severity.ERROR, error.code, error.message, error.line, error.column)
    return _groups(source)


def _groups(source: Source) -> tuple[tuple[Group, ...], tuple[Problem, ...]]:
    root = source.document.root
    if root is None:
        return (), tuple(source.problems)
    reader = _Reader(source)
    groups = tuple(reader.groups(root))
    reader.check_across()
    return groups, tuple(sorted(source.problems, key=lambda p: p.sort_key))


class _Reader:
    """Reads groups one by one and notes every word, so that the next group can be compared."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: dict[tuple[str, ...], tuple[int, _Entry, bool]] = {}
        """Phrase → (group number, where, whether it is the group's main word)."""
        self._topics: tuple[str, ...] = ()
        self._related: list[tuple[int, _Entry]] = []

    def _report(
        self, path: Path, code: str, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        self._source.add_at(path, severity, code, message)

    def groups(self, root: Data) -> Iterator[Group]:
        """Each readable group; problems are noted on the way."""
        entries = root.get("gruppen") if isinstance(root, dict) else None
        topics = root.get("themen") if isinstance(root, dict) else None
        self._topics = tuple(topics) if isinstance(topics, dict) else ()
        if not isinstance(entries, list):
            self._report((), "synonyme-form", "Erwartet wird eine Liste unter „gruppen:“.")
            return
        for number, entry in enumerate(entries):
            group = self._group(number, entry)
            if group is not None:
                yield group

    def _group(self, number: int, entry: Data) -> Group | None:
        path: Path = ("gruppen", number)
        if not isinstance(entry, dict):
            self._report(path, "synonyme-form", "Eine Gruppe braucht „begriff:“ und „auch:“.")
            return None
        for key in entry:
            if key not in _KEYS:
                message = f"Das Feld {quoted(key)} gibt es hier nicht.{did_you_mean(key, _KEYS)}{allowed(_KEYS)}"
                self._report((*path, key), "synonyme-feld", message)
        topic = entry.get("thema")
        if topic is not None and self._topics and topic not in self._topics:
            message = f"Das Thema {quoted(str(topic))} steht nicht in der Liste „themen“.{did_you_mean(str(topic), self._topics)}"
            self._report((*path, "thema"), "synonyme-thema", message)
        begriff = self._texts(entry.get("begriff"), (*path, "begriff"))
        if len(begriff) != 1:
            self._report(path, "synonyme-begriff", "Der Gruppe fehlt ihr „begriff“.")
            return None
        auch = self._texts(entry.get("auch"), (*path, "auch"))
        siehe = self._texts(entry.get("siehe"), (*path, "siehe"))
        if not auch and not siehe:
            message = f"Zu {quoted(begriff[0].text)} steht weder „auch“ noch „siehe“."
            self._report(begriff[0].path, "synonyme-leer", message)
        auch = [word for word in auch if self._own(number, word, begriff[0])]
        self._own(number, begriff[0], None)
        self._related += [(number, word) for word in siehe]
        return Group(begriff[0].text, tuple(w.text for w in auch), tuple(w.text for w in siehe))

    def _texts(self, value: Data, path: Path) -> list[_Entry]:
        """The words of a field: one, or a list of them."""
        if value is None:
            return []
        items = (
            [(item, (*path, n)) for n, item in enumerate(value)]
            if isinstance(value, list)
            else [(value, path)]
        )
        found = []
        for item, place in items:
            if not isinstance(item, str) or not phrase(item.strip()):
                self._report(place, "synonyme-wort", "Hier wird ein Wort erwartet.")
                continue
            found.append(_Entry(item.strip(), place, self._source.locate(place)[0] + 1))
        return found

    def _own(self, number: int, entry: _Entry, begriff: _Entry | None) -> bool:
        """Note the word for its group; False if the group already has it."""
        key = phrase(entry.text)
        if begriff is not None and key == phrase(begriff.text):
            if fold(entry.text) == fold(begriff.text):
                message = f"{quoted(entry.text)} ist schon der Begriff der Gruppe."
                self._report(entry.path, "synonyme-doppelt", message, Severity.WARNING)
            return False
        first = self._seen.get(key)
        if first is None:
            self._seen[key] = (number, entry, begriff is None)
            return True
        if first[0] == number:
            if fold(entry.text) == fold(first[1].text):
                message = (
                    f"{quoted(entry.text)} steht schon in dieser Gruppe (Zeile {first[1].line})."
                )
                self._report(entry.path, "synonyme-doppelt", message, Severity.WARNING)
            return False
        if _bare(entry.text) == _bare(first[1].text):
            message = (
                f"{quoted(entry.text)} gehört schon zur Gruppe in Zeile {first[1].line}. Jedes Wort "
                "darf nur in einer Gruppe stehen: bitte zusammenführen oder streichen."
            )
            self._report(entry.path, "synonyme-kette", message)
        else:
            message = (
                f"{quoted(entry.text)} ist für die Suche dasselbe Wort wie {quoted(first[1].text)} "
                f"(Zeile {first[1].line}) in einer anderen Gruppe."
            )
            self._report(entry.path, "synonyme-mehrdeutig", message, Severity.WARNING)
        return True

    def check_across(self) -> None:
        """What contradicts itself: related and the same at once."""
        for number, entry in self._related:
            first = self._seen.get(phrase(entry.text))
            if first is None or not first[2]:
                message = f"Zu {quoted(entry.text)} gibt es keine Gruppe mit diesem Begriff."
                self._report(entry.path, "synonyme-siehe", message, Severity.WARNING)
            if first is not None and first[0] == number:
                message = (
                    f"{quoted(entry.text)} steht unter „siehe“ und ist zugleich gleichbedeutend "
                    f"(Zeile {first[1].line}). Eines von beiden streichen."
                )
                self._report(entry.path, "synonyme-widerspruch", message)


def _bare(text: str) -> str:
    """A text without case, umlauts, spaces and hyphens."""
    return re.sub(r"[\W_]+", "", fold(text))

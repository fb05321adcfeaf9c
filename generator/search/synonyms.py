"""The editors' everyday words: ``suche/synonyme.yml`` and the synonyms of the glossary.

The file holds groups::

    gruppen:
      - begriff: Selbstbedienungsterminal
        auch: [Kiosk, Bürgerterminal]      # means the same, in both directions
        siehe: [Passbildautomat]           # related, only shown as "Andere suchten auch"
        thema: Bürgerservice

Reading never fails: whatever is wrong becomes a ``Problem`` and the rest is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.search.analysis import fold, normalise, stem_folded, words
from generator.search.stopwords import is_stop_word

_KEYS = ("begriff", "auch", "siehe", "thema")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the synonym file, in plain data."""

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: str = "error"
    """``error`` or ``warning``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean the same."""

    begriff: str
    auch: tuple[str, ...]
    siehe: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the group, the main one first."""
        return (self.begriff, *self.auch)


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    line: int
    column: int


def phrase(text: str) -> tuple[str, ...]:
    """The stems of a word or phrase as a query or a document would have them."""
    whole = [word for word in words(normalise(text)) if word.whole]
    meaning = [word for word in whole if not is_stop_word(word.surface, word.folded)]
    return tuple(stem_folded(word.folded) for word in meaning or whole)


def read_synonyms(path: Path) -> tuple[tuple[Group, ...], tuple[Problem, ...]]:
    """Groups and problems of one synonym file; a missing file has neither."""
    if not path.is_file():
        return (), ()
    return parse_synonyms(path.read_text(encoding="utf-8-sig"), path.as_posix())


def parse_synonyms(text: str, path: str) -> tuple[tuple[Group, ...], tuple[Problem, ...]]:
    """Groups and problems of the text of a synonym file."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        detail = getattr(error, "problem", None) or "unlesbar"
        message = f"Die Datei ist kein gültiges YAML: {detail}."
        return (), (Problem(path, line, column, "synonyme-yaml", message),)
    reader = _Reader(path)
    groups = tuple(reader.groups(root))
    reader.check_across()
    problems = sorted(reader.problems, key=lambda p: (p.line, p.column, p.code))
    return groups, tuple(problems)


def merge_groups(*sources: Iterable[Group]) -> tuple[Group, ...]:
    """Groups of several sources as one list; a later group with the same term adds to it."""
    merged: dict[str, Group] = {}
    for group in (group for source in sources for group in source):
        key = fold(group.begriff)
        old = merged.get(key)
        if old is None:
            merged[key] = group
            continue
        auch = tuple(dict.fromkeys((*old.auch, *group.auch)))
        siehe = tuple(dict.fromkeys((*old.siehe, *group.siehe)))
        merged[key] = Group(old.begriff, auch, siehe)
    return tuple(merged.values())


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, ...], tuple[int, _Entry, bool]] = {}
        """Phrase → (group number, where, whether it is the group's main word)."""
        self._topics: set[str] = set()
        self._related: list[tuple[int, _Entry]] = []

    def _report(
        self, where: _Entry | yaml.Node, code: str, message: str, severity: str = "error"
    ) -> None:
        if isinstance(where, yaml.Node):
            line, column = where.start_mark.line + 1, where.start_mark.column + 1
        else:
            line, column = where.line, where.column
        self.problems.append(Problem(self._path, line, column, code, message, severity))

    def groups(self, root: yaml.Node | None) -> Iterator[Group]:
        """Each readable group; problems are noted on the way."""
        if root is None:
            return
        fields = dict(self._pairs(root)) if _is_map(root) else {}
        self._topics = {str(key.value) for key, _ in getattr(fields.get("themen"), "value", ())}
        entries = fields.get("gruppen")
        if not isinstance(entries, yaml.SequenceNode):
            self._report(root, "synonyme-form", "Erwartet wird eine Liste unter „gruppen:“.")
            return
        for number, node in enumerate(entries.value):
            group = self._group(number, node)
            if group is not None:
                yield group

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            yield str(key.value), value

    def _group(self, number: int, node: yaml.Node) -> Group | None:
        if not _is_map(node):
            self._report(node, "synonyme-form", "Eine Gruppe braucht „begriff:“ und „auch:“.")
            return None
        fields: dict[str, yaml.Node] = {}
        for key, value in self._pairs(node):
            if key not in _KEYS:
                known = ", ".join(_KEYS)
                self._report(value, "synonyme-feld", f"Unbekanntes Feld „{key}“. Es gibt: {known}.")
            elif key in fields:
                self._report(value, "synonyme-feld", f"Das Feld „{key}“ steht zweimal.")
            fields[key] = value
        topic = fields.get("thema")
        if topic is not None and self._topics and topic.value not in self._topics:
            message = f"Das Thema „{topic.value}“ steht nicht in der Liste „themen“."
            self._report(topic, "synonyme-thema", message)
        begriff = self._texts(fields.get("begriff"))
        if len(begriff) != 1:
            self._report(node, "synonyme-begriff", "Der Gruppe fehlt ihr „begriff“.")
            return None
        auch, siehe = self._texts(fields.get("auch")), self._texts(fields.get("siehe"))
        if not auch and not siehe:
            message = f"Zu „{begriff[0].text}“ steht weder „auch“ noch „siehe“."
            self._report(begriff[0], "synonyme-leer", message)
        auch = [entry for entry in auch if self._own(number, entry, begriff[0])]
        self._own(number, begriff[0], None)
        self._related += [(number, entry) for entry in siehe]
        return Group(
            begriff[0].text,
            tuple(entry.text for entry in auch),
            tuple(entry.text for entry in siehe),
        )

    def _texts(self, node: yaml.Node | None) -> list[_Entry]:
        """The words of a field: one, or a list of them."""
        if node is None:
            return []
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = []
        for item in nodes:
            text = item.value.strip() if isinstance(item, yaml.ScalarNode) else ""
            if not text or not phrase(text):
                self._report(item, "synonyme-wort", "Hier wird ein Wort erwartet.")
                continue
            found.append(_Entry(text, item.start_mark.line + 1, item.start_mark.column + 1))
        return found

    def _own(self, number: int, entry: _Entry, begriff: _Entry | None) -> bool:
        """Note the word for its group; False if the group already has it."""
        key = phrase(entry.text)
        if begriff is not None and key == phrase(begriff.text):
            if fold(entry.text) == fold(begriff.text):
                message = f"„{entry.text}“ ist schon der Begriff der Gruppe."
                self._report(entry, "synonyme-doppelt", message, "warning")
            return False
        first = self._seen.get(key)
        if first is None:
            self._seen[key] = (number, entry, begriff is None)
            return True
        if first[0] == number:
            if fold(entry.text) == fold(first[1].text):
                message = f"„{entry.text}“ steht schon in dieser Gruppe (Zeile {first[1].line})."
                self._report(entry, "synonyme-doppelt", message, "warning")
            return False
        if _bare(entry.text) == _bare(first[1].text):
            message = (
                f"„{entry.text}“ gehört schon zur Gruppe in Zeile {first[1].line}. Jedes Wort "
                "darf nur in einer Gruppe stehen: bitte zusammenführen oder streichen."
            )
            self._report(entry, "synonyme-kette", message)
        else:
            message = (
                f"„{entry.text}“ ist für die Suche dasselbe Wort wie „{first[1].text}“ "
                f"(Zeile {first[1].line}) in einer anderen Gruppe."
            )
            self._report(entry, "synonyme-mehrdeutig", message, "warning")
        return True

    def check_across(self) -> None:
        """What contradicts itself: related and the same at once."""
        for number, entry in self._related:
            first = self._seen.get(phrase(entry.text))
            if first is None or not first[2]:
                message = f"Zu „{entry.text}“ gibt es keine Gruppe mit diesem Begriff."
                self._report(entry, "synonyme-siehe", message, "warning")
            if first is not None and first[0] == number:
                message = (
                    f"„{entry.text}“ steht unter „siehe“ und ist zugleich gleichbedeutend "
                    f"(Zeile {first[1].line}). Eines von beiden streichen."
                )
                self._report(entry, "synonyme-widerspruch", message)


def _bare(text: str) -> str:
    """A text without case, umlauts, spaces and hyphens."""
    return re.sub(r"[\W_]+", "", fold(text))


def _is_map(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)


def phrases(groups: Sequence[Group]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Phrase → numbers of the groups it belongs to."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, group in enumerate(groups):
        for text in group.words:
            key = phrase(text)
            if key and number not in found.setdefault(key, []):
                found[key].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}

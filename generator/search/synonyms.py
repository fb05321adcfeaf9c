"""Words that mean the same: groups, how they are merged, and the stems by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.search.analysis import fold, normalise, stem_folded, words
from generator.search.stopwords import is_stop_word


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


@lru_cache(maxsize=1 << 14)
def phrase(text: str) -> tuple[str, ...]:
    """The stems of a word or phrase as a query or a document would have them."""
    whole = [word for word in words(normalise(text)) if word.whole]
    meaning = [word for word in whole if not is_stop_word(word.surface, word.folded)]
    return tuple(stem_folded(word.folded) for word in meaning or whole)


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


def phrases(groups: Sequence[Group]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Phrase → numbers of the groups it belongs to."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, group in enumerate(groups):
        for text in group.words:
            key = phrase(text)
            if key and number not in found.setdefault(key, []):
                found[key].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}

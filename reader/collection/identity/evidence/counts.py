"""What the whole collection says about names and words: how many documents have them, how many people may bear them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from math import log2
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.evidence.common_names import CommonNames
from reader.collection.identity.evidence.crossing import CrossingName, NameKind
from reader.names import tables

Weight = float
"""Evidence in bits: 1 doubles the odds that two entities are one."""

_FEWEST_DOCUMENTS: Final = 64
"""A collection counts as having at least this many, so that a handful of documents does not make everything common."""
_PRIOR: Final = 2.0
"""Bits that a shared name must exceed: documents that share a name already are about related matters."""
_MOST: Final = {
    NameKind.LISTED: 0.5,
    NameKind.FULL: 5.0,
    NameKind.PROPER: 4.0,
    NameKind.SITE: 2.0,
    NameKind.GENERIC: 0.0,
    NameKind.INITIALS: 1.0,
    NameKind.ACRONYM: 1.0,
    NameKind.SINGLE: 0.5,
}
"""The most that a name of a kind counts if two documents have it."""
_FIXED: Final = 0.5
"""Kinds of names that count at most this much count the same however frequent they are."""
_FREQUENT_SHARE: Final = 3
"""A name that more than one of so many documents has is frequent."""
_STEPS: Final = 4
"""Weights are rounded to such a part of a bit, so that one more document rarely changes any."""
_COMMON_FACTOR: Final = 0.5
"""Factor on a companion whose own name is common."""
_EVERYDAY_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "president minister chairman chairwoman chief executive director manager spokesman spokeswoman spokesperson"
        " official officer lawyer attorney judge senator mayor governor player coach teacher doctor professor analyst"
        " leader member secretary general captain commander reporter journalist author writer actor actress singer"
        " student worker owner founder head company group party team firm bank agency organization",
    )
)
"""Words that describe many people and bodies of the news."""
_EVERYDAY: Final = 2.0
_OCCUPATION: Final = 3.0
_OTHER_WORD: Final = 1.0


class CollectionCounts:
    """Counts over the documents of a collection, updated as documents are added and removed."""

    def __init__(self) -> None:
        self.documents: dict[str, frozenset[str]] = {}
        """The keys of the names in each document."""
        self.frequency: Counter[str] = Counter()
        """The number of documents that have a name, by key."""
        self._names: dict[str, CrossingName] = {}
        self._common = CommonNames()

    def add(self, document: str, appearances: Collection[EntityAppearance]) -> None:
        """Count a document."""
        names = {key: name for appearance in appearances for key, name in appearance.names.items()}
        self.documents[document] = frozenset(names)
        self.frequency.update(names.keys())
        for key, name in names.items():
            if key not in self._names:
                self._names[key] = name
                self._common.add(name)

    def remove(self, document: str) -> None:
        """Count a document no longer."""
        for key in self.documents.pop(document, ()):
            self.frequency[key] -= 1
            if not self.frequency[key]:
                del self.frequency[key]
                self._common.remove(self._names.pop(key))

    def name(self, key: str) -> CrossingName:
        """Return the name with a key."""
        return self._names[key]

    @property
    def size(self) -> int:
        """The number of documents as weights use it: a power of two, so that a few more change nothing."""
        return max(_FEWEST_DOCUMENTS, 1 << (len(self.documents) - 1).bit_length()) if self.documents else 0

    def is_common(self, key: str) -> bool:
        """Return whether several people may well have a person's full name. Valid after `update_common`."""
        return key in self._common

    def is_very_common(self, key: str) -> bool:
        """Return whether a common full name has a very frequent surname, or is common by the collection's own names."""
        surname = self._names[key].tokens[-1]
        return key in self._common and tables.surnames().get(surname) != "sometimes"

    def update_common(self) -> set[str]:
        """Find out which full names are common. Return the keys of those that have become so, or no longer are."""
        return self._common.update()

    def companion_weight(self, key: str, inside: int) -> Weight:
        """Return how much it says that two documents with namesakes both have another name.

        Args:
            key: The key of the other name.
            inside: How many documents that have the namesakes have it: only its frequency elsewhere makes it common.
        """
        name = self._names.get(key)
        if name is None:
            return 0.0
        most = _MOST[name.kind]
        if most <= _FIXED:
            return most
        if self._is_everywhere(key, inside):
            return 0.0
        outside = max(0, self.frequency[key] - inside)
        weight = log2(self.size / (outside + 2)) - _PRIOR
        if key in self._common:
            weight *= _COMMON_FACTOR
        return max(0.0, min(most, round(weight * _STEPS) / _STEPS))

    def varies(self, key: str) -> bool:
        """Return whether the weight of a name changes with the number of documents that have it."""
        name = self._names.get(key)
        return name is not None and _MOST[name.kind] > _FIXED

    def _is_everywhere(self, key: str, inside: int) -> bool:
        """Return whether a name is so frequent, also outside some documents, that it says nothing about them."""
        frequency = self.frequency[key]
        return frequency * _FREQUENT_SHARE > self.size and frequency > _FREQUENT_SHARE * inside


def word_weight(word: str) -> Weight:
    """Return how much it says that two documents describe namesakes with the same word."""
    if word in _EVERYDAY_WORDS:
        return _EVERYDAY if word in tables.occupations() else _OTHER_WORD / 2
    return _OCCUPATION if word in tables.occupations() else _OTHER_WORD


def telling_words(words: Iterable[str]) -> set[str]:
    """Return the words of a description that do not describe many bodies: "bakery", not "company"."""
    return {word for word in words if word not in _EVERYDAY_WORDS}

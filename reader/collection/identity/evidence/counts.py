"""What the whole collection says about names: how many documents have them, how many people may bear them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from math import log2
from typing import Final

from reader.collection.identity.names.business_words import names_a_newspaper
from reader.collection.identity.names.crossing import CrossingName, NameKind
from reader.names import tables
from reader.structures.named_tuple import NamedTuple

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


class CollectionCounts(NamedTuple):
    """What a collection says about the names in some of its documents."""

    size: int
    """The number of documents in the collection as weights use it. See `collection_size`."""
    documents: Mapping[str, frozenset[str]]
    """The keys of the names in each of these documents."""
    frequency: Mapping[str, int]
    """The number of documents of the collection that have a name, by key."""
    names: Mapping[str, CrossingName]
    """The names by key."""
    common: Set[str]
    """The keys of the full names that several people may well have."""
    shorter: Mapping[str, str]
    """For the key of a full name with middle names, what `key_without_middle_names` returns."""

    def is_very_common(self, key: str) -> bool:
        """Return whether a common full name has a very frequent surname, or is common by the collection's own names."""
        return key in self.common and tables.surnames().get(self.names[key].tokens[-1]) != "sometimes"

    def companion_weight(self, key: str, inside: int) -> Weight:
        """Return how much it says that two documents with namesakes both have another name.

        Args:
            key: The key of the other name.
            inside: How many documents that have the namesakes have it: only its frequency elsewhere makes it common.
        """
        name = self.names.get(key)
        if name is None:
            return 0.0
        weight = companion_weight(
            name.kind, self.frequency[key], self.size, inside=inside, is_common=key in self.common
        )
        return min(weight, _FIXED) if names_a_newspaper(name.tokens) else weight


def collection_size(documents: int) -> int:
    """Return the number of documents as weights use it: a power of two, so that a few more change nothing."""
    return max(_FEWEST_DOCUMENTS, 1 << (documents - 1).bit_length()) if documents else 0


def weight_varies(kind: NameKind) -> bool:
    """Return whether the weight of a name of this kind changes with the number of documents that have it."""
    return _MOST[kind] > _FIXED


def companion_weight(kind: NameKind, frequency: int, size: int, *, inside: int, is_common: bool) -> Weight:
    """Return how much it says that two documents with namesakes both have another name.

    Args:
        kind: The kind of the other name.
        frequency: The number of documents that have it.
        size: The size of the collection, from `collection_size`.
        inside: How many documents that have the namesakes have it: only its frequency elsewhere makes it common.
        is_common: Whether several people may well have it.
    """
    most = _MOST[kind]
    if most <= _FIXED:
        return most
    # A name that is so frequent, also outside these documents, says nothing about them.
    if frequency * _FREQUENT_SHARE > size and frequency > _FREQUENT_SHARE * inside:
        return 0.0
    weight = log2(size / (max(0, frequency - inside) + 2)) - _PRIOR
    if is_common:
        weight *= _COMMON_FACTOR
    return max(0.0, min(most, round(weight * _STEPS) / _STEPS))

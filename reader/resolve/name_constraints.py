"""The user's constraints on the names of one document: the same, different, and preferred as the canonical one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Final

from reader.names.normal import surface
from reader.resolve.clustering.clusters import Pair, must_link_groups
from reader.resolve.clustering.user_pairs import UserPairs
from reader.resolve.resolution import Constraints, Name
from reader.structures.named_tuple import NamedTuple


class NameConstraints(NamedTuple):
    """The user's constraints on the names that a document has."""

    same: frozenset[Pair]
    different: frozenset[Pair]
    preferred: dict[Name, tuple[int, str]]


NO_CONSTRAINTS: Final = NameConstraints(frozenset(), frozenset(), {})


def constraints_on_names(constraints: Constraints, names: Collection[Name]) -> NameConstraints:
    """Return constraints as pairs of the names that a document has; clustering drops contradicted must-links."""
    if not (constraints.same or constraints.different or constraints.preferred):
        return NO_CONSTRAINTS
    by_text: dict[str, list[Name]] = {}
    for name in names:
        by_text.setdefault(name.text, []).append(name)
    linked = must_link_groups(constraints.same)

    def own_names(name: Name) -> list[Name]:
        """The names of the document that a constraint refers to: by text and label, or else by text."""
        exact = Name(surface(name.text), name.label)
        return [exact] if exact in names else by_text.get(exact.text, [])

    def present_names(name: Name) -> list[Name]:
        """The same names, or else those of the document that must-links join with the constraint's name."""
        return own_names(name) or [present for alias in linked.get(name, ()) for present in own_names(alias)]

    def pairs(constrained: Iterable[tuple[Name, Name]]) -> frozenset[Pair]:
        return frozenset(
            (a, b) if a < b else (b, a)
            for left, right in constrained
            for a in present_names(left)
            for b in present_names(right)
            if a != b
        )

    preferred: dict[Name, tuple[int, str]] = {}
    for rank, (name, text) in enumerate(constraints.preferred):
        preferred.update(dict.fromkeys(own_names(name), (rank, text)))
    same = pairs(constraints.same)
    different = pairs(constraints.different)
    if constraints.said and different and _contradict(same, different):
        same, different = _latest([(joined, pairs([(a, b)])) for joined, a, b in constraints.said])
    linked_names = (name for must_link in constraints.same for name in must_link)
    same |= {pair for name in linked_names for pair in pairwise(sorted(own_names(name)))}
    return NameConstraints(same, different, preferred)


def changed_names(old: NameConstraints, new: NameConstraints) -> set[Name]:
    """Return the names whose constraints have changed."""
    names = {name for pair in (old.same ^ new.same) | (old.different ^ new.different) for name in pair}
    return names | {name for name, _ in old.preferred.items() ^ new.preferred.items()}


def _contradict(same: Iterable[Pair], different: Iterable[Pair]) -> bool:
    """Return whether must-links and cannot-links contradict each other.

    They may even if the decisions did not: names that differed in label then may be the same pair now.
    """
    pairs = UserPairs()
    for pair in same:
        pairs.join(pair)
    return any(pairs.joined(a, b) for a, b in different)


def _latest(said: list[tuple[bool, frozenset[Pair]]]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Return the must-links and cannot-links that no later one contradicts."""
    latest = UserPairs()
    for joined, pairs in reversed(said):
        for a, b in sorted(pairs):
            if joined:
                latest.join((a, b))
            else:
                latest.keep_apart((a,), (b,))
    return frozenset(latest.same), frozenset(latest.different)

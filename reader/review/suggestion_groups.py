"""Suggestions that hang together: which entities a review asks about in one question."""

from __future__ import annotations

from collections.abc import Iterator

from reader.annotate import constraints
from reader.reading import Reading
from reader.resolve import Suggestion


class Groups:
    """Entities that suggestions connect; none is apart from another of its group by the user's word or the text's."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kept_apart = _kept_apart(reading)
        self._members: dict[str, tuple[str, ...]] = {}
        self._root: dict[str, str] = {}
        self._held: dict[str, list[Suggestion]] = {}
        self.left_over: list[Suggestion] = []
        """Those between two groups that must not become one."""

    def root(self, id: str) -> str:
        """Return what stands for the group of an entity."""
        return self._root.get(id, id)

    def join(self, suggestion: Suggestion) -> None:
        """Put two groups together; suggestions come the surest first."""
        a, b = self.root(suggestion.a), self.root(suggestion.b)
        if a == b:
            return
        ones, others = self._members.pop(a, (a,)), self._members.pop(b, (b,))
        if len(ones) + len(others) > 2 and any(self._apart(one, other) for one in ones for other in others):
            self._members |= {a: ones, b: others}
            self.left_over.append(suggestion)
            return
        self._members[a] = ones + others
        self._root.update(dict.fromkeys(others, a))
        self._held[a] = [*self._held.get(a, ()), *self._held.pop(b, ()), suggestion]

    def _apart(self, one: str, other: str) -> bool:
        left, right = (self._reading.names_of(self._reading.resolution.by_id[each]) for each in (one, other))
        return frozenset((one, other)) in self._kept_apart or self._reading.told_apart(left, right)

    def clusters(self) -> Iterator[tuple[tuple[str, ...], list[Suggestion]]]:
        """Yield the groups of two and more, and the suggestions that hold them together, the surest first."""
        for root, ids in self._members.items():
            if len(ids) > 1:
                yield ids, sorted(self._held[root], key=lambda each: -each.score)


def _kept_apart(reading: Reading) -> set[frozenset[str]]:
    """Return the pairs of entities that the user keeps apart."""
    pairs = constraints(reading.decisions).different
    return {
        frozenset((one.id, other.id))
        for a, b in pairs
        for one in reading.entities_with(a)
        for other in reading.entities_with(b)
    }

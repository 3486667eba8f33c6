"""The pairs of names that the user called the same or different; no pair is both."""

from __future__ import annotations

from dataclasses import field

from reader.resolve.resolution import Name
from reader.structures.lazy_dataclass import dataclass
from reader.structures.union_find import UnionFind


@dataclass(slots=True)
class UserPairs:
    """Pairs of names that do not contradict each other, directly or through chains of names.

    Of two pairs that contradict each other, the one that is added first is kept.
    """

    same: list[tuple[Name, Name]] = field(default_factory=list)
    """Must-links."""
    different: list[tuple[Name, Name]] = field(default_factory=list)
    """Cannot-links."""
    ordered: list[tuple[bool, Name, Name]] = field(default_factory=list)
    """All pairs in the order in which they were added, and whether each is a must-link."""
    _sets: UnionFind[Name] = field(default_factory=UnionFind)

    def join(self, names: tuple[Name, ...]) -> None:
        """Link each name to the first earlier name that it is not kept apart from."""
        heads: list[Name] = []
        for name in names:
            head = next((head for head in heads if not self.apart(head, name)), None)
            if head is None:
                heads.append(name)
            elif self._sets.join(head, name):
                self.same.append((head, name))
                self.ordered.append((True, head, name))

    def keep_apart(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> None:
        """Keep each name on the left apart from each on the right, unless the two are linked."""
        for a in left:
            for b in right:
                if self._sets.keep_apart(a, b):
                    self.different.append((a, b))
                    self.ordered.append((False, a, b))

    def joined(self, a: Name, b: Name) -> bool:
        """Return whether must-links make two names one entity."""
        return self._sets.joined(a, b)

    def apart(self, a: Name, b: Name) -> bool:
        """Return whether cannot-links make two names two entities."""
        return self._sets.apart(a, b)

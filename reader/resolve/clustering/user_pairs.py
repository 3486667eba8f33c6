"""What is settled about pairs of names: one or two, never both."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.resolve.resolution import Name


@dataclass(slots=True)
class Settled:
    """Pairs that do not contradict each other: a union-find whose sets know which sets they must stay apart from.

    Of two that do, the one that comes first is kept.
    """

    same: list[tuple[Name, Name]] = field(default_factory=list)
    different: list[tuple[Name, Name]] = field(default_factory=list)
    said: list[tuple[bool, Name, Name]] = field(default_factory=list)
    """All of these in order, and whether they are one."""
    _parent: dict[Name, Name] = field(default_factory=dict)
    _apart: dict[Name, set[Name]] = field(default_factory=dict)

    def join(self, names: tuple[Name, ...]) -> None:
        """Link each name to the first of those before it that it may be one with."""
        heads: list[Name] = []
        for name in names:
            friend = next((head for head in heads if not self.apart(head, name)), None)
            if friend is None:
                heads.append(name)
            elif self._unite(friend, name):
                self.same.append((friend, name))
                self.said.append((True, friend, name))

    def part(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> None:
        """Keep each name on the left from each on the right, but for those already settled to be one."""
        for a in left:
            for b in right:
                root_a, root_b = self._root(a), self._root(b)
                if root_a != root_b:
                    self._apart.setdefault(root_a, set()).add(root_b)
                    self._apart.setdefault(root_b, set()).add(root_a)
                    self.different.append((a, b))
                    self.said.append((False, a, b))

    def one(self, a: Name, b: Name) -> bool:
        """Tell whether two names are settled to be one entity."""
        return self._root(a) == self._root(b)

    def apart(self, a: Name, b: Name) -> bool:
        """Tell whether two names are settled to be two entities."""
        return self._root(b) in self._apart.get(self._root(a), ())

    def _root(self, name: Name) -> Name:
        root = name
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(name, root)) != root:
            self._parent[name], name = root, above
        return root

    def _unite(self, a: Name, b: Name) -> bool:
        root_a, root_b = self._root(a), self._root(b)
        if root_a == root_b:
            return False
        self._parent[root_b] = root_a
        for other in self._apart.pop(root_b, ()):
            self._apart[other].discard(root_b)
            self._apart[other].add(root_a)
            self._apart.setdefault(root_a, set()).add(other)
        return True

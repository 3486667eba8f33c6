"""Disjoint sets with path compression (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class UnionFind(Generic[Item]):
    """Disjoint sets of items, some of which must stay apart.

    An item that was never joined is a set of its own; it needs no registration.
    """

    def __init__(self) -> None:
        self._parents: dict[Item, Item] = {}
        self._apart: dict[Item, set[Item]] = {}

    def root(self, item: Item) -> Item:
        """Return the item that represents the set of `item`."""
        root = item
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(item, root)) != root:
            self._parents[item], item = root, parent
        return root

    def joined(self, left: Item, right: Item) -> bool:
        """Return whether two items are in one set."""
        return self.root(left) == self.root(right)

    def join(self, left: Item, right: Item) -> bool:
        """Join the sets of two items; the root of `left` represents both. Return whether they were two sets.

        The joined set stays apart from every set that either of the two was kept apart from. Whether the two may be
        joined is for the caller to ask (`apart`).
        """
        left, right = self.root(left), self.root(right)
        if left == right:
            return False
        self._parents[right] = left
        for other in self._apart.pop(right, ()):
            self._apart[other].discard(right)
            if other != left:
                self._apart[other].add(left)
                self._apart.setdefault(left, set()).add(other)
        return True

    def keep_apart(self, left: Item, right: Item) -> bool:
        """Keep the sets of two items apart. Return whether they were two sets; one set cannot be kept apart."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return False
        self._apart.setdefault(left, set()).add(right)
        self._apart.setdefault(right, set()).add(left)
        return True

    def apart(self, left: Item, right: Item) -> bool:
        """Return whether the sets of two items are kept apart."""
        return self.root(right) in self._apart.get(self.root(left), ())

"""Disjoint sets with path compression (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class UnionFind(Generic[Item]):
    """Disjoint sets of items, with constraints that keep sets apart.

    Items need no registration: one that was never joined is a set of its own.
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

    def joined(self, first: Item, second: Item) -> bool:
        """Return whether two items are in one set."""
        return self.root(first) == self.root(second)

    def join(self, first: Item, second: Item) -> bool:
        """Join the sets of two items and return whether they were two sets; the root of `first` represents both.

        The joined set stays apart from all sets that either of them was kept apart from. Callers check beforehand with
        `apart` whether the two may be joined.
        """
        first, second = self.root(first), self.root(second)
        if first == second:
            return False
        self._parents[second] = first
        for root in self._apart.pop(second, ()):
            self._apart[root].discard(second)
            if root != first:
                self._apart[root].add(first)
                self._apart.setdefault(first, set()).add(root)
        return True

    def keep_apart(self, first: Item, second: Item) -> bool:
        """Keep the sets of two items apart. Return False if they are one set, which cannot be kept apart."""
        first, second = self.root(first), self.root(second)
        if first == second:
            return False
        self._apart.setdefault(first, set()).add(second)
        self._apart.setdefault(second, set()).add(first)
        return True

    def apart(self, first: Item, second: Item) -> bool:
        """Return whether the sets of two items are kept apart."""
        return self.root(second) in self._apart.get(self.root(first), ())

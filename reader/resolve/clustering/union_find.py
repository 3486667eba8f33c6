"""Disjoint sets of names, some of which must not join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reader.resolve.evidence.base import Evidence
from reader.resolve.resolution import Name


class Forest:
    """Sets of names that know which other sets they must not join."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.parent: dict[Name, Name] = {name: name for name in names}
        self.hard: defaultdict[Name, set[Name]] = defaultdict(set)
        self.soft: defaultdict[Name, set[Name]] = defaultdict(set)
        self.used: list[Evidence] = []

    def find(self, name: Name) -> Name:
        """Return what stands for the set of a name."""
        root = name
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[name] != root:
            self.parent[name], name = root, self.parent[name]
        return root

    def forbid(self, a: Name, b: Name, *, hard: bool) -> None:
        """Say that the sets of two names must not join; what the text itself says outweighs a soft veto."""
        a, b = self.find(a), self.find(b)
        if a != b:
            enemies = self.hard if hard else self.soft
            enemies[a].add(b)
            enemies[b].add(a)

    def apart(self, a: Name, b: Name, *, soft: bool) -> bool:
        """Say whether the sets of two names must not join."""
        a, b = self.find(a), self.find(b)
        return b in self.hard.get(a, ()) or (soft and b in self.soft.get(a, ()))

    def join(self, evidence: Evidence) -> None:
        """Join the sets of the two names that evidence is about."""
        a, b = sorted((self.find(evidence.a), self.find(evidence.b)))
        if a == b:
            return
        self.parent[b] = a
        for enemies in (self.hard, self.soft):
            for enemy in enemies.pop(b, ()):
                enemies[enemy].discard(b)
                if enemy != a:
                    enemies[enemy].add(a)
                    enemies[a].add(enemy)
        self.used.append(evidence)

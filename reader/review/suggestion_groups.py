"""Groups of suggestions: which entities a review asks about in one question."""

from __future__ import annotations

from collections.abc import Iterator

from reader.annotate import constraints
from reader.reading import Reading
from reader.resolve import Suggestion
from reader.structures.union_find import UnionFind


class SuggestionGroups:
    """Groups of entities that suggestions connect.

    Two entities that the user, the text or a rule keeps apart are never in one group.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kept_apart = _pairs_kept_apart(reading)
        self._groups = UnionFind[str]()
        self._members: dict[str, tuple[str, ...]] = {}
        """The entity ids of each group by its root."""
        self._suggestions: dict[str, list[Suggestion]] = {}
        """The suggestions that connect each group by its root."""
        self.unconnected: list[Suggestion] = []
        """Suggestions between two groups that must not become one."""

    def root(self, entity_id: str) -> str:
        """Return the entity id that represents the group of an entity."""
        return self._groups.root(entity_id)

    def connect(self, suggestion: Suggestion) -> None:
        """Join the groups of the two entities of a suggestion. Call it with the best suggestions first."""
        left_root, right_root = self.root(suggestion.a), self.root(suggestion.b)
        if left_root == right_root:
            return
        left_ids, right_ids = self._members.get(left_root, (left_root,)), self._members.get(right_root, (right_root,))
        if len(left_ids) + len(right_ids) > 2 and self._are_apart(left_ids, right_ids):
            self.unconnected.append(suggestion)
            return
        self._groups.join(left_root, right_root)
        self._members.pop(right_root, None)
        self._members[left_root] = left_ids + right_ids
        self._suggestions[left_root] = [
            *self._suggestions.get(left_root, ()),
            *self._suggestions.pop(right_root, ()),
            suggestion,
        ]

    def clusters(self) -> Iterator[tuple[tuple[str, ...], list[Suggestion]]]:
        """Yield the entity ids of each group of two or more, and the suggestions that connect it, best first."""
        for root, entity_ids in self._members.items():
            yield entity_ids, sorted(self._suggestions[root], key=lambda suggestion: -suggestion.score)

    def _are_apart(self, left_ids: tuple[str, ...], right_ids: tuple[str, ...]) -> bool:
        """Return whether any entity of one group is kept apart from one of the other."""
        return any(self._is_pair_apart(left_id, right_id) for left_id in left_ids for right_id in right_ids)

    def _is_pair_apart(self, left_id: str, right_id: str) -> bool:
        if frozenset((left_id, right_id)) in self._kept_apart:
            return True
        by_id = self._reading.resolution.by_id
        left_names, right_names = self._reading.names_of(by_id[left_id]), self._reading.names_of(by_id[right_id])
        return self._reading.told_apart(left_names, right_names)


def _pairs_kept_apart(reading: Reading) -> set[frozenset[str]]:
    """Return the pairs of entity ids that the user keeps apart."""
    return {
        frozenset((left_entity.id, right_entity.id))
        for left_name, right_name in constraints(reading.decisions).different
        for left_entity in reading.entities_with(left_name)
        for right_entity in reading.entities_with(right_name)
    }

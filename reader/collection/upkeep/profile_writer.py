"""Write the profiles of a collection: only the rows that differ from those in the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reader.collection.identity.profiles import ComponentProfiles, ProfileMember, ProfileSuggestion
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.entity_reader import StoredEntity
from reader.collection.storage.search_phrase import fold
from reader.structures.named_tuple import NamedTuple

_INSERT_PROFILE: Final = (
    "INSERT INTO profiles (id, key, name, label, folded, documents, mentions, first_day, last_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SUGGESTIONS: Final = (
    "SELECT s.a, s.b, pa.key, pb.key, s.entity_a, s.entity_b, s.rule, s.score, s.name_a, s.name_b, s.shared"
    " FROM suggestions s JOIN profiles pa ON pa.id = s.a JOIN profiles pb ON pb.id = s.b WHERE s.a IN ({})"
)

_SuggestionRow = tuple[int, int, str, float, str, str, str]
"""What the index keeps of a suggestion beside its profiles."""


class _StoredProfile(NamedTuple):
    """A profile as the index has it."""

    id: int
    values: tuple[object, ...]
    """Its name, its label, and what `_counts` returns."""
    entities: frozenset[int]


class _StoredSuggestion(NamedTuple):
    """A suggestion as the index has it."""

    a: int
    """The ids of its profiles in the index."""
    b: int
    row: _SuggestionRow


class ProfileWriter:
    """Writes the profiles of groups that were clustered again. Call every method within a transaction."""

    def __init__(
        self, storage: CollectionStorage, components: Iterable[int] | None, *, documents_changed: bool
    ) -> None:
        """Read what the index has.

        Args:
            storage: The index.
            components: The components of the groups that will be written; None for all of the index.
            documents_changed: Whether documents were added or removed since the profiles were written.
        """
        self._storage = storage
        self._documents_changed = documents_changed
        self._profiles: dict[str, _StoredProfile] = {}
        """The profiles of these groups in the index that were not written yet, by their keys."""
        self._suggestions: dict[tuple[str, str], _StoredSuggestion] = {}
        """The suggestions between them that were not made again yet, by the keys of their profiles."""
        if components is None:
            storage.rows("DELETE FROM profiles")
            storage.rows("DELETE FROM suggestions")
            storage.rows("UPDATE entities SET profile = 0 WHERE profile <> 0")
        else:
            if documents_changed:
                self._delete_profiles_without_entities()
            self._read(components)
        self._next_id = int(storage.rows("SELECT coalesce(max(id), 0) FROM profiles")[0][0]) + 1

    def _read(self, components: Iterable[int]) -> None:
        storage = self._storage
        sql = (
            "SELECT DISTINCT e.profile FROM crossing_names c JOIN entity_keys k ON k.name = c.id AND k.role < 2"
            " JOIN entities e ON e.id = k.entity WHERE c.component IN ({})"
        )
        ids = sorted({row[0] for row in rows_in_chunks(storage, sql, sorted(components))} - {0})
        entities: defaultdict[int, set[int]] = defaultdict(set)
        for profile, entity in rows_in_chunks(storage, "SELECT profile, id FROM entities WHERE profile IN ({})", ids):
            entities[profile].add(entity)
        sql = "SELECT id, key, name, label, documents, mentions, first_day, last_day FROM profiles WHERE id IN ({})"
        for id, key, *values in rows_in_chunks(storage, sql, ids):
            self._profiles[key] = _StoredProfile(id, tuple(values), frozenset(entities[id]))
        for a, b, a_key, b_key, *row in rows_in_chunks(storage, _SUGGESTIONS, ids):
            self._suggestions[a_key, b_key] = _StoredSuggestion(a, b, tuple(row))

    def write(self, groups: Iterable[ComponentProfiles], entities: Mapping[ProfileMember, StoredEntity]) -> None:
        """Write the profiles of some groups, and the suggestions between them.

        Args:
            groups: The profiles of each group.
            entities: Their entities in the index.
        """
        groups = list(groups)
        rows: list[tuple[object, ...]] = []
        moved: dict[int, int] = {}
        ids: dict[str, int] = {}
        for profile in (profile for group in groups for profile in group.profiles):
            members = [entities[member] for member in profile.members]
            stored = self._profiles.pop(profile.id, None)
            id = ids[profile.id] = stored.id if stored is not None else self._new_id()
            stored_members = stored.entities if stored is not None else frozenset[int]()
            moved |= ((entity.id, id) for entity in members if entity.id not in stored_members)
            name, label, *counts = values = (profile.name, profile.label, *_counts(members))
            if stored is None or stored.values != values:
                rows.append((id, profile.id, name, label, fold(profile.name), *counts))
        # In the order of the rows, since each page of them is then written once.
        self._storage.execute_many(
            "UPDATE entities SET profile = ? WHERE id = ?", [(moved[entity], entity) for entity in sorted(moved)]
        )
        self._storage.execute_many(
            f"{_INSERT_PROFILE} ON CONFLICT (id) DO UPDATE SET name = excluded.name, label = excluded.label,"
            " folded = excluded.folded, documents = excluded.documents, mentions = excluded.mentions,"
            " first_day = excluded.first_day, last_day = excluded.last_day",
            rows,
        )
        self._write_suggestions([item for group in groups for item in group.suggestions], ids, entities)

    def _write_suggestions(
        self,
        suggestions: Iterable[ProfileSuggestion],
        profiles: Mapping[str, int],
        entities: Mapping[ProfileMember, StoredEntity],
    ) -> None:
        outdated: list[tuple[int, int]] = []
        new: list[tuple[object, ...]] = []
        for item in suggestions:
            row: _SuggestionRow = (
                *(entities[item.members[0]].id, entities[item.members[1]].id),
                *(str(item.rule), item.score, *item.names, "; ".join(item.shared)),
            )
            stored = self._suggestions.pop((item.a, item.b), None)
            if stored is not None:
                if stored.row == row:
                    continue
                outdated.append((stored.a, stored.b))
            new.append((profiles[item.a], profiles[item.b], *row))
        self._delete_suggestions(outdated)
        self._storage.execute_many(
            "INSERT INTO suggestions (a, b, entity_a, entity_b, rule, score, name_a, name_b, shared)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new,
        )

    def finish(self) -> None:
        """Delete what is left of the groups, and give the other entities profiles."""
        self._delete_suggestions((stored.a, stored.b) for stored in self._suggestions.values())
        self._storage.execute_many(
            "DELETE FROM profiles WHERE id = ?", [(stored.id,) for stored in self._profiles.values()]
        )
        if self._documents_changed:
            self._add_lone_profiles()

    def _delete_profiles_without_entities(self) -> None:
        self._storage.rows("DELETE FROM profiles WHERE id NOT IN (SELECT profile FROM entities)")
        for column in ("a", "b"):
            self._storage.rows(f"DELETE FROM suggestions WHERE {column} NOT IN (SELECT id FROM profiles)")

    def _delete_suggestions(self, pairs: Iterable[tuple[int, int]]) -> None:
        # The index by `b` has fewer rows for a profile than that by `a`, the larger one of two.
        self._storage.execute_many("DELETE FROM suggestions WHERE +a = ? AND b = ?", list(pairs))

    def _add_lone_profiles(self) -> None:
        """Give each entity whose names cannot cross documents a profile of its own."""
        rows = self._storage.rows(
            "SELECT e.id, d.digest, e.number, e.name, e.label, e.mentions, d.day FROM entities e"
            " JOIN documents d ON d.id = e.document WHERE e.profile = 0 ORDER BY e.id"
        )
        numbered = [(self._new_id(), *row) for row in rows]
        self._storage.execute_many(
            "UPDATE entities SET profile = ? WHERE id = ?", [(profile, entity) for profile, entity, *_ in numbered]
        )
        self._storage.execute_many(
            _INSERT_PROFILE,
            [
                (id, f"{digest.removeprefix('sha256:')[:12]}-{entity}", name, label, fold(name), 1, mentions, day, day)
                for id, _, digest, entity, name, label, mentions, day in numbered
            ],
        )

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1


def _counts(entities: Sequence[StoredEntity]) -> tuple[int, int, str, str]:
    """Return the numbers of documents and mentions, and the first and the last day."""
    days = [entity.day for entity in entities if entity.day]
    documents = {entity.document for entity in entities}
    return (
        len(documents),
        sum(entity.mentions for entity in entities),
        min(days, default=""),
        max(days, default=""),
    )

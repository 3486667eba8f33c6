"""Bring the profiles of an index up to date with its documents and with the user's decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reader.collection.identity.evidence.counts import collection_size
from reader.collection.identity.group_profiles import Bonds, group_profiles
from reader.collection.identity.profile_decisions import DecidedIdentity
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.profile_state import (
    are_profiles_of_other_rules,
    ensure_profiles_token,
    mark_profiles_written,
    profiles_are_outdated,
    profiles_follow,
    profiles_size,
    profiles_token,
)
from reader.collection.upkeep.component_cache import ComponentCache
from reader.collection.upkeep.component_reader import load_components
from reader.collection.upkeep.decided_groups import DecidedGroups, Group
from reader.collection.upkeep.name_update import forget_names, update_names
from reader.collection.upkeep.profile_writer import ProfileWriter
from reader.collection.upkeep.saved_decisions import decisions_digest, identity_decisions, save_identity
from reader.collection.upkeep.update_progress import UpdateProgress, UpdateStep, no_progress
from reader.structures.garbage_pause import garbage_collection_paused

if TYPE_CHECKING:
    from reader.annotate.decisions import Decision

_MOST_ENTITIES: Final = 4_000
"""Entities that are read and clustered at once, unless one group has more."""


def update_profiles(
    storage: CollectionStorage, decisions: Sequence[Decision], progress: UpdateProgress = no_progress
) -> None:
    """Bring the profiles up to date. Call it within a transaction.

    Args:
        storage: The index.
        decisions: The general decisions in force, in the order in which they were made.
        progress: Is told how far the update is.

    Raises:
        CollectionError: The index cannot be read or written.
    """
    LiveProfiles(progress).update(storage, decisions)


class LiveProfiles:
    """Keeps the profiles of one index up to date, and in memory what the next decision may need again.

    An update clusters only the groups that new documents or decisions concern. Not safe for use by several threads at
    once.
    """

    def __init__(self, progress: UpdateProgress = no_progress) -> None:
        """Know nothing yet.

        Args:
            progress: Is told how far each update is.
        """
        self._progress = progress
        self._token = ""
        """The token of the profiles with which all the rest agrees, "" if it agrees with none."""
        self._groups: DecidedGroups | None = None
        self._cache = ComponentCache(0)
        self._clustered: dict[int, tuple[Group, Bonds]] = {}
        """For each component, the group and its bonds when it was clustered last, if that was after the documents last
        changed."""

    def follow(self, storage: CollectionStorage, decisions: Sequence[Decision]) -> None:
        """Make the profiles agree with the documents and with decisions, unless they do so already.

        Args:
            storage: The index.
            decisions: The general decisions in force, in the order in which they were made.

        Raises:
            CollectionError: The index cannot be read or written, or another process writes it.
        """
        if not profiles_follow(storage, decisions_digest(decisions)):
            with storage.lock(), storage.transaction():
                self.update(storage, decisions)
                self._token = ensure_profiles_token(storage)

    def prepare(self, storage: CollectionStorage, decisions: Sequence[Decision], profiles: Iterable[str]) -> None:
        """Do now what a decision about some profiles will need, while the user thinks about it.

        Does nothing if the profiles do not follow the decisions: then `follow` reads what it needs.

        Args:
            storage: The index.
            decisions: The general decisions in force, in the order in which they were made.
            profiles: The keys of the profiles.

        Raises:
            CollectionError: The index cannot be read, or another process writes it.
        """
        digest = decisions_digest(decisions)
        if not profiles_follow(storage, digest):
            return
        storage.settle()
        token = profiles_token(storage)
        if not token:
            with storage.lock(), storage.transaction():
                token = ensure_profiles_token(storage) if profiles_follow(storage, digest) else ""
        self._groups, self._token = self._known_groups(storage), token
        groups = {*map(self._groups.group_of, _components_of_profiles(storage, profiles))}
        components = [component for group in sorted(groups) for component in group]
        if components:
            evidence = self._cache.load(storage, components).evidence
            for component in components:
                evidence[component].complete()

    def update(self, storage: CollectionStorage, decisions: Sequence[Decision]) -> None:
        """Bring the profiles up to date. Call it within a transaction.

        Args:
            storage: The index.
            decisions: The general decisions in force, in the order in which they were made.

        Raises:
            CollectionError: The index cannot be read or written.
        """
        with garbage_collection_paused():
            groups = self._known_groups(storage)
            self._token = ""  # if this fails, the index and what is known differ
            size = collection_size(storage.rows("SELECT count(*) FROM documents")[0][0])
            documents_changed = profiles_are_outdated(storage) or are_profiles_of_other_rules(storage)
            dirty: set[int] = set()
            if documents_changed:
                if are_profiles_of_other_rules(storage):
                    forget_names(storage)
                dirty = update_names(storage, profiles_size(storage), size, self._progress)
                self._cache = ComponentCache(size)
            bound = groups.update(storage, identity_decisions(decisions), documents_changed=documents_changed)
            outdated = {group: groups.bonds_of(group) for group in {*map(groups.group_of, dirty.union(bound))}}
            if documents_changed:
                self._clustered.clear()
            else:
                outdated = {group: bonds for group, bonds in outdated.items() if not self._is_clustered(group, bonds)}
                self._clustered |= {c: (group, bonds) for group, bonds in outdated.items() for c in group}
            self._cluster(storage, outdated, groups.decided, dirty, documents_changed=documents_changed)
            save_identity(storage, groups.decided)
            mark_profiles_written(storage, decisions_digest(decisions), size)
            self._groups = groups

    def _known_groups(self, storage: CollectionStorage) -> DecidedGroups:
        if self._groups is not None and self._token and self._token == profiles_token(storage):
            return self._groups
        self._cache = ComponentCache(profiles_size(storage))
        self._clustered = {}
        return DecidedGroups(storage)

    def _is_clustered(self, group: Group, bonds: Bonds) -> bool:
        """Return whether a group was clustered with just these bonds."""
        return all(self._clustered.get(component) == (group, bonds) for component in group)

    def _cluster(
        self,
        storage: CollectionStorage,
        groups: Mapping[Group, Bonds],
        decided: DecidedIdentity,
        dirty: Collection[int],
        *,
        documents_changed: bool,
    ) -> None:
        """Cluster some groups, and write their profiles.

        Args:
            storage: The index.
            groups: The groups, and what the user's decisions say about the entities of each.
            decided: The decisions.
            dirty: The components whose documents have changed, or say something else than before.
            documents_changed: Whether any documents have changed.
        """
        components = {component for group in groups for component in group}
        is_all = documents_changed and components >= _all_components(storage)
        writer = ProfileWriter(storage, None if is_all else components, documents_changed=documents_changed)
        sizes = _sizes(storage, sorted(groups))
        total, finished = sum(sizes.values()), 0
        for chunk in _chunks(sizes):
            self._progress(UpdateStep.ENTITIES, finished, total)
            finished += sum(map(sizes.__getitem__, chunk))
            chosen = [component for group in chunk for component in group]
            if documents_changed:  # each of many components is needed once
                loaded = load_components(storage, chosen, self._cache.names)
            else:
                loaded = self._cache.load(storage, chosen)
            writer.write(
                (
                    group_profiles(
                        [loaded.evidence[component] for component in group], groups[group], loaded.documents, decided
                    )
                    for group in chunk
                ),
                loaded.entities,
            )
            if dirty:
                _mark_weighed(storage, [number for number in chosen if loaded.evidence[number].shares_names])
        writer.finish()


def _components_of_profiles(storage: CollectionStorage, profiles: Iterable[str]) -> set[int]:
    sql = (
        "SELECT DISTINCT c.component FROM profiles p JOIN entities e ON e.profile = p.id"
        " JOIN entity_keys k ON k.entity = e.id AND k.role < 2 JOIN crossing_names c ON c.id = k.name"
        " WHERE p.key IN ({})"
    )
    return {row[0] for row in rows_in_chunks(storage, sql, list(profiles))}


def _all_components(storage: CollectionStorage) -> set[int]:
    return {row[0] for row in storage.rows("SELECT DISTINCT component FROM crossing_names WHERE documents > 0")}


def _sizes(storage: CollectionStorage, groups: Sequence[Group]) -> dict[Group, int]:
    """Return about how many entities each group has."""
    sql = "SELECT component, sum(documents) FROM crossing_names WHERE component IN ({}) GROUP BY component"
    components = [component for group in groups for component in group]
    sizes = {component: int(entities) for component, entities in rows_in_chunks(storage, sql, components)}
    return {group: sum(sizes.get(component, 0) for component in group) for group in groups}


def _chunks(sizes: Mapping[Group, int]) -> Iterator[list[Group]]:
    """Yield groups in chunks with about as many entities as are read at once."""
    chunk: list[Group] = []
    total = 0
    for group, entities in sizes.items():
        if chunk and total + entities > _MOST_ENTITIES:
            yield chunk
            chunk, total = [], 0
        chunk.append(group)
        total += entities
    if chunk:
        yield chunk


def _mark_weighed(storage: CollectionStorage, components: Sequence[int]) -> None:
    """Note for which components it counts what their documents share."""
    storage.execute_many(
        "UPDATE crossing_names SET weighed = 1 WHERE component = ?", [(component,) for component in components]
    )

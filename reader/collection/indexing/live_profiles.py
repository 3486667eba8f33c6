"""Profiles that follow the user's decisions while these are made: each changes only the rows that it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.collection.identity import ProfileBuilder
from reader.collection.indexing.profile_tables import (
    decisions_digest,
    profiles_are_written,
    write_profile_changes,
    write_profiles,
)
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.index_writer import entity_records
from reader.collection.storage.profile_state import (
    are_own_profiles,
    mark_profiles_written,
    own_profiles,
    profiles_follow,
)

if TYPE_CHECKING:
    from reader.annotate.decisions import Decision

_ATTEMPTS: Final = 3
"""How often the entities are read if another process changes them meanwhile."""


class LiveProfiles:
    """Keeps the profiles of one index in agreement with decisions. Not safe for use by several threads at once.

    It holds all entities of the index in memory, and reads them again if anybody else has changed the index.
    """

    def __init__(self) -> None:
        self._builder: ProfileBuilder | None = None
        self._token = ""

    def load(self, storage: CollectionStorage, decisions: Sequence[Decision]) -> None:
        """Read the entities of an index, unless they are in memory, and make its profiles agree with decisions.

        Args:
            storage: The index.
            decisions: The general decisions in force, in the order in which they were made.

        Raises:
            CollectionError: The index cannot be read or written, or another process writes it.
        """
        if self._is_loaded(storage):
            return
        for _ in range(_ATTEMPTS):
            token = own_profiles(storage)
            builder = ProfileBuilder()
            builder.update(entity_records(storage), decisions=decisions)
            with storage.lock(), storage.transaction():
                if not are_own_profiles(storage, token):
                    continue
                built, digest = builder.profiles(), decisions_digest(decisions)
                if not profiles_follow(storage, digest) or not profiles_are_written(storage, built):
                    write_profiles(storage, built)
                    mark_profiles_written(storage, digest, token)
            self._builder, self._token = builder, token
            return
        raise CollectionError("the collection keeps changing; try again when it has been indexed")

    def follow(self, storage: CollectionStorage, decisions: Sequence[Decision]) -> None:
        """Make the profiles of an index agree with decisions.

        Args:
            storage: The index.
            decisions: The general decisions in force, in the order in which they were made.

        Raises:
            CollectionError: The index cannot be read or written, or another process writes it.
        """
        digest = decisions_digest(decisions)
        if profiles_follow(storage, digest):
            return
        self.load(storage, decisions)
        if self._builder is None or profiles_follow(storage, digest):
            return
        builder, self._builder = self._builder, None  # if writing fails, the index and the builder differ
        with storage.lock(), storage.transaction():
            if not are_own_profiles(storage, self._token):
                raise CollectionError("the collection was indexed just now; profiles follow with the next answer")
            write_profile_changes(storage, builder.update(decisions=decisions))
            mark_profiles_written(storage, digest, self._token)
        self._builder = builder

    def _is_loaded(self, storage: CollectionStorage) -> bool:
        return self._builder is not None and are_own_profiles(storage, self._token)

"""Bring the names of an index up to date with its documents, and find the components that this concerns."""

from __future__ import annotations

from typing import Final

from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.upkeep.changed_weights import reweighted_components, weighed_components
from reader.collection.upkeep.name_components import reconnect_names
from reader.collection.upkeep.name_table import NameTable
from reader.collection.upkeep.related_names import update_relations
from reader.collection.upkeep.update_progress import UpdateProgress

_TABLES_OF_NAMES: Final = ("crossing_names", "entity_keys", "entity_contexts", "blocking_keys", "name_relations")


def forget_names(storage: CollectionStorage) -> None:
    """Remove all names, so that the next update finds them again. Call it within a transaction."""
    for table in _TABLES_OF_NAMES:
        storage.rows(f"DELETE FROM {table}")
    storage.rows("UPDATE entity_names SET short = 0 WHERE short <> 0")
    storage.rows("UPDATE documents SET compared = 0")


def update_names(storage: CollectionStorage, old_size: int, size: int, progress: UpdateProgress) -> set[int]:
    """Write the names of new documents, and connect them. Call it within a transaction.

    Args:
        storage: The index.
        old_size: The size of the collection for which the profiles were made, from `collection_size`.
        size: Its size now.
        progress: Is told how many of the new documents are done.

    Returns:
        The components of which the profiles may differ now.
    """
    table = NameTable(storage)
    table.add_new_documents(progress)
    reformed = table.choose_forms()
    update_relations(storage)
    recounted = table.update_common_names()
    changed = table.changed_names()
    dirty = reconnect_names(storage, {name.id for name in changed})
    if size != old_size:
        dirty |= weighed_components(storage)
    else:
        dirty |= reweighted_components(storage, changed, recounted, reformed, size)
    table.mark_counted()
    return dirty

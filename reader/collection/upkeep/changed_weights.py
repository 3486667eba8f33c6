"""Find the components for which a shared name counts otherwise than before, or is shown in another form.

What two documents share counts the more, the fewer other documents have it, and it is shown in its most frequent form.
So a document that comes or goes may change the profiles and suggestions of entities that it does not have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reader.collection.identity.evidence.counts import companion_weight, weight_varies
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.upkeep.name_table import ChangedName


def reweighted_components(
    storage: CollectionStorage,
    changed: Sequence[ChangedName],
    recounted: Collection[int],
    reformed: Collection[int],
    size: int,
) -> set[int]:
    """Return the components with documents that share a name whose weight or form has changed.

    Args:
        storage: The index.
        changed: The names of which the documents have changed.
        recounted: The ids of the full names that have become common, or no longer are.
        reformed: The ids of the names that have another form than before.
        size: The size of the collection, from `collection_size`, before and now.
    """
    components: set[int] = set()
    common = _common_now(storage, [name.id for name in changed])
    for name in changed:
        # A component that has new documents itself is clustered anyway: the others had the name as often before.
        possible = range(2, min(name.documents, name.counted) + 1)
        if name.id in reformed:
            # One document may have it while another has a longer form, which is shown as this one.
            affected: Sequence[int] = range(1, possible.stop)
        elif weight_varies(name.kind):
            is_common = name.id in common
            was_common = is_common != (name.id in recounted)
            affected = [
                inside
                for inside in possible
                if companion_weight(name.kind, name.counted, size, inside=inside, is_common=was_common)
                != companion_weight(name.kind, name.documents, size, inside=inside, is_common=is_common)
            ]
        else:
            affected = ()
        if affected:
            counts = _documents_by_component(storage, name.id, affected[0])
            components |= {component for component, inside in counts if inside in affected}
    return components


def weighed_components(storage: CollectionStorage) -> set[int]:
    """Return all components for which it counts what their documents share."""
    return {row[0] for row in storage.rows("SELECT DISTINCT component FROM crossing_names WHERE weighed = 1")}


def _common_now(storage: CollectionStorage, names: Iterable[int]) -> set[int]:
    sql = "SELECT id FROM crossing_names WHERE common = 1 AND id IN ({})"
    return {row[0] for row in rows_in_chunks(storage, sql, names)}


def _documents_by_component(storage: CollectionStorage, name: int, fewest: int) -> list[tuple[int, int]]:
    """Return in how many of its documents each component has a name, if it weighs what they share."""
    rows = storage.rows(
        "SELECT c.component, count(DISTINCT e.document) FROM"
        " (SELECT DISTINCT n.document FROM entity_keys k JOIN entities n ON n.id = k.entity"
        " WHERE k.name = ? AND k.role < 2) d"
        " JOIN entities e ON e.document = d.document JOIN entity_keys o ON o.entity = e.id"
        " JOIN crossing_names c ON c.id = o.name"
        " WHERE o.role < 2 AND c.weighed = 1 GROUP BY c.component HAVING count(DISTINCT e.document) >= ?",
        (name, fewest),
    )
    return [(component, documents) for component, documents in rows]

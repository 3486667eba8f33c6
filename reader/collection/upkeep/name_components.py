"""Connects the names of an index to components: names of one entity, and names that may be forms of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.structures.union_find import UnionFind

_RELATED: Final = "SELECT short, long FROM name_relations"
_TOGETHER: Final = (
    "SELECT a.name, b.name FROM entity_keys a JOIN entity_keys b ON b.entity = a.entity"
    " WHERE a.role > 0 AND b.name <> a.name"
)
_MANY: Final = 0.25
"""The share of all names from which on all connections are read at once."""


def reconnect_names(storage: CollectionStorage, changed: Collection[int]) -> set[int]:
    """Connect names again of which the documents have changed, and all that are or were connected with them.

    Args:
        storage: The index.
        changed: The ids of the names.

    Returns:
        The components of all of these names.
    """
    total = int(storage.rows("SELECT count(*) FROM crossing_names")[0][0])
    if len(changed) > _MANY * total:
        connections = _connections(storage)
        rows = storage.rows("SELECT id, component, documents FROM crossing_names")
    else:
        near = {*changed}
        for pair in _connections(storage, changed):
            near.update(pair)
        components = {
            component
            for (component,) in rows_in_chunks(
                storage, "SELECT DISTINCT component FROM crossing_names WHERE id IN ({})", sorted(near)
            )
            if component
        }
        columns = "SELECT id, component, documents FROM crossing_names"
        connected = rows_in_chunks(storage, f"{columns} WHERE component IN ({{}})", sorted(components))
        rows = [*{*connected, *rows_in_chunks(storage, f"{columns} WHERE id IN ({{}})", sorted(near))}]
        connections = _connections(storage, [id for id, *_ in rows])
    old_components = {id: component for id, component, _ in rows}
    in_use = {id for id, _, documents in rows if documents}
    roots = UnionFind[int]()
    for a, b in connections:
        if a in in_use and b in in_use:
            roots.join(a, b)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for id in sorted(in_use):
        members[roots.root(id)].append(id)
    first = int(storage.rows("SELECT coalesce(max(component), 0) FROM crossing_names")[0][0]) + 1
    new_components = {id: number for number, ids in enumerate(members.values(), first) for id in ids}
    storage.execute_many(
        "UPDATE crossing_names SET component = ?, weighed = 0 WHERE id = ?",
        [(new_components.get(id, 0), id) for id in sorted(old_components)],
    )
    return set(range(first, first + len(members)))


def _connections(storage: CollectionStorage, names: Iterable[int] | None = None) -> Iterator[tuple[int, int]]:
    """Yield pairs of connected names: those with one of some names, or all."""
    if names is None:
        yield from storage.rows(_RELATED)
        yield from storage.rows(f"{_TOGETHER} AND b.name > a.name")
        return
    ids = sorted(names)
    for condition in (f"{_RELATED} WHERE short", f"{_RELATED} WHERE long", f"{_TOGETHER} AND a.name"):
        yield from rows_in_chunks(storage, f"{condition} IN ({{}})", ids)

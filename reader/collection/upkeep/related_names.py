"""The pairs of names of persons in an index that may be two forms of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Final
from zlib import crc32

from reader.collection.identity.names.crossing import CrossingName
from reader.collection.identity.names.name_relations import (
    MOST_COMPARED,
    NameRelation,
    blocking_keys,
    may_be_related,
    relation_between,
)
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.upkeep.name_table import NAME_COLUMNS, stored_name
from reader.resolve.evidence.name_keys import Key

_BATCH: Final = 2_000
"""Names that are compared at once."""


def update_relations(storage: CollectionStorage) -> None:
    """Write how names are related that are new or have another form than before, and forget those of lost names."""
    lost = storage.rows("SELECT id FROM crossing_names WHERE related = 1 AND documents = 0")
    _forget_relations(storage, [id for (id,) in lost])
    storage.rows("UPDATE crossing_names SET related = 0 WHERE related = 1 AND documents = 0")
    new = [id for (id,) in storage.rows("SELECT id FROM crossing_names WHERE related = 0 AND documents > 0")]
    _forget_relations(storage, new)
    for start in range(0, len(new), _BATCH):
        sql = f"SELECT id, {NAME_COLUMNS} FROM crossing_names WHERE id IN ({{}})"
        rows = rows_in_chunks(storage, sql, new[start : start + _BATCH])
        names = {id: stored_name(*columns) for id, *columns in rows}
        _relate(storage, {id: name for id, name in names.items() if may_be_related(name)})
    storage.rows("UPDATE crossing_names SET related = 1 WHERE related = 0 AND documents > 0")


def _relate(storage: CollectionStorage, new: Mapping[int, CrossingName]) -> None:
    """Write how some names are related, with each other and with those already compared."""
    if not new:
        return
    hashes = {id: tuple(map(_hashes, blocking_keys(name))) for id, name in new.items()}
    storage.execute_many(
        "INSERT INTO blocking_keys (hash, probed, name) VALUES (?, ?, ?)",
        [(key, probed, id) for id, sides in hashes.items() for probed in (0, 1) for key in sides[probed]],
    )
    bearers: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    all_hashes = {key for posts, probes in hashes.values() for key in posts | probes}
    sql = "SELECT hash, probed, name FROM blocking_keys WHERE hash IN ({})"
    for key, probed, id in rows_in_chunks(storage, sql, sorted(all_hashes)):
        bearers[key, probed].append(id)
    pairs = {
        (id, bearer) if id < bearer else (bearer, id)
        for id, (posts, probes) in hashes.items()
        for key, probed in (*((key, 1) for key in posts), *((key, 0) for key in probes))
        if len(bearers[key, probed]) <= MOST_COMPARED
        for bearer in bearers[key, probed]
        if bearer != id
    }
    stored_ids = {id for pair in pairs for id in pair} - new.keys()
    sql = f"SELECT id, {NAME_COLUMNS} FROM crossing_names WHERE id IN ({{}})"
    rows = rows_in_chunks(storage, sql, sorted(stored_ids))
    names = {**new, **{id: stored_name(*columns) for id, *columns in rows}}
    relations = [
        (a, b, relation) for a, b in sorted(pairs) if (relation := relation_between(names[a], names[b])) is not None
    ]
    storage.execute_many(
        "INSERT INTO name_relations (short, long, rule, score, need, safe) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                *((a, b) if relation.short == names[a].key else (b, a)),
                *(str(relation.rule), relation.score, relation.need, int(relation.is_safe)),
            )
            for a, b, relation in relations
        ],
    )


def _forget_relations(storage: CollectionStorage, names: Iterable[int]) -> None:
    ids = [(id,) for id in names]
    for column in ("short", "long"):
        storage.execute_many(f"DELETE FROM name_relations WHERE {column} = ?", ids)
    storage.execute_many("DELETE FROM blocking_keys WHERE name = ?", ids)


def relations_within(storage: CollectionStorage, keys: Mapping[int, str]) -> list[NameRelation]:
    """Return the relations between some names, sorted.

    Args:
        storage: The index.
        keys: The keys of the names by their ids.
    """
    sql = "SELECT short, long, rule, score, need, safe FROM name_relations WHERE short IN ({})"
    return sorted(
        NameRelation(keys[short], keys[long], rule, score, need, bool(safe))
        for short, long, rule, score, need, safe in rows_in_chunks(storage, sql, keys)
        if long in keys
    )


def _hashes(keys: Iterable[Key]) -> Set[int]:
    """Return hashes of blocking keys. Two keys that have the same one cost a comparison, nothing else."""
    return {crc32("\0".join(key).encode("utf-8", "surrogatepass")) for key in keys}

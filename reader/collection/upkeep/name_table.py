"""The names by which the entities of an index are known in other documents, and how many documents have each."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import groupby
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance, appearances_of
from reader.collection.identity.names.common_names import common_names, personal_name
from reader.collection.identity.names.crossing import CrossingName, NameKind, crossing_name
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.entity_reader import StoredEntity, entities_of_documents
from reader.collection.upkeep.update_progress import UpdateProgress, UpdateStep
from reader.structures.named_tuple import NamedTuple

_KINDS: Final = tuple(NameKind)
_BATCH: Final = 200
"""Documents of which the names are in memory at once."""
_NAMES_AT_ONCE: Final = 2_000
"""Names of which the forms are in memory at once."""
NAME_COLUMNS: Final = "key, kind, tokens, text, label"
"""The columns of a name, as `stored_name` takes them."""


class NameRole(IntEnum):
    """What a name is for an entity."""

    ONLY = 0
    """The only name by which other documents may know it."""
    OWN = 1
    """One of several."""
    ALIAS = 2
    """A short form, by which only documents without a longer name know it."""


class ChangedName(NamedTuple):
    """A name whose documents have changed, or that has become common or no longer is."""

    id: int
    kind: NameKind
    documents: int
    """How many documents have it now."""
    counted: int
    """How many documents had it when the profiles were written."""


class NameTable:
    """Writes the names of documents into an index. Call every method within a transaction."""

    def __init__(self, storage: CollectionStorage) -> None:
        self._storage = storage
        self._next_id = int(storage.rows("SELECT coalesce(max(id), 0) FROM crossing_names")[0][0]) + 1

    def add_new_documents(self, progress: UpdateProgress) -> None:
        """Add the names of documents that are new in the index, some documents at a time.

        Args:
            progress: Is told how many of the documents are done.
        """
        documents = [row[0] for row in self._storage.rows("SELECT id FROM documents WHERE compared = 0 ORDER BY id")]
        for start in range(0, len(documents), _BATCH):
            progress(UpdateStep.NAMES, start, len(documents))
            batch = documents[start : start + _BATCH]
            self._add(entities_of_documents(self._storage, batch))
            self._storage.execute_many("UPDATE documents SET compared = 1 WHERE id = ?", [(id,) for id in batch])

    def _add(self, entities: Iterable[StoredEntity]) -> None:
        roles: list[tuple[int, CrossingName, NameRole]] = []
        short_forms: list[tuple[int, str]] = []
        contexts: list[tuple[int, str, str, str]] = []
        documents: Counter[str] = Counter()
        for _, group in groupby(entities, lambda entity: entity.document):
            stored = list(group)
            appearances = {entity.record.id: entity for entity in appearances_of(entity.record for entity in stored)}
            for entity in stored:
                appearance = appearances.get(entity.record.id)
                short_forms += ((entity.id, text) for text in _short_forms(entity, appearance))
                if appearance is None:
                    continue
                roles += ((entity.id, name, role) for name, role in _roles(appearance))
                if appearance.beside or appearance.countries or appearance.around:
                    contexts.append((entity.id, *_context(appearance)))
            documents.update({key for appearance in appearances.values() for key in appearance.names})
        ids = self._saved({name.key: name for _, name, _ in roles})
        self._storage.execute_many(
            "UPDATE crossing_names SET documents = documents + ?, changed = 1 WHERE id = ?",
            [(count, ids[key]) for key, count in documents.items()],
        )
        self._storage.execute_many(
            "INSERT INTO entity_keys (entity, name, role, form) SELECT ?, ?, ?, id FROM names"
            " WHERE text = ? AND label = ?",
            [(entity, ids[name.key], int(role), name.text, name.label) for entity, name, role in roles],
        )
        self._storage.execute_many(
            "INSERT INTO entity_contexts (entity, beside, countries, around) VALUES (?, ?, ?, ?)", contexts
        )
        self._storage.execute_many(
            "UPDATE entity_names SET short = 1 WHERE entity = ? AND name IN (SELECT id FROM names WHERE text = ?)",
            short_forms,
        )

    def _saved(self, names: Mapping[str, CrossingName]) -> dict[str, int]:
        """Write names that are not there yet. Return the ids of all of them by key."""
        ids: dict[str, int] = dict(
            rows_in_chunks(self._storage, "SELECT key, id FROM crossing_names WHERE key IN ({})", names)
        )
        new = [key for key in names if key not in ids]
        ids |= {key: id for id, key in enumerate(new, self._next_id)}
        self._next_id += len(new)
        self._storage.execute_many(
            "INSERT INTO crossing_names (id, key, kind, tokens, text, label) VALUES (?, ?, ?, ?, ?, ?)",
            [(ids[key], *_values(names[key])) for key in new],
        )
        return ids

    def choose_forms(self) -> set[int]:
        """Give each changed name the form that most entities have. What is related with it must then be found again.

        Returns:
            The ids of the names that have another form than before.
        """
        changed = [id for (id,) in self._storage.rows("SELECT id FROM crossing_names WHERE changed = 1")]
        reformed: set[int] = set()
        for start in range(0, len(changed), _NAMES_AT_ONCE):
            reformed |= self._choose_forms(changed[start : start + _NAMES_AT_ONCE])
        return reformed

    def _choose_forms(self, names: Iterable[int]) -> set[int]:
        sql = (
            "SELECT c.id, c.text, c.label, n.text, n.label, count(*) FROM crossing_names c"
            " JOIN entity_keys k ON k.name = c.id AND k.role < 2 JOIN names n ON n.id = k.form"
            " WHERE c.id IN ({}) GROUP BY c.id, c.text, c.label, n.text, n.label"
        )
        forms: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
        chosen: dict[int, tuple[str, str]] = {}
        for id, text, label, form_text, form_label, entities in rows_in_chunks(self._storage, sql, names):
            forms[id].append((-entities, form_text, form_label))
            chosen[id] = (text, label)
        outdated = [(id, form) for id, counted in forms.items() if (form := min(counted)[1:]) != chosen[id]]
        self._storage.execute_many(
            "UPDATE crossing_names SET kind = ?, tokens = ?, text = ?, label = ?, related = 0 WHERE id = ?",
            [(*_values(name)[1:], id) for id, form in outdated if (name := crossing_name(*form)) is not None],
        )
        return {id for id, _ in outdated}

    def changed_names(self) -> list[ChangedName]:
        """Return the names that count otherwise than when the profiles were written, or in other documents."""
        rows = self._storage.rows("SELECT id, kind, documents, counted FROM crossing_names WHERE changed = 1")
        return [ChangedName(id, _KINDS[kind], documents, counted) for id, kind, documents, counted in rows]

    def update_common_names(self) -> set[int]:
        """Find out which full names are common. Return the ids of those that have become so, or no longer are."""
        rows = self._storage.rows(
            f"SELECT id, common, {NAME_COLUMNS} FROM crossing_names WHERE documents > 0 AND kind = ?",
            (int(NameKind.FULL),),
        )
        common = common_names(
            (id, parts) for id, _, *values in rows if (parts := personal_name(stored_name(*values))) is not None
        )
        changed = {id for id, was_common, *_ in rows if (id in common) != bool(was_common)}
        self._storage.execute_many(
            "UPDATE crossing_names SET common = ?, changed = 1 WHERE id = ?",
            [(int(id in common), id) for id in sorted(changed)],
        )
        return changed

    def mark_counted(self) -> None:
        """Note that the profiles agree with the documents, and drop the names that no entity has any more."""
        self._storage.rows("UPDATE crossing_names SET changed = 0, counted = documents WHERE changed = 1")
        self._storage.rows(
            "DELETE FROM crossing_names WHERE documents = 0 AND id NOT IN (SELECT name FROM entity_keys)"
        )


def stored_name(key: str, kind: int, tokens: str, text: str, label: str) -> CrossingName:
    """Return a name as it is compared across documents, from its columns."""
    return CrossingName(key, _KINDS[kind], tuple(tokens.split(" ")) if tokens else (), text, label)


def _values(name: CrossingName) -> tuple[str, int, str, str, str]:
    """Return the columns of a name."""
    return name.key, int(name.kind), " ".join(name.tokens), name.text, name.label


def _context(entity: EntityAppearance) -> tuple[str, str, str]:
    """Return what a document says of an entity by other names, as the columns of `entity_contexts`."""
    around = None if entity.around is None else sorted(entity.around)
    return json.dumps(sorted(entity.beside)), json.dumps(sorted(entity.countries)), json.dumps(around)


def _roles(entity: EntityAppearance) -> Iterator[tuple[CrossingName, NameRole]]:
    """Yield the names by which other documents may know an entity, and what each is for it."""
    aliases = entity.crossing_aliases()
    own_role = NameRole.OWN if len(entity.names) > 1 or aliases else NameRole.ONLY
    yield from ((name, own_role) for name in entity.names.values())
    yield from ((entity.aliases[key], NameRole.ALIAS) for key in aliases)


def _short_forms(entity: StoredEntity, appearance: EntityAppearance | None) -> set[str]:
    """Return the surface forms by which other documents do not know an entity."""
    if appearance is not None and not appearance.aliases:
        return set()
    texts = appearance.texts_elsewhere() if appearance is not None else ()
    return {name.text for name in entity.record.names}.difference(texts)

"""Read the entities of an index back as the documents' records had them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from reader.collection.descriptions import Description
from reader.collection.document_record import AnswerRecord, EntityRecord, LinkRecord, NameRecord
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.structures.named_tuple import NamedTuple

_COLUMNS: Final = "e.id, e.document, e.mentions, d.day, d.digest, e.number, e.name, e.label, e.detail"
_SOURCE: Final = "FROM entities e JOIN documents d ON d.id = e.document"


class StoredEntity(NamedTuple):
    """An entity of an index."""

    id: int
    document: int
    """The id of its document."""
    mentions: int
    day: str
    """The date of its document as "2021-03-12", "" if it states none."""
    record: EntityRecord


def stored_entities(storage: CollectionStorage, ids: Iterable[int]) -> Iterator[StoredEntity]:
    """Yield the entities with some ids."""
    yield from _with_names(
        storage, list(rows_in_chunks(storage, f"SELECT {_COLUMNS} {_SOURCE} WHERE e.id IN ({{}})", ids))
    )


def entities_of_documents(storage: CollectionStorage, documents: Iterable[int]) -> Iterator[StoredEntity]:
    """Yield the entities of some documents, in the order of the documents' ids, and as these have them."""
    sql = f"SELECT {_COLUMNS} {_SOURCE} WHERE e.document IN ({{}}) ORDER BY e.id"
    rows = sorted(rows_in_chunks(storage, sql, documents), key=lambda row: (row[1], row[0]))
    yield from _with_names(storage, rows)


def stored_description(detail: str) -> Description:
    """Return what a document says about an entity, from the column `detail`."""
    return _description(json.loads(detail))


def _description(fields: Mapping[str, Any]) -> Description:
    words, beside, born, age, gender = fields.get("description") or ((), (), 0, 0, "")
    return Description(tuple(words), tuple(beside), born, age, gender)


def _with_names(storage: CollectionStorage, rows: Sequence[tuple[Any, ...]]) -> Iterator[StoredEntity]:
    names: defaultdict[int, list[NameRecord]] = defaultdict(list)
    sql = (
        "SELECT en.entity, n.text, n.label, en.mentions FROM entity_names en JOIN names n ON n.id = en.name"
        " WHERE en.entity IN ({}) ORDER BY en.entity, en.position"
    )
    for entity, text, label, mentions in rows_in_chunks(storage, sql, [row[0] for row in rows]):
        names[entity].append(NameRecord(text, label, mentions))
    for id, document, mentions, day, digest, number, name, label, detail in rows:
        record = _record(digest, number, name, label, tuple(names[id]), detail)
        yield StoredEntity(id, document, mentions, day, record)


def _record(
    digest: str, number: str, name: str, label: str, names: tuple[NameRecord, ...], detail: str
) -> EntityRecord:
    if detail == "{}":
        return EntityRecord(digest, number, name, label, names)
    fields = json.loads(detail)
    return EntityRecord(
        document=digest,
        id=number,
        name=name,
        label=label,
        names=names,
        links=tuple(LinkRecord(*link) for link in fields.get("links", ())),
        related=tuple(fields.get("related", ())),
        description=_description(fields),
        notes=tuple(fields.get("notes", ())),
        tags=tuple(fields.get("tags", ())),
        answers=tuple(AnswerRecord(*answer) for answer in fields.get("answers", ())),
        stories=tuple(fields.get("stories", ())),
    )

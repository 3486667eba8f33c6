"""FollowTheMoney JSON lines: a document, its entities with their aliases, and a `Mention` for each of their names.

Persons, organizations, places with a government and events have a schema; other labels have none and are left out.
Ids are the same in every export of the same text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.jsonl import json_line

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument, Exportable

SCHEMAS: Final = {"PERSON": "Person", "ORG": "Organization", "GPE": "Address", "EVENT": "Event"}
"""The schema of each label that has one."""


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one line per document, entity and name. See `ExportFormat.write`."""
    for document in annotated_documents(readings, decided=decided):
        for value in _values(document):
            out.write(json_line(value).encode() + b"\n")
        out.flush()


def entity_id(digest: str, label: str, name: str) -> str:
    """Return the id of an entity: of one label and canonical name in one text."""
    return _id("entity", digest, label, name)


def _values(document: AnnotatedDocument) -> Iterator[dict[str, Any]]:
    source = document.document
    document_id = _id("document", source.digest)
    properties = {
        "title": [source.title],
        "contentHash": [source.file_digest.removeprefix("sha256:")],
        "bodyText": [document.text],
        "sourceUrl": [source.source] if source.source.startswith(("http://", "https://")) else [],
        "author": [source.author],
        "date": [source.date],
    }
    yield {"id": document_id, "schema": "PlainText", "properties": _filled(properties)}
    mentions = document.mentions_by_entity()
    for entity in document.entities:
        schema = SCHEMAS.get(entity.label)
        if schema is None:
            continue
        resolved = entity_id(source.digest, entity.label, entity.name)
        aliases = [name for name in entity.names if name != entity.name]
        naming = {"full": [entity.name], "name": [entity.name]} if schema == "Address" else {"name": [entity.name]}
        naming |= {"alias": aliases, "proof": [document_id], "notes": list(entity.notes), "keywords": list(entity.tags)}
        yield {"id": resolved, "schema": schema, "properties": _filled(naming)}
        for name in Counter(" ".join(document.quote(mention).split()) for mention in mentions[entity.id]):
            yield {
                "id": _id("mention", source.digest, entity.label, entity.name, name),
                "schema": "Mention",
                "properties": {
                    "document": [document_id],
                    "resolved": [resolved],
                    "name": [name],
                    "detectedSchema": [schema],
                },
            }


def _filled(properties: dict[str, list[str]]) -> dict[str, list[str]]:
    filled = {name: [value for value in values if value] for name, values in properties.items()}
    return {name: values for name, values in filled.items() if values}


def _id(*parts: str) -> str:
    return f"reader-{sha1(' '.join(parts).encode('utf-8', 'surrogatepass')).hexdigest()}"

"""The lossless format of the program: one JSON object per document and line.

Besides the mentions and entities, "decisions" contains the complete log of the document, including undo, redo and
orphans; `read` restores the same state from it elsewhere. "file" contains the digest of the source file. "notes" and
"tags" list the current notes and tags of mentions, entities and the document, for programs that do not read the log.

Offsets are Unicode code points of `document.text`, end exclusive. Characters that could control a terminal or split a
line, for example in the name of a source, are written as JSON escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from reader.exchange.annotated_document import exported_mentions
from reader.exchange.format import ExchangeError, ImportedDocument
from reader.exchange.note_json import note_objects, tag_objects
from reader.exchange.record_json import record_objects, records_from_objects
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from reader.annotate import Orphan
    from reader.reading import Reading

SCHEMA: Final = 1
"""Increases when programs written for the old layout would misread the new one, but not for additional keys."""

_TO_ESCAPE: Final = lazy_pattern("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write(readings: Iterable[Reading], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one line per reading and flush each, so that consumers can read along.

    Args:
        readings: The readings, written in order.
        out: The file.
        decided: Whether to leave out the mentions that no person decided about, and the entities without others.
    """
    for reading in readings:
        out.write(json_line(reading_object(reading, decided=decided)).encode() + b"\n")
        out.flush()


def json_line(value: Any) -> str:
    """Return a value as one line of JSON that is readable and safe in a terminal."""
    return escape_unsafe(json.dumps(value, ensure_ascii=False))


def escape_unsafe(json_text: str) -> str:
    """Return equivalent JSON with characters escaped that control a terminal, split a line or cannot be encoded."""
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text)


def reading_object(reading: Reading, *, decided: bool = False) -> dict[str, Any]:
    """Return a reading as plain values in the layout of schema 1; see `write`."""
    document, text = reading.document, reading.document.text
    owners = {mention: entity.id for entity in reading.entities for mention in entity.mentions}
    mentions = exported_mentions(reading, decided=decided)
    entities = reading.entities
    if decided:
        entity_ids = {owners[mention] for mention in mentions if mention in owners}
        entities = tuple(entity for entity in entities if entity.id in entity_ids)
    return {
        "schema": SCHEMA,
        "document": {
            "title": document.title,
            "source": document.source,
            "digest": document.digest,
            "text": text,
        },
        "model": {"name": reading.model_name, "version": reading.model_version},
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "text": text[mention.start : mention.end],
                "label": mention.label,
                "entity": owners.get(mention),
                "origin": mention.origin,
            }
            for mention in mentions
        ],
        "entities": [
            {
                "id": entity.id,
                "name": entity.name,
                "label": entity.label,
                "names": list(dict.fromkeys((*entity.names, *reading.forms_of(entity)))),
                "links": [
                    {"a": link.a, "b": link.b, "rule": link.rule, "score": link.score, "at": link.at}
                    for link in entity.links
                ],
                "related": list(entity.related),
            }
            for entity in entities
        ],
        "suggestions": [
            {"a": suggestion.a, "b": suggestion.b, "rule": suggestion.rule, "score": suggestion.score}
            for suggestion in ([] if decided else reading.suggestions)
        ],
        "notes": note_objects(reading),
        "orphans": [_orphan(orphan) for orphan in reading.history.orphans],
        "file": {"digest": document.file_digest},
        "decisions": record_objects(reading.store.records(document)),
        "tags": tag_objects(reading),
    }


def read(source: BinaryIO) -> Iterator[ImportedDocument]:
    """Yield the documents of a JSON Lines file with their logs; mentions and entities are not read.

    Raises:
        ExchangeError: A line does not have this layout. The message starts with the line number.
    """
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            yield _imported_document(json.loads(line))
        except (ValueError, RecursionError):
            raise ExchangeError(f"line {number} is not JSON") from None
        except ExchangeError as error:
            raise ExchangeError(f"line {number}: {error}") from None


def _imported_document(value: Any) -> ImportedDocument:
    from reader.document import Document

    fields = value.get("document") if isinstance(value, dict) else None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ExchangeError("no document found")
    if value.get("schema") != SCHEMA:
        raise ExchangeError(f"written by another version of reader (schema {str(value.get('schema'))[:9]})")
    file = value.get("file")
    texts = [fields.get("title"), fields.get("source"), file.get("digest") if isinstance(file, dict) else None]
    title, source, file_digest = (text if isinstance(text, str) else "" for text in texts)
    if not source.startswith(("http://", "https://")):
        source = ""  # paths of another machine are useless here
    document = Document(fields["text"], (), title, source, file_digest=file_digest)
    if fields.get("digest") != document.digest:
        raise ExchangeError("the text was changed after the export: its digest does not match")
    return ImportedDocument(document, records_from_objects(value.get("decisions", []), document.digest))


def _orphan(orphan: Orphan) -> dict[str, Any]:
    """Return an orphan with the fields of its decision and anchor."""
    from reader.annotate.decisions.decision_codec import encode_decision

    kind, fields = encode_decision(orphan.decision)
    return {"kind": kind, **json.loads(fields), **orphan.anchor._asdict()}

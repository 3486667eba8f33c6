"""The program's own format: one JSON object per document and line, nothing lost.

Beside what is found and shown, "decisions" holds the log of the document word for word, undo and redo and what
lost its place included, from which `read` makes the same state elsewhere; "file" holds the digest of the file.
"notes" and "tags" say what stands of them, on a place, an entity or the document, for programs that read no log.

Offsets are Unicode code points into `document.text`, end exclusive. What could steer a terminal or split a line, a
source's name for instance, stands in it as JSON escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from reader.exchange import note_json
from reader.exchange.format import ExchangeError, ImportedDocument
from reader.exchange.record_json import record_objects, records_from_objects

if TYPE_CHECKING:
    from reader.annotate import Orphan
    from reader.reading import Reading

SCHEMA: Final = 1
"""Raised when a reader of the old layout would misunderstand the new one; new keys alone do not raise it."""

_TO_ESCAPE: Final = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class JsonLines:
    """See the module."""

    name = "jsonl"
    description = "one JSON object per document, lossless; offsets in Unicode code points"
    suffix = ".jsonl"

    def write(self, readings: Iterable[Reading], out: BinaryIO) -> None:
        """Write one line per reading and flush it: whoever reads along need not wait for the last one."""
        for reading in readings:
            out.write(json_line(reading_object(reading)).encode() + b"\n")
            out.flush()


def json_line(value: Any) -> str:
    """Return a value as JSON on one line, readable as text and harmless in a terminal."""
    return escape_unsafe(json.dumps(value, ensure_ascii=False))


def escape_unsafe(json_text: str) -> str:
    """Return the same JSON with escapes for what could steer a terminal, split a line or not be encoded."""
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text)


def reading_object(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain values: the layout of schema 1."""
    document, text = reading.document, reading.document.text
    owners = {mention: entity.id for entity in reading.entities for mention in entity.mentions}
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
            for mention in reading.shown_mentions
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
            for entity in reading.entities
        ],
        "suggestions": [
            {"a": suggestion.a, "b": suggestion.b, "rule": suggestion.rule, "score": suggestion.score}
            for suggestion in reading.suggestions
        ],
        "notes": note_json.notes(reading),
        "orphans": [_orphan(orphan) for orphan in reading.history.orphans],
        "file": {"digest": document.file_digest},
        "decisions": record_objects(reading.store.records(document)),
        "tags": note_json.tags(reading),
    }


def read(source: BinaryIO) -> Iterator[ImportedDocument]:
    """Yield the documents in a file of JSON lines with what was decided about them; mentions are not read.

    Raises:
        ExchangeError: A line is not of this layout; the message begins with its number.
    """
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            yield _incoming(json.loads(line))
        except (ValueError, RecursionError):
            raise ExchangeError(f"line {number} is not JSON") from None
        except ExchangeError as error:
            raise ExchangeError(f"line {number}: {error}") from None


def _incoming(value: Any) -> ImportedDocument:
    from reader.document import Document

    said = value.get("document") if isinstance(value, dict) else None
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        raise ExchangeError("there is no document in it")
    if value.get("schema") != SCHEMA:
        raise ExchangeError(f"written by another version of reader (schema {str(value.get('schema'))[:9]})")
    file = value.get("file")
    texts = [said.get("title"), said.get("source"), file.get("digest") if isinstance(file, dict) else None]
    title, source, file_digest = (text if isinstance(text, str) else "" for text in texts)
    if not source.startswith(("http://", "https://")):
        source = ""  # a path of another machine leads nowhere here
    document = Document(said["text"], (), title, source, file_digest=file_digest)
    if said.get("digest") != document.digest:
        raise ExchangeError("the text is not the one that was exported: its digest differs")
    return ImportedDocument(document, records_from_objects(value.get("decisions", []), document.digest))


def _orphan(orphan: Orphan) -> dict[str, Any]:
    """Return a decision whose place is no longer found in the text, with what stood there."""
    from reader.annotate.decision_codec import encode

    kind, fields = encode(orphan.decision)
    return {"kind": kind, **json.loads(fields), **orphan.anchor._asdict()}

"""Prodigy's JSON Lines: one `ner_manual` task per document.

`start` and `end` are code points, end exclusive; `token_start` and `token_end` are token ids, both inclusive. A task
has the answer "accept" if a person decided about every mention; otherwise it has none and can still be annotated.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from reader.exchange.annotated_document import annotated_documents, rounded_score
from reader.exchange.annotation_tools.tokens import token_range, words_of
from reader.exchange.flat_mentions import flat_mentions
from reader.exchange.jsonl import json_line

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument, Exportable


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one line per reading. See `ExportFormat.write`."""
    for document in annotated_documents(readings, decided=decided):
        out.write(json_line(task_of(document)).encode() + b"\n")
        out.flush()


def task_of(document: AnnotatedDocument) -> dict[str, Any]:
    """Return the task of a document."""
    text = document.text
    mentions = flat_mentions(document.mentions)
    tokens = words_of(document, mentions)
    spans = []
    for mention in mentions:
        indexes = token_range(tokens, mention)
        span = {
            "start": mention.start,
            "end": mention.end,
            "token_start": indexes.start,
            "token_end": indexes.stop - 1,
            "label": mention.label,
            "entity": mention.entity,
            "origin": mention.origin,
            "decided": mention.decided,
        }
        spans.append(span if mention.decided else span | {"score": rounded_score(mention)})
    names = {entity.id: entity.name for entity in document.entities}
    task = {
        "text": text,
        "meta": {"title": document.document.title, "source": document.document.source, "entities": names},
        "_input_hash": _hash(text),
        "_task_hash": _hash(text + repr(spans)),
        "tokens": [
            {"text": text[start:end], "start": start, "end": end, "id": number, "ws": text[end : end + 1].isspace()}
            for number, (start, end) in enumerate(tokens)
        ],
        "spans": spans,
        "_view_id": "ner_manual",
    }
    if mentions and all(mention.decided for mention in mentions):
        task["answer"] = "accept"
    return task


def _hash(value: str) -> int:
    """Return a 31-bit number that identifies a value; Prodigy compares such numbers for equality only."""
    return int.from_bytes(sha256(value.encode("utf-8", "surrogatepass")).digest()[:4], "big") >> 1

"""Label Studio's tasks, as one JSON array.

What a person decided is in `annotations`, what only the machine found in `predictions`. The regions belong to a
`Labels` control named "label" on a `Text` object named "text". Offsets are code points, end exclusive. Mentions of one
entity are linked in a row by relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

from reader.exchange.annotated_document import annotated_documents, rounded_score
from reader.exchange.jsonl import json_line

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedMention, Exportable


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the array, one task per line. See `ExportFormat.write`."""
    separator = b"[\n"
    for document in annotated_documents(readings, decided=decided):
        out.write(separator + json_line(_task(document)).encode())
        separator = b",\n"
    out.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def _task(document: AnnotatedDocument) -> dict[str, Any]:
    decided = [mention for mention in document.mentions if mention.decided]
    machine = [mention for mention in document.mentions if not mention.decided]
    task: dict[str, Any] = {
        "data": {
            "text": document.text,
            "title": document.document.title,
            "source": document.document.source,
            "entities": {entity.id: list(entity.names) for entity in document.entities},
        }
    }
    if decided:
        task["annotations"] = [{"result": _result(document, decided)}]
    if machine:
        version = f"{document.model_name} {document.model_version}".strip()
        task["predictions"] = [{"model_version": version, "result": _result(document, machine)}]
    return task


def _result(document: AnnotatedDocument, mentions: Sequence[AnnotatedMention]) -> list[dict[str, Any]]:
    regions: list[dict[str, Any]] = []
    by_entity: dict[str, list[str]] = {}
    for mention in mentions:
        region_id = f"m{mention.start}-{mention.end}-{mention.label}"
        region: dict[str, Any] = {
            "id": region_id,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "origin": "manual" if mention.decided else "prediction",
            "value": {
                "start": mention.start,
                "end": mention.end,
                "text": document.quote(mention),
                "labels": [mention.label],
            },
        }
        lines = ([f"entity {mention.entity}"] if mention.entity else []) + ([mention.note] if mention.note else [])
        if lines:
            region["meta"] = {"text": lines}
        if not mention.decided:
            region["score"] = rounded_score(mention)
        regions.append(region)
        if mention.entity:
            by_entity.setdefault(mention.entity, []).append(region_id)
    relations = [
        {"type": "relation", "from_id": region_id, "to_id": next_id, "direction": "bi", "labels": ["same entity"]}
        for ids in by_entity.values()
        for region_id, next_id in pairwise(ids)
    ]
    return regions + relations

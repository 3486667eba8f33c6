"""doccano's JSON Lines: one object per document, with spans in `label` and, for relations, in `entities`.

Offsets are code points, end exclusive. Mentions of one entity are linked in a row by relations of type "same entity".
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from reader.exchange.annotated_document import annotated_documents, rounded_score
from reader.exchange.flat_mentions import flat_mentions
from reader.exchange.jsonl import json_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.exchange.annotated_document import AnnotatedDocument, Exportable

RELATION: Final = "same entity"
"""The type of the relations between mentions of one entity."""


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one line per reading. See `ExportFormat.write`."""
    span_ids, relation_ids = count(1), count(1)
    for number, document in enumerate(annotated_documents(readings, decided=decided), 1):
        out.write(json_line(_object(document, number, span_ids, relation_ids)).encode() + b"\n")
        out.flush()


def _object(
    document: AnnotatedDocument, number: int, span_ids: Iterator[int], relation_ids: Iterator[int]
) -> dict[str, Any]:
    mentions = flat_mentions(document.mentions)  # doccano refuses spans that overlap
    ids = dict(zip(mentions, span_ids, strict=False))
    by_entity: dict[str, list[int]] = {}
    for mention, span_id in ids.items():
        if mention.entity:
            by_entity.setdefault(mention.entity, []).append(span_id)
    return {
        "id": number,
        "text": document.text,
        "label": [[mention.start, mention.end, mention.label] for mention in mentions],
        "entities": [
            {"id": span_id, "start_offset": mention.start, "end_offset": mention.end, "label": mention.label}
            | ({} if mention.decided else {"score": rounded_score(mention)})
            for mention, span_id in ids.items()
        ],
        "relations": [
            {"id": next(relation_ids), "from_id": span_id, "to_id": next_id, "type": RELATION}
            for spans in by_entity.values()
            for span_id, next_id in pairwise(spans)
        ],
        "Comments": [document.note] if document.note else [],
        "title": document.document.title,
        "source": document.document.source,
        "decided": [mention.decided for mention in mentions],
    }

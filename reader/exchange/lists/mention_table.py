"""CSV with one row per mention. Offsets are code points, end exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final

from reader.display.excerpts import sentence_excerpt
from reader.exchange.annotated_document import annotated_documents, rounded_score
from reader.exchange.lists.csv_cells import write_row

if TYPE_CHECKING:
    from reader.exchange.annotated_document import Exportable

HEADER: Final = (
    "document", "source", "digest", "start_code_point", "end_code_point", "text", "label", "entity_id", "entity",
    "origin", "decided", "score", "sentence", "note", "tags",
)  # fmt: skip


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the table of all readings. See `ExportFormat.write`."""
    write_row(out, HEADER)
    for document in annotated_documents(readings, decided=decided):
        names = {entity.id: entity.name for entity in document.entities}
        source = document.document
        for mention in document.mentions:
            row = (
                source.title,
                source.source,
                source.digest,
                mention.start,
                mention.end,
                document.quote(mention),
                mention.label,
                mention.entity,
                names.get(mention.entity, ""),
                mention.origin,
                "yes" if mention.decided else "no",
                rounded_score(mention),
                sentence_excerpt(source, mention.start),
                mention.note,
                "; ".join(mention.tags),
            )
            write_row(out, row)
        out.flush()

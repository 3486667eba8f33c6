"""CSV with one row per name of an entity: a table of aliases for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.lists.csv_cells import write_row
from reader.names.normal import surface

if TYPE_CHECKING:
    from reader.exchange.annotated_document import Exportable

HEADER: Final = ("document", "digest", "entity_id", "entity", "label", "alias", "mentions", "decided", "notes", "tags")


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the table of all readings. See `ExportFormat.write`."""
    write_row(out, HEADER)
    for document in annotated_documents(readings, decided=decided):
        mentions = document.mentions_by_entity()
        for entity in document.entities:
            counts = Counter(surface(document.quote(mention)) for mention in mentions[entity.id])
            decided_counts = Counter(surface(document.quote(m)) for m in mentions[entity.id] if m.decided)
            for alias in entity.names:
                row = (
                    document.document.title,
                    document.document.digest,
                    entity.id,
                    entity.name,
                    entity.label,
                    alias,
                    counts[alias],
                    decided_counts[alias],
                    " / ".join(entity.notes),
                    "; ".join(entity.tags),
                )
                write_row(out, row)
        out.flush()

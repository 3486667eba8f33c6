"""One document's log, as far as it has been read, and adding to it in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.annotate.decision_history import Fold
from reader.annotate.records import Record, numbered
from reader.annotate.storage import documents
from reader.annotate.storage.database import Database
from reader.document import Document


@dataclass(slots=True)
class Log:
    """What has been read of one document's log."""

    fold: Fold
    document: Document
    records: list[Record] = field(default_factory=list)
    version: int = -1
    """SQLite's data version when it was read."""

    def add(self, records: Iterable[Record]) -> None:
        """Count more records in."""
        for record in records:
            self.records.append(record)
            self.fold.add(record)


def insert(
    database: Database, document: Document, records: list[Record], after: int, *, opened: bool = True
) -> list[Record]:
    """Write records at the end of a document's log, number `after`, and return them numbered; within a transaction.

    Args:
        database: The file.
        document: Whose log it is; it is entered where it is not known.
        records: What to write.
        after: The number of the last record.
        opened: Whether the document was opened here.
    """
    placed = numbered(records, after)
    if placed:
        documents.enter(database, document, opened=opened)
        database.insert(placed)
        if len(document.text) <= documents.KEPT_AT_ONCE or not opened:
            documents.keep_text(database, document)
    return placed

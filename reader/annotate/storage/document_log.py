"""One document's log: the part that has been loaded, and adding records to the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from reader.annotate.log.decision_history import HistoryBuilder
from reader.annotate.log.records import Record, number_records
from reader.annotate.storage import documents
from reader.annotate.storage.database import Database
from reader.document import Document
from reader.structures.lazy_dataclass import dataclass


@dataclass(slots=True)
class LoadedLog:
    """The records of one document's log that have been loaded from the file."""

    history_builder: HistoryBuilder
    document: Document
    records: list[Record] = field(default_factory=list)
    data_version: int = -1
    """SQLite's data version when the records were loaded."""

    def add(self, records: Iterable[Record]) -> None:
        """Append records and update the history."""
        for record in records:
            self.records.append(record)
            self.history_builder.add(record)


def insert_records(
    database: Database, document: Document, records: list[Record], last: int, *, opened: bool = True
) -> list[Record]:
    """Append records to a document's log and return them with their numbers. Call it within a transaction.

    Args:
        database: The store's file.
        document: The document of the log; it is registered if the store does not know it.
        records: The records to write.
        last: The number of the last record in the log.
        opened: Whether the user opened the document; false for an import.
    """
    numbered_records = number_records(records, last)
    if numbered_records:
        documents.register(database, document, opened=opened)
        database.insert(numbered_records)
        if len(document.text) <= documents.INLINE_TEXT_LIMIT or not opened:
            documents.save_text(database, document)
    return numbered_records

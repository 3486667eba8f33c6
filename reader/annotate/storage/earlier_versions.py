"""What a text that is opened for the first time brings along from its earlier versions."""

from __future__ import annotations

from typing import Final

from reader.annotate.records import Record, root
from reader.annotate.storage import documents
from reader.annotate.storage.database import Database
from reader.document import Document

_VERSIONS: Final = 8
"""Earlier versions of a text that are looked at; each holds what was carried to it from those before."""


def look_back(database: Database, document: Document) -> list[Record]:
    """Return what is to be added to a document's log so that it holds the decisions about its earlier versions.

    Raises:
        StoreError: The logs cannot be read.
    """
    versions = [version.digest for version in documents.earlier(database, document)[:_VERSIONS]]
    if not versions:
        return []
    from reader.annotate.changed_text.carry_over import Source, carried  # not for a text that has no earlier version

    known = {root(record.id) for record in database.records(document.digest)}
    sources = [Source(documents.text_of(database, version), database.records(version)) for version in versions]
    return carried(sources, document.digest, document.text, known)

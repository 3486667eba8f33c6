"""The decisions on earlier versions of a text, collected when the text is opened for the first time."""

from __future__ import annotations

from typing import Final

from reader.annotate.log.records import Record, root_id
from reader.annotate.storage import documents
from reader.annotate.storage.database import Database
from reader.document import Document

_MAX_VERSIONS: Final = 8
"""Earlier versions to consider. Each log already contains what was carried over from the versions before it."""


def records_from_earlier_versions(database: Database, document: Document) -> list[Record]:
    """Return the records to add to a document's log so that it has the decisions on its earlier versions.

    Raises:
        StoreError: The logs cannot be read.
    """
    versions = [version.digest for version in documents.earlier_documents(database, document)[:_MAX_VERSIONS]]
    if not versions:
        return []
    from reader.annotate.changed_text.carry_over import EarlierVersion, carry_over_records  # only if there is one

    roots = {root_id(record.id) for record in database.records(document.digest)}
    earlier = [
        EarlierVersion(documents.saved_text(database, version), database.records(version)) for version in versions
    ]
    return carry_over_records(earlier, document.digest, document.text, roots)

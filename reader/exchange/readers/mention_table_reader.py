"""Reads tables of mentions; see `table_readers`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.exchange.importing.imported_annotations import ImportedAnnotations
from reader.exchange.importing.source_files import SourceFile
from reader.exchange.readers.table_readers import mention_drafts


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each document.

    Raises:
        ExchangeError: A file is not a table of mentions.
    """
    for file in files:
        yield from (draft.finish() for draft in mention_drafts(file))

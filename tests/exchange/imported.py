"""Exports and imports in one go, for the tests of imports."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from reader.annotate import Store
from reader.document import Document
from reader.exchange import FORMATS, READERS
from reader.exchange.importing.document_import import ImportReport, import_annotations
from reader.exchange.importing.import_labels import LabelTable
from reader.exchange.importing.source_files import SourceFile, read_source_files
from reader.reading import Reading
from tests.exchange.annotated import exported

ANNOTATION_FORMATS = tuple(name for name, entry in READERS.items() if not entry.has_log)


@contextmanager
def empty_store() -> Iterator[Store]:
    """Open a store in a data directory of its own."""
    with (
        TemporaryDirectory() as directory,
        patch.dict(os.environ, {"READER_DATA_DIR": directory}),
        Store.open() as store,
    ):
        yield store


def exported_files(name: str, *readings: Reading) -> list[SourceFile]:
    """Return the files that a format writes."""
    entry = FORMATS[name]
    if not entry.is_folder:
        return [SourceFile(f"export{entry.suffix}", exported(name, *readings))]
    with TemporaryDirectory() as directory:
        entry.write_folder(readings, Path(directory))
        return read_source_files(directory)


def import_files(
    name: str,
    files: Sequence[SourceFile],
    store: Store,
    *,
    onto: Document | None = None,
    machine_found: bool = False,
    labels: LabelTable | None = None,
) -> ImportReport:
    """Import files of a format."""
    annotations = READERS[name].read_annotations(files)
    return import_annotations(
        annotations, store, labels or LabelTable(), onto=onto, machine_found=machine_found, file_name="export"
    )


def import_one(name: str, data: str | bytes, store: Store, *, file_name: str = "file.txt") -> ImportReport:
    """Import one file of a format."""
    return import_files(name, [SourceFile(file_name, data.encode() if isinstance(data, str) else data)], store)


def imported_reading(report: ImportReport, store: Store) -> Reading:
    """Return the reading of the only document of an import."""
    (document,) = (*report.new_documents, *report.known_documents)
    return Reading(document, store)

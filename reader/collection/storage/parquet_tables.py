"""Write an index as Parquet files, which DuckDB, pandas and Spark read: documents, mentions, entities, profiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.text_passages import TextSpan, passages

_BATCH: Final = 20_000
"""Rows in memory at once."""
_TEXT: Final = "string"
_NUMBER: Final = "int64"
PARQUET_TABLES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "documents": (
        "SELECT d.digest, (SELECT min(s.source) FROM sources s WHERE s.document = d.id), d.title, d.author, d.date,"
        " d.day, d.model, t.text FROM documents d JOIN texts t ON t.document = d.id ORDER BY d.id",
        dict.fromkeys(("digest", "source", "title", "author", "date", "day", "model", "text"), _TEXT),
    ),
    "mentions": (
        "SELECT d.digest, m.start_offset, m.end_offset, d.id, m.label, e.number, p.key, m.origin, m.decided,"
        " m.paragraph, m.sentence_start, m.sentence_end FROM mentions m JOIN documents d ON d.id = m.document"
        " LEFT JOIN entities e ON e.id = m.entity LEFT JOIN profiles p ON p.id = e.profile"
        " ORDER BY m.document, m.start_offset, m.end_offset, m.label",
        {
            "document": _TEXT, "start": _NUMBER, "end": _NUMBER, "text": _TEXT, "label": _TEXT, "entity": _TEXT,
            "profile": _TEXT, "origin": _TEXT, "decided": _NUMBER, "paragraph": _NUMBER, "sentence_start": _NUMBER,
            "sentence_end": _NUMBER,
        },
    ),
    "entities": (
        "SELECT d.digest, e.number, e.name, e.label, e.mentions, p.key FROM entities e"
        " JOIN documents d ON d.id = e.document LEFT JOIN profiles p ON p.id = e.profile ORDER BY e.id",
        {
            "document": _TEXT, "entity": _TEXT, "name": _TEXT, "label": _TEXT, "mentions": _NUMBER, "profile": _TEXT,
        },
    ),
    "profiles": (
        "SELECT key, name, label, documents, mentions, first_day, last_day FROM profiles ORDER BY id",
        {
            "profile": _TEXT, "name": _TEXT, "label": _TEXT, "documents": _NUMBER, "mentions": _NUMBER,
            "first_day": _TEXT, "last_day": _TEXT,
        },
    ),
}  # fmt: skip
"""The query and the columns of each file. Offsets are code points, ends exclusive. A mention has the id of its document
in place of its text."""


def write_parquet(storage: CollectionStorage, folder: Path) -> list[Path]:
    """Write the files into a folder, and return their paths. A file is replaced only once it is complete.

    Raises:
        CollectionError: pyarrow is not installed, or a file cannot be written.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - loads the part that writes
    except ImportError:
        raise CollectionError(
            "Parquet needs the package pyarrow: install entity-reader with the extra parquet"
        ) from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write_table(storage, folder, name) for name in PARQUET_TABLES]
    except OSError as error:
        raise CollectionError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def _write_table(storage: CollectionStorage, folder: Path, name: str) -> Path:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    from reader.exchange import atomic_writer

    path = folder / f"{name}.parquet"
    sql, columns = PARQUET_TABLES[name]
    schema = pyarrow.schema([(column, getattr(pyarrow, type_name)()) for column, type_name in columns.items()])
    with atomic_writer(path) as out, ParquetWriter(out, schema, compression="zstd") as writer, storage.transaction():
        for batch in _batches(storage.stream(sql)):
            rows = _with_texts(storage, batch) if name == "mentions" else batch
            columns_of_rows = zip(*rows, strict=True)
            arrays = [pyarrow.array(values, field.type) for values, field in zip(columns_of_rows, schema, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
    return path


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _with_texts(storage: CollectionStorage, mentions: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows of mentions with their texts."""
    spans = (TextSpan(document, start, end) for _, start, end, document, *_ in mentions)
    return [(*row[:3], text, *row[4:]) for row, text in zip(mentions, passages(storage, spans), strict=True)]

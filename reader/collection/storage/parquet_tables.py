"""Write an index as Parquet files, which DuckDB, pandas and Spark read: documents, mentions, entities, profiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from reader.collection.storage.collection_storage import CollectionError, CollectionStorage

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
        "SELECT d.digest, m.start_offset, m.end_offset,"
        " substr(t.text, m.start_offset + 1, m.end_offset - m.start_offset), m.label, e.number, p.key, m.origin,"
        " m.decided, m.paragraph, m.sentence_start, m.sentence_end FROM mentions m"
        " JOIN documents d ON d.id = m.document JOIN texts t ON t.document = d.id"
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
"""The query and the columns of each file. Offsets are code points, ends exclusive."""


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
        return [_write_table(storage, folder / f"{name}.parquet", *table) for name, table in PARQUET_TABLES.items()]
    except OSError as error:
        raise CollectionError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def _write_table(storage: CollectionStorage, path: Path, sql: str, columns: dict[str, str]) -> Path:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    from reader.exchange import atomic_writer

    schema = pyarrow.schema([(name, getattr(pyarrow, type_name)()) for name, type_name in columns.items()])
    with atomic_writer(path) as out, ParquetWriter(out, schema, compression="zstd") as writer, storage.transaction():
        for rows in _batches(storage.stream(sql)):
            columns_of_rows = zip(*rows, strict=True)
            arrays = [pyarrow.array(values, field.type) for values, field in zip(columns_of_rows, schema, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
    return path


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch

"""Indexes in every database that is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.sqlite_index import SqliteIndex
from tests.collection.made_documents import made_records, write


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[CollectionStorage]:
    """An empty index."""
    index = SqliteIndex.open(tmp_path / "c" / "test.sqlite", create=True)
    yield index
    index.close()


@pytest.fixture
def filled(storage: CollectionStorage) -> CollectionStorage:
    """An index of three documents."""
    write(storage, made_records())
    return storage

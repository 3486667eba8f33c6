"""Indexes in every database that is installed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from tests.collection import postgres_server
from tests.collection.made_documents import made_records, write


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database."""
    if postgres_server.MISSING:
        pytest.skip(postgres_server.MISSING)
    with tempfile.TemporaryDirectory() as folder, postgres_server.server(Path(folder)) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CollectionStorage]:
    """An empty index."""
    if request.param == "sqlite":
        index = SqliteIndex.open(tmp_path / "c" / "test.sqlite", create=True)
        yield index
        index.close()
        return
    address = request.getfixturevalue("postgres")
    from reader.collection.storage.databases.postgres_index import PostgresIndex

    postgres_index = PostgresIndex.open(address, "test", create=True)
    yield postgres_index
    postgres_index.drop()
    postgres_index.close()


@pytest.fixture
def filled(storage: CollectionStorage) -> CollectionStorage:
    """An index of three documents."""
    write(storage, made_records())
    return storage

"""Indexes that two processes create at once, on a full disk, and in a database that goes away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.collection.storage import open_index as opening
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.open_index import open_index, rebuilt_index
from reader.collection.storage.piped_texts import PipedText, keep_piped_texts, piped_texts
from tests.collection.made_documents import made_records, write


def opened_at_once(open_index: Callable[[], CollectionStorage]) -> list[CollectionStorage | CollectionError]:
    """Open one index in several threads at the same moment."""
    results: list[CollectionStorage | CollectionError] = []
    barrier = threading.Barrier(6)

    def run() -> None:
        barrier.wait()
        try:
            results.append(open_index())
        except CollectionError as error:
            results.append(error)

    threads = [threading.Thread(target=run) for _ in range(barrier.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("attempt", range(5))
def test_an_index_can_be_created_by_several_processes_at_once(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / f"{attempt}.sqlite"
    indexes = opened_at_once(lambda: SqliteIndex.open(path, create=True))
    for index in indexes:
        assert not isinstance(index, CollectionError)
        assert index.rows("SELECT count(*) FROM documents") == [(0,)]
        index.close()


def test_a_postgres_index_can_be_created_by_several_processes_at_once(postgres: str) -> None:
    from reader.collection.storage.databases.postgres_index import PostgresIndex

    indexes = opened_at_once(lambda: PostgresIndex.open(postgres, "race", create=True))
    for index in indexes:
        assert not isinstance(index, CollectionError)
        assert index.rows("SELECT count(*) FROM documents") == [(0,)]
        index.close()
    with closing(PostgresIndex.connect(postgres, "race")) as index:
        index.drop()


def test_a_full_disk_is_one_line_and_loses_nothing_that_was_written(tmp_path: Path) -> None:
    index = SqliteIndex.open(tmp_path / "full.sqlite", create=True)
    first, *others = made_records()
    write(index, [first])
    (pages,) = index.rows("PRAGMA page_count")[0]
    index.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CollectionError, match=r"full\.sqlite: database or disk is full$"):
        write(index, [*others, replace(first, digest="sha256:long", source="long.txt", text="long words " * 50_000)])
    assert index.rows("SELECT digest FROM documents") == [(first.digest,)]
    index.rows("PRAGMA max_page_count = 1000000")
    write(index, others)
    assert index.rows("SELECT count(*) FROM documents") == [(len(others) + 1,)]
    assert index.check() == ()
    index.close()


def test_a_lost_connection_is_one_line_and_the_next_run_goes_on(postgres: str) -> None:
    from reader.collection.storage.databases.postgres_index import PostgresIndex

    index = PostgresIndex.open(postgres, "lost", create=True)
    other = PostgresIndex.open(postgres, "lost")
    first, *others = made_records()
    write(index, [first])
    (backend,) = index.rows("SELECT pg_backend_pid()")[0]

    def write_without_connection() -> None:
        with index.lock(), index.transaction():
            index.rows("DELETE FROM documents")
            other.rows("SELECT pg_terminate_backend(?)", (backend,))
            write(index, others)

    with pytest.raises(CollectionError) as caught:
        write_without_connection()
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("PostgreSQL at localhost/postgres, collection lost: ")
    with pytest.raises(CollectionError):
        index.rows("SELECT 1")
    index.close()
    with other.lock():  # it went with the connection
        assert other.rows("SELECT digest FROM documents") == [(first.digest,)]
        write(other, others)
    assert other.rows("SELECT count(*) FROM documents") == [(len(others) + 1,)]
    other.drop()
    other.close()


def test_what_an_older_version_indexed_into_a_database_is_indexed_again(postgres: str) -> None:
    index = open_index("older", database=postgres, create=True)
    index.rows("INSERT INTO roots (path) VALUES ('/papers')")
    index.rows("UPDATE info SET value = '1' WHERE key = 'schema version'")
    index.close()
    with pytest.raises(CollectionError, match="older version"):
        open_index("older", database=postgres)
    index, paths = rebuilt_index("older", database=postgres)
    assert (paths, index.rows("SELECT path FROM roots")) == (["/papers"], [("/papers",)])
    index.close()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgresql://reader@127.0.0.1:1/x", "PostgreSQL at 127.0.0.1:1/x: "),
        ("postgresql://reader:secret@localhost:99999/x", "PostgreSQL: "),
        ("postgresql:///x?host=/nowhere", "PostgreSQL at localhost/x: "),
        ("postgresql://[", "PostgreSQL: "),
    ],
)
def test_a_wrong_address_is_one_line_without_the_password(address: str, message: str) -> None:
    pytest.importorskip("psycopg")
    from reader.collection.storage.databases.postgres_index import PostgresIndex

    with pytest.raises(CollectionError) as caught:
        PostgresIndex.open(address, "papers")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_an_index_stays_until_the_new_one_has_what_only_it_had(
    database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = request.getfixturevalue("postgres") if database == "postgres" else ""
    piped = PipedText("stdin://1", "A talk", "", "", "Ada Marlow stayed.")
    with closing(open_index("kept", database=address, create=True)) as index:
        keep_piped_texts(index, [piped])
        index.rows("INSERT INTO roots (path) VALUES ('/papers')")

    def full_disk(*_: object) -> None:
        raise CollectionError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "keep_piped_texts", full_disk)
        with pytest.raises(CollectionError, match="no space left"):
            rebuilt_index("kept", database=address)
    with closing(open_index("kept", database=address)) as index:
        assert piped_texts(index) == [piped]
    rebuilt, paths = rebuilt_index("kept", database=address)
    with closing(rebuilt):
        assert paths == ["/papers"]
        assert piped_texts(rebuilt) == [piped]

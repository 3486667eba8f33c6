from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.collection.storage.collection_storage import CollectionDamagedError, CollectionError
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.index_files import collection_names, index_path
from reader.collection.storage.open_index import open_index, rebuilt_index
from tests.collection.made_documents import made_records, write


def make_index(path: Path) -> None:
    index = SqliteIndex.open(path, create=True)
    write(index, made_records() * 20)
    index.close()


def test_a_missing_collection_is_named() -> None:
    with pytest.raises(CollectionError, match="there is no collection papers; make one with `reader index`"):
        open_index("papers")
    open_index("reports", create=True).close()
    with pytest.raises(CollectionError, match="there is no collection papers; your collections: reports"):
        open_index("papers")
    assert collection_names() == ["reports"]


@pytest.mark.parametrize("name", ["../x", "", "a/b", ".x", "x" * 100, "a\nb"])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(CollectionError, match="cannot be the name of a collection"):
        index_path(name)


def test_an_index_of_a_newer_version_is_refused_and_one_of_an_older_version_built_again(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    make_index(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CollectionError, match="written by a newer version of reader"):
        SqliteIndex.open(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(CollectionDamagedError, match="written by an older version"):
        SqliteIndex.open(path, create=True)


def test_settling_moves_what_was_written_ahead_into_the_file(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sqlite", tmp_path / "copy.sqlite"
    with closing(SqliteIndex.open(path, create=True)) as index:
        write(index, made_records())
        index.settle()
        copy.write_bytes(path.read_bytes())  # the file alone, without what is written ahead
        index.settle()
    with closing(SqliteIndex.open(copy)) as copied:
        assert copied.rows("SELECT count(*) FROM documents") == [(len(made_records()),)]


def test_a_file_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    data = path.read_bytes()
    with pytest.raises(CollectionError, match="belongs to another program"):
        SqliteIndex.open(path, create=True)
    assert path.read_bytes() == data


def read_all() -> None:
    with closing(open_index()) as index:
        for table in ("documents", "mentions", "texts"):
            index.rows(f"SELECT * FROM {table}")


@pytest.mark.parametrize("damage", ["head", "middle", "text", "empty"])
def test_damage_is_said_and_the_index_can_be_built_again(damage: str) -> None:
    path = index_path("default")
    make_index(path)
    data = bytearray(path.read_bytes())
    match damage:
        case "head":
            data[:100] = b"\xff" * 100
        case "middle":
            data[4096:] = b"\xa5" * (len(data) - 4096)
        case "text":
            data[:] = b"not a database, but a text that somebody wrote" * 20
        case "empty":
            data.clear()
    path.write_bytes(bytes(data))
    with pytest.raises(CollectionDamagedError, match="reader index --rebuild"):
        read_all()
    index, paths = rebuilt_index(sources=["/papers"])
    assert (index.rows("SELECT count(*) FROM documents"), paths) == ([(0,)], ["/papers"])
    index.close()


@pytest.mark.parametrize("kept_bytes", [100, 9_000])
def test_a_damaged_index_stays_until_it_is_known_what_to_index(kept_bytes: int) -> None:
    path = index_path("default")
    make_index(path)
    damaged = path.read_bytes()[:kept_bytes] + bytes(100_000)
    path.write_bytes(damaged)
    with pytest.raises(CollectionError, match="no longer says what was indexed; name the files or folders"):
        rebuilt_index()
    assert path.read_bytes() == damaged


def test_an_index_without_its_end_says_what_was_indexed() -> None:
    path = index_path("default")
    with closing(open_index(create=True)) as index:
        index.rows("INSERT INTO roots (path) VALUES ('/papers')")
        index.execute_many("INSERT INTO info (key, value) VALUES (?, ?)", [(str(n), "x" * 1_000) for n in range(200)])
    path.write_bytes(path.read_bytes()[:-50_000])
    with pytest.raises(CollectionDamagedError):
        read_all()
    index, paths = rebuilt_index()
    assert paths == ["/papers"]
    index.close()


def test_nothing_is_removed_if_nothing_was_indexed() -> None:
    make_index(index_path("default"))
    with pytest.raises(CollectionError, match="nothing was indexed before"):
        rebuilt_index()
    with closing(open_index()) as index:
        assert index.rows("SELECT count(*) FROM documents") != [(0,)]


def test_building_again_remembers_what_was_indexed() -> None:
    index = open_index(create=True)
    index.rows("INSERT INTO roots (path) VALUES ('/papers')")
    index.close()
    index, roots = rebuilt_index()
    assert roots == ["/papers"]
    assert index.rows("SELECT * FROM roots") == [("/papers",)]
    index.close()


def test_building_again_remembers_what_an_older_version_indexed() -> None:
    index = open_index(create=True)
    index.rows("INSERT INTO roots (path) VALUES ('/papers')")
    index.rows("PRAGMA user_version = 1")
    index.close()
    with pytest.raises(CollectionDamagedError, match="older version"):
        open_index()
    index, roots = rebuilt_index()
    assert roots == ["/papers"]
    index.close()


def test_an_index_in_a_folder_that_cannot_be_written_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    path = index_path("default")
    make_index(path)
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    with closing(open_index()) as index:
        assert index.rows("SELECT count(*) FROM documents") != [(0,)]
        assert index.check() == ()
        with pytest.raises(CollectionError, match=r"default\.sqlite: its folder is not writable$"):
            index.rows("DELETE FROM documents")
    assert [file.name for file in path.parent.iterdir() if file.suffix != ".lock"] == [path.name]


def test_a_folder_in_place_of_an_index_is_said() -> None:
    index_path("default").mkdir(parents=True)
    with pytest.raises(CollectionError, match=r"default\.sqlite: a folder has its name$"):
        open_index()

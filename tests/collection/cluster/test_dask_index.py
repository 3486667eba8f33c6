"""Indexing on a cluster gives the index that one process gives, whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import Store
from reader.cli import main
from reader.collection.batches.reading_task import ReadingOptions
from reader.collection.cluster.dask_cluster import DaskCluster
from reader.collection.indexing.indexer import Indexer, IndexEvent, IndexStatus
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.open_index import open_index
from reader.names.tables import table_files
from tests.collection.cluster.conftest import Prime

distributed = pytest.importorskip("distributed")

TABLES = (
    "documents", "dates", "entities", "entity_names", "files", "mentions", "names", "profiles", "sources",
    "suggestions", "texts",
)  # fmt: skip


def rows(storage: CollectionStorage) -> dict[str, list[Any]]:
    """Return every row of the tables of an index."""
    return {table: sorted(map(tuple, storage.rows(f"SELECT * FROM {table}"))) for table in TABLES}


def local_rows(path: Path, options: ReadingOptions, papers: Path, processes: int = 1) -> dict[str, list[Any]]:
    """Return the rows of the index that processes of this machine write."""
    with closing(SqliteIndex.open(path, create=True)) as index, Store.open() as store:
        for _ in Indexer(index, store, options).run([str(papers)], processes=processes):
            pass
        return rows(index)


def test_the_index_equals_that_of_one_process(
    storage: CollectionStorage, address: str, prime: Prime, papers: Path, sources: list[str], tmp_path: Path
) -> None:
    assert main(["names", "add", "Nobody", "PERSON"]) == 0
    options = prime(*sources)
    with DaskCluster(address) as cluster, Store.open() as store:
        events = list(Indexer(storage, store, options).run([str(papers)], cluster=cluster))
    assert [event.source for event in events if event.status == IndexStatus.FAILED] == [str(papers / "c.txt")]
    expected = local_rows(tmp_path / "one.sqlite", options, papers)
    assert rows(storage) == expected
    assert any(name[1] == "Nobody" for name in expected["names"])


@pytest.fixture
def places() -> Iterator[None]:
    """A table of the user that calls Tallinn another name of Estonia."""
    folder = Path(os.environ["READER_CONFIG_DIR"]) / "names"
    folder.mkdir(parents=True)
    (folder / "places.psv").write_text("GPE|Estonia|Tallinn\n", "utf-8")
    table_files.stamp.cache_clear()
    yield
    table_files.stamp.cache_clear()


@pytest.mark.usefixtures("places")
def test_tables_of_the_user_hold_on_the_cluster(
    address: str, prime: Prime, papers: Path, sources: list[str], tmp_path: Path
) -> None:
    options = prime(*sources)
    expected = local_rows(tmp_path / "local.sqlite", options, papers, 2)
    with closing(SqliteIndex.open(tmp_path / "c.sqlite", create=True)) as index:
        with DaskCluster(address) as cluster, Store.open() as store:
            for _ in Indexer(index, store, options).run([str(papers)], cluster=cluster):
                pass
        assert rows(index) == expected
        names = [name for (name,) in index.rows("SELECT name FROM entities WHERE label = 'GPE' ORDER BY id")]
        assert len(names) == len(index.rows("SELECT DISTINCT document FROM entities WHERE label = 'GPE'"))


@pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")
def test_a_lost_worker_changes_nothing(
    address: str, prime: Prime, papers: Path, sources: list[str], tmp_path: Path
) -> None:
    more = [papers / f"x{number:03}.txt" for number in range(200)]
    for number, path in enumerate(more):
        path.write_text(f"Okonkwo likes Estonia, part {number}.", "utf-8")
    options = prime(*sources, *more)
    with closing(SqliteIndex.open(tmp_path / "c" / "two.sqlite", create=True)) as index:
        with DaskCluster(address) as cluster, Store.open() as store:
            events: list[IndexEvent] = []
            for event in Indexer(index, store, options).run([str(papers)], cluster=cluster):
                if not events:
                    with closing(distributed.Client(address, set_as_default=False)) as client:
                        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
                events.append(event)
        assert [event.source for event in events if event.error] == [str(papers / "c.txt")]
        assert rows(index) == local_rows(tmp_path / "one.sqlite", options, papers)


def test_the_command_indexes_on_the_cluster_and_writes_tables(
    address: str, prime: Prime, papers: Path, sources: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = prime(*sources).model or ""
    command = ["index", str(papers), "--dask", address, "--to", str(tmp_path / "tables"), "--model", model]
    assert main(command) == 1
    captured = capsys.readouterr()
    assert captured.out == "65 indexed, 0 unchanged, 1 failed\n"
    assert captured.err.count("\n") == 1
    assert "c.txt" in captured.err
    assert main([*command[:4], "--model", model]) == 1
    assert capsys.readouterr().out == "0 indexed, 64 unchanged, 1 failed\n"
    parquet = pytest.importorskip("pyarrow.parquet")
    with closing(open_index()) as index:
        for table in ("documents", "mentions", "entities", "profiles"):
            ((count,),) = index.rows(f"SELECT count(*) FROM {table}")
            assert parquet.read_table(tmp_path / "tables" / f"{table}.parquet").num_rows == count > 0


def test_a_cluster_that_is_away_is_one_line(
    papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DaskCluster.__init__, "__kwdefaults__", {"connect_seconds": 1.0, "patience": 1.0})
    assert main(["index", str(papers), "--dask", "tcp://127.0.0.1:9"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("reader: no Dask cluster answers at tcp://127.0.0.1:9")
    assert captured.err.count("\n") == 1
    assert main(["index", str(papers), "--dask", "tcp://127.0.0.1:9", "--processes", "2"]) == 2

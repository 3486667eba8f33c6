from __future__ import annotations

from pathlib import Path

import pytest

from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.parquet_tables import write_parquet
from tests.collection.made_documents import FIRST, made_records

parquet = pytest.importorskip("pyarrow.parquet")


def test_the_files_have_what_the_index_has(filled: CollectionStorage, tmp_path: Path) -> None:
    paths = write_parquet(filled, tmp_path / "out")
    tables = {path.stem: parquet.read_table(path).to_pylist() for path in paths}
    assert [document["source"] for document in tables["documents"]] == ["first.txt", "second.txt", "c.txt"]
    assert tables["documents"][0]["text"] == FIRST
    records = made_records()
    assert len(tables["mentions"]) == sum(len(record.mentions) for record in records)
    assert len(tables["entities"]) == sum(len(record.entities) for record in records)
    for mention in tables["mentions"]:
        text = next(record.text for record in records if record.digest == mention["document"])
        assert text[mention["start"] : mention["end"]] == mention["text"]
    keys = {profile["profile"] for profile in tables["profiles"]}
    assert {entity["profile"] for entity in tables["entities"]} == keys


def test_a_folder_that_cannot_be_written_is_one_line(filled: CollectionStorage, tmp_path: Path) -> None:
    from reader.collection.storage.collection_storage import CollectionError

    (tmp_path / "file").write_text("")
    with pytest.raises(CollectionError, match="cannot write"):
        write_parquet(filled, tmp_path / "file" / "out")


def test_pandas_and_duckdb_read_the_files(filled: CollectionStorage, tmp_path: Path) -> None:
    paths = {path.stem: path for path in write_parquet(filled, tmp_path / "out")}
    counts = {table: filled.rows(f"SELECT count(*) FROM {table}")[0][0] for table in paths}
    pandas = pytest.importorskip("pandas")
    frames = {table: pandas.read_parquet(path) for table, path in paths.items()}
    assert {table: len(frame) for table, frame in frames.items()} == counts
    assert set(frames["mentions"]["profile"]) <= set(frames["profiles"]["profile"]) | {None}
    duckdb = pytest.importorskip("duckdb")
    sql = (
        f"SELECT p.name, count(DISTINCT m.document) FROM '{paths['mentions']}' m"
        f" JOIN '{paths['profiles']}' p USING (profile) GROUP BY p.name ORDER BY 2 DESC, 1 LIMIT 1"
    )
    assert duckdb.sql(sql).fetchall() == [("Ada Marlow", 3)]

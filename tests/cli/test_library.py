"""`reader library` and `reader forget`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import Store
from reader.annotate.decisions import DocumentNoted
from reader.collection.storage.index_files import index_path
from reader.document import load
from tests.cli.conftest import TEXT, Result

Reader = Callable[..., Result]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three files, of which the first was opened, and the first two are indexed."""
    paths = [tmp_path / "articles" / name for name in ("first.txt", "second.txt", "third.txt")]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text(f"{path.stem.title()}\n\n{TEXT}\n{path.name}", "utf-8")
    return paths


def listed(reader: Reader, *arguments: object) -> list[dict[str, Any]]:
    result = reader("library", "--format", "json", *arguments)
    assert (result.code, result.err) == (0, "")
    documents: list[dict[str, Any]] = json.loads(result.out)["documents"]
    return [item for item in documents if not item["sample"]]


@pytest.fixture
def collection(reader: Reader, files: list[Path]) -> list[Path]:
    with Store.open() as store:
        store.remember(load(str(files[0])), 30)
    assert reader("index", *files[:2]).code == 0
    return files


def test_the_library_lists_what_was_opened_and_what_is_indexed(reader: Reader, collection: list[Path]) -> None:
    first, second = listed(reader)
    assert (first["source"], second["source"]) == (str(collection[0]), str(collection[1]))
    assert (bool(first["opened"]), bool(second["opened"])) == (True, False)
    assert first["position"] == 30
    assert first["mentions"] > 0
    assert [item["indexed"] for item in (first, second)] == [True, True]
    out = reader("library", "--color", "never").out
    assert "Documents" in out
    assert "The desert governor" in out
    assert str(collection[1]) in out


def test_the_library_is_filtered_sorted_and_cut(reader: Reader, collection: list[Path]) -> None:
    assert [Path(item["source"]).stem for item in listed(reader, "--sort", "name", "--reverse")] == ["second", "first"]
    assert [Path(item["source"]).stem for item in listed(reader, "second", "articles")] == ["second"]
    assert len(listed(reader, "--limit", "1")) == 1
    collection[1].unlink()
    assert [item["state"] for item in listed(reader, "status:missing")] == ["missing"]
    result = reader("library", "status:lost")
    assert result.code == 1
    assert "status:lost is not one of decided" in result.err
    assert reader("library", "nothing-like-it", "--color", "never").out == "No document matches.\n"


def test_the_library_as_csv_has_no_control_characters(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "=1+1\x1b[2J.txt"
    path.write_text(TEXT)
    with Store.open() as store:
        store.remember(load(str(path)), 0)
    out = reader("library", "--format", "csv").out
    assert "\x1b" not in out
    (row, *_) = csv.DictReader(io.StringIO(out))
    assert row["mentions"] == ""
    assert row["indexed"] == "False"


def test_another_collection_has_only_its_own_documents(reader: Reader, collection: list[Path]) -> None:
    assert reader("index", "--collection", "ports", collection[2]).code == 0
    assert [item["source"] for item in listed(reader, "--collection", "ports")] == [str(collection[2])]
    result = reader("library", "--collection", "harbors")
    assert result.code == 1
    assert "there is no collection harbors; your collections: default, ports" in result.err


def test_a_damaged_index_leaves_what_was_opened(reader: Reader, collection: list[Path]) -> None:
    index_path("default").write_bytes(b"damaged" * 1000)
    result = reader("library", "--format", "json")
    assert result.code == 1
    assert "reader index --rebuild" in result.err
    assert [item["source"] for item in json.loads(result.out)["documents"][:1]] == [str(collection[0])]


def test_forgetting_says_what_it_took_and_what_stays(reader: Reader, collection: list[Path]) -> None:
    document = load(str(collection[0]))
    with Store.open() as store:
        store.append(document, [DocumentNoted("Ask the council.")])
    result = reader("forget", collection[0])
    assert (result.code, result.err) == (0, "")
    assert f"forgot First ({collection[0]})" in result.out
    assert "annotations and files stay" in result.out
    assert [item["source"] for item in listed(reader)] == [str(collection[1])]
    with Store.open() as store:
        assert store.history(document).decisions == (DocumentNoted("Ask the council."),)
    assert reader("index", collection[0]).code == 0
    assert {item["source"] for item in listed(reader)} == {str(path) for path in collection[:2]}


def test_a_folder_stands_for_its_documents_and_an_unknown_source_is_an_error(
    reader: Reader, collection: list[Path]
) -> None:
    result = reader("forget", collection[0].parent, "nothing.txt")
    assert result.code == 1
    assert result.err == "reader: nothing.txt: not in the collection\n"
    assert result.out.count("forgot ") == 2
    assert listed(reader) == []


def test_a_forgotten_folder_or_pattern_is_no_longer_looked_at(reader: Reader, collection: list[Path]) -> None:
    folder, pattern = collection[0].parent, f"{collection[0].parent}/*.none"
    reader("index", folder, pattern)
    assert reader("index").code == 1
    result = reader("forget", pattern)
    assert result == (0, f"{pattern} is no longer looked at\n", "")
    assert reader("index").code == 0
    assert reader("forget", folder).out.endswith(f"{folder} is no longer looked at\n")
    assert reader("index").err == "reader: nothing was indexed before; name files or folders\n"

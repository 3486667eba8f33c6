"""Keeping watchlists in the data directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.collection.watchlists.saved_lists import (
    add_list,
    find_list,
    load_list,
    remove_list,
    saved_names,
    summarize_list,
)
from reader.collection.watchlists.watchlist import ListSummary, WatchlistError


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text("id,name,aliases\np1,Ada Marlow,A. Marlow;Ada Quill\n")
    return path


def test_a_list_is_kept_without_its_source(source: Path) -> None:
    added = add_list("people", source)
    source.unlink()
    assert load_list("people") == added
    assert saved_names() == ("people",)


def test_a_list_is_summarized_without_reading_its_entries(source: Path, data_dir: Path) -> None:
    added = add_list("people", source)
    path = data_dir / "watchlists" / "people.jsonl"
    header, entries = path.read_text().split("\n", 1)
    path.write_text(f"{header}\nnot JSON")
    summary = summarize_list("people")
    assert summary == ListSummary("people", added.source, added.added, 1, 3)
    path.write_text(header.replace(',"entries":1,"names":3', "") + "\n" + entries)
    assert summarize_list("people") == summary, "an earlier version wrote no counts"


def test_adding_again_replaces_the_list(source: Path) -> None:
    add_list("people", source)
    source.write_text("name\nTom Reyes\n")
    add_list("people", source)
    assert [entity.name for entity in load_list("people").entities] == ["Tom Reyes"]


def test_a_failed_addition_leaves_the_list_unchanged(source: Path) -> None:
    add_list("people", source)
    source.write_text("")
    with pytest.raises(WatchlistError):
        add_list("people", source)
    assert load_list("people").entities


@pytest.mark.parametrize("name", ["", "../up", "a/b", "-x", ".", "a b"])
def test_a_name_cannot_leave_the_directory(source: Path, name: str) -> None:
    with pytest.raises(WatchlistError, match="no name for a watchlist"):
        add_list(name, source)


def test_a_missing_list_names_those_there_are(source: Path) -> None:
    add_list("people", source)
    with pytest.raises(WatchlistError, match="your watchlists: people"):
        find_list("peopel")
    remove_list("people")
    with pytest.raises(WatchlistError, match="add one with"):
        load_list("people")


def test_a_file_can_be_used_without_adding_it(source: Path) -> None:
    assert find_list(str(source)).name == "names"


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"watchlist": 1, "name": "p"', b"\xff\xfe", b"[]\n[1]\n"])
def test_a_damaged_list_gets_one_clear_line(source: Path, data_dir: Path, content: bytes) -> None:
    add_list("people", source)
    (data_dir / "watchlists" / "people.jsonl").write_bytes(content)
    for read in (load_list, summarize_list):
        with pytest.raises(WatchlistError) as error:
            read("people")
        assert "\n" not in str(error.value)
        assert "people" in str(error.value)

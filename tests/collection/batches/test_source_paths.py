from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.collection.batches.source_paths import SourcePaths


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a/z.txt", "a/y.md", ".hidden", ".git/config", "a/.cache/x.txt", "c [1].txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    (tmp_path / "in" / "empty").mkdir()
    return tmp_path


def test_a_folder_stands_for_its_files_sorted_without_hidden_ones() -> None:
    assert list(SourcePaths(["in"])) == ["in/b.txt", "in/c [1].txt", "in/a/y.md", "in/a/z.txt"]
    assert SourcePaths(["in", "in/b.txt"]).count() == 5


def test_a_pattern_stands_for_the_files_that_match() -> None:
    assert list(SourcePaths(["in/**/*.txt"])) == ["in/a/z.txt", "in/b.txt", "in/c [1].txt"]


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        ("**/*.md", ["in/a/y.md"]),
        ("./**/y.*", ["./in/a/y.md"]),
        ("i*/**/a/*.txt", ["in/a/z.txt"]),
        ("in/a/**", ["in/a/y.md", "in/a/z.txt"]),
        ("**/a/**/z.txt", ["in/a/z.txt"]),
        ("in/**/[x-z].txt", ["in/a/z.txt"]),
        ("in/*", ["in/b.txt", "in/c [1].txt"]),
    ],
)
def test_any_folders_match_two_stars(pattern: str, paths: list[str]) -> None:
    assert list(SourcePaths([pattern])) == paths


@pytest.mark.parametrize("argument", ["in", "in/**/*", "**/*.txt"])
def test_links_to_folders_are_not_followed(folder: Path, argument: str) -> None:
    before = list(SourcePaths([argument]))
    (folder / "in" / "a" / "up").symlink_to("..")
    (folder / "in" / "self").symlink_to(".")
    (folder / "in" / "a" / "other").symlink_to(folder / "in" / "a")
    assert list(SourcePaths([argument])) == before


@pytest.mark.parametrize("argument", [".", "**/*.txt"])
def test_the_directories_of_the_program_are_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, argument: str
) -> None:
    before = list(SourcePaths([argument]))
    for kind in ("DATA", "CACHE", "CONFIG"):
        directory = folder / "in" / kind.lower()
        (directory / "deep").mkdir(parents=True)
        (directory / "deep" / "kept.txt").write_text("text")
        monkeypatch.setenv(f"READER_{kind}_DIR", str(directory))
    assert list(SourcePaths([argument])) == before
    assert list(SourcePaths(["in/data"])) == ["in/data/deep/kept.txt"]


def test_a_folder_that_cannot_be_read_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: str) -> os._ScandirIterator[str]:
        if os.path.basename(path) == "a":  # noqa: PTH119 - a path as `os` gives it
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(SourcePaths(["in"])) == ["in/b.txt", "in/c [1].txt", "in/a"]


def test_an_existing_name_is_no_pattern() -> None:
    assert list(SourcePaths(["in/c [1].txt"])) == ["in/c [1].txt"]


@pytest.mark.parametrize("argument", ["none.txt", "-", "https://example.org/?q=*", "in/empty", "*.pdf", "a\0b", ""])
def test_other_arguments_stay_as_they_are(argument: str) -> None:
    assert list(SourcePaths([argument])) == [argument]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_pipes_in_folders_are_not_read(folder: Path) -> None:
    os.mkfifo(folder / "in" / "empty" / "pipe")
    (folder / "in" / "empty" / "gone").symlink_to("nowhere")
    assert list(SourcePaths(["in/empty"])) == ["in/empty/gone"]


def test_arguments_are_many_if_they_may_be_several_documents() -> None:
    assert [SourcePaths([argument]).many for argument in ("in", "in/empty", "in/*.txt", "in/b.txt", "-")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert SourcePaths(["in/b.txt", "-"]).many

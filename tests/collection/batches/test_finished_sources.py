from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.collection.batches.file_state import file_state
from reader.collection.batches.finished_sources import FinishedSources
from reader.collection.batches.outcome import Outcome
from reader.collection.batches.resumable_task import FinishedSource
from reader.directories import cache_dir


def outcome(path: Path, value: str) -> Outcome[FinishedSource]:
    if not path.exists():
        path.touch()
    return Outcome(str(path), FinishedSource(str(path), value, "digest", str(path), file_state(str(path))))


def batch() -> FinishedSources:
    return FinishedSources("export", {}, {})


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file grow beyond a size in bytes."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.skipif(sys.platform == "win32", reason="limits as on Unix")
def test_a_full_disk_ends_only_what_is_kept(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in "abc")
    with batch() as finished:
        finished.add(outcome(first, "first"))
    (file,) = (cache_dir() / "unfinished").glob("*.batch")
    with full_disk(file.stat().st_size + 50), batch() as finished:
        finished.add(outcome(second, "second" * 100))
        finished.add(outcome(third, "third"))
        assert finished.outcome(str(first)) == outcome(first, "first")
    with batch() as finished:
        assert set(finished.members) == {str(first)}
        finished.add(outcome(third, "third"))
    with batch() as finished:
        assert set(finished.members) == {str(first), str(third)}
        assert finished.outcome(str(third)) == outcome(third, "third")


@pytest.mark.skipif(sys.platform == "win32", reason="limits as on Unix")
def test_a_disk_that_was_full_from_the_start_keeps_nothing(tmp_path: Path) -> None:
    with full_disk(10), batch() as finished:
        finished.add(outcome(tmp_path / "a", "first"))
    with batch() as finished:
        assert not finished.members


def test_of_two_batches_of_one_name_only_the_first_keeps_anything(tmp_path: Path) -> None:
    with batch() as first, batch() as second:
        second.add(outcome(tmp_path / "a", "second"))
        first.add(outcome(tmp_path / "b", "first"))
        assert second.temporary_label == ""
    with batch() as finished:
        assert set(finished.members) == {str(tmp_path / "b")}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as on Unix")
def test_only_the_user_can_read_what_is_kept(tmp_path: Path) -> None:
    with batch() as finished:
        finished.add(outcome(tmp_path / "a", "text"))
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (cache_dir() / "unfinished").iterdir()]
        assert modes == [0o600, 0o600]


def test_what_nobody_has_gone_on_with_for_a_month_is_deleted(tmp_path: Path) -> None:
    for name in ("old", "recent", "current"):
        with FinishedSources(name, {}, {}) as finished:
            finished.add(outcome(tmp_path / "a", name))
    folder = cache_dir() / "unfinished"
    old, recent, current = (FinishedSources(name, {}, {})._path for name in ("old", "recent", "current"))
    for path in (old, old.with_suffix(".lock"), recent.with_suffix(".lock"), current, current.with_suffix(".lock")):
        os.utime(path, (0, 0))
    with FinishedSources("current", {}, {}) as finished:
        assert finished.members
    expected = {path.with_suffix(suffix) for path in (recent, current) for suffix in (".batch", ".lock")}
    assert set(folder.iterdir()) == expected

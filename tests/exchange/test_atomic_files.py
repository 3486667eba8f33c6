from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from reader.exchange import atomic_folder, atomic_writer


def test_a_new_file_is_written(tmp_path: Path) -> None:
    with atomic_writer(tmp_path / "out") as out:
        out.write(b"one")
    assert (tmp_path / "out").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_keeps_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def fail(out: BinaryIO) -> None:
        out.write(b"new")
        raise RuntimeError

    with pytest.raises(RuntimeError), atomic_writer(path) as out:
        fail(out)
    assert path.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_permissions_are_kept_and_new_files_get_the_default(tmp_path: Path) -> None:
    old, usual = tmp_path / "old", tmp_path / "usual"
    old.write_bytes(b"")
    old.chmod(0o640)
    usual.write_bytes(b"")
    for path in (old, tmp_path / "new"):
        with atomic_writer(path):
            pass
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_a_symbolic_link_is_kept(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with atomic_writer(tmp_path / "link") as out:
        out.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()))
    reader.start()
    with atomic_writer(path) as out:
        out.write(b"through")
    reader.join()
    assert received == [b"through"]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "vault"
    path.parent.mkdir()
    with atomic_folder(path) as folder:
        (folder / "one").write_text("1")
        assert not path.exists()
    assert [file.name for file in path.iterdir()] == ["one"]
    (tmp_path / "usual").mkdir()
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode

    def fail(folder: Path) -> None:
        (folder / "one").write_text("1")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), atomic_folder(tmp_path / "other") as folder:
        fail(folder)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new", "usual"]


def test_an_empty_folder_is_filled_and_a_full_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    path.mkdir(mode=0o700)
    with atomic_folder(path) as folder:
        (folder / "one").write_text("1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    with pytest.raises(FileExistsError), atomic_folder(path):
        pass
    assert [file.name for file in path.iterdir()] == ["one"]
    assert [file.name for file in tmp_path.iterdir()] == ["vault"]


@pytest.mark.parametrize("name", ["", "missing/out"])
def test_a_file_that_cannot_be_written_raises_an_os_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(OSError), atomic_writer(tmp_path / name):  # noqa: PT011  (any OSError)
        pass

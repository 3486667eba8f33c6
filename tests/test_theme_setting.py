from __future__ import annotations

from pathlib import Path

import pytest

from reader.directories import data_dir
from reader.settings import last_theme, save_theme


def test_the_chosen_theme_is_restored() -> None:
    assert last_theme() == ""
    save_theme("light")
    assert last_theme() == "light"
    save_theme("dark")
    assert last_theme() == "dark"


@pytest.mark.parametrize("damaged", [b"", b"MAUVE", b"\xff\x00", b"light dark"])
def test_a_damaged_theme_file_is_ignored(damaged: bytes) -> None:
    data_dir().mkdir(parents=True)
    (data_dir() / "theme").write_bytes(damaged)
    assert last_theme() == ""


def test_an_unwritable_directory_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "file"))
    save_theme("light")
    assert last_theme() == ""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.cli.commands import show
from tests.cli.conftest import Result

Reader = Callable[..., Result]


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A terminal of ten rows, and a pager that writes what it is given to the file returned."""
    paged = tmp_path / "paged"
    monkeypatch.setattr(show, "is_terminal", lambda: True)
    monkeypatch.setattr(show, "lines", lambda: 10)
    monkeypatch.setenv("PAGER", f"sh -c 'cat > {paged}'")
    return paged


def test_what_is_longer_than_the_screen_goes_through_the_pager(reader: Reader, article: Path, screen: Path) -> None:
    assert reader("show", article).out == ""
    assert "\x1b[" in screen.read_text("utf-8")
    assert "World Port Council" in screen.read_text("utf-8")


def test_what_fits_is_printed(reader: Reader, article: Path, screen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "lines", lambda: 99)
    assert "World Port Council" in reader("show", article).out
    assert not screen.exists()


def test_no_pager_if_none_is_wanted(reader: Reader, article: Path, screen: Path) -> None:
    assert "World Port Council" in reader("show", article, "--no-pager").out
    assert not screen.exists()


@pytest.mark.parametrize("pager", ["", "cat", "/no/such/pager"])
def test_without_a_pager_everything_is_printed(
    pager: str, reader: Reader, article: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", pager)
    assert "World Port Council" in reader("show", article).out
    assert not screen.exists()


def test_a_pager_that_is_left_early_is_no_fault(
    reader: Reader, article: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del screen
    monkeypatch.setenv("PAGER", "true")
    assert reader("show", article) == (0, "", "")

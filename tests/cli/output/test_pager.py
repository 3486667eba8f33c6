from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.cli.commands.reading import show
from reader.cli.output import paint
from tests.cli.conftest import Result

Reader = Callable[..., Result]


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A terminal of ten rows, with a pager that writes its input to the file returned."""
    paged = tmp_path / "paged"
    monkeypatch.setattr(show, "is_terminal", lambda: True)
    monkeypatch.setattr(paint, "is_terminal", lambda: True)
    monkeypatch.setattr(show, "lines", lambda: 10)
    monkeypatch.setenv("PAGER", f"sh -c 'cat > {paged}'")
    return paged


def test_output_longer_than_the_screen_goes_through_the_pager(reader: Reader, source: Path, screen: Path) -> None:
    assert reader("show", source).out == ""
    assert "\x1b[" in screen.read_text("utf-8")
    assert "World Port Council" in screen.read_text("utf-8")


def test_output_that_fits_the_screen_is_printed(
    reader: Reader, source: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(show, "lines", lambda: 99)
    assert "World Port Council" in reader("show", source).out
    assert not screen.exists()


def test_the_option_no_pager_prints_everything(reader: Reader, source: Path, screen: Path) -> None:
    assert "World Port Council" in reader("show", source, "--no-pager").out
    assert not screen.exists()


@pytest.mark.parametrize("pager", ["", "cat", "/no/such/pager"])
def test_everything_is_printed_if_there_is_no_pager(
    pager: str, reader: Reader, source: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", pager)
    assert "World Port Council" in reader("show", source).out
    assert not screen.exists()


def test_quitting_the_pager_early_is_not_an_error(
    reader: Reader, source: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del screen
    monkeypatch.setenv("PAGER", "true")
    assert reader("show", source) == (0, "", "")

"""`reader` without arguments in a real terminal: open a file by its path, return to the list, forget, undo, quit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.harness.terminal import Terminal
from reader.annotate import Store

Start = Callable[..., Terminal]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_a_file_is_opened_forgotten_and_brought_back(terminal: Start, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "notes on the harbor.txt"
    path.write_text("The harbor\n\nMaria Okonkwo left Tallinn on Monday.\n", "utf-8")
    first = terminal(size=size)
    first.wait_for("these are samples: o opens a file of yours")
    first.press("o", *f"{tmp_path}/notes", "tab")
    first.wait_for("harbor.txt")
    first.press("enter")
    first.wait_for(r"Okonkwo left")
    first.press("q")
    first.wait_for("1 document")
    first.wait_for(r"Notes on the harbor +")
    first.press("D")
    first.wait_for("brings it back")
    first.press("u")
    first.wait_for("kept “Notes on the harbor”")
    first.press("q")
    assert first.wait_until_ended() == 0
    with Store.open(tmp_path / "data" / "annotations.db") as store:
        assert [item.source for item in store.recent()] == [str(path)]

    again = terminal(size=size)
    again.wait_for(r"Notes on the harbor +")
    again.press("D")
    again.wait_for("brings it back")
    again.press("q")
    assert again.wait_until_ended() == 0
    with Store.open(tmp_path / "data" / "annotations.db") as store:
        assert store.recent() == ()
    assert path.exists()

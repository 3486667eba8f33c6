"""The program asks the terminal how wide it draws emoji, and draws them again when it has answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.harness.terminal import PATIENCE, Terminal

FAMILY = "👨‍👩‍👧".encode()


def test_a_family_is_drawn_whole_once_the_terminal_says_it_can(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    article = tmp_path / "families.txt"
    article.write_text("\n\n".join(f"Line {number}: the family 👨‍👩‍👧 of Mira Castellan." for number in range(40)))
    started = terminal(str(article))
    started.wait_for("entities · saved|no names")
    before = bytes(started.received)
    asked = before.rindex(b"\x1b[6n")
    assert FAMILY not in before[asked:]
    # A key that is typed between two answers stays a key.
    started.press("\x1b[2;3R\x1b[3;5R", "G", "\x1b[4;3R")
    started.wait_for("Line 39")
    while FAMILY not in started.received[len(before) :]:
        assert started.read(PATIENCE)
    started.press("q")
    assert started.wait_until_ended() == 0

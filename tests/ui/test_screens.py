"""How every screen looks at three sizes in two themes: its text, and the styles of the text.

`pytest -n 0 tests/ui/test_screens.py --snapshot-update` accepts a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, pairwise
from typing import Any, Final

import pytest
from rich.segment import Segment
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from reader.ui.base.themes import use_theme
from tests.ui.scenes import SCENES, play, rows_of
from tests.ui.screens.test_collection_screens import indexed

__all__ = ["indexed"]

SIZES: Final = ((80, 24), (120, 36), (200, 50))
TIME: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?")
LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Row = list[tuple[str, str]]
"""The characters of a row of the screen, each with its style."""


class TextFile(SingleFileSnapshotExtension):
    """Keeps each snapshot in a text file of its own."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.mark.parametrize("name", list(SCENES))
async def test_a_screen_looks_as_before(name: str, snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> None:
    scene = SCENES[name]
    if scene.needs_collection:
        request.getfixturevalue("indexed")
    app = scene.start("dark")
    async with app.run_test(size=SIZES[0]) as pilot:
        await play(scene, pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            rows = []
            for theme in ("dark", "light"):
                use_theme(app, theme)
                await settle(pilot)
                rows.append(painted(pilot))
            picture = pictured(*rows)
            assert picture == snapshot(name="x".join(map(str, size)), extension_class=TextFile)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until the screen no longer changes."""
    for widget in (*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)):
        widget.cursor_blink = False
    before: list[str] = []
    for _ in range(50):
        await pilot.pause()
        if (after := rows_of(pilot)) == before:
            return
        before = after


def painted(pilot: Pilot[Any]) -> list[Row]:
    """Return the rows of the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return [list(chain.from_iterable(characters(segment) for segment in strip)) for strip in strips]


def characters(segment: Segment) -> Iterable[tuple[str, str]]:
    """Return the characters of a segment, each with its style without what a click does."""
    style = str(segment.style.without_color + segment.style.background_style) if segment.style else ""
    color = segment.style.color.name if segment.style and segment.style.color else ""
    words = " ".join(filter(None, (color, style.replace("none", "").strip())))
    return ((character, words) for character in segment.text)


def pictured(dark: Sequence[Row], light: Sequence[Row]) -> str:
    """Return a screen as text: its rows; the styles of each row as runs of letters; what the letters mean."""
    letters: dict[tuple[str, str], str] = {}
    texts, runs = [], []
    for dark_row, light_row in zip(dark, light, strict=True):
        text = "".join(character for character, _ in dark_row)
        assert text == "".join(character for character, _ in light_row)
        texts.append(TIME.sub(lambda time: re.sub(r"\d", "0", time.group()), text).rstrip())
        styles = [
            (dark_style, light_style) for (_, dark_style), (_, light_style) in zip(dark_row, light_row, strict=True)
        ]
        row_letters = (letters.setdefault(style, LETTERS[len(letters)]) for style in styles)
        runs.append(" ".join(f"{letter}{len(list(run))}" for letter, run in groupby(row_letters)))
    repeated = [run if run != above else "=" for above, run in pairwise(["", *runs])]
    meanings = [f"{letter}  {dark_style}  |  {light_style}" for (dark_style, light_style), letter in letters.items()]
    return "\n".join([*texts, "", *repeated, "", *meanings, ""])

from __future__ import annotations

import re

import pytest

from reader.cli.output.paint import Paint
from reader.display.colors.color_depth import Depth
from reader.display.colors.labels import DEFAULT_LOOKS

_STYLED = re.compile(r"\x1b\[([\d;]+)m([^\x1b]*)\x1b\[0m")


def test_text_is_not_styled_without_colors() -> None:
    paint = Paint(Depth.NONE)
    for text in (
        paint.mention("IS", "ORG"),
        paint.heading("IS"),
        paint.faint("IS"),
        paint.accent("IS"),
        paint.bad("IS"),
    ):
        assert text == "IS"


@pytest.mark.parametrize(
    ("depth", "color"),
    [(Depth.TRUE, r"38;2;\d+;\d+;\d+"), (Depth.INDEXED, r"38;5;\d+"), (Depth.ANSI, r"(?:3[1-7]|9[0-6])")],
)
@pytest.mark.parametrize("dark", [True, False])
def test_every_label_has_a_color_and_a_text_style(depth: Depth, color: str, dark: bool) -> None:
    for look in DEFAULT_LOOKS:
        match = _STYLED.fullmatch(Paint(depth, dark).mention("name", look.label))
        assert match
        assert match[2] == "name"
        assert re.fullmatch(rf"(?:[134];)+{color}", match[1]), look


def test_with_true_color_a_mention_has_the_exact_color_of_its_label() -> None:
    assert Paint(Depth.TRUE, dark=True).mention("IS", "ORG") == "\x1b[1;38;2;130;170;255mIS\x1b[0m"
    assert Paint(Depth.TRUE, dark=False).mention("IS", "ORG") == "\x1b[1;38;2;29;79;196mIS\x1b[0m"


def test_common_labels_differ_with_sixteen_colors() -> None:
    paint = Paint(Depth.ANSI)
    painted = {paint.mention("x", label) for label in ("PERSON", "ORG", "GPE", "NORP", "EVENT")}
    assert len(painted) == 5


def test_a_date_has_the_nearest_gray_of_256_colors() -> None:
    assert "38;5;110" not in Paint(Depth.INDEXED).mention("x", "DATE")
    assert "38;5;247" in Paint(Depth.INDEXED).mention("x", "DATE") or "38;5;248" in Paint(Depth.INDEXED).mention(
        "x", "DATE"
    )

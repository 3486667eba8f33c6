from __future__ import annotations

import pytest

from reader.cli.output.terminal import columns, is_dark
from reader.display.colors.color_depth import Depth, color_depth


@pytest.mark.parametrize(
    ("when", "environment", "expected"),
    [
        ("auto", {"TERM": "xterm-256color"}, Depth.INDEXED),
        ("auto", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.TRUE),
        ("auto", {"TERM": "xterm-direct"}, Depth.TRUE),
        ("auto", {"TERM": "linux"}, Depth.ANSI),
        ("auto", {"TERM": "dumb", "COLORTERM": "truecolor"}, Depth.NONE),
        ("auto", {}, Depth.NONE),
        ("auto", {"TERM": "xterm-256color", "NO_COLOR": "1"}, Depth.NONE),
        ("auto", {"TERM": "xterm-256color", "NO_COLOR": ""}, Depth.INDEXED),
        ("always", {"TERM": "xterm-256color", "NO_COLOR": "1"}, Depth.INDEXED),
        ("always", {}, Depth.ANSI),
        ("never", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.NONE),
    ],
)
def test_the_number_of_colors_depends_on_the_environment(
    when: str, environment: dict[str, str], expected: Depth
) -> None:
    assert color_depth(when, environment) is expected


@pytest.mark.parametrize(
    ("theme", "background", "dark"),
    [
        (None, "", True),
        (None, "15;0", True),
        (None, "0;15", False),
        (None, "0;default;7", False),
        ("dark", "0;15", True),
    ],
)
def test_the_background_is_dark_unless_the_theme_or_the_environment_says_otherwise(
    theme: str | None, background: str, dark: bool
) -> None:
    assert is_dark(theme, {"COLORFGBG": background}) is dark


@pytest.mark.parametrize(("value", "expected"), [("132", 132), ("0", None), ("wide", None), ("", None)])
def test_the_environment_overrides_the_width_of_the_terminal(
    value: str, expected: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", value)
    monkeypatch.setattr("sys.__stdout__", None)
    monkeypatch.setattr("sys.__stderr__", None)
    assert columns() == expected

"""Rows are painted in whole grapheme clusters."""

from __future__ import annotations

from rich.style import Style

from reader.ui.base.painting import Layer, paint, strip_of

BOLD = Style(bold=True)


def painted(text: str, *spans: tuple[int, int]) -> list[tuple[str, bool]]:
    layers = [Layer(start, end, BOLD) for start, end in spans]
    segments = paint(text, 0, len(text), Style(), layers)
    return [(segment.text, bool(segment.style and segment.style.bold)) for segment in segments]


def test_a_mention_that_ends_inside_a_cluster_covers_it() -> None:
    family = "👨‍👩‍👧"
    text = f"The {family} Foundation"
    assert painted(text, (4, 6)) == [("The ", False), (family, True), (" Foundation", False)]
    assert painted(text, (6, len(text))) == [("The ", False), (f"{family} Foundation", True)]


def test_a_mention_beside_a_mark_keeps_it() -> None:
    assert painted("cafe\u0301 x", (0, 4)) == [("cafe\u0301", True), (" x", False)]


def test_a_mention_that_goes_beyond_the_row_is_kept() -> None:
    segments = list(paint("ab 👍🏽 cd", 3, 5, Style(), [Layer(0, 4, BOLD), Layer(5, 8, BOLD)]))
    assert [segment.text for segment in segments] == ["👍🏽"]
    assert segments[0].style == BOLD


def test_a_strip_has_its_width_whatever_the_clusters() -> None:
    text = "🇩🇪❤\ufe0f कि x\u200dy 👨‍👩‍👧"
    for width in range(1, 20):
        strip = strip_of(paint(text, 0, len(text), Style(), []), width, Style())
        assert strip.cell_length == width
        assert sum(segment.cell_length for segment in strip) == width

from __future__ import annotations

import io

import pytest

from reader.collection.batches.progress import ProgressLine, progress_text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((312, 4000, 2, 0, 31.2), "312 of 4,000 documents · 2 failed · 6 min left"),
        ((1, 10, 0, 0, 1.0), "1 of 10 documents"),
        ((100, 200, 0, 90, 10.0), "100 of 200 documents · 2 min left"),
        ((10, 10, 0, 0, 60.0), "10 of 10 documents"),
        ((12, 10, 0, 0, 60.0), "12 of 12 documents"),
        ((100, 1_000_000, 0, 0, 10.0), "100 of 1,000,000 documents · 27 h 46 min left"),
        ((90, 100, 0, 0, 9.0), "90 of 100 documents · 1 s left"),
    ],
)
def test_the_line_says_how_much_is_done_and_how_long_the_rest_takes(
    values: tuple[int, int, int, int, float], text: str
) -> None:
    assert progress_text(*values) == text


def test_the_line_is_removed_before_something_else_is_printed() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream, 3)
    line.clear()
    line.show(3, 0)
    line.clear()
    assert stream.getvalue() == "\r\x1b[K3 of 3 documents\r\x1b[K"


def test_the_line_says_how_much_of_a_later_step_is_done() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream, 3)
    line.show_step("connecting entities", 30, 90)
    line.clear()
    assert stream.getvalue() == "\r\x1b[Kconnecting entities: 33 %\r\x1b[K"


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream, 3, enabled=False)
    line.show(3, 0)
    line.show_step("connecting entities", 0, 0)
    assert stream.getvalue() == ""

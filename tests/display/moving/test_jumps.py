from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.display.moving.jump_labels import LABEL_LETTERS, assign_labels
from reader.display.moving.jump_list import JumpList
from reader.display.moving.positions import describe_position, offset_of_position
from reader.display.page import lay_out
from reader.document import Block, Document


def test_going_back_and_forward_visits_the_same_positions() -> None:
    jumps = JumpList()
    jumps.record(10)
    jumps.record(500)
    assert jumps.back(900) == 500
    assert jumps.back(500) == 10
    assert jumps.back(10) is None
    assert jumps.forward(10) == 500
    assert jumps.forward(500) == 900
    assert jumps.forward(900) is None


def test_a_new_jump_forgets_the_positions_ahead() -> None:
    jumps = JumpList()
    jumps.record(10)
    assert jumps.back(700) == 10
    jumps.record(10)
    assert jumps.forward(300) is None
    assert jumps.back(300) == 10


@given(st.sets(st.integers(0, 3000), max_size=700), st.integers(0, 3000))
def test_labels_are_short_distinct_and_none_begins_another(offsets: set[int], cursor: int) -> None:
    labels = assign_labels(sorted(offsets), cursor)
    assert len(labels) == min(len(offsets), len(LABEL_LETTERS) ** 2)
    assert len(set(labels.values())) == len(labels)
    assert all(1 <= len(label) <= 2 for label in labels.values())
    singles = {label for label in labels.values() if len(label) == 1}
    assert not any(label[0] in singles for label in labels.values() if len(label) == 2)
    if singles and len(labels) > len(singles):
        farthest_single = max(abs(offset - cursor) for offset, label in labels.items() if len(label) == 1)
        assert farthest_single <= min(abs(offset - cursor) for offset, label in labels.items() if len(label) == 2)


def numbered_lines() -> Document:
    """Return a document of 100 lines, the first 49 of them on the first page."""
    blocks, start = [], 0
    lines = [f"line {number}" for number in range(1, 101)]
    for number, line in enumerate(lines, 1):
        blocks.append(Block(start, start + len(line), page=1 + number // 50))
        start += len(line) + 1
    return Document("\n".join(lines), tuple(blocks), "", "")


PAGES = numbered_lines()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1", "line 1\n"), ("7", "line 4\n"), ("0%", "line 1\n"), ("50 %", "line 51\n"), ("p2", "line 50\n"),
     ("Page 2", "line 50\n"), ("p9", "line 100"), ("@7", "line 2\n"), ("999999", "line 100"), ("100%", "line 100")],
)  # fmt: skip
def test_positions_are_lines_percentages_pages_and_offsets(typed: str, words: str) -> None:
    offset = offset_of_position(typed, lay_out(PAGES, 80))
    assert PAGES.text[offset:].startswith(words)


@pytest.mark.parametrize("typed", ["x", "-3", "p", "50%%", "@3%", "²", ""])
def test_what_is_no_position_is_refused_with_the_forms_that_are(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a position: type a line"):
        offset_of_position(typed, lay_out(PAGES, 80))


def test_a_source_without_pages_says_so() -> None:
    with pytest.raises(ValueError, match="no pages"):
        offset_of_position("p3", lay_out(Document("one", (Block(0, 3),), "", ""), 80))


def test_a_position_is_described() -> None:
    page = lay_out(PAGES, 80)
    assert describe_position(7, page) == f"line 3 of 199, 0%, page 1, offset 7 of {len(PAGES.text):,}"

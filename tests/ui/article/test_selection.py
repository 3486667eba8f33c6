from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.article.selection import Selection, select_word


def selected_text(selection: Selection) -> str:
    return selection.text[selection.start : selection.end]


def test_a_selection_grows_and_shrinks_and_changes_its_edge_by_words() -> None:
    text = "alpha beta gamma delta"
    selection = select_word(text, 7)
    assert selected_text(selection) == "beta"
    assert selected_text(selection.moved(1)) == "beta gamma"
    assert selected_text(selection.moved(2).moved(-1)) == "beta gamma"
    assert selected_text(selection.moved(-1)) == "alpha beta"
    assert selected_text(selection.moved(1).swapped().moved(-1)) == "alpha beta gamma"
    assert selected_text(selection.moved(9)) == "beta gamma delta"


def test_a_selection_that_begins_between_words_selects_the_next_word() -> None:
    assert selected_text(select_word("one, two", 4)) == "two"


def test_a_selection_grows_over_several_blocks_and_ends_with_the_text() -> None:
    text = "one two\n\nthree four"
    selection = select_word(text, 4)
    assert selected_text(selection.moved(1)) == "two\n\nthree"
    assert selected_text(selection.moved(9)) == "two\n\nthree four"
    assert selected_text(selection.moved(2).moved(-2)) == "two"
    assert selected_text(select_word(text, 9).moved(-1)) == "two\n\nthree"
    assert selected_text(selection.extended_to(11).moved_by_characters(-5).moved_by_characters(-1)).strip() == "two"


def test_a_selection_extends_to_the_cursor() -> None:
    text = "alpha beta gamma delta"
    assert selected_text(select_word(text, 7).extended_to(18)) == "beta gamma delta"
    assert selected_text(select_word(text, 7).extended_to(2)) == "alpha beta"


@given(st.lists(st.integers(-2, 2), max_size=20))
def test_a_selection_is_never_empty(moves: list[int]) -> None:
    text = "One two, three “four” five-six 7."
    selection = select_word(text, 9)
    for move in moves:
        selection = selection.moved(move) if move else selection.swapped()
        assert 0 <= selection.start < selection.end <= len(text)

from __future__ import annotations

from reader.display.search import find_all

TEXT = "Iraq and iraq; the\nnew  IRAQ. Straße."


def test_case_matters_only_if_the_query_has_capitals() -> None:
    assert list(find_all(TEXT, "iraq").starts) == [0, 9, 24]
    assert list(find_all(TEXT, "Iraq").starts) == [0]


def test_a_space_matches_any_white_space_and_the_query_is_no_pattern() -> None:
    assert list(find_all(TEXT, "the new iraq").starts) == [15]
    assert len(find_all(TEXT, ".*")) == 0
    assert len(find_all(TEXT, "  ")) == 0


def test_stepping_wraps_around() -> None:
    matches = find_all(TEXT, "iraq")
    assert (matches.after(0), matches.after(24), matches.before(0), matches.before(10)) == (1, 0, 2, 1)
    assert find_all(TEXT, "nowhere").after(0) is None


def test_matches_that_overlap_a_row() -> None:
    assert find_all(TEXT, "iraq").between(5, 12) == [(9, 13)]
    assert find_all(TEXT, "iraq").between(10, 11) == [(9, 13)]

"""The compiled finder of names, compared with the matcher that looks at every word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.names.matcher import Matcher
from reader.names.normal import surface
from reader.names.spotting import spot


def _spotted(text: str, *names: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in spot(text, names)]


def test_matches_are_exact_on_borders_and_longest_first() -> None:
    text = "Osel Lake froze; Oselia and OSEL did not. US-led, al-US, the US's, Ali-3. X said X1."
    assert _spotted(text, "Osel", "Osel Lake", "US", "Ali", "X") == ["Osel Lake", "US", "US", "X"]


def test_a_space_matches_a_line_break() -> None:
    assert _spotted("met Ada\n  Quill, Ada\n\n\n\nQuill", "Ada Quill") == ["Ada\n  Quill"]
    assert [hit.surface for hit in spot("Ada  Quill", ["Ada Quill"])] == ["Ada Quill"]


def test_a_match_that_is_not_on_borders_does_not_hide_the_next() -> None:
    assert _spotted("al-Ali-3 Ali", "al-Ali", "Ali") == ["Ali"]
    assert _spotted("Lake-3 Lake", "Lake") == ["Lake"]


def test_names_are_not_read_as_patterns() -> None:
    text = "C++ (a|b) [x] A.B .* $5 AxB"
    assert _spotted(text, "C++", "(a|b)", "A.B", ".*", "$5", "[x]") == ["C++", "(a|b)", "[x]", "A.B", "$5"]
    assert _spotted(text) == _spotted(text, "", "..") == []


_text = st.text("ab A.-'’\n_é1", max_size=30)
_names = st.lists(st.text("abA.-'1é", min_size=1, max_size=4).filter(lambda name: name[0].isalnum()), max_size=5)


@given(_text, _names)
def test_it_finds_the_same_names_as_the_matcher(text: str, names: list[str]) -> None:
    alphanumeric = [name for name in names if name.isalnum()]
    words = {
        name for name in alphanumeric if not any(name != longer and longer.startswith(name) for longer in alphanumeric)
    }
    assert list(spot(text, words)) == list(Matcher(words).hits(text))


@given(_text, st.lists(st.text("abA.-'1é ", min_size=1, max_size=6), max_size=5))
def test_hits_quote_the_text_and_do_not_overlap(text: str, names: list[str]) -> None:
    last_end = 0
    for hit in spot(text, map(surface, names)):
        assert hit.start >= last_end
        assert surface(text[hit.start : hit.end]) == hit.surface
        last_end = hit.end

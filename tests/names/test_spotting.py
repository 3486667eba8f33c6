"""Finding a list of names: where the slower finder of the document pass finds them, too."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.names.matcher import Matcher
from reader.names.spotting import spot


def found(text: str, *names: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in spot(text, names)]


def test_exact_on_borders_and_longest_first() -> None:
    text = "Osel Lake froze; Oselia and OSEL did not. US-led, al-US, the US's, Ali-3. X said X1."
    assert found(text, "Osel", "Osel Lake", "US", "Ali", "X") == ["Osel Lake", "US", "US", "X"]


def test_a_line_break_may_stand_for_a_space() -> None:
    assert found("met Ada\n  Quill, Ada\n\n\n\nQuill", "Ada Quill") == ["Ada\n  Quill"]
    assert [hit.surface for hit in spot("Ada  Quill", ["Ada Quill"])] == ["Ada Quill"]


def test_a_name_whose_border_is_none_does_not_hide_the_next() -> None:
    assert found("al-Ali-3 Ali", "al-Ali", "Ali") == ["Ali"]
    assert found("Lake-3 Lake", "Lake") == ["Lake"]


def test_names_are_no_patterns() -> None:
    text = "C++ (a|b) [x] A.B .* $5 AxB"
    assert found(text, "C++", "(a|b)", "A.B", ".*", "$5", "[x]") == ["C++", "(a|b)", "[x]", "A.B", "$5"]
    assert found(text) == found(text, "", "..") == []


_text = st.text("ab A.-'’\n_é1", max_size=30)
_names = st.lists(st.text("abA.-'1é", min_size=1, max_size=4).filter(lambda name: name[0].isalnum()), max_size=5)


@given(_text, _names)
def test_it_finds_what_the_other_finder_finds(text: str, names: list[str]) -> None:
    one = [name for name in names if name.isalnum()]
    words = {name for name in one if not any(name != other and other.startswith(name) for other in one)}
    assert list(spot(text, words)) == list(Matcher(words).hits(text))


@given(_text, st.lists(st.text("abA.-'1é ", min_size=1, max_size=6), max_size=5))
def test_what_is_found_stands_there_once(text: str, names: list[str]) -> None:
    last = 0
    for hit in spot(text, names):
        assert hit.start >= last
        assert " ".join(text[hit.start : hit.end].split()) == " ".join(hit.surface.split())
        last = hit.end

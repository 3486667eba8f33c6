from __future__ import annotations

from reader.display import search
from reader.display.search import Matches
from reader.document import Block, Document
from reader.document.normal_text import NormalText

TEXT = "Iraq and iraq; the\nnew  IRAQ. Straße."


def find_all(query: str, text: str = TEXT) -> Matches:
    return search.find_all(NormalText(Document(text, (Block(0, len(text)),), "", "")), query)


def test_case_matters_only_if_the_query_has_capitals() -> None:
    assert list(find_all("iraq").starts) == [0, 9, 24]
    assert list(find_all("Iraq").starts) == [0]


def test_a_space_matches_any_white_space_and_the_query_is_no_pattern() -> None:
    assert list(find_all("the new iraq").starts) == [15]
    assert len(find_all(".*")) == 0
    assert len(find_all("  ")) == 0


def test_stepping_wraps_around() -> None:
    matches = find_all("iraq")
    assert (matches.after(0), matches.after(24), matches.before(0), matches.before(10)) == (1, 0, 2, 1)
    assert find_all("nowhere").after(0) is None


def test_matches_that_overlap_a_row() -> None:
    assert find_all("iraq").between(5, 12) == [(9, 13)]
    assert find_all("iraq").between(10, 11) == [(9, 13)]


def test_a_search_finds_words_however_they_are_typeset() -> None:
    text = "Sana’a, San\u00ada\u2019a and Haver-\nlund"
    assert [text[start:end] for start, end in find_all("Sana'a", text).between(0, len(text))] == [
        "Sana’a",
        "San\u00ada’a",
    ]
    assert len(find_all("haverlund", text)) == len(find_all("Haver\u00adlund", text)) == 1

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.display import search
from reader.display.search import Matches
from reader.document import Block, Document
from reader.document.normal_text import NormalText

TEXT = "Iraq and iraq; the\nnew  IRAQ. Straße."


def find_all(query: str, text: str = TEXT) -> Matches:
    return search.find_all(NormalText(Document(text, (Block(0, len(text)),), "", "")), search.parse_query(query))


def starts(matches: Matches) -> list[int]:
    return [start for start, _ in matches.spans]


def test_case_matters_only_if_the_query_has_capitals() -> None:
    assert starts(find_all("iraq")) == [0, 9, 24]
    assert starts(find_all("Iraq")) == [0]


def test_a_space_matches_any_white_space_and_the_query_is_no_pattern() -> None:
    assert starts(find_all("the new iraq")) == [15]
    assert len(find_all(".*")) == 0
    assert len(find_all("  ")) == 0


def test_stepping_wraps_around() -> None:
    matches = find_all("iraq")
    assert (matches.after(0), matches.after(24), matches.before(0), matches.before(10)) == (1, 0, 2, 1)
    assert find_all("nowhere").after(0) is None


def test_matches_that_overlap_a_row_are_found() -> None:
    assert find_all("iraq").between(5, 12) == [(9, 13)]
    assert find_all("iraq").between(10, 11) == [(9, 13)]


def test_a_search_finds_words_however_they_are_typeset() -> None:
    text = "Sana’a, San\u00ada\u2019a and Haver-\nlund"
    assert [text[start:end] for start, end in find_all("Sana'a", text).between(0, len(text))] == [
        "Sana’a",
        "San\u00ada’a",
    ]
    assert len(find_all("haverlund", text)) == len(find_all("Haver\u00adlund", text)) == 1


def test_accents_are_ignored_in_the_text_and_in_the_query() -> None:
    text = "José met Jose and Łódź; İzmir, naïve"
    assert starts(find_all("jose", text)) == starts(find_all("josé", text)) == [0, 9]
    assert starts(find_all("lodz", text)) == [18]
    assert starts(find_all("izmir", text)) == [24]
    assert starts(find_all(r"\vna.ve", text)) == [31]


def test_a_query_in_angle_brackets_finds_whole_words() -> None:
    text = "US-led, the USA and US's"
    assert starts(find_all(r"\<US\>", text)) == [0, 20]
    assert starts(find_all("US", text)) == [0, 12, 20]


def test_a_regular_expression_ignores_case_unless_it_has_capitals() -> None:
    assert starts(find_all(r"\v\biraq")) == [0, 9, 24]
    assert starts(find_all(r"\vI[a-z]{3}\b")) == [0]
    assert starts(find_all(r"\v\Siraq")) == []
    assert len(find_all(r"\vx*")) == 0, "empty matches are none"


@pytest.mark.parametrize("typed", ["(", "[a", "*", "(?P<", "a{9999999999}", "(?<"])
def test_an_unfinished_expression_is_one_clear_line(typed: str) -> None:
    with pytest.raises(search.QueryError, match="not a regular expression yet"):
        find_all(rf"\v{typed}")


def test_an_expression_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(search.QueryError, match="takes too long"):
        find_all(r"\v(x|xx)+[yz]", "x" * 60)


def test_a_scan_in_slices_finds_what_one_pass_finds() -> None:
    line = "The crew of the Osel saw José’s boat, and Osel saw them. "
    paragraphs = [line * (1 + number % 7) for number in range(1500)]
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start, start + len(paragraph)))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    normal = NormalText(Document(text, tuple(blocks), "", ""))
    expected = [offset for offset in range(len(text)) if text.startswith("José’s boat", offset)]
    for offset in (0, len(text) // 2, len(text) - 1):
        scan = search.Scan(normal, search.parse_query("jose's boat"), offset)
        scan.run(0)
        assert len(scan.matches) < len(expected)
        first = scan.matches.after(offset - 1)
        if offset < expected[-1]:
            assert first is not None
            assert scan.matches.span(first)[0] == next(start for start in expected if start >= offset)
        while not scan.complete:
            scan.run(0)
        assert starts(scan.matches) == expected


@given(st.text("ab ’\u00ad\n", max_size=40), st.integers(-1, 41), st.integers(0, 41))
@example("aaaaaaaa   a", 10, 0)
@example("aa   a", 4, 6)
def test_stepping_agrees_with_the_spans(text: str, offset: int, end: int) -> None:
    stripped = text.strip()
    if not stripped:
        return
    matches = find_all("a", stripped)
    spans = matches.spans
    after = next((index for index, (start, _) in enumerate(spans) if start > offset), 0)
    assert matches.after(offset) == (after if spans else None)
    before = [index for index, (start, _) in enumerate(spans) if start < offset]
    assert matches.before(offset) == ((before[-1] if before else len(spans) - 1) if spans else None)
    if 0 <= offset < end:
        assert matches.between(offset, end) == [span for span in spans if span[0] < end and offset < span[1]]

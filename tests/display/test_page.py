from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from reader.display.cells import cells, clusters, displayed, fit, is_narrow, pad, printed
from reader.display.page import Page, indent_of, lay_out, lay_out_around
from reader.display.wrapping import wrapped
from reader.document import Block, BlockKind, Document
from reader.document.blocks import LazyBlocks
from reader.document.loaders.plain import PlainBlocks

_TEXTS = st.text(
    st.sampled_from("ab cd  ef\n-’“”.é\u0301日本語ｱ\U0001f468\u200d\U0001f469️e\xad\t"), min_size=1, max_size=200
).filter(lambda text: bool(text.strip()))


def document(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    blocks, offset = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(offset, offset + len(paragraph), kind))
        offset += len(paragraph) + 1
    return Document("\n".join(paragraphs), tuple(blocks), "title", "source")


def rows(page: Page) -> list[str]:
    return [page.document.text[start:end] for start, end in zip(page.starts, page.ends, strict=True)]


def test_words_are_wrapped_at_spaces() -> None:
    assert rows(lay_out(document("one two three four"), 9)) == ["one two", "three", "four"]


def test_a_long_word_is_split() -> None:
    assert rows(lay_out(document("a abcdefghijklmnop b"), 8)) == ["a", "abcdefgh", "ijklmnop", "b"]


def test_an_empty_row_separates_paragraphs_but_not_list_items() -> None:
    assert rows(lay_out(document("one", "two"), 20)) == ["one", "", "two"]
    assert rows(lay_out(document("one", "two", kind=BlockKind.LIST_ITEM), 20)) == ["one", "two"]


def test_line_breaks_are_spaces_in_a_paragraph_and_kept_in_code() -> None:
    wrapped_source = document("one\ntwo three")
    prose = Document("one\ntwo three", (Block(0, 13),), "t", "s")
    assert rows(lay_out(prose, 40)) == ["one\ntwo three"]
    code = Document("one\n\n  two", (Block(0, 10, BlockKind.CODE),), "t", "s")
    assert rows(lay_out(code, 40)) == ["one", "", "  two"]
    assert wrapped_source.text == prose.text


def test_the_indentation_of_wrapped_lines_takes_no_cells() -> None:
    text = "one\n     two\n  \tthree four"
    page = lay_out(Document(text, (Block(0, len(text)),), "t", "s"), 13)
    assert [printed(row) for row in rows(page)] == ["one two three", "four"]
    assert page.column_of(text.index("two")) == 4
    assert page.offset_at(0, 8) == text.index("three")
    code = Document(text, (Block(0, len(text), BlockKind.CODE),), "t", "s")
    assert rows(lay_out(code, 20)) == ["one", "     two", "  \tthree four"]


def test_wide_characters_break_anywhere_and_take_two_cells() -> None:
    assert rows(lay_out(document("日本語の新聞記事です"), 8)) == ["日本語の", "新聞記事", "です"]


def test_list_items_are_indented_by_their_marker() -> None:
    assert indent_of(Block(0, 1, BlockKind.LIST_ITEM, level=1, marker="•")) == 2
    assert indent_of(Block(0, 1, BlockKind.LIST_ITEM, level=3, marker="10.")) == 8


@given(_TEXTS, st.integers(8, 60))
def test_every_row_fits_and_only_spaces_are_dropped(text: str, width: int) -> None:
    page = lay_out(document(text), width)
    wrapped_rows = rows(page)
    assert all(cells(row) <= width for row in wrapped_rows)
    without_spaces = str.maketrans("", "", " \t\n")
    assert "".join(wrapped_rows).translate(without_spaces) == text.translate(without_spaces)
    assert list(page.starts) == sorted(page.starts)


@given(
    paragraphs=st.lists(_TEXTS.map(str.strip), min_size=1, max_size=9),
    width=st.integers(8, 30),
    offset=st.integers(0, 900),
    rows=st.integers(0, 6),
    kind=st.sampled_from(BlockKind),
)
def test_the_rows_around_an_offset_are_rows_of_the_whole(
    paragraphs: list[str], width: int, offset: int, rows: int, kind: BlockKind
) -> None:
    whole = lay_out(document(*paragraphs, kind=kind), width)
    offset %= len(whole.document.text)
    page = lay_out_around(whole.document, width, offset, rows)
    assert page.has(offset, rows, rows)
    shift = whole.row_at(offset) - page.row_at(offset)
    assert shift == 0 if page.reaches_start else page.rows.start > 0
    assert [page.span(row) for row in page.rows] == [whole.span(row + shift) for row in page.rows]
    text_rows = [row for row in page.rows if not page.is_empty(row)]
    assert [page.block_of(row) for row in text_rows] == [whole.block_of(row + shift) for row in text_rows]
    assert page.is_complete == (len(page.rows) == whole.height)
    assert page.reaches_end == (page.rows.stop + shift == whole.height)


@pytest.mark.parametrize("piece", ["a", "日", "“", "a b", "日本 "])
def test_rows_far_down_in_one_paragraph_are_laid_out_without_those_above(piece: str) -> None:
    text = (piece * 300_000)[:300_000]
    page = lay_out_around(Document(text, (Block(0, len(text)),), "", ""), 40, 290_000, 20)
    assert page.has(290_000, 20, 20)
    assert len(page.rows) < 500
    assert page.row_at(290_000) > 4_000
    assert all(cells(text[start:end]) <= 40 for start, end in map(page.span, page.rows))
    assert page.block_of(page.rows.start) == (Block(0, len(text)), False)


def test_the_numbers_of_rows_go_on_if_they_can() -> None:
    text = "a pier\n" * 9_000
    blocks = tuple(Block(start, start + 6) for start in range(0, len(text), 7))
    page = lay_out_around(Document(text, blocks, "", ""), 40, 30_000, 20)
    assert abs(page.row_at(30_000) - 30_000 / 7 * 2) < 100
    assert page.numbered(5_000, 30_000).row_at(30_000) == 5_000
    assert page.numbered(1, 30_000).rows.start > 0
    assert abs(page.height - 17_999) < 200


def test_the_head_of_a_layout_reads_only_the_first_blocks() -> None:
    text = "A line of words\n" * 5000
    blocks = LazyBlocks(PlainBlocks(text))
    head = lay_out_around(Document(text, blocks, "title", "source"), 40, 400, 10)
    assert not blocks.is_complete
    assert not head.is_complete
    assert 9_900 < head.height < 10_100


@given(_TEXTS, st.integers(8, 60))
def test_rows_start_at_grapheme_clusters(text: str, width: int) -> None:
    borders = {start for start, _, _ in clusters(text)} | {len(text)}
    assert set(lay_out(document(text), width).starts) <= borders


@given(_TEXTS, st.integers(8, 60), st.integers(8, 60))
def test_an_offset_is_found_in_its_row_at_every_width(text: str, width: int, other_width: int) -> None:
    for page in (lay_out(document(text), width), lay_out(document(text), other_width)):
        for offset in range(len(text)):
            row = page.row_at(offset)
            assert page.starts[row] <= offset
            assert row + 1 == page.height or offset < page.starts[row + 1]


@given(_TEXTS, st.integers(8, 60))
def test_the_column_of_an_offset_maps_back_to_it(text: str, width: int) -> None:
    page = lay_out(document(text), width)
    for row in range(page.height):
        for start, _, size in clusters(text[page.starts[row] : page.ends[row]]):
            offset = page.starts[row] + start
            if size:
                assert page.offset_at(row, page.column_of(offset)) == offset


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60), st.integers(0, 40))
def test_fitted_text_is_never_wider(text: str, width: int) -> None:
    assert cells(fit(text, width)) <= width
    assert cells(pad(text, width)) == width


def test_narrow_characters_take_one_cell() -> None:
    for code in [*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0x3000), *range(0x1F300, 0x1F700)]:
        assert is_narrow(chr(code)) is (
            get_character_cell_size(chr(code)) == 1 and code not in (0xAD,) and code < 0x10000
        )


def test_tabs_and_soft_hyphens_are_displayed_as_one_code_point() -> None:
    assert displayed("a\tb\xadc") == "a b\u200bc"
    assert printed("a\tb\xadc") == "a bc"


def test_a_short_text_is_wrapped() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]


def test_no_empty_rows_separate_the_rows_of_a_table() -> None:
    rows = tuple(Block(start, start + 5, BlockKind.TABLE_ROW) for start in (0, 6, 12))
    page = lay_out(Document("a | b\nc | d\ne | f\n", rows, "table", ""), 20)
    assert page.height == 3

"""Vim's motions in the text, the jump list, labels, headings and positions."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from reader.annotate import NullStore, Store
from reader.document import Block, BlockKind, Document
from tests.ui.conftest import AppHarness, FixedRecognition, mentions_in


def long_document() -> Document:
    """Return a document with a heading before every tenth of a hundred paragraphs."""
    blocks, parts, start = [], [], 0
    for number in range(100):
        if number % 10 == 0:
            parts.append((f"Part {number // 10}", BlockKind.HEADING, 1))
        parts.append((f"Paragraph {number} is about Tarn. It names Mira Castellan.", BlockKind.PARAGRAPH, 0))
    for text, kind, level in parts:
        blocks.append(Block(start, start + len(text), kind, level))
        start += len(text) + 1
    return Document("\n".join(text for text, _, _ in parts), tuple(blocks), "Parts", "parts.txt")


@pytest.fixture
def long(store: Store) -> AppHarness:
    return AppHarness(store, document=long_document())


def line_at_cursor(harness: AppHarness) -> str:
    text, cursor = harness.document.text, harness.screen.article.cursor
    return text[text.rfind("\n", 0, cursor) + 1 :].partition("\n")[0]


def rest(harness: AppHarness) -> str:
    return harness.document.text[harness.screen.article.cursor :]


async def pressed(pilot: Pilot[int], keys: str) -> None:
    await pilot.press(*keys.split())
    await pilot.pause()


async def test_words_sentences_and_paragraphs_go_both_ways(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j w w")
        assert rest(long).startswith("is about")
        await pressed(pilot, "b")
        assert rest(long).startswith("0 is")
        await pressed(pilot, "E")
        assert rest(long).startswith("s about")
        await pressed(pilot, "s")
        assert rest(long).startswith("It names")
        await pressed(pilot, "S")
        assert rest(long).startswith("Paragraph 0 ")
        await pressed(pilot, "3 J")
        assert rest(long).startswith("Paragraph 3 ")
        await pressed(pilot, "w K K")
        assert rest(long).startswith("Paragraph 2 ")


async def test_the_view_has_a_top_a_middle_and_a_bottom(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "5 0 G L")
        article = long.screen.article
        assert article.page is not None

        def row_in_view() -> int:
            assert article.page is not None
            return article.page.row_at(article.cursor) - article.scroll_offset.y

        bottom = row_in_view()
        await pressed(pilot, "H")
        top = row_in_view()
        await pressed(pilot, "M")
        assert top < row_in_view() < bottom
        cursor = article.cursor
        await pressed(pilot, "z t")
        assert row_in_view() == 2
        await pressed(pilot, "z b")
        assert row_in_view() == article.size.height - 3
        await pressed(pilot, "z z")
        assert abs(row_in_view() - article.size.height // 2) <= 1
        assert article.cursor == cursor, "scrolling does not move the cursor"
        await pressed(pilot, "ctrl+e ctrl+e")
        assert article.cursor == cursor
        await pressed(pilot, "3 0 ctrl+e")
        assert row_in_view() == 2
        await pressed(pilot, "6 0 ctrl+y")
        assert row_in_view() >= article.size.height - 5, "the cursor stays in view, in a row with text"


async def test_counts_lead_to_lines_and_percentages(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "G")
        assert long.screen.article.cursor == len(long.document.text) - 1
        await pressed(pilot, "3 G")
        assert line_at_cursor(long).startswith("Paragraph 0 ")
        await pressed(pilot, "5 0 %")
        assert line_at_cursor(long).startswith("Part 5")
        await pressed(pilot, "1 G")
        assert long.screen.article.cursor == 0
        await pressed(pilot, ": 5 0 % enter")
        assert line_at_cursor(long).startswith("Part 5")
        await pressed(pilot, "ctrl+g")
        assert "offset" in long.message
        await pressed(pilot, ": p 3 enter")
        assert "the source has no pages" in long.message
        await pressed(pilot, ": x escape")
        assert line_at_cursor(long).startswith("Part 5")


async def test_jumps_are_taken_back_and_forward(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j j G")
        last = long.screen.article.cursor
        await pressed(pilot, "5 0 % ctrl+o")
        assert long.screen.article.cursor == last
        await pressed(pilot, "ctrl+o")
        assert line_at_cursor(long).startswith("Paragraph 0 ")
        await pressed(pilot, "ctrl+o")
        assert "no earlier position" in long.message
        await pressed(pilot, "2 ctrl+n")
        assert line_at_cursor(long).startswith("Part 5")
        await pressed(pilot, "' '")
        assert long.screen.article.cursor == last


async def test_every_mention_in_view_is_two_keys_away(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pressed(pilot, "f")
        labels = dict(long.screen.article.jump_labels)
        first, last = long.screen.article.visible_span
        in_view = {mention.start for mention in long.reading.mentions_between(first, last)}
        assert set(labels) == in_view
        assert "JUMP" in long.message
        target = max(in_view)
        row = next(row for row in reversed(long.rows()[:-3]) if "names" in row)
        assert f"names {labels[target]}ira"[:8] in row
        await pressed(pilot, " ".join(labels[target]))
        assert long.screen.article.cursor == target
        assert long.screen.article.jump_labels == {}
        await pressed(pilot, "f escape")
        assert long.screen.article.jump_labels == {}
        assert "JUMP" not in long.message
        await pressed(pilot, "f 1")
        assert long.screen.article.jump_labels == {}
        assert "no mention has the letter 1" in long.message


async def test_the_contents_lead_to_headings(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "5 0 % j g O")
        assert "49%" in "\n".join(long.rows())
        await pressed(pilot, "down enter")
        assert rest(long).startswith("Part 6")
        await pressed(pilot, "2 g ] g [")
        assert rest(long).startswith("Part 7")
        await pressed(pilot, "g O P a r t space 2 enter")
        assert rest(long).startswith("Part 2")
        await pressed(pilot, "9 9 g ] g ]")
        assert "no more headings below" in long.message


async def test_a_text_without_headings_says_so_and_what_else_leads_there() -> None:
    document = Document("One paragraph.", (Block(0, 14),), "One", "one.txt")
    harness = AppHarness(NullStore(), document=document, recognition=FixedRecognition())
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "g O")
        assert "the text has no headings: : goes to a line or a percentage" in harness.message
        await pressed(pilot, "f")
        assert "no other mention in view" in harness.message


async def test_the_word_under_the_cursor_is_searched_for_in_both_directions(store: Store) -> None:
    document = long_document()
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions_in(document.text)))
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j w w w *")
        assert "“about” 2/100" in harness.message
        await pressed(pilot, "#")
        assert "“about” 1/100" in harness.message
        await pressed(pilot, "#")
        assert "“about” 100/100" in harness.message
        await pressed(pilot, "1 G ] ] l l *")
        assert "“Mira Castellan” 2/100" in harness.message, "a mention is searched for as a whole"
        await pressed(pilot, "n N N")
        assert "“Mira Castellan” 1/100" in harness.message

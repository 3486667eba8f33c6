"""Setting, removing and listing bookmarks, and going to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotate import Store
from reader.annotate.effects.bookmarks import collect_bookmarks
from reader.document import Document
from tests.ui.actions.text.test_jump_actions import long_document, pressed, rest
from tests.ui.conftest import AppHarness


@pytest.fixture
def long(store: Store) -> AppHarness:
    return AppHarness(store, document=long_document())


def letters(harness: AppHarness) -> str:
    return " ".join(collect_bookmarks(harness.reading.history.steps))


async def test_bookmarks_are_set_and_found_again(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "' a")
        assert "there is no bookmark a" in long.message
        await pressed(pilot, "j w m a G")
        await pressed(pilot, "'")
        assert long.message.startswith("BOOKMARK bookmarks: a “Paragraph 0")
        await pressed(pilot, "a")
        assert rest(long).startswith("0 is about")
        assert "BOOKMARK" not in long.message
        await pressed(pilot, "' '")
        assert long.screen.article.cursor == len(long.document.text) - 1
        await pressed(pilot, "m escape m ! ` z")
        assert "there is no bookmark z; set: a" in long.message
        assert letters(long) == "a"


async def test_bookmarks_are_there_the_next_time_also_in_a_changed_text(store: Store) -> None:
    first = AppHarness(store, document=long_document())
    async with first.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "5 0 % j w m a 8 0 % m B")
    for document in (first.document, with_words_inserted(first.document)):
        again = AppHarness(store, document=document)
        async with again.app.run_test(size=(80, 24)) as pilot:
            await pressed(pilot, "' a")
            assert rest(again).startswith("50 is about")
            await pressed(pilot, "' B")
            assert rest(again).startswith("Part 8")


def with_words_inserted(document: Document) -> Document:
    added = "Corrected. "
    blocks = [replace(block, start=block.start + len(added), end=block.end + len(added)) for block in document.blocks]
    blocks[0] = replace(blocks[0], start=0)
    return replace(document, text=added + document.text, blocks=tuple(blocks))


async def test_a_message_says_which_bookmark_is_replaced(long: AppHarness) -> None:
    async with long.app.run_test(size=(120, 24)) as pilot:
        await pressed(pilot, "j m a")
        assert "bookmark a is set" in long.message
        assert "it was at" not in long.message
        await pressed(pilot, "m a")
        assert "it was at" not in long.message
        assert len(long.reading.history.steps) == 1, "it was there already"
        await pressed(pilot, "G m a")
        assert "it was at “Paragraph 0" in long.message


async def test_the_bookmarks_of_a_line_are_removed_and_brought_back(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j m a w m b j m c k m -")
        assert "removed bookmark a b" in long.message
        assert letters(long) == "c"
        await pressed(pilot, "m -")
        assert "there is no bookmark in this line" in long.message
        await pressed(pilot, "u")
        assert letters(long) == "a b c"


async def test_a_bookmark_is_chosen_from_a_list(long: AppHarness) -> None:
    async with long.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "g '")
        assert "no bookmarks" in long.message
        await pressed(pilot, "G m a g g j m z g '")
        rows = [row.strip() for row in long.rows() if row.endswith("%")]
        assert [row.split()[0] for row in rows] == ["z", "a"]
        assert rows[0].startswith("z  Paragraph 0 is about")
        await pressed(pilot, "C a s t e enter")
        assert rest(long) == "."
        await pressed(pilot, "' '")
        assert rest(long).startswith("Paragraph 0 ")


async def test_a_bookmark_in_white_space_is_at_the_next_word(store: Store) -> None:
    document = replace(long_document(), text="Ada Quill  \n", blocks=())
    harness = AppHarness(store, document=document)
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "w h m a 0 ' a")
        assert rest(harness).startswith("Quill")
        harness.screen.article.move_cursor(10)
        await pressed(pilot, "m a 0 ' a")
        assert rest(harness).startswith("l  \n")


async def test_an_empty_text_has_no_bookmarks(store: Store) -> None:
    harness = AppHarness(store, document=Document("", (), "Empty", "empty.txt"))
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "m a")
        assert "no bookmark is set" in harness.message
        assert harness.reading.history.decisions == ()

from __future__ import annotations

import pytest

from reader.document import Block, Document
from reader.ui.panels.status import page_status, short_source
from tests.ui.conftest import AppHarness
from tests.ui.waiting import shown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-", "standard input"),
        ("notes/article.txt", "notes/article.txt"),
        ("/a/very/long/way/down/to/some/folder/with/an/article.txt", "…/article.txt"),
        ("https://news.example.org/2026/11/a-long-headline-in-the-address", "news.example.org"),
    ],
)
def test_a_long_source_is_shortened_for_the_title_bar(source: str, expected: str) -> None:
    assert short_source(source) == expected


def test_the_page_is_that_of_the_block_at_the_cursor() -> None:
    blocks = (Block(0, 3, page=1), Block(5, 8, page=12))
    document = Document("One\n\nTwo\n", blocks, "Title", "a.pdf")
    assert [page_status(document, offset) for offset in (0, 4, 6)] == ["page 1", "page 1", "page 12"]
    assert page_status(Document("One\n", (Block(0, 3),), "Title", "a.txt"), 1) == ""


async def test_entities_are_counted_as_the_list_shows_them(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await shown(pilot, lambda: bool(harness.screen.entity_list.total))
        listed = f"{len(harness.reading.entities)} entities"
        harness.reading.set_recognized(())
        harness.screen.bars.draw()
        harness.screen.entity_list.fit()
        await pilot.pause()
        rows = harness.rows()
        assert rows[2].strip().startswith(listed), rows
        assert listed in rows[-2], rows
        harness.screen.show_changes()
        harness.screen.bars.draw()
        await pilot.pause()
        assert "0 entities" in harness.rows()[-2]

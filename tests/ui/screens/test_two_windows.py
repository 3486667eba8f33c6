from __future__ import annotations

import asyncio
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded, MentionRemoved
from reader.reading import Reading
from tests.ui.conftest import Desk


async def test_decisions_of_another_window_are_shown_within_a_second(desk: Desk, tmp_path: Path) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        first = desk.reading.mentions[0]
        cursor = desk.screen.article.cursor
        with Store.open(tmp_path / "annotations.db") as other:
            other.append(desk.document, [MentionRemoved(first.start, first.end)])
            for _ in range(40):
                await asyncio.sleep(0.1)
                if first not in desk.reading.mentions:
                    break
        assert first not in desk.reading.mentions
        assert "another window" in desk.message
        assert "· saved" in desk.message
        assert desk.screen.article.cursor == cursor
        await pilot.press("u")
        assert desk.reading.mentions[0] == first, "either window can take it back"


def test_a_reading_takes_over_only_what_another_window_wrote(desk: Desk) -> None:
    mine, theirs = Reading(desk.document, Store.open()), Reading(desk.document, Store.open())
    assert not mine.refresh()
    theirs.decide(MentionAdded(0, 6, "ORG"))
    assert not theirs.refresh()
    assert mine.refresh()
    assert not mine.refresh()
    assert mine.mentions == theirs.mentions
    mine.undo()
    assert theirs.refresh()
    assert theirs.history == mine.history
    mine.store.close()
    theirs.store.close()

from __future__ import annotations

from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded, MentionRemoved
from reader.reading import Reading
from tests.ui.conftest import AppHarness
from tests.ui.waiting import shown


async def test_decisions_of_another_window_are_shown(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        first = harness.reading.mentions[0]
        cursor = harness.screen.article.cursor
        with Store.open(tmp_path / "annotations.db") as other:
            other.append(harness.document, [MentionRemoved(first.start, first.end)])
            await shown(pilot, lambda: "another window" in harness.message)
        assert first not in harness.reading.mentions
        assert "· saved" in harness.message
        assert harness.screen.article.cursor == cursor
        await pilot.press("u")
        assert harness.reading.mentions[0] == first, "either window can take it back"


def test_a_reading_takes_over_only_what_another_window_wrote(harness: AppHarness) -> None:
    mine, theirs = Reading(harness.document, Store.open()), Reading(harness.document, Store.open())
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

"""Going through doubtful mentions, and showing values."""

from __future__ import annotations

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed
from tests.ui.conftest import AppHarness, FixedRecognition, make_document, mentions_in


def doubting(store: Store) -> tuple[AppHarness, list[int]]:
    """Return a harness in which every fifth mention is doubtful, and the offsets of these."""
    document = make_document()
    mentions = mentions_in(document.text)
    scored = [mention._replace(score=0.61 if n % 5 == 3 else 0.97) for n, mention in enumerate(mentions)]
    doubts = [mention.start for mention in scored if mention.score < 0.9]
    return AppHarness(store, document=document, recognition=FixedRecognition(scored)), doubts


async def test_the_cursor_goes_from_one_doubtful_mention_to_the_next(store: Store) -> None:
    harness, doubts = doubting(store)
    assert len(doubts) >= 2
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for place in doubts:
            await pilot.press("g", "right_parenthesis")
            assert harness.screen.article.cursor == place
            assert "61% sure" in harness.message
        await pilot.press("g", "right_parenthesis")
        assert "no doubtful mentions below" in harness.message
        await pilot.press("g", "left_parenthesis")
        assert harness.screen.article.cursor == doubts[-2]


async def test_mentions_of_a_confirmed_entity_are_not_doubtful(store: Store) -> None:
    harness, doubts = doubting(store)
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for entity in harness.reading.entities:
            harness.screen.decide(EntityRenamed(harness.reading.names_of(entity), f"The {entity.name}"))
        harness.screen.article.jump(doubts[0])
        assert harness.text_under_cursor()
        assert "sure" not in harness.message
        await pilot.press("g", "right_parenthesis")
        assert "no doubtful mentions below" in harness.message


async def test_decided_mentions_are_not_doubtful(store: Store) -> None:
    harness, doubts = doubting(store)
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "right_parenthesis", "t", "w")
        await pilot.pause()
        assert harness.screen.article.cursor == doubts[0]
        assert "sure" not in harness.message
        await pilot.press("g", "g", "g", "right_parenthesis")
        assert harness.screen.article.cursor == doubts[1]


async def test_one_key_shows_and_hides_values(store: Store) -> None:
    document = make_document()
    harness = AppHarness(store, document=document)
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        before = list(harness.reading.mentions)
        await pilot.press("g", "v")
        assert harness.reading.shown_mentions == sorted([*before, *harness.reading.values])
        assert "shown" in harness.message or "no dates" in harness.message
        assert harness.reading.mentions == before
        await pilot.press("g", "v")
        assert harness.reading.shown_mentions == before
        assert "values are hidden" in harness.message

"""Going through what recognition is not sure of, and showing values."""

from __future__ import annotations

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed
from tests.ui.conftest import Desk, Known, make_document, mentions_in


def doubting(store: Store) -> tuple[Desk, list[int]]:
    """A desk on which every fifth mention is doubtful, and where these stand."""
    document = make_document()
    mentions = mentions_in(document.text)
    scored = [each._replace(score=0.61 if n % 5 == 3 else 0.97) for n, each in enumerate(mentions)]
    doubts = [each.start for each in scored if each.score < 0.9]
    return Desk(store, document=document, recognition=Known(scored)), doubts


async def test_the_cursor_goes_from_one_doubtful_mention_to_the_next(store: Store) -> None:
    desk, doubts = doubting(store)
    assert len(doubts) >= 2
    async with desk.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for place in doubts:
            await pilot.press("g", "right_parenthesis")
            assert desk.screen.article.cursor == place
            assert "61% sure" in desk.message
        await pilot.press("g", "right_parenthesis")
        assert "no doubtful mentions below" in desk.message
        await pilot.press("g", "left_parenthesis")
        assert desk.screen.article.cursor == doubts[-2]


async def test_mentions_of_a_confirmed_entity_are_not_doubtful(store: Store) -> None:
    desk, doubts = doubting(store)
    async with desk.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for entity in desk.reading.entities:
            desk.screen.decide(EntityRenamed(desk.reading.names_of(entity), f"The {entity.name}"))
        desk.screen.article.jump(doubts[0])
        assert desk.under_cursor()
        assert "sure" not in desk.message
        await pilot.press("g", "right_parenthesis")
        assert "no doubtful mentions below" in desk.message


async def test_decided_mentions_are_not_doubtful(store: Store) -> None:
    desk, doubts = doubting(store)
    async with desk.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "right_parenthesis", "t", "w")
        await pilot.pause()
        assert desk.screen.article.cursor == doubts[0]
        assert "sure" not in desk.message
        await pilot.press("g", "g", "g", "right_parenthesis")
        assert desk.screen.article.cursor == doubts[1]


async def test_one_key_shows_and_hides_values(store: Store) -> None:
    document = make_document()
    desk = Desk(store, document=document)
    async with desk.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        before = list(desk.reading.mentions)
        await pilot.press("g", "v")
        assert desk.reading.shown_mentions == sorted([*before, *desk.reading.values])
        assert "shown" in desk.message or "no dates" in desk.message
        assert desk.reading.mentions == before
        await pilot.press("g", "v")
        assert desk.reading.shown_mentions == before
        assert "values are hidden" in desk.message

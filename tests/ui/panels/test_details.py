"""The details pane: where an entity occurs, its mentions between their words, and its companions."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from reader.annotate import NullStore, Store
from reader.document import Block, Document
from reader.recognize import Mention
from reader.ui.panels.details_listing import DetailsView
from tests.resolve.texts import marked
from tests.ui.conftest import AppHarness, FixedRecognition

LINES = (
    "The quiet port of [Norra|GPE] slept. [Dalby|GPE] did not.",
    "A boat left [Norra|GPE] for [Dalby|GPE] at noon with [Ilse Marn|PERSON].",
    "“[Norra|GPE] again,” said [Ilse Marn|PERSON].",
    "Nobody in the old port of [Norra|GPE] believed it.",
)


def open_lines(store: Store, lines: tuple[str, ...] = LINES) -> AppHarness:
    text, mentions = marked("\n".join(lines))
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    document = Document(text, tuple(blocks), "Ports", "ports.txt")
    return AppHarness(store, document=document, recognition=FixedRecognition(mentions))


def rows_of_details(harness: AppHarness) -> list[str]:
    """Return what the pane shows, row by row."""
    details = harness.screen.details
    strips = (details.render_line(y) for y in range(details.size.height))
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def items(harness: AppHarness) -> list[str]:
    """Return the listed rows of a view with one row for each item, without gaps between columns."""
    details = harness.screen.details
    lines = [details.draw_item(index, 60)[0] for index in range(details.item_count())]
    return [" ".join("".join(segment.text for segment in line).split()) for line in lines]


async def completed(harness: AppHarness, pilot: Pilot[int]) -> None:
    """Wait until what is listed has been sorted or counted."""
    for _ in range(1000):
        if harness.screen.details.is_complete:
            return
        await pilot.pause(0.01)
    raise AssertionError("still not complete")


async def test_mentions_are_sorted_by_the_words_on_either_side_and_enter_goes_there(store: Store) -> None:
    harness = open_lines(store)
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", ">")
        await pilot.pause()
        names = [item.partition("Norra")[2].split()[0] for item in items(harness)]
        assert names == ["again,”", "believed", "for", "slept."]
        await pilot.press("<")
        before = [item.partition("Norra")[0].split()[-2:] for item in items(harness)]
        assert before == [["“"], ["boat", "left"], ["port", "of"], ["port", "of"]]
        assert harness.screen.message == "mentions by the words before"
        await pilot.press("g", "g", "j", "enter")
        assert harness.document.text[harness.screen.article.cursor :].startswith("Norra for Dalby")
        assert harness.screen.focused is harness.screen.article


async def test_the_cursor_stays_on_its_mention_when_the_order_changes(store: Store) -> None:
    harness = open_lines(store)
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "j")
        mention = harness.screen.details.current
        for key in ("p", ">", "<", "w", "w", "escape"):
            await pilot.press(key)
            await pilot.pause()
            assert harness.screen.details.mention_index == 1
        assert harness.screen.details.current == mention
        assert harness.screen.details.view is DetailsView.MENTIONS


async def test_decisions_in_the_concordance_are_about_the_rows_that_are_seen(store: Store) -> None:
    harness = open_lines(store)
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", ">", "g", "g", "y")
        await pilot.pause()
        decided = [mention for mention in harness.reading.mentions if mention in harness.reading.decided]
        assert [harness.document.text[mention.end :].split()[0] for mention in decided] == ["again,”"]
        assert harness.screen.details.cursor == 1


async def test_companions_are_counted_and_enter_goes_to_the_first_of_them(store: Store) -> None:
    harness = open_lines(store)
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "w")
        await pilot.pause()
        assert items(harness) == ["p Ilse Marn 2 2", "g Dalby 1 2"]
        await pilot.press("j", "enter")
        await pilot.pause()
        entity = harness.screen.article.entity
        assert entity is not None
        assert entity.name == "Dalby"
        assert harness.document.text[harness.screen.article.cursor :].startswith("Dalby at noon")


async def test_commands_on_mentions_do_nothing_to_companions(store: Store) -> None:
    harness = open_lines(store)
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "w")
        for key in ("y", "x", "t", "m", "e"):
            await pilot.press(key)
            assert harness.screen.message == "these are other entities: w lists the mentions"
        assert harness.reading.history.steps == ()


async def test_name_count_and_bars_stay_when_the_mentions_scroll(store: Store) -> None:
    harness = open_lines(store, LINES * 8)
    async with harness.app.run_test(size=(130, 20)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "G")
        await pilot.pause()
        rows = rows_of_details(harness)
        assert harness.screen.details.scroll_offset.y > 0
        assert rows[0].strip() == "Norra"
        assert rows[1].strip() == "GPE · 32 mentions"
        assert rows[2].strip().endswith("┿")
        assert rows[3] != ""
        assert any("32 " in row for row in rows[3:])


async def test_the_bars_follow_the_cursor_of_the_text(store: Store) -> None:
    harness = open_lines(store, LINES * 8)
    async with harness.app.run_test(size=(130, 20)) as pilot:
        await pilot.pause()
        await pilot.press("]", "p", "G")
        await pilot.pause()
        assert rows_of_details(harness)[2].strip()[-1] in "│┿"
        await pilot.press("g", "g")
        await pilot.pause()
        assert rows_of_details(harness)[2].strip()[0] in "│┿"


@pytest.mark.parametrize(("width", "border"), [(160, 0), (100, 1)])
async def test_a_click_on_the_bars_goes_to_that_part_of_the_text(store: Store, width: int, border: int) -> None:
    harness = open_lines(store)
    async with harness.app.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]")
        await pilot.pause()
        bars = rows_of_details(harness)[2]
        mentioned = max(x for x, sign in enumerate(bars) if sign not in " ·")
        await pilot.click("#details", offset=(1 + mentioned, border + 2))  # one cell for the border at the left
        await pilot.pause()
        assert harness.screen.article.cursor == harness.document.text.rindex("Norra")
        assert harness.screen.details.mention_index == 3
        entity = harness.screen.article.entity
        empty = next(x for x, sign in enumerate(bars) if sign == "·" and x > 15)
        await pilot.click("#details", offset=(1 + empty, border + 2))
        await pilot.pause()
        cursor, length = harness.screen.article.cursor, len(harness.document.text)
        assert abs(cursor / length - (empty - 1) / (len(bars) - 1)) < 0.05
        assert harness.screen.article.entity is entity, "the entity stays selected"


async def test_an_entity_with_many_mentions_is_sorted_and_counted_without_holding_the_keys() -> None:
    line = "Norra met Dalby in the rain. "
    count = 20_000
    text = (line * count).rstrip()
    mentions = [
        Mention(at + first, at + first + 5, "GPE") for at in range(0, count * len(line), len(line)) for first in (0, 10)
    ]
    blocks = tuple(Block(at, min(at + 20 * len(line), len(text) + 1) - 1) for at in range(0, len(text), 20 * len(line)))
    document = Document(text, blocks, "Ports", "ports.txt")
    harness = AppHarness(NullStore(), document=document, recognition=FixedRecognition(mentions))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", ">")
        await pilot.press("w")
        await completed(harness, pilot)
        assert items(harness) == [f"g Norra {count} {count // 20}"]  # the cursor was on Norra, so "]" went on
        await pilot.press("<")
        await completed(harness, pilot)
        assert harness.screen.details.item_count() == count

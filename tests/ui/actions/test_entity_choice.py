from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader.annotate import Store
from reader.recognize import Mention
from tests.ui.conftest import Desk, Known, make_document

TEXT = ("Two Lindens", "Mayor Ada Linden spoke in Linden. Linden is a town. Later Linden left for Tarn.")


def linden_desk(store: Store) -> Desk:
    document = make_document(TEXT)
    text, mentions, at = document.text, [], len(TEXT[0])
    for name, label in (("Ada Linden", "PERSON"), *(("Linden", "GPE"),) * 3, ("Tarn", "GPE")):
        at = text.index(name, at)
        mentions.append(Mention(at, at + len(name), label))
        at += len(name)
    return Desk(store, document=document, recognition=Known(mentions))


@pytest.fixture
def desk(store: Store) -> Desk:
    return linden_desk(store)


def mentioned(desk: Desk, name: str) -> list[int]:
    entity = desk.reading.entity_named(name)
    return [mention.start for mention in entity.mentions] if entity else []


async def test_a_moved_mention_is_listed_with_its_own_text(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for place in (desk.document.text.index("Linden left"), desk.document.text.index("Linden.")):
            desk.screen.article.jump(place)
            await pilot.press("e")
            await pilot.pause()
            await pilot.press(*"ada", "enter")
            await pilot.pause()
        details = "\n".join(row.rsplit("│", 1)[-1] for row in desk.rows())
        assert [row.split() for row in details.splitlines() if row.startswith("   ")][:2] == [
            ["Ada", "Linden", "1"],
            ["Linden", "2"],
        ]
        await pilot.press("g", "e")
        assert "Ada Linden +1" in "\n".join(desk.rows())
        await pilot.press("l", "j", "j", "x")
        await pilot.pause()
        assert mentioned(desk, "Ada Linden") == [desk.document.text.index("Ada")]


async def test_a_mention_moved_to_the_most_likely_entity_stays_there(desk: Desk, tmp_path: Path) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = desk.document.text.index("Linden left")
        desk.screen.article.jump(place)
        await pilot.press("e")
        await pilot.pause()
        assert "This “Linden” is a mention of" in "\n".join(desk.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert place in mentioned(desk, "Ada Linden")
        assert len(mentioned(desk, "Linden")) == 2
        assert "moved “Linden” to “Ada Linden”" in desk.message
        mention = desk.reading.mention_at(place)
        assert mention is not None
        assert mention.label == "PERSON"
        await pilot.press("u")
        assert mentioned(desk, "Ada Linden") == [desk.document.text.index("Ada")]
        await pilot.press("ctrl+r", "q")
    desk.store.close()
    again = linden_desk(Store.open(tmp_path / "annotations.db"))
    async with again.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert place in mentioned(again, "Ada Linden")


async def test_typing_filters_the_entities_and_can_name_a_new_one(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = desk.document.text.index("Linden left")
        desk.screen.article.jump(place)
        await pilot.press("e", *"tar")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert place in mentioned(desk, "Tarn")
        await pilot.press("u", "e", *"Otto Linden")
        await pilot.pause()
        assert any("“Otto Linden”, a new entity" in row for row in desk.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert mentioned(desk, "Otto Linden") == [place]
        await pilot.press("e", "escape")
        await pilot.pause()
        assert mentioned(desk, "Otto Linden") == [place]


async def test_marking_a_moved_mention_again_keeps_its_entity(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = desk.document.text.index("Linden left")
        desk.screen.article.jump(place)
        await pilot.press("e", *"ada", "enter")
        await pilot.pause()
        await pilot.press("a", "p")
        await pilot.pause()
        assert "confirmed “Linden” as PERSON" in desk.message
        assert place in mentioned(desk, "Ada Linden")


async def test_the_current_entity_of_a_mention_can_be_found_and_is_labeled(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = desk.document.text.index("Linden left")
        desk.screen.article.jump(place)
        await pilot.press("e", *"ada", "enter")
        await pilot.pause()
        steps = desk.reading.history.steps
        await pilot.press("e")
        await pilot.pause()
        rows = "\n".join(desk.rows())
        assert "This “Linden”, now of “Ada Linden”, is a mention of" in rows
        assert "its entity now" not in rows, "the first line is another one"
        await pilot.press(*"ada l")
        await pilot.pause()
        assert any("Ada Linden" in row and "its entity now" in row for row in desk.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert desk.message.startswith("it belongs there already")
        assert desk.reading.history.steps == steps
        assert place in mentioned(desk, "Ada Linden")


async def test_decisions_about_the_new_entity_include_moved_mentions(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = desk.document.text.index("Linden left")
        desk.screen.article.jump(place)
        await pilot.press("e", *"Otto", "enter")
        await pilot.pause()
        await pilot.press("T", "o")
        await pilot.pause()
        assert len(mentioned(desk, "Linden")) == 2
        otto = desk.reading.entity_named("Otto")
        assert otto is not None
        assert otto.label == "ORG"
        await pilot.press("X")
        assert mentioned(desk, "Otto") == []
        assert len(mentioned(desk, "Linden")) == 2


async def test_a_mention_can_be_moved_from_the_details(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("Linden left"))
        await pilot.press("enter", "e", "down", "enter")
        await pilot.pause()
        assert len(mentioned(desk, "Linden")) == 2


async def test_keys_typed_in_a_burst_choose_an_entity(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = desk.document.text.index("Linden left")
        desk.screen.article.jump(place)
        for key in ("e", "T", "a", "r", "n", "enter", "x"):
            desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(20):
            await pilot.pause()
        assert [mention.start for mention in desk.reading.mentions if mention.start == place] == []
        assert len(desk.reading.history.steps) == 2

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader.annotate import Store
from reader.recognize import Mention
from tests.ui.conftest import AppHarness, FixedRecognition, make_document

TEXT = ("Two Lindens", "Mayor Ada Linden spoke in Linden. Linden is a town. Later Linden left for Tarn.")


def linden_desk(store: Store) -> AppHarness:
    document = make_document(TEXT)
    text, mentions, at = document.text, [], len(TEXT[0])
    for name, label in (("Ada Linden", "PERSON"), *(("Linden", "GPE"),) * 3, ("Tarn", "GPE")):
        at = text.index(name, at)
        mentions.append(Mention(at, at + len(name), label))
        at += len(name)
    return AppHarness(store, document=document, recognition=FixedRecognition(mentions))


@pytest.fixture
def harness(store: Store) -> AppHarness:
    return linden_desk(store)


def mentioned(harness: AppHarness, name: str) -> list[int]:
    entity = harness.reading.entity_named(name)
    return [mention.start for mention in entity.mentions] if entity else []


async def test_a_moved_mention_is_listed_with_its_own_text(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for place in (harness.document.text.index("Linden left"), harness.document.text.index("Linden.")):
            harness.screen.article.jump(place)
            await pilot.press("e")
            await pilot.pause()
            await pilot.press(*"ada", "enter")
            await pilot.pause()
        details = "\n".join(row.rsplit("│", 1)[-1] for row in harness.rows())
        assert [row.split() for row in details.splitlines() if row.startswith("   ")][:2] == [
            ["Ada", "Linden", "1"],
            ["Linden", "2"],
        ]
        await pilot.press("g", "e")
        assert "Ada Linden +1" in "\n".join(harness.rows())
        await pilot.press("l", "j", "j", "x")
        await pilot.pause()
        assert mentioned(harness, "Ada Linden") == [harness.document.text.index("Ada")]


async def test_an_entity_is_found_by_a_mention_that_was_moved_to_it(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Tarn"))
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*"linden ada", "enter", "g", "g")
        await pilot.pause()
        await pilot.press("g", "slash", *"tar", "enter")
        await pilot.pause()
        assert harness.message.startswith("Ada Linden: 1 of 2")
        await pilot.press("g", "e", "f", *"tarn", "enter")
        await pilot.pause()
        assert [row.entity.name for row in harness.screen.entity_list._rows] == ["Ada Linden"]
        harness.screen.article.jump(harness.document.text.index("Linden is"))
        await pilot.press("g", "t", "e", *"tarn", "enter")
        await pilot.pause()
        assert len(mentioned(harness, "Ada Linden")) == 3


async def test_a_mention_moved_to_the_most_likely_entity_stays_there(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = harness.document.text.index("Linden left")
        harness.screen.article.jump(place)
        await pilot.press("e")
        await pilot.pause()
        assert "Move this “Linden” to" in "\n".join(harness.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert place in mentioned(harness, "Ada Linden")
        assert len(mentioned(harness, "Linden")) == 2
        assert "moved “Linden” to “Ada Linden”, as PERSON" in harness.message
        mention = harness.reading.mention_at(place)
        assert mention is not None
        assert mention.label == "PERSON"
        await pilot.press("u")
        assert mentioned(harness, "Ada Linden") == [harness.document.text.index("Ada")]
        await pilot.press("ctrl+r", "q")
    harness.store.close()
    again = linden_desk(Store.open(tmp_path / "annotations.db"))
    async with again.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert place in mentioned(again, "Ada Linden")


async def test_typing_filters_the_entities_and_can_name_a_new_one(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = harness.document.text.index("Linden left")
        harness.screen.article.jump(place)
        await pilot.press("e", *"tar")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert place in mentioned(harness, "Tarn")
        await pilot.press("u", "e", *"Otto Linden")
        await pilot.pause()
        assert any("“Otto Linden”, a new entity" in row for row in harness.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert mentioned(harness, "Otto Linden") == [place]
        await pilot.press("e", "escape")
        await pilot.pause()
        assert mentioned(harness, "Otto Linden") == [place]


async def test_marking_a_moved_mention_again_keeps_its_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = harness.document.text.index("Linden left")
        harness.screen.article.jump(place)
        await pilot.press("e", *"ada", "enter")
        await pilot.pause()
        await pilot.press("a", "p")
        await pilot.pause()
        assert "confirmed “Linden” as PERSON" in harness.message
        assert place in mentioned(harness, "Ada Linden")


async def test_the_current_entity_of_a_mention_can_be_found_and_is_labeled(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = harness.document.text.index("Linden left")
        harness.screen.article.jump(place)
        await pilot.press("e", *"ada", "enter")
        await pilot.pause()
        steps = harness.reading.history.steps
        await pilot.press("e")
        await pilot.pause()
        rows = "\n".join(harness.rows())
        assert "Move this “Linden” from “Ada Linden” to" in rows
        assert "its entity now" not in rows, "the first line is another one"
        await pilot.press(*"ada l")
        await pilot.pause()
        assert any("Ada Linden" in row and "its entity now" in row for row in harness.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert harness.message.startswith("the mention already belongs to this entity")
        assert harness.reading.history.steps == steps
        assert place in mentioned(harness, "Ada Linden")


async def test_decisions_about_the_new_entity_include_moved_mentions(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = harness.document.text.index("Linden left")
        harness.screen.article.jump(place)
        await pilot.press("e", *"Otto", "enter")
        await pilot.pause()
        await pilot.press("T", "o")
        await pilot.pause()
        assert len(mentioned(harness, "Linden")) == 2
        otto = harness.reading.entity_named("Otto")
        assert otto is not None
        assert otto.label == "ORG"
        await pilot.press("X")
        assert mentioned(harness, "Otto") == []
        assert len(mentioned(harness, "Linden")) == 2


async def test_a_mention_can_be_moved_from_the_details(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Linden left"))
        await pilot.press("enter", "e", "down", "enter")
        await pilot.pause()
        assert len(mentioned(harness, "Linden")) == 2


async def test_keys_typed_in_a_burst_choose_an_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        place = harness.document.text.index("Linden left")
        harness.screen.article.jump(place)
        for key in ("e", "T", "a", "r", "n", "enter", "x"):
            harness.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(20):
            await pilot.pause()
        assert [mention.start for mention in harness.reading.mentions if mention.start == place] == []
        assert len(harness.reading.history.steps) == 2

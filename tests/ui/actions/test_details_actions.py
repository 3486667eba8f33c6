"""Two people with one surname: mentions are marked in the details and moved together."""

from __future__ import annotations

import pytest

from reader.annotate import Store
from reader.document import Block, Document
from reader.ui.base.bars import Bar
from tests.resolve.texts import marked
from tests.ui.conftest import AppHarness, FixedRecognition

TEXT = (
    "[George Brill|PERSON] came. [Brill|PERSON] spoke. [Laura Brill|PERSON] stayed. [Brill|PERSON] sang. "
    "[Brill|PERSON] slept. [Brill|PERSON] woke."
)


@pytest.fixture
def harness(store: Store) -> AppHarness:
    text, mentions = marked(TEXT)
    document = Document(text, (Block(0, len(text)),), "Brills", "brills.txt")
    return AppHarness(store, document=document, recognition=FixedRecognition(mentions))


def places(harness: AppHarness, name: str) -> list[str]:
    """Return the word after each mention of an entity."""
    entity = harness.reading.entity_named(name)
    return [harness.document.text[mention.end :].split()[0] for mention in entity.mentions] if entity else []


def focus(harness: AppHarness) -> str | None:
    """Return the id of the focused pane."""
    return harness.screen.focused.id if harness.screen.focused else None


async def test_marked_mentions_move_together_and_one_undo_brings_them_back(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Brill sang"))
        await pilot.press("enter")
        before = harness.reading.entities
        held = harness.screen.details.entity
        assert held is not None
        assert {"sang.", "slept."} <= set(places(harness, held.name))
        await pilot.press("m", "m")
        assert "2 marked: e moves them to another entity" in harness.screen.message
        assert sum("●" in row for row in harness.rows()) == 2
        await pilot.press("e")
        await pilot.pause()
        assert "Move these 2 mentions from “" in "\n".join(harness.rows())
        await pilot.press(*"laura", "enter")
        await pilot.pause()
        assert places(harness, "Laura Brill") == ["stayed.", "sang.", "slept."]
        assert "spoke." not in places(harness, "Laura Brill")
        assert harness.screen.message == "moved 2 mentions to “Laura Brill”"
        assert harness.screen.details.entity is not None
        assert "woke." in [
            harness.document.text[mention.end :].split()[0] for mention in harness.screen.details.entity.mentions
        ]
        assert harness.screen.details.marked == []
        assert len(harness.reading.history.steps) == 1
        await pilot.press("u")
        assert harness.reading.entities == before


async def test_escape_clears_marks_but_leaving_a_dialog_keeps_them(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Brill sang"))
        await pilot.press("enter", "2", "m", "e", "escape")
        await pilot.pause()
        assert len(harness.screen.details.marked) == 2
        await pilot.press("escape")
        assert harness.screen.details.marked == []
        assert focus(harness) == "details"
        await pilot.press("escape")
        assert focus(harness) == "article"
        assert harness.reading.history.steps == ()


@pytest.mark.parametrize(("keys", "label"), [(("y",), "PERSON"), (("t", "o"), "ORG"), (("x",), "")])
async def test_commands_apply_to_all_marked_mentions(harness: AppHarness, keys: tuple[str, ...], label: str) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Brill sang"))
        await pilot.press("enter", "2", "m", *keys)
        await pilot.pause()
        unmoved = [
            mention
            for mention in harness.reading.mentions
            if harness.document.text[mention.end :].split()[0] in ("sang.", "slept.")
        ]
        if label:
            assert [(mention.label, mention.origin) for mention in unmoved] == [(label, "user")] * 2
        else:
            assert unmoved == []
        assert harness.screen.details.marked == []
        assert len(harness.reading.history.steps) == 1


async def test_the_review_explains_how_to_divide_a_shared_name(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        assert "m shows the automatic merge." in "\n".join(harness.rows())
        await pilot.press("m")
        await pilot.pause()
        assert "Press enter twice to list its mentions and move some." in "\n".join(harness.rows())
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter", "m")
        await pilot.pause()
        assert "1 marked: e moves it" in harness.screen.query_one("#status", Bar).text

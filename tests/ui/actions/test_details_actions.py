"""One surname for two people: mentions are marked in the details and moved together."""

from __future__ import annotations

import pytest

from reader.annotate import Store
from reader.document import Block, Document
from reader.ui.base.bars import Bar
from tests.resolve.texts import marked
from tests.ui.conftest import Desk, Known

TEXT = (
    "[George Brill|PERSON] came. [Brill|PERSON] spoke. [Laura Brill|PERSON] stayed. [Brill|PERSON] sang. "
    "[Brill|PERSON] slept. [Brill|PERSON] woke."
)


@pytest.fixture
def desk(store: Store) -> Desk:
    text, mentions = marked(TEXT)
    document = Document(text, (Block(0, len(text)),), "Brills", "brills.txt")
    return Desk(store, document=document, recognition=Known(mentions))


def places(desk: Desk, name: str) -> list[str]:
    """The words after each mention of an entity."""
    entity = desk.reading.entity_named(name)
    return [desk.document.text[each.end :].split()[0] for each in entity.mentions] if entity else []


def focus(desk: Desk) -> str | None:
    """The pane that has the focus."""
    return desk.screen.focused.id if desk.screen.focused else None


async def test_marked_mentions_move_together_and_one_undo_brings_them_back(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("Brill sang"))
        await pilot.press("enter")
        before = desk.reading.entities
        held = desk.screen.details.entity
        assert held is not None
        assert {"sang.", "slept."} <= set(places(desk, held.name))
        await pilot.press("m", "m")
        assert "2 marked: e moves them to another entity" in desk.screen.message
        assert sum("●" in row for row in desk.rows()) == 2
        await pilot.press("e")
        await pilot.pause()
        assert "These 2 are mentions of" in "\n".join(desk.rows())
        await pilot.press(*"laura", "enter")
        await pilot.pause()
        assert places(desk, "Laura Brill") == ["stayed.", "sang.", "slept."]
        assert "spoke." not in places(desk, "Laura Brill")
        assert desk.screen.message == "moved 2 mentions to “Laura Brill”"
        assert desk.screen.details.entity is not None
        assert "woke." in [desk.document.text[each.end :].split()[0] for each in desk.screen.details.entity.mentions]
        assert desk.screen.details.marked == []
        assert len(desk.reading.history.steps) == 1
        await pilot.press("u")
        assert desk.reading.entities == before


async def test_escape_clears_marks_but_leaving_a_dialog_keeps_them(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("Brill sang"))
        await pilot.press("enter", "2", "m", "e", "escape")
        await pilot.pause()
        assert len(desk.screen.details.marked) == 2
        await pilot.press("escape")
        assert desk.screen.details.marked == []
        assert focus(desk) == "details"
        await pilot.press("escape")
        assert focus(desk) == "article"
        assert desk.reading.history.steps == ()


@pytest.mark.parametrize(("keys", "label"), [(("y",), "PERSON"), (("t", "o"), "ORG"), (("x",), "")])
async def test_commands_apply_to_all_marked_mentions(desk: Desk, keys: tuple[str, ...], label: str) -> None:
    async with desk.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("Brill sang"))
        await pilot.press("enter", "2", "m", *keys)
        await pilot.pause()
        standing = [
            each for each in desk.reading.mentions if desk.document.text[each.end :].split()[0] in ("sang.", "slept.")
        ]
        if label:
            assert [(each.label, each.origin) for each in standing] == [(label, "user")] * 2
        else:
            assert standing == []
        assert desk.screen.details.marked == []
        assert len(desk.reading.history.steps) == 1


async def test_the_review_explains_how_to_divide_a_shared_name(desk: Desk) -> None:
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        assert "m reviews the automatic merge." in "\n".join(desk.rows())
        await pilot.press("m")
        await pilot.pause()
        assert "Press enter twice to list its mentions and move some." in "\n".join(desk.rows())
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter", "m")
        await pilot.pause()
        assert "1 marked: e moves it" in desk.screen.query_one("#status", Bar).text

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import EntityStarred, MentionMoved, NamesDifferent, Store
from reader.document import Block, Document
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.panels.entity_filter import Filter, Known, Order, parse_filter, sort_key
from tests.ui.conftest import Desk
from tests.ui.conftest import Known as Names

HARBOR = Entity("e1", "Harbor Relief Agency", "ORG", ("Harbor Relief Agency", "HRA"), (Mention(9, 12, "ORG"),))
TARN = Entity("e2", "Tarn", "GPE", ("Tarn",), (Mention(2, 6, "GPE"), Mention(20, 24, "GPE")))


def shown(desk: Desk) -> list[str]:
    rows = desk.screen.entity_list
    return [row.alias or row.entity.name for row in rows._entities]


def focused(desk: Desk) -> str | None:
    return desk.screen.focused.id if desk.screen.focused else None


def put_on(desk: Desk, name: str) -> None:
    desk.screen.entity_list.move_to(shown(desk).index(name))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [True, True]),
        ("type:org", [True, False]),
        ("type:ORG,GPE", [True, True]),
        ("hra", [True, False]),
        ("RELIEF harbor", [True, False]),
        ("status:starred", [False, True]),
        ("type:org status:starred", [False, False]),
        ("status:suggested t", [False, False]),
    ],
)
def test_what_a_filter_shows(typed: str, found: list[bool]) -> None:
    known = Known(starred=frozenset({"e2"}))
    assert [parse_filter(typed).shows(each, known) for each in (HARBOR, TARN)] == found


def test_an_unknown_status_is_told() -> None:
    with pytest.raises(ValueError, match="status:odd is none of suggested"):
        parse_filter("status:odd")


@given(st.text())
def test_any_filter_is_understood_but_for_unknown_statuses(typed: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_filter(typed), Filter)


def test_orders() -> None:
    known = Known(changed={"e1": 3})
    in_order = {
        order: [each.name for each in sorted((HARBOR, TARN), key=lambda each: sort_key(each, order, known))]
        for order in Order
    }
    assert in_order == {
        Order.PLACE: ["Tarn", "Harbor Relief Agency"],
        Order.COUNT: ["Tarn", "Harbor Relief Agency"],
        Order.NAME: ["Harbor Relief Agency", "Tarn"],
        Order.CHANGED: ["Harbor Relief Agency", "Tarn"],
    }


async def test_aliases_fold_out_with_their_counts(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Harbor Relief Agency")
        await pilot.press("l")
        at = shown(desk).index("Harbor Relief Agency")
        assert shown(desk)[at : at + 3] == ["Harbor Relief Agency", "Harbor Relief Agency", "HRA"]
        await pilot.pause()
        assert any(row[:30].split()[:2] == ["HRA", "4"] for row in desk.rows())
        await pilot.press("j", "j")
        assert desk.screen.entity_list.current_alias == "HRA"
        entity = desk.screen.article.entity
        assert entity is not None
        assert entity.name == "Harbor Relief Agency"
        await pilot.press("h")
        assert shown(desk).count("HRA") == 0
        assert desk.screen.entity_list.current is not None
        assert desk.screen.entity_list.current.name == "Harbor Relief Agency"


async def test_a_folded_out_name_is_ticked_for_splitting_and_dismissed_alone(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Mira Castellan")
        await pilot.press("l", "j", "j")
        assert desk.screen.entity_list.current_alias == "Castellan"
        await pilot.press("S", "enter")
        await pilot.pause()
        assert desk.names_with("Castellan") == {"Castellan"}
        decision = desk.reading.history.decisions[-1]
        assert isinstance(decision, NamesDifferent)
        assert decision.against > 0
        await pilot.press("u")
        put_on(desk, "Mira Castellan")
        desk.screen.entity_list.move(2)
        await pilot.press("x")
        await pilot.pause()
        assert "Castellan" not in desk.labels()
        assert "Mira Castellan" in desk.labels()


async def test_single_mentions_leave_an_entity_in_one_step(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Tarn")
        before = desk.reading.resolution
        await pilot.press("S", "space", "j", "space", "enter")
        await pilot.pause()
        await pilot.press(*"Tarn Bay", "enter")
        await pilot.pause()
        bay = desk.reading.entity_named("Tarn Bay")
        assert bay is not None
        assert len(bay.mentions) == 2
        assert len(desk.reading.history.steps) == 1
        assert all(isinstance(each, MentionMoved) for each in desk.reading.history.decisions)
        await pilot.press("u")
        assert desk.reading.resolution == before
        await pilot.press("S", "space", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert desk.reading.resolution == before


async def test_a_filter_shows_some_and_marks_survive_it(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        everything = shown(desk)
        put_on(desk, "Tarn")
        await pilot.press("m", "f", *"type:ORG", "enter")
        await pilot.pause()
        assert shown(desk) == ["Harbor Relief Agency"]
        assert "1 shown: type:ORG" in "\n".join(desk.rows())
        await pilot.press("f", *"status:odd", "enter")
        await pilot.pause()
        assert "is none of" in desk.message
        assert shown(desk) == ["Harbor Relief Agency"]
        await pilot.press("m")
        assert len(desk.screen.entity_list.marked_entities()) == 2
        await pilot.press("f", "backspace", "enter")
        await pilot.pause()
        assert shown(desk) == everything


async def test_what_is_decided_under_a_filter_is_about_the_entity_in_the_details(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Osel River")
        await pilot.pause()
        await pilot.press("f", *"castellan", "enter")
        await pilot.pause()
        assert desk.screen.article.entity is desk.screen.details.entity is desk.screen.entity_list.current
        assert desk.screen.article.entity is not None
        await pilot.press("*", "f", "backspace", "enter")
        await pilot.pause()
        await pilot.press("#", *"leader", "enter")
        await pilot.pause()
        assert "tagged “Mira Castellan” #leader" in desk.message
        assert any("Mira Castellan ★" in row for row in desk.rows())


async def test_an_entity_that_a_filter_hides_leaves_the_details_to_the_next(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Osel River")
        await pilot.press("f", *"type:GPE", "enter")
        await pilot.pause()
        assert desk.screen.entity_list.cursor == 0
        await pilot.press("t", "l")
        await pilot.pause()
        assert shown(desk) == ["Osel"]
        assert desk.screen.article.entity is not None
        assert desk.screen.article.entity.name == "Osel"
        desk.screen.article.jump(desk.document.text.index("Bay Treaty"))
        await pilot.press("g", "t", "]", "[", "g", "e")
        await pilot.pause()
        assert desk.screen.details.entity is desk.screen.entity_list.current


async def test_escape_shows_all_entities_then_leaves_them_then_the_search(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"osel", "enter", "g", "e", "f", *"type:GPE", "enter")
        await pilot.pause()
        await pilot.press("escape")
        assert desk.screen.entity_list.filter == ""
        assert focused(desk) == "entities"
        await pilot.press("escape")
        assert focused(desk) == "article"
        assert len(desk.screen.article.matches)
        await pilot.press("escape")
        assert not len(desk.screen.article.matches)


async def test_nothing_breaks_where_a_filter_shows_nothing(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "f", *"nowhere", "enter")
        await pilot.pause()
        assert shown(desk) == []
        await pilot.press(*"jkmMSrxlh*t", "enter", "}", "escape")
        await pilot.pause()
        assert desk.reading.history.decisions == ()


async def test_stars_are_kept_shown_and_taken_back(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Osel River")
        await pilot.press("*")
        await pilot.pause()
        assert any("Osel River ★" in row for row in desk.rows())
        assert "starred “Osel River”" in desk.message
        await pilot.press("f", *"status:starred", "enter")
        await pilot.pause()
        assert shown(desk) == ["Osel River"]
        await pilot.press("*")
        decision = desk.reading.history.decisions[-1]
        assert isinstance(decision, EntityStarred)
        assert not decision.starred
        assert shown(desk) == []
        await pilot.press("u")
        assert shown(desk) == ["Osel River"]


async def test_what_was_dismissed_is_brought_back(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(desk.reading.mentions)
        await pilot.press("g", "e", "D")
        assert "nothing is dismissed" in desk.message
        put_on(desk, "Osel")
        await pilot.press("x")
        put_on(desk, "Tarn")
        await pilot.press("x", "D", "j", "space", "enter")
        await pilot.pause()
        assert "Tarn" in desk.labels()
        assert "Osel" not in desk.labels()
        await pilot.press("D", "space", "enter")
        await pilot.pause()
        assert desk.reading.mentions == before
        assert len(desk.reading.history.steps) == 4


async def test_the_last_changed_come_first(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        put_on(desk, "Bay Treaty")
        await pilot.press("*", "s", "s", "s")
        assert "last changed" in desk.message
        assert shown(desk)[0] == "Bay Treaty"
        await pilot.press("s")
        assert shown(desk)[0] != "Bay Treaty"


async def test_a_list_that_becomes_higher_begins_at_its_top_again(store: Store) -> None:
    text = "Ada Quill met. " * 60
    document = Document(text, (Block(0, len(text)),), "", "")
    mentions = [Mention(at, at + 9, "PERSON") for at in range(0, len(text), 15)]
    desk = Desk(store, document=document, recognition=Names(mentions))
    async with desk.app.run_test(size=(130, 16)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "g", "d", *"jjjj")
        await pilot.pause()
        rows = desk.screen.details
        assert rows.scroll_offset.y > 0
        await pilot.resize_terminal(130, 40)
        await pilot.pause()
        assert (rows.cursor, rows.scroll_offset.y) == (4, 0)
        assert rows.max_scroll_y > 0

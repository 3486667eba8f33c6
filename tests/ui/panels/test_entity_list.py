from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Store
from reader.annotate.decisions import EntityStarred, MentionMoved, NamesDifferent
from reader.document import Block, Document
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.panels.entity_filter import EntityFacts, EntityFilter, EntityOrder, parse_filter, sort_key
from tests.ui.conftest import AppHarness, FixedRecognition

HARBOR = Entity("e1", "Harbor Relief Agency", "ORG", ("Harbor Relief Agency", "HRA"), (Mention(9, 12, "ORG"),))
TARN = Entity("e2", "Tarn", "GPE", ("Tarn",), (Mention(2, 6, "GPE"), Mention(20, 24, "GPE")))


def listed_names(harness: AppHarness) -> list[str]:
    return [row.alias or row.entity.name for row in harness.screen.entity_list._rows]


def focused_id(harness: AppHarness) -> str | None:
    return harness.screen.focused.id if harness.screen.focused else None


def move_to(harness: AppHarness, name: str) -> None:
    harness.screen.entity_list.move_to(listed_names(harness).index(name))


@pytest.mark.parametrize(
    ("typed", "expected"),
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
def test_a_filter_accepts_entities_that_meet_all_conditions(typed: str, expected: list[bool]) -> None:
    facts = EntityFacts(starred=frozenset({"e2"}))
    assert [parse_filter(typed).accepts(entity, facts, entity.names) for entity in (HARBOR, TARN)] == expected


def test_an_unknown_status_is_reported() -> None:
    with pytest.raises(ValueError, match="status:odd is not one of suggested"):
        parse_filter("status:odd")


@given(st.text())
def test_any_text_is_a_filter_unless_it_has_an_unknown_status(typed: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_filter(typed), EntityFilter)


def test_entities_are_sorted_by_every_order() -> None:
    facts = EntityFacts(changed={"e1": 3})
    sorted_names = {
        order: [entity.name for entity in sorted((HARBOR, TARN), key=lambda entity: sort_key(entity, order, facts))]
        for order in EntityOrder
    }
    assert sorted_names == {
        EntityOrder.POSITION: ["Tarn", "Harbor Relief Agency"],
        EntityOrder.COUNT: ["Tarn", "Harbor Relief Agency"],
        EntityOrder.NAME: ["Harbor Relief Agency", "Tarn"],
        EntityOrder.CHANGED: ["Harbor Relief Agency", "Tarn"],
    }


async def test_aliases_unfold_with_their_counts(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Harbor Relief Agency")
        await pilot.press("l")
        index = listed_names(harness).index("Harbor Relief Agency")
        assert listed_names(harness)[index : index + 3] == ["Harbor Relief Agency", "Harbor Relief Agency", "HRA"]
        await pilot.pause()
        assert any(row[:30].split()[:2] == ["HRA", "4"] for row in harness.rows())
        await pilot.press("j", "j")
        assert harness.screen.entity_list.current_alias == "HRA"
        entity = harness.screen.article.entity
        assert entity is not None
        assert entity.name == "Harbor Relief Agency"
        await pilot.press("h")
        assert listed_names(harness).count("HRA") == 0
        assert harness.screen.entity_list.current is not None
        assert harness.screen.entity_list.current.name == "Harbor Relief Agency"


async def test_an_unfolded_name_is_ticked_for_splitting_and_can_be_dismissed_alone(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Mira Castellan")
        await pilot.press("l", "j", "j")
        assert harness.screen.entity_list.current_alias == "Castellan"
        await pilot.press("S", "enter")
        await pilot.pause()
        assert harness.names_with("Castellan") == {"Castellan"}
        decision = harness.reading.history.decisions[-1]
        assert isinstance(decision, NamesDifferent)
        assert decision.against > 0
        await pilot.press("u")
        move_to(harness, "Mira Castellan")
        harness.screen.entity_list.move(2)
        await pilot.press("x")
        await pilot.pause()
        assert "Castellan" not in harness.labels()
        assert "Mira Castellan" in harness.labels()


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (50, "[ ]   …Mira Castellan, who leads the…"),
        (80, "[ ]   …its banks. Mira Castellan, who leads the agency, called the…"),
        (160, "[ ]   …broke its banks. Mira Castellan, who leads the agency, called the…"),
    ],
)
async def test_the_mentions_to_split_off_have_all_the_words_that_fit(harness: AppHarness, width: int, row: str) -> None:
    async with harness.app.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Mira Castellan")
        await pilot.press("S")
        await pilot.pause()
        assert row in "\n".join(harness.rows())


async def test_single_mentions_are_split_off_in_one_step(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Tarn")
        resolution = harness.reading.resolution
        await pilot.press("S", "space", "j", "space", "enter")
        await pilot.pause()
        await pilot.press(*"Tarn Bay", "enter")
        await pilot.pause()
        bay = harness.reading.entity_named("Tarn Bay")
        assert bay is not None
        assert len(bay.mentions) == 2
        assert len(harness.reading.history.steps) == 1
        assert all(isinstance(decision, MentionMoved) for decision in harness.reading.history.decisions)
        await pilot.press("u")
        assert harness.reading.resolution == resolution
        await pilot.press("S", "space", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert harness.reading.resolution == resolution


async def test_marks_survive_a_filter(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        all_names = listed_names(harness)
        move_to(harness, "Tarn")
        await pilot.press("m", "f", *"type:ORG", "enter")
        await pilot.pause()
        assert listed_names(harness) == ["Harbor Relief Agency"]
        assert "1 shown: type:ORG" in "\n".join(harness.rows())
        await pilot.press("f", *"status:odd", "enter")
        await pilot.pause()
        assert "is not one of" in harness.message
        assert listed_names(harness) == ["Harbor Relief Agency"]
        await pilot.press("m")
        assert len(harness.screen.entity_list.marked_entities()) == 2
        await pilot.press("f", "backspace", "enter")
        await pilot.pause()
        assert listed_names(harness) == all_names


async def test_a_decision_under_a_filter_is_about_the_entity_in_the_details(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Osel River")
        await pilot.pause()
        await pilot.press("f", *"castellan", "enter")
        await pilot.pause()
        assert harness.screen.article.entity is harness.screen.details.entity is harness.screen.entity_list.current
        assert harness.screen.article.entity is not None
        await pilot.press("*", "f", "backspace", "enter")
        await pilot.pause()
        await pilot.press("#", *"leader", "enter")
        await pilot.pause()
        assert "tagged “Mira Castellan” #leader" in harness.message
        assert any("Mira Castellan ★" in row for row in harness.rows())


async def test_the_details_show_the_next_entity_if_a_filter_hides_the_selected_one(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Osel River")
        await pilot.press("f", *"type:GPE", "enter")
        await pilot.pause()
        assert harness.screen.entity_list.cursor == 0
        await pilot.press("t", "l")
        await pilot.pause()
        assert listed_names(harness) == ["Osel"]
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "Osel"
        harness.screen.article.jump(harness.document.text.index("Bay Treaty"))
        await pilot.press("g", "t", "]", "[", "g", "e")
        await pilot.pause()
        assert harness.screen.details.entity is harness.screen.entity_list.current


async def test_escape_in_the_text_deselects_the_entity_then_clears_the_filter(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "f", *"castellan", "enter", "enter")
        await pilot.pause()
        assert harness.screen.focused is harness.screen.article
        await pilot.press("escape")
        assert harness.screen.article.entity is None
        assert listed_names(harness) == ["Mira Castellan"]
        await pilot.press("escape")
        assert len(listed_names(harness)) == len(harness.reading.entities)


async def test_escape_clears_the_filter_then_leaves_the_list_then_clears_the_search(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"osel", "enter", "g", "e", "f", *"type:GPE", "enter")
        await pilot.pause()
        await pilot.press("escape")
        assert harness.screen.entity_list.filter == ""
        assert focused_id(harness) == "entities"
        await pilot.press("escape")
        assert focused_id(harness) == "article"
        assert len(harness.screen.article.matches)
        await pilot.press("escape")
        assert not len(harness.screen.article.matches)


async def test_commands_do_nothing_in_an_empty_list(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "f", *"nowhere", "enter")
        await pilot.pause()
        assert listed_names(harness) == []
        await pilot.press(*"jkmMSrxlh*t", "enter", "}", "escape")
        await pilot.pause()
        assert harness.reading.history.decisions == ()


async def test_stars_are_recorded_and_shown_and_undone(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Osel River")
        await pilot.press("*")
        await pilot.pause()
        assert any("Osel River ★" in row for row in harness.rows())
        assert "starred “Osel River”" in harness.message
        await pilot.press("f", *"status:starred", "enter")
        await pilot.pause()
        assert listed_names(harness) == ["Osel River"]
        await pilot.press("*")
        decision = harness.reading.history.decisions[-1]
        assert isinstance(decision, EntityStarred)
        assert not decision.starred
        assert listed_names(harness) == []
        await pilot.press("u")
        assert listed_names(harness) == ["Osel River"]


async def test_a_dismissed_entity_can_be_restored(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        mentions = list(harness.reading.mentions)
        await pilot.press("g", "e", "D")
        assert "nothing is dismissed" in harness.message
        move_to(harness, "Osel")
        await pilot.press("x")
        move_to(harness, "Tarn")
        await pilot.press("x", "D", "j", "space", "enter")
        await pilot.pause()
        assert "Tarn" in harness.labels()
        assert "Osel" not in harness.labels()
        await pilot.press("D", "space", "enter")
        await pilot.pause()
        assert harness.reading.mentions == mentions
        assert len(harness.reading.history.steps) == 4


async def test_entities_can_be_sorted_by_the_last_change(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        move_to(harness, "Bay Treaty")
        await pilot.press("*", "s", "s", "s")
        assert "last changed" in harness.message
        assert listed_names(harness)[0] == "Bay Treaty"
        await pilot.press("s")
        assert listed_names(harness)[0] != "Bay Treaty"


async def test_a_list_that_gets_taller_scrolls_to_its_top_again(store: Store) -> None:
    text = "Ada Quill met. " * 60
    document = Document(text, (Block(0, len(text)),), "", "")
    mentions = [Mention(start, start + 9, "PERSON") for start in range(0, len(text), 15)]
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions))
    async with harness.app.run_test(size=(130, 16)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "g", "d", *"jjjj")
        await pilot.pause()
        details = harness.screen.details
        assert details.scroll_offset.y > 0
        await pilot.resize_terminal(130, 40)
        await pilot.pause()
        assert (details.cursor, details.scroll_offset.y) == (4, 0)
        assert details.max_scroll_y > 0

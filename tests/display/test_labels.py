from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import NullStore
from reader.display.contrast import READABLE, contrast, darken
from reader.display.labels import DEFAULT_LOOKS, LIGHT_GROUND, all_looks, apply_label_settings, letter_of, look_of
from reader.settings import LabelSetting, Settings
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.themes import LIGHT
from reader.ui.panels.entity_filter import parse_filter
from tests.ui.conftest import Desk

WEAPON = LabelSetting("WEAPON", "#d08770", "#aa5533", "W", "a weapon")


@pytest.fixture(autouse=True)
def labels_of_the_program() -> Iterator[None]:
    yield
    apply_label_settings(())


def test_without_settings_there_are_our_labels() -> None:
    assert apply_label_settings(()) == ()
    assert all_looks() == DEFAULT_LOOKS


def test_a_label_of_ones_own_comes_last_with_its_color_key_and_words() -> None:
    assert apply_label_settings([WEAPON]) == ()
    assert all_looks()[:-1] == DEFAULT_LOOKS
    look = all_looks()[-1]
    assert (look.label, look.key, look.words, look.dark, look.light) == (
        "WEAPON",
        "W",
        "a weapon",
        "#d08770",
        "#aa5533",
    )
    assert letter_of("WEAPON") == "W"
    assert look.cue


def test_our_labels_can_be_changed() -> None:
    apply_label_settings([LabelSetting("ORG", color="#ff0000", key="O")])
    assert (look_of("ORG").dark, look_of("ORG").key) == ("#ff0000", "O")
    assert look_of("ORG").words == "an organization"
    assert [look.label for look in all_looks()] == [look.label for look in DEFAULT_LOOKS]


def test_a_color_for_dark_grounds_can_be_read_on_light_ones() -> None:
    assert LIGHT.variables["cursor-row"] == LIGHT_GROUND
    apply_label_settings([LabelSetting("WEAPON", color="#ffee88"), LabelSetting("SHIP", color="#203040")])
    weapon, ship = look_of("WEAPON"), look_of("SHIP")
    assert weapon.dark == "#ffee88"
    for ground in (LIGHT_GROUND, LIGHT.background, LIGHT.panel):
        assert ground is not None
        assert contrast(weapon.light, ground) >= READABLE
    red, green, blue = (int(weapon.light[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue, "the hue stays"
    assert ship.light == "#203040", "it can be read as it is"


@given(st.integers(0, 0xFFFFFF))
def test_any_color_is_darkened_until_it_can_be_read_and_no_further(number: int) -> None:
    color = f"#{number:06x}"
    found = darken(color, LIGHT_GROUND)
    assert contrast(found, LIGHT_GROUND) >= READABLE
    assert (found == color) == (contrast(color, LIGHT_GROUND) >= READABLE)
    assert contrast(found, LIGHT_GROUND) < 5.2 or found == color


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_a_key_that_another_label_has_is_refused_in_one_line() -> None:
    (problem,) = apply_label_settings([LabelSetting("WEAPON", key="o")])
    assert problem == "config.toml: labels.WEAPON: the key 'o' is already that of ORG"
    assert look_of("WEAPON").key == ""
    assert letter_of("WEAPON") == "w"
    assert look_of("ORG").key == "o"


def test_keys_can_be_exchanged() -> None:
    assert apply_label_settings([LabelSetting("ORG", key="p"), LabelSetting("PERSON", key="o")]) == ()
    assert (look_of("ORG").key, look_of("PERSON").key) == ("p", "o")


def test_of_two_that_want_one_key_the_first_has_it() -> None:
    (problem,) = apply_label_settings([LabelSetting("WEAPON", key="W"), LabelSetting("SHIP", key="W")])
    assert "labels.SHIP" in problem
    assert [look.key for look in all_looks()[-2:]] == ["W", ""]


async def test_a_label_of_ones_own_is_in_the_menu_on_the_page_and_in_filters() -> None:
    desk = Desk(NullStore(), settings=Settings(labels=(WEAPON,)))
    async with desk.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("boats"))
        await pilot.press("a")
        await pilot.pause()
        assert any("WEAPON" in row and "a weapon" in row for row in desk.rows())
        await pilot.press("W")
        await pilot.pause()
        assert desk.labels()["boats"] == {"WEAPON"}
        color = LabelStyles(desk.screen.article).plain("WEAPON").color
        assert color is not None
        assert color.name == "#d08770"
        await pilot.press("g", "c")
        light = LabelStyles(desk.screen.article).plain("WEAPON").color
        assert light is not None
        assert light.name == "#aa5533"
        shown = [
            entity
            for entity in desk.reading.entities
            if parse_filter("type:weapon").shows(entity, desk.screen.entity_list._known)
        ]
        assert [entity.name for entity in shown] == ["boats"]


async def test_what_is_wrong_with_a_label_is_said_at_the_start() -> None:
    desk = Desk(NullStore(), settings=Settings(labels=(LabelSetting("WEAPON", key="o"),)))
    async with desk.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "the key 'o' is already that of ORG" in desk.message

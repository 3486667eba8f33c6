from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import NullStore
from reader.display.colors.contrast import READABLE, contrast, darken
from reader.display.colors.labels import (
    DEFAULT_LOOKS,
    LIGHT_BACKGROUND,
    all_looks,
    apply_label_settings,
    letter_of,
    look_of,
)
from reader.settings import LabelSetting, Settings
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.themes import LIGHT
from reader.ui.panels.entity_filter import parse_filter
from tests.ui.conftest import AppHarness

WEAPON = LabelSetting("WEAPON", "#d08770", "#aa5533", "W", "a weapon")


@pytest.fixture(autouse=True)
def built_in_labels() -> Iterator[None]:
    yield
    apply_label_settings(())


def test_without_settings_there_are_the_built_in_labels() -> None:
    assert apply_label_settings(()) == ()
    assert all_looks() == DEFAULT_LOOKS


def test_an_added_label_comes_last_with_its_color_key_and_words() -> None:
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


def test_built_in_labels_can_be_changed() -> None:
    apply_label_settings([LabelSetting("ORG", color="#ff0000", key="O")])
    assert (look_of("ORG").dark, look_of("ORG").key) == ("#ff0000", "O")
    assert look_of("ORG").words == "an organization"
    assert [look.label for look in all_looks()] == [look.label for look in DEFAULT_LOOKS]


def test_a_color_for_dark_backgrounds_becomes_readable_on_light_ones() -> None:
    assert LIGHT.variables["raised"] == LIGHT_BACKGROUND
    apply_label_settings([LabelSetting("WEAPON", color="#ffee88"), LabelSetting("SHIP", color="#203040")])
    weapon, ship = look_of("WEAPON"), look_of("SHIP")
    assert weapon.dark == "#ffee88"
    for background in (LIGHT_BACKGROUND, LIGHT.background, LIGHT.panel):
        assert background is not None
        assert contrast(weapon.light, background) >= READABLE
    red, green, blue = (int(weapon.light[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue, "the hue stays the same"
    assert ship.light == "#203040", "it is readable already"


@given(st.integers(0, 0xFFFFFF))
def test_any_color_is_darkened_just_enough_to_be_readable(number: int) -> None:
    color = f"#{number:06x}"
    darker = darken(color, LIGHT_BACKGROUND)
    assert contrast(darker, LIGHT_BACKGROUND) >= READABLE
    assert (darker == color) == (contrast(color, LIGHT_BACKGROUND) >= READABLE)
    assert contrast(darker, LIGHT_BACKGROUND) < 5.2 or darker == color


def test_contrast_follows_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_a_key_of_another_label_is_refused_in_one_line() -> None:
    (problem,) = apply_label_settings([LabelSetting("WEAPON", key="o")])
    assert problem == "config.toml: labels.WEAPON: the key 'o' already belongs to ORG"
    assert look_of("WEAPON").key == ""
    assert letter_of("WEAPON") == "w"
    assert look_of("ORG").key == "o"


def test_labels_can_swap_keys() -> None:
    assert apply_label_settings([LabelSetting("ORG", key="p"), LabelSetting("PERSON", key="o")]) == ()
    assert (look_of("ORG").key, look_of("PERSON").key) == ("p", "o")


def test_of_two_labels_with_the_same_key_the_first_gets_it() -> None:
    (problem,) = apply_label_settings([LabelSetting("WEAPON", key="W"), LabelSetting("SHIP", key="W")])
    assert "labels.SHIP" in problem
    assert [look.key for look in all_looks()[-2:]] == ["W", ""]


async def test_an_added_label_is_in_the_menu_the_text_and_the_filters() -> None:
    harness = AppHarness(NullStore(), settings=Settings(labels=(WEAPON,)))
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("boats"))
        await pilot.press("a")
        await pilot.pause()
        assert any("WEAPON" in row and "a weapon" in row for row in harness.rows())
        await pilot.press("W")
        await pilot.pause()
        assert harness.labels()["boats"] == {"WEAPON"}
        color = LabelStyles(harness.screen.article).plain("WEAPON").color
        assert color is not None
        assert color.name == "#d08770"
        await pilot.press("g", "c")
        light = LabelStyles(harness.screen.article).plain("WEAPON").color
        assert light is not None
        assert light.name == "#aa5533"
        matching = [
            entity
            for entity in harness.reading.entities
            if parse_filter("type:weapon").accepts(entity, harness.screen.entity_list._facts, ())
        ]
        assert [entity.name for entity in matching] == ["boats"]


async def test_a_problem_with_a_label_is_reported_at_the_start() -> None:
    harness = AppHarness(NullStore(), settings=Settings(labels=(LabelSetting("WEAPON", key="o"),)))
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "the key 'o' already belongs to ORG" in harness.message

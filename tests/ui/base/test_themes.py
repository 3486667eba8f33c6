"""Themes: every one has readable colors, can be chosen, and is remembered."""

from __future__ import annotations

import pytest
from rich.color import Color
from textual.theme import Theme

from reader.annotate import Store
from reader.display.colors.contrast import contrast, readable
from reader.display.colors.labels import DEFAULT_LOOKS
from reader.settings import Settings, last_theme
from reader.ui.base.themes import (
    DARK,
    LIGHT,
    OTHER_THEMES,
    name_of_theme,
    opposite,
    theme_named,
    theme_names,
    use_theme,
)
from tests.ui.conftest import AppHarness
from tests.ui.screens.test_review_screen import settle

THEMES = [theme_named(name) for name in theme_names()]
OURS = [theme for theme in THEMES if theme.name.startswith("reader-")]
LABELS = [f"entity-{look.css_name}" for look in DEFAULT_LOOKS]


@pytest.mark.parametrize("theme", THEMES, ids=[theme.name for theme in THEMES])
def test_every_theme_has_every_variable(theme: Theme) -> None:
    assert set(theme.variables) == set(DARK.variables) == set(LIGHT.variables)


@pytest.mark.parametrize("theme", OURS, ids=[theme.name for theme in OURS])
def test_labels_of_our_themes_are_readable(theme: Theme) -> None:
    assert theme.background
    for background in (theme.background, theme.variables["raised"]):
        for label in LABELS:
            assert contrast(theme.variables[label], background) >= 4.5, (label, background)


@pytest.mark.parametrize("theme", THEMES, ids=[theme.name for theme in THEMES])
def test_labels_of_every_theme_can_be_told_from_the_background(theme: Theme) -> None:
    assert theme.background
    assert min(contrast(theme.variables[label], theme.background) for label in LABELS) >= 3


@pytest.mark.parametrize("name", ["high-contrast-dark", "high-contrast-light"])
def test_high_contrast_means_7_to_1(name: str) -> None:
    theme = theme_named(name)
    assert theme.background
    colors = [theme.foreground, theme.accent, theme.error, theme.success, *(theme.variables[label] for label in LABELS)]
    assert min(contrast(color or "", theme.background) for color in (*colors, theme.variables["text-faint"])) >= 7


@pytest.mark.parametrize("name", ["color-blind-dark", "color-blind-light"])
def test_labels_of_one_color_differ_by_their_cue(name: str) -> None:
    theme = theme_named(name)
    looks = [look for look in DEFAULT_LOOKS if look.label not in ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY")]
    looks_by_color: dict[str, list[str]] = {}
    for look in looks:
        looks_by_color.setdefault(theme.variables[f"entity-{look.css_name}"], []).append(look.cue)
    assert all(len(cues) == len(set(cues)) for cues in looks_by_color.values())


def test_each_theme_has_an_opposite() -> None:
    assert opposite(DARK) == "light"
    assert opposite(theme_named("color-blind-light")) == "color-blind-dark"
    assert opposite(theme_named("solarized-dark")) == "solarized-light"
    assert opposite(theme_named("nord")) == "light"
    assert all(theme_named(opposite(theme)).dark != theme.dark for theme in THEMES)


async def test_a_theme_is_chosen_by_key_and_remembered(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("g", "C", "j", "j", "enter")
        await settle(pilot)
        assert name_of_theme(harness.app.current_theme) == last_theme() == OTHER_THEMES[0]
        await pilot.press("g", "c")
        await settle(pilot)
        assert last_theme() == "high-contrast-light"


async def test_labels_change_their_colors_on_the_same_background(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        use_theme(harness.app, "color-blind-dark")
        await settle(pilot)
        colors = {
            segment.style.color.triplet.hex
            for strip in harness.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.color and segment.style.color.triplet
        }
        assert theme_named("color-blind-dark").variables["entity-person"] in colors
        assert DARK.variables["entity-person"] not in colors - {DARK.warning}


async def test_an_unknown_theme_in_the_settings_is_reported(store: Store) -> None:
    harness = AppHarness(store, settings=Settings(theme="mauve"))
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        assert harness.app.theme == DARK.name
        assert "there is no theme 'mauve'" in harness.message


@pytest.mark.parametrize("theme", THEMES, ids=[theme.name for theme in THEMES])
def test_the_current_row_of_a_list_stands_out_and_can_be_read(theme: Theme) -> None:
    row = theme.variables["cursor-row"]
    assert contrast(row, theme.background or "") >= 1.6
    assert contrast(row, theme.panel or "") >= 1.6
    colors = (theme.foreground, theme.accent, theme.error, theme.warning, theme.success, *theme.variables.values())
    assert min(contrast(readable(color, row), row) for color in colors if color) >= 4.5


async def test_the_current_row_is_drawn_readable_in_every_theme(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await pilot.press("g", "e", "j")
        for theme in THEMES:
            use_theme(harness.app, name_of_theme(theme))
            await settle(pilot)
            rows = harness.screen.entity_list
            line = len(rows._heading) + rows.cursor
            styles = [segment.style for segment in rows.render_line(line) if segment.style and segment.text.strip()]
            pairs = [(hex_of(style.color), hex_of(style.bgcolor)) for style in styles]
            assert theme.variables["cursor-row"] in {background for _, background in pairs}
            assert min(contrast(*pair) for pair in pairs) >= 4.5, theme.name


def hex_of(color: Color | None) -> str:
    assert color is not None
    return color.get_truecolor().hex

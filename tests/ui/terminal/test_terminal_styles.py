"""In a terminal with few colors, or none, names stay distinct and nothing becomes invisible."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style

from bench.harness.terminal import Terminal
from reader.annotate import NullStore
from reader.display.colors.color_depth import Depth
from reader.display.colors.contrast import contrast
from reader.display.colors.labels import DEFAULT_LOOKS
from reader.settings import Settings
from reader.ui.base.themes import theme_named, theme_names
from reader.ui.terminal.terminal_styles import Abilities, abilities_of, grounds_of, reduced_style
from tests.ui.conftest import AppHarness
from tests.ui.scenes import SCENES, play

VGA = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
XTERM = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)
SCREEN = Abilities(Depth.ANSI, has_italics=False)
XTERM_16 = Abilities(Depth.ANSI, has_italics=True)
NO_COLOR = Abilities(Depth.NONE, has_italics=True)
MAIN_SCENES = ("text with details", "pane of entities", "selection", "search", "review", "start", "help", "palette")
NAMES = [look for look in DEFAULT_LOOKS if look.label not in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}]


def styles_of(strips: list[list[Segment]]) -> list[tuple[str, Style]]:
    return [(segment.text, segment.style) for segment in chain(*strips) if segment.style]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", MAIN_SCENES)
@pytest.mark.parametrize("abilities", [SCREEN, NO_COLOR], ids=["screen", "no color"])
async def test_a_screen_uses_only_what_the_terminal_has(name: str, theme: str, abilities: Abilities) -> None:
    scene = SCENES[name]
    app = scene.start(theme)
    app.fit_styles(abilities)
    async with app.run_test(size=(110, 30)) as pilot:
        await play(scene, pilot)
        styles = styles_of([list(strip) for strip in app.screen._compositor.render_strips()])
    assert abilities.has_italics or not any(style.italic for _, style in styles)
    if abilities.depth is Depth.NONE:
        assert not any(style.color or style.bgcolor for _, style in styles)
        assert any(style.reverse for text, style in styles if text.strip())  # the cursor, or the current row
        return
    for text, style in styles:
        color, ground = style.color, style.bgcolor
        assert ground is not None
        assert ground.number is not None
        assert color is None or color.number is not None
        assert ground.number in {*range(8), 8, 15}
        if color is not None and color.number is not None and re.search(r"\w", text):
            for palette in (VGA, XTERM):
                pair = palette[color.number], palette[ground.number]
                assert contrast(*pair) >= 2.5, (text, style, pair)


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("abilities", [SCREEN, XTERM_16, NO_COLOR], ids=["screen", "16 colors", "no color"])
def test_the_selected_name_differs_from_the_others_in_every_theme(theme: str, abilities: Abilities) -> None:
    chosen = theme_named(theme)
    ground = chosen.background or ""

    def reduced(color: str, background: str, cue: str = "") -> Style:
        return reduced_style(Style.parse(f"{cue} {color} on {background}"), abilities, grounds_of(chosen))

    words = reduced(chosen.foreground or "", ground)
    row = reduced(chosen.foreground or "", chosen.variables["cursor-row"])
    cursor = reduced(ground, chosen.accent or "")
    assert len({words, row, cursor}) >= 2 + (abilities.depth > Depth.NONE)
    for look in NAMES:
        color = chosen.variables[f"entity-{look.css_name}"]
        plain, filled = reduced(color, ground, look.cue), reduced(ground, color, "bold")
        assert words not in {plain, filled}
        assert plain != filled


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("abilities", [XTERM_16, NO_COLOR], ids=["16 colors", "no color"])
def test_marked_words_and_the_current_row_are_visible_in_every_theme(theme: str, abilities: Abilities) -> None:
    chosen = theme_named(theme)

    def reduced(background: str) -> Style:
        return reduced_style(Style.parse(f"{chosen.foreground} on {background}"), abilities, grounds_of(chosen))

    words = reduced(chosen.background or "")
    for name in ("selection", "match", "cursor-row"):
        assert reduced(chosen.variables[name]) != words, name
    line = reduced(chosen.variables["raised"])
    assert (line.bgcolor, line.reverse) == (words.bgcolor, words.reverse), "the cursor in a line of text is visible"


@pytest.mark.parametrize("theme", theme_names())
def test_no_bold_black_is_drawn_on_a_color(theme: str) -> None:
    chosen = theme_named(theme)
    for look in NAMES:
        filled = Style.parse(f"bold {chosen.background} on {chosen.variables[f'entity-{look.css_name}']}")
        reduced = reduced_style(filled, XTERM_16, grounds_of(chosen))
        assert not (reduced.bold and reduced.color and reduced.color.number == 0), "many terminals draw it as gray"


TRUE_COLOR = Abilities(Depth.TRUE, has_italics=True)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("abilities", [TRUE_COLOR, XTERM_16, NO_COLOR], ids=["true color", "16 colors", "no color"])
@pytest.mark.parametrize(
    "keys",
    ["] l", "] y [ l", "v w w", "/ t h e enter l"],
    ids=["selected name", "decided name", "selection", "search match"],
)
async def test_the_cursor_differs_from_what_is_around_it(keys: str, theme: str, abilities: Abilities) -> None:
    harness = AppHarness(NullStore(), settings=Settings(theme=theme))
    harness.app.fit_styles(abilities)
    async with harness.app.run_test(size=(110, 30)) as pilot:
        await pilot.pause()
        await pilot.press(*keys.split())
        await pilot.pause()
        article = harness.screen.article
        assert article.page is not None
        row = article.region.y + article.page.row_at(article.cursor) - article.scroll_offset.y
        column = article.region.x + article._left_margin + article.page.column_of(article.cursor)
        strip = harness.app.screen._compositor.render_strips()[row]
        styles = [segment.style for segment in strip for _ in segment.text]
        beside, cursor = styles[column - 1], styles[column]
        assert beside is not None
        assert cursor is not None
        if abilities.depth is Depth.NONE:
            assert (cursor.reverse, cursor.underline) != (beside.reverse, beside.underline)
        else:
            assert beside.bgcolor is not None
            assert cursor.bgcolor is not None
            grounds = (style.bgcolor.get_truecolor().hex for style in (cursor, beside) if style.bgcolor)
            assert contrast(*grounds) >= 1.8


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("abilities", [SCREEN, XTERM_16], ids=["screen", "16 colors"])
def test_labels_differ_in_16_colors(theme: str, abilities: Abilities) -> None:
    chosen = theme_named(theme)
    ground = chosen.background or ""
    labels_by_style: dict[Style, list[str]] = {}
    for look in NAMES:
        if look.label != "LANGUAGE":
            style = Style.parse(f"{look.cue} {chosen.variables[f'entity-{look.css_name}']} on {ground}")
            reduced = reduced_style(style, abilities, grounds_of(chosen))
            labels_by_style.setdefault(reduced, []).append(look.label)
    assert all(len(labels) == 1 for labels in labels_by_style.values()), labels_by_style


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"TERM": "xterm-256color"}, Depth.INDEXED),
        ({"TERM": "screen", "COLORTERM": "truecolor"}, Depth.TRUE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Depth.NONE),
    ],
)
def test_abilities_follow_from_the_environment(environment: Mapping[str, str], depth: Depth) -> None:
    assert abilities_of(environment).depth is depth


SGR = re.compile(r"\x1b\[([\d;]*)m")


def parameters(data: bytes) -> set[str]:
    """Return the parameters of all sequences that set a style: numbers, and colors such as "38;5;" or "38;2;"."""
    numbers: set[str] = set()
    for match in SGR.finditer(data.decode("utf-8", "replace")):
        numbers |= set(
            re.findall(r"[34]8;[25];|\d+", re.sub(r"([34]8;5;)\d+|([34]8;2;)\d+;\d+;\d+", r"\1\2", match[1]))
        )
    return numbers


ATTRIBUTES = {"0", "1", "2", "3", "4", "7", "21"}
COLORS_16 = {str(base + color) for base in (30, 40, 90, 100) for color in range(8)}


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({"TERM": "screen", "COLORTERM": ""}, (ATTRIBUTES | COLORS_16) - {"3"}),
        ({"TERM": "linux", "COLORTERM": ""}, (ATTRIBUTES | COLORS_16) - {"3"}),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, ATTRIBUTES | {"38;5;", "48;5;"}),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, ATTRIBUTES),
    ],
    ids=["screen", "linux", "256 colors", "no color"],
)
def test_the_program_sends_only_styles_that_the_terminal_has(
    environment: Mapping[str, str], allowed: set[str], tmp_path: Path
) -> None:
    article = tmp_path / "boats.txt"
    article.write_text("Boats\n\nAngela Merkel came to Berlin with NATO.\n", "utf-8")
    started = Terminal([str(article)], tmp_path, environment=environment)
    try:
        started.wait_for(r"entities · saved")
        started.press("]", "?")
        started.wait_for("an organization")
        started.press("\x1b", "\x10")
        started.wait_for("a command|type to filter")
        sent = parameters(bytes(started.received))
    finally:
        started.close()
    assert sent
    assert sent <= allowed, sent - allowed


def test_a_dumb_terminal_gets_the_text(terminal_output: Callable[[Mapping[str, str]], bytes]) -> None:
    output = terminal_output({"TERM": "dumb"})
    assert b"\x1b" not in output
    assert b"[Angela Merkel PERSON]" in output


@pytest.fixture
def terminal_output(tmp_path: Path) -> Callable[[Mapping[str, str]], bytes]:
    """Return a function that opens an article in a terminal and returns all output of a program that ends itself."""

    def run(environment: Mapping[str, str]) -> bytes:
        article = tmp_path / "boats.txt"
        article.write_text("Boats\n\nAngela Merkel came to Berlin with NATO.\n", "utf-8")
        started = Terminal([str(article)], tmp_path, environment=environment)
        try:
            started.wait_until_ended()
            return bytes(started.received)
        finally:
            started.close()

    return run

"""Styles for terminals that have 16 colors, none, or no italics: no name, cursor or selection becomes invisible.

A terminal with 16 colors has its own idea of what they look like. So a color is chosen by its hue among those that are
readable on the background in common palettes, instead of by its distance.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from reader.display.colors.color_depth import Depth, color_depth
from reader.display.colors.contrast import contrast
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

_QUIET: Final = 1.3
"""The contrast to the background of the theme up to which a background is left out."""
_LOUD: Final = 1.31
"""The least contrast that a background which is always drawn counts as."""
_QUIET_NAMES: Final = ("raised",)
_LOUD_NAMES: Final = ("selection", "match", "listed", "cursor-row")
"""Variables of a theme: backgrounds of lines of text, and those that mark words or a row."""
_STRONG: Final = 2.6
"""The contrast from which a background is drawn in its own hue, as that of a selected name is."""
_DIM: Final = 5.5
"""The contrast up to which words are drawn dim where there are no colors."""
_DECORATION: Final = 2.2
"""The contrast up to which a color draws lines, not words."""
_FAINT: Final = 8.0
"""The contrast up to which words without a hue are faint."""
_VIVID: Final = 0.6
"""The saturation from which a background on a light ground is drawn in its own hue, however light it is."""
_LEAST_SATURATION: Final = 0.3
_BLACK, _RED, _GREEN, _BROWN, _BLUE, _MAGENTA, _CYAN, _WHITE = range(8)
_GRAY, _BRIGHT_WHITE = 8, 15
_HUES: Final = {
    True: ((15, 9), (33, _BROWN), (70, 11), (160, 10), (200, 14), (250, 12), (345, 13), (360, 9)),
    False: (
        (15, _RED),
        (33, _GRAY),
        (45, _RED),
        (70, _GRAY),
        (160, _BLACK),
        (250, _BLUE),
        (345, _MAGENTA),
        (360, _RED),
    ),
}
"""The color for hues up to some degrees, on a dark background (True) and a light one."""
_BACKGROUND_OF: Final = {9: _RED, 10: _GREEN, 11: _BROWN, 12: _CYAN, 13: _MAGENTA, 14: _CYAN, 15: _WHITE}
"""Backgrounds for bright colors: many terminals have eight of them."""
_BRIGHT_WORDS_ON: Final = {_BLACK, _RED, _BLUE, _MAGENTA, _GRAY}


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a terminal can show."""

    depth: Depth
    has_italics: bool


def abilities_of(environment: Mapping[str, str] = os.environ) -> Abilities:
    """Return what the terminal can show, according to the environment and the system's description of terminals."""
    depth = color_depth("auto", environment)
    colors, has_italics = _described(environment.get("TERM", ""))
    if depth is Depth.ANSI and colors is not None:
        depth = Depth.INDEXED if colors >= Depth.INDEXED else depth if colors >= 8 else Depth.NONE
    return Abilities(depth, has_italics)


def _described(terminal: str) -> tuple[int | None, bool]:
    """Return the number of colors of a terminal, None if it is unknown, and whether it has italics."""
    try:
        import curses

        curses.setupterm(terminal, 1)
        return curses.tigetnum("colors"), curses.tigetstr("sitm") is not None
    except (ImportError, curses.error, OSError):
        return None, not terminal.startswith(("linux", "screen", "vt", "ansi"))


class Grounds(NamedTuple):
    """The backgrounds of a theme, as #rrggbb."""

    plain: str
    """The background of the whole screen."""
    is_dark: bool
    quiet: frozenset[str] = frozenset()
    """Backgrounds that are left out."""
    loud: frozenset[str] = frozenset()
    """Backgrounds that are always drawn, however little they differ from the plain one."""


def grounds_of(theme: Theme) -> Grounds:
    """Return the backgrounds of a theme."""
    plain = theme.background or ("#000000" if theme.dark else "#ffffff")
    quiet, loud = (
        frozenset(_normal_hex(theme.variables[name]) for name in names if name in theme.variables)
        for names in (_QUIET_NAMES, _LOUD_NAMES)
    )
    return Grounds(_normal_hex(plain), theme.dark, quiet - loud, loud)


class TerminalStyles(LineFilter):
    """Turns the styles of a theme into styles that a terminal has."""

    def __init__(self, app: App[Any], abilities: Abilities) -> None:
        super().__init__()
        self._app = app
        self._abilities = abilities
        self._grounds: tuple[Theme | None, Grounds] = None, Grounds("#000000", is_dark=True)
        """The theme that was used last, and its backgrounds."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return segments in the styles that the terminal has."""
        del background
        theme = self._app.current_theme
        if theme is not self._grounds[0]:
            self._grounds = theme, grounds_of(theme)
        grounds = self._grounds[1]
        return [
            Segment(text, style and reduced_style(style, self._abilities, grounds), control)
            for text, style, control in segments
        ]


@cache
def reduced_style(style: Style, abilities: Abilities, grounds: Grounds) -> Style:
    """Return a style that a terminal has.

    Args:
        style: A style with 16 million colors.
        abilities: What the terminal can show.
        grounds: The backgrounds of the theme.
    """
    is_dark = grounds.is_dark
    color, background = _hex(style.color), _hex(style.bgcolor) or grounds.plain
    attributes = Style(
        bold=style.bold,
        dim=style.dim,
        italic=style.italic if abilities.has_italics else None,
        underline=style.underline or (style.italic and not abilities.has_italics) or None,
        underline2=style.underline2,
        reverse=style.reverse,
        strike=style.strike,
    )
    if abilities.depth > Depth.ANSI:
        return attributes + Style(color=style.color, bgcolor=style.bgcolor)
    strength = _strength(background, grounds)
    if abilities.depth is Depth.NONE:
        is_faint = color is not None and contrast(color, background) < _DIM
        return attributes + Style(reverse=strength > _QUIET or None, dim=(is_faint and strength <= _QUIET) or None)
    number = _ansi_background(background, strength, is_dark)
    if strength <= _QUIET:
        words = _ansi_color(color, background, is_dark) if color else None
    elif strength < _STRONG:
        words = _BRIGHT_WHITE if is_dark else _BLACK
    else:
        words = _BRIGHT_WHITE if number in _BRIGHT_WORDS_ON else _BLACK
    bgcolor = RichColor.from_ansi(number)
    if words == _BLACK and strength > _QUIET:
        attributes += Style(bold=False)  # many terminals draw bold black as gray
    return attributes + Style(color=None if words is None else RichColor.from_ansi(words), bgcolor=bgcolor)


def _strength(background: str, grounds: Grounds) -> float:
    """Return how clearly a background stands out, as a contrast to the plain one."""
    strength = contrast(background, grounds.plain)
    if background in grounds.quiet:
        return min(strength, _QUIET)
    if not grounds.is_dark and _saturation(background) >= _VIVID:
        return max(strength, _STRONG)
    return max(strength, _LOUD) if background in grounds.loud else strength


def _ansi_background(background: str, strength: float, is_dark: bool) -> int:
    if strength <= _QUIET:
        return _BLACK if is_dark else _BRIGHT_WHITE
    if strength < _STRONG:
        return _BLUE if is_dark else _WHITE
    number = _by_hue(background, is_dark)
    if number is None:
        return _WHITE if is_dark else _BLACK
    return _BACKGROUND_OF.get(number, number) if is_dark else number


def _ansi_color(color: str, background: str, is_dark: bool) -> int:
    strength = contrast(color, background)
    if strength < _DECORATION:
        return _GRAY if is_dark else _WHITE
    number = _by_hue(color, is_dark)
    if number is not None:
        return number
    if is_dark:
        return _WHITE if strength < _FAINT else _BRIGHT_WHITE
    return _GRAY if strength < _FAINT else _BLACK


def _by_hue(color: str, is_dark: bool) -> int | None:
    """Return the color of the terminal for the hue of a color, None for gray."""
    if _saturation(color) < _LEAST_SATURATION:
        return None
    degrees = Color.parse(color).hsl.h * 360
    return next(number for limit, number in _HUES[is_dark] if degrees <= limit)


def _saturation(color: str) -> float:
    channels = Color.parse(color).rgb
    return (max(channels) - min(channels)) / max(max(channels), 1)


def _normal_hex(color: str) -> str:
    return Color.parse(color).hex6.lower()


def _hex(color: RichColor | None) -> str | None:
    return None if color is None or color.is_default else color.get_truecolor().hex

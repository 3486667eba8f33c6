"""Style text with escape sequences, in as many colors as the terminal has."""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.cli.output.terminal import is_dark, is_terminal
from reader.display.colors.color_depth import Depth, color_depth
from reader.display.colors.labels import apply_label_settings, look_of
from reader.settings import load_settings
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.cli.arguments import Options

HEADING: Final = "1"
"""SGR parameters of headings."""

_CUES: Final = {"bold": "1", "italic": "3", "underline": "4"}
_DECIDED: Final = "21"
_HUES: Final = (31, 33, 32, 36, 34, 35)
"""The color codes 31 to 36 sorted by hue: red, yellow, green, cyan, blue, magenta."""
_GRAY: Final = 0.16
"""Saturation below which a color counts as gray."""
_CUBE: Final = (0, 95, 135, 175, 215, 255)


@dataclass(frozen=True, slots=True)
class Paint:
    """Styles printed text. Without colors, text is returned unchanged."""

    depth: Depth
    dark: bool = True

    def mention(self, text: str, label: str, base: str = "", *, decided: bool = False) -> str:
        """Return a name in the color and style of its label, on top of a base style; underlined twice if decided."""
        look = look_of(label)
        cue = ";".join([*(_CUES[word] for word in look.cue.split()), *([_DECIDED] if decided else [])])
        return self._styled(text, base, cue, self._color(look.dark if self.dark else look.light))

    def heading(self, text: str) -> str:
        """Return text as a heading."""
        return self._styled(text, HEADING)

    def faint(self, text: str) -> str:
        """Return text in a faint color: marks, counts, sources."""
        return self._styled(text, self._color("#7d848e" if self.dark else "#6f6a60"))

    def accent(self, text: str) -> str:
        """Return text in the accent color: list markers, bars of quotes."""
        return self._styled(text, self._color("#d7a65f" if self.dark else "#9a5b00"))

    def good(self, text: str) -> str:
        """Return text that reports success."""
        return self._styled(text, self._color("#8fcf9f" if self.dark else "#17703a"))

    def bad(self, text: str) -> str:
        """Return text that reports a failure."""
        return self._styled(text, self._color("#f58a8a" if self.dark else "#b3261e"), "1")

    def plain(self, text: str, base: str = "") -> str:
        """Return text in a style given as SGR parameters."""
        return self._styled(text, base)

    def _styled(self, text: str, *parameters: str) -> str:
        style = ";".join(filter(None, parameters))
        return f"\x1b[{style}m{text}\x1b[0m" if text and style and self.depth else text

    def _color(self, color: str) -> str:
        return _parameters(color, self.depth, self.dark)


def paint_for(options: Options) -> Paint:
    """Return the styles of printed text. With "auto" it is colored only on a terminal, so that programs can read it."""
    apply_label_settings(load_settings().labels)
    return Paint(color_depth(options.color, only_if=is_terminal()), is_dark(options.theme))


@lru_cache(maxsize=256)
def _parameters(color: str, depth: Depth, dark: bool) -> str:
    """Return the SGR parameters of a color given as #rrggbb."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    if depth is Depth.NONE:
        return ""
    if depth is Depth.TRUE:
        return f"38;2;{red};{green};{blue}"
    if depth is Depth.INDEXED:
        return f"38;5;{_indexed(red, green, blue)}"
    hue, _, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if saturation < _GRAY:
        return "37" if dark else "90"
    return str(_HUES[round(hue * 6) % 6] + (60 if dark else 0))


def _indexed(red: int, green: int, blue: int) -> int:
    """Return the nearest color of the 6×6×6 cube and the 24 grays."""
    steps = [min(range(6), key=lambda i: abs(_CUBE[i] - part)) for part in (red, green, blue)]
    gray = max(0, min(23, round(((red + green + blue) / 3 - 8) / 10)))
    level = 8 + 10 * gray
    cube_distance = sum(abs(_CUBE[step] - part) for step, part in zip(steps, (red, green, blue), strict=True))
    if sum(abs(level - part) for part in (red, green, blue)) < cube_distance:
        return 232 + gray
    return 16 + 36 * steps[0] + 6 * steps[1] + steps[2]

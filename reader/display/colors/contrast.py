"""Computes and adjusts color contrast as defined by WCAG 2. Colors are written #rrggbb."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

READABLE: Final = 4.5
"""Minimum contrast for text of normal size (WCAG 2, level AA)."""
_STEPS: Final = 100


def contrast(foreground: str, background: str) -> float:
    """Return the contrast of two colors, from 1 to 21; their order does not matter."""
    light, dark = sorted((_luminance(foreground), _luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darken(color: str, background: str, min_contrast: float = READABLE) -> str:
    """Return a color darkened just enough to be readable on a light background; its hue stays the same."""
    channels = _channels(color)
    for step in range(_STEPS, -1, -1):
        darker = "#" + "".join(f"{channel * step // _STEPS:02x}" for channel in channels)
        if contrast(darker, background) >= min_contrast:
            return darker
    return "#000000"


@cache
def readable(color: str, background: str, min_contrast: float = READABLE) -> str:
    """Return a color, mixed with black or white just enough to be readable on any background."""
    target = max(("#000000", "#ffffff"), key=lambda end: contrast(end, background))
    return mixed_until(color, target, lambda mixture: contrast(mixture, background) >= min_contrast)


def mixed_until(color: str, target: str, is_enough: Callable[[str], bool]) -> str:
    """Return a color mixed with just enough of another one; the other one if no mixture is enough."""
    for step in range(_STEPS):
        pairs = zip(_channels(color), _channels(target), strict=True)
        mixture = "#" + "".join(f"{round(start + (end - start) * step / _STEPS):02x}" for start, end in pairs)
        if is_enough(mixture):
            return mixture
    return target


def _luminance(color: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)

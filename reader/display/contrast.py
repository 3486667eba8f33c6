"""Colors that can be read on a ground: contrast as WCAG 2 defines it. Colors are #rrggbb."""

from __future__ import annotations

from typing import Final

READABLE: Final = 4.5
"""The contrast from which text of usual size can be read (WCAG 2, level AA)."""
_STEPS: Final = 100


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darken(color: str, ground: str, least: float = READABLE) -> str:
    """Return a color, darkened as little as it takes to be read on a light ground; its hue stays."""
    parts = _parts(color)
    for step in range(_STEPS, -1, -1):
        darker = "#" + "".join(f"{part * step // _STEPS:02x}" for part in parts)
        if contrast(darker, ground) >= least:
            return darker
    return "#000000"


def _luminance(color: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in _parts(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)

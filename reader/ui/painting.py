"""From stretches of text with styles to the segments of one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from reader.ui.cells import displayed


class Layer(NamedTuple):
    """A style over `start:end`; later layers lie over earlier ones."""

    start: int
    end: int
    style: Style


def paint(text: str, start: int, end: int, base: Style, layers: Sequence[Layer]) -> Iterable[Segment]:
    """Yield the segments of `text[start:end]`, each with all the styles that lie over it."""
    borders = {start, end}
    for layer in layers:
        borders.add(min(max(layer.start, start), end))
        borders.add(min(max(layer.end, start), end))
    cuts = sorted(borders)
    for first, last in pairwise(cuts):
        style = base
        for layer in layers:
            if layer.start <= first and last <= layer.end:
                style += layer.style
        yield Segment(displayed(text[first:last]), style)

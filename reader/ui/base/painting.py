"""From stretches of text with styles to the segments of one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.display.cells import cells, displayed, fit


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


def strip_of(segments: Iterable[Segment], width: int, base: Style) -> Strip:
    """Return a strip of exactly `width` cells: the segments over a base style, cut at a cluster border."""
    kept: list[Segment] = []
    room = width
    for text, style, _ in segments:
        size = cells(text)
        if size > room:
            text = fit(text, room, ellipsis="")
            size = cells(text)
        kept.append(Segment(text, base + style if style else base))
        room -= size
        if room <= 0:
            break
    if room > 0:
        kept.append(Segment(" " * room, base))
    return Strip(kept, width)

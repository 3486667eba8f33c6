"""Turns spans of text with styles into the segments of one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.display.cells import cells, displayed, fit


class Layer(NamedTuple):
    """A style over `start:end`. Later layers are drawn over earlier ones."""

    start: int
    end: int
    style: Style


def paint(text: str, start: int, end: int, base: Style, layers: Sequence[Layer]) -> Iterable[Segment]:
    """Yield the segments of `text[start:end]`, each in the styles of all layers that cover it."""
    borders = {start, end}
    for layer in layers:
        borders.add(min(max(layer.start, start), end))
        borders.add(min(max(layer.end, start), end))
    for first, last in pairwise(sorted(borders)):
        style = base
        for layer in layers:
            if layer.start <= first and last <= layer.end:
                style += layer.style
        yield Segment(displayed(text[first:last]), style)


def strip_of(segments: Iterable[Segment], width: int, base: Style) -> Strip:
    """Return a strip of exactly `width` cells: the segments over a base style, cut between grapheme clusters."""
    fitted: list[Segment] = []
    room = width
    for text, style, _ in segments:
        size = cells(text)
        if size > room:
            text = fit(text, room, ellipsis="")
            size = cells(text)
        fitted.append(Segment(text, base + style if style else base))
        room -= size
        if room <= 0:
            break
    if room > 0:
        fitted.append(Segment(" " * room, base))
    return Strip(fitted, width)

"""Paints one row: text and its styles become Rich segments."""

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
    """Yield the segments of `text[start:end]`, split where a layer starts or ends, in the styles of their layers."""
    boundaries = {start, end}
    for layer in layers:
        boundaries.add(min(max(layer.start, start), end))
        boundaries.add(min(max(layer.end, start), end))
    for segment_start, segment_end in pairwise(sorted(boundaries)):
        style = base
        for layer in layers:
            if layer.start <= segment_start and segment_end <= layer.end:
                style += layer.style
        yield Segment(displayed(text[segment_start:segment_end]), style)


def strip_of(segments: Iterable[Segment], width: int, base: Style) -> Strip:
    """Return a strip of exactly `width` cells: the segments over a base style, cut or padded.

    A cut never splits a grapheme cluster.
    """
    fitted: list[Segment] = []
    free_cells = width
    for text, style, _ in segments:
        size = cells(text)
        if size > free_cells:
            text = fit(text, free_cells, ellipsis="")
            size = cells(text)
        fitted.append(Segment(text, base + style if style else base))
        free_cells -= size
        if free_cells <= 0:
            break
    if free_cells > 0:
        fitted.append(Segment(" " * free_cells, base))
    return Strip(fitted, width)

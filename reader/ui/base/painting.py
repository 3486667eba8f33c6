"""Paints one row: text and its styles become Rich segments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.display.cells import cells, clusters, displayed, fit, is_narrow, printed
from reader.display.colors.contrast import readable
from reader.structures.named_tuple import NamedTuple


class Layer(NamedTuple):
    """A style over `start:end`. Later layers are drawn over earlier ones."""

    start: int
    end: int
    style: Style


def paint(text: str, start: int, end: int, base: Style, layers: Sequence[Layer]) -> Iterable[Segment]:
    """Yield the segments of `text[start:end]`, split where a layer starts or ends, in the styles of their layers."""
    if layers and not is_narrow(text, start, end):
        layers = _whole_clusters(text, start, end, layers)
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


def _whole_clusters(text: str, start: int, end: int, layers: Sequence[Layer]) -> list[Layer]:
    """Return layers that start and end between the grapheme clusters of `text[start:end]`, and cover no less."""
    stops = [start + last for _, last, _ in clusters(text[start:end])]
    starts = [start, *stops]
    return [
        Layer(
            starts[bisect_right(starts, layer.start) - 1] if start <= layer.start <= end else layer.start,
            stops[bisect_left(stops, layer.end)] if start < layer.end <= end else layer.end,
            layer.style,
        )
        for layer in layers
    ]


def strip_of(segments: Iterable[Segment], width: int, base: Style) -> Strip:
    """Return a strip of exactly `width` cells: the segments over a base style, cut or padded.

    A cut never splits a grapheme cluster.
    """
    fitted: list[Segment] = []
    free_cells = width
    for text, style, _ in segments:
        if text.isascii() and text.isprintable():
            size = len(text)  # most segments: no table of widths is needed
        else:
            text = printed(text)
            size = cells(text)
        if size > free_cells:
            text = fit(text, free_cells, ellipsis="")
            size = cells(text)
        if text:
            fitted.append(Segment(text, base + style if style else base))
        free_cells -= size
        if free_cells <= 0:
            break
    if free_cells > 0:
        fitted.append(Segment(" " * free_cells, base))
    return Strip(fitted, width)


def readable_strip(strip: Strip) -> Strip:
    """Return a strip in which all words can be read on their background, in colors as close to theirs as possible."""
    return Strip([Segment(text, style and _readable_style(style)) for text, style, _ in strip], strip.cell_length)


@lru_cache(maxsize=512)
def _readable_style(style: Style) -> Style:
    color, background = style.color, style.bgcolor
    if color is None or background is None or color.is_default or background.is_default:
        return style
    written, ground = color.get_truecolor().hex, background.get_truecolor().hex
    return style + Style(color=readable(written, ground))

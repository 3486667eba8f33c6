"""The styles over the words of a row: links, values, notes, mentions, search matches, the selection, the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.style import Style

from reader.display.cells import cluster_end
from reader.recognize import Mention
from reader.structures.intervals import overlapping_range
from reader.ui.article.view_state import ArticleView, Highlights
from reader.ui.base.painting import Layer

_DECIDED: Final = Style(underline2=True)
_UNDERLINED: Final = Style(underline=True, underline2=False)


def layers_over(view: ArticleView, start: int, end: int) -> list[Layer]:
    """Return the styles over `start:end`, the lowest first."""
    reading, part_style = view.reading, view.part_style
    layers = [Layer(link.start, link.end, part_style("link")) for link in reading.document.links_between(start, end)]
    if reading.values_shown and view.highlights is Highlights.ALL and not view.hides_other_entities:
        values = reading.values
        in_row = (values[index] for index in overlapping_range(values, start, end))
        layers += [Layer(value.start, value.end, view.labels.plain(value.label)) for value in in_row]
    layers += [Layer(*span, part_style("noted")) for span in reading.notes.overlapping(start, end)]
    listed = (view.listed_spans[index] for index in overlapping_range(view.listed_spans, start, end))
    layers += [Layer(*span, part_style("listed")) for span in listed]
    layers += _mention_layers(view, start, end)
    layers += [Layer(*match, part_style("match")) for match in view.matches.between(start, end)]
    if view.selection:
        layers.append(Layer(view.selection.start, view.selection.end, part_style("selection")))
    if view.cursor is not None:
        cursor_end = cluster_end(reading.document.text, view.cursor, end)
        layers.append(Layer(view.cursor, cursor_end, _cursor_style(view, view.cursor)))
    return layers


def _cursor_style(view: ArticleView, cursor: int) -> Style:
    """Return the style of the cursor, which differs from what is below it.

    In a filled mention, it is a gap in the fill: its own color is like that of some labels. In the selection and in a
    search match, it is underlined: without colors, all of them are reversed.
    """
    style = view.part_style("cursor")
    if (view.selection and view.selection.start <= cursor < view.selection.end) or view.matches.between(
        cursor, cursor + 1
    ):
        return style + _UNDERLINED
    fill = _fill_at(view, cursor)
    return style if fill is None else Style(color=fill.bgcolor, bgcolor=fill.color) + _UNDERLINED


def _fill_at(view: ArticleView, offset: int) -> Style | None:
    """Return the style of the filled mention that is drawn at an offset; None if there is none."""
    resizing = view.resizing
    if resizing and resizing.start <= offset < resizing.end:
        return view.labels.filled(resizing.mention.label)
    if view.entity is None:
        return None
    drawn = (mention for mention in view.reading.mentions_at(offset) if not resizing or mention != resizing.mention)
    mention = next(drawn, None)
    if mention is None or view.reading.entity_of(mention) is not view.entity:
        return None
    return view.labels.filled(mention.label)


def _mention_layers(view: ArticleView, start: int, end: int) -> Iterator[Layer]:
    """Yield the styles of the mentions in `start:end`, nested mentions after those around them."""
    reading, resizing = view.reading, view.resizing
    ground = view.part_style("nested")
    drawn: list[Mention] = []
    for mention in sorted(reading.mentions_between(start, end), key=_longest_first):
        if resizing and mention == resizing.mention:
            continue
        decided = mention in reading.decided
        if view.entity is not None and reading.entity_of(mention) is view.entity:
            style = view.labels.filled(mention.label)
        elif not _is_highlighted(view, decided=decided):
            continue
        else:
            below = next((lower for lower in reversed(drawn) if _overlap(lower, mention)), None)
            if below:
                style = view.labels.nested(mention.label, below.label, ground)
            else:
                style = view.labels.plain(mention.label)
            style += _DECIDED if decided else Style()
        drawn.append(mention)
        yield Layer(mention.start, mention.end, style)
    if resizing:
        yield Layer(resizing.start, resizing.end, view.labels.filled(resizing.mention.label) + _DECIDED)


def _is_highlighted(view: ArticleView, *, decided: bool) -> bool:
    """Return whether a mention of an entity that is not selected is drawn in the color of its label."""
    if view.highlights is Highlights.NONE or view.hides_other_entities:
        return False
    return view.highlights is Highlights.ALL or decided


def _overlap(first: Mention, second: Mention) -> bool:
    return first.start < second.end and second.start < first.end


def _longest_first(mention: Mention) -> tuple[int, int]:
    return mention.start - mention.end, mention.start

"""What lies over the words of a row: links, names, matches, the selection, the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.style import Style

from reader.display.cells import cluster_end
from reader.recognize import Mention
from reader.structures.intervals import overlapping_range
from reader.ui.article.view import Highlights
from reader.ui.base.painting import Layer

if TYPE_CHECKING:
    from reader.ui.article.pane import Article
    from reader.ui.base.label_styles import LabelStyles

_SETTLED: Final = Style(underline2=True)


def layers_over(article: Article, labels: LabelStyles, start: int, end: int, *, has_cursor: bool) -> list[Layer]:
    """Return what lies over `start:end`, the lowest first."""
    part = article.get_component_rich_style
    links = article.reading.document.links_between(start, end)
    layers = [Layer(link.start, link.end, part("article--link", partial=True)) for link in links]
    if article.reading.values_shown and article.highlights is Highlights.ALL and not _only_entity(article):
        values = article.reading.values
        drawn = (values[index] for index in overlapping_range(values, start, end))
        layers += [Layer(value.start, value.end, labels.plain(value.label)) for value in drawn]
    noted = article.reading.notes.overlapping(start, end)
    layers += [Layer(*span, part("article--noted", partial=True)) for span in noted]
    layers += _mentions(article, labels, start, end)
    layers += [Layer(*match, part("article--match", partial=True)) for match in article.matches.between(start, end)]
    if article.selection:
        layers.append(Layer(article.selection.start, article.selection.end, part("article--selection", partial=True)))
    if has_cursor and not article.resizing:
        stop = cluster_end(article.reading.document.text, article.cursor, end)
        layers.append(Layer(article.cursor, stop, part("article--cursor", partial=True)))
    return layers


def _mentions(article: Article, labels: LabelStyles, start: int, end: int) -> Iterator[Layer]:
    """Yield the names, those within others over them."""
    reading, state = article.reading, article.resizing
    ground = article.get_component_rich_style("article--nested", partial=True)
    drawn: list[Mention] = []
    for mention in sorted(reading.mentions_between(start, end), key=_longest_first):
        if state and mention == state.mention:
            continue
        settled = mention in reading.decided
        if article.entity is not None and reading.entity_of(mention) is article.entity:
            style = labels.filled(mention.label)
        elif not _shows(article, settled=settled):
            continue
        else:
            below = next((each for each in reversed(drawn) if _overlap(each, mention)), None)
            style = labels.nested(mention.label, below.label, ground) if below else labels.plain(mention.label)
            style += _SETTLED if settled else Style()
        drawn.append(mention)
        yield Layer(mention.start, mention.end, style)
    if state:
        yield Layer(state.start, state.end, labels.filled(state.mention.label) + _SETTLED)


def _shows(article: Article, *, settled: bool) -> bool:
    """Tell whether a name of another entity than the selected one is drawn."""
    if article.highlights is Highlights.NONE or _only_entity(article):
        return False
    return article.highlights is Highlights.ALL or settled


def _only_entity(article: Article) -> bool:
    return article.only_entity and article.entity is not None


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _longest_first(mention: Mention) -> tuple[int, int]:
    return mention.start - mention.end, mention.start

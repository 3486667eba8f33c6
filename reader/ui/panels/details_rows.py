"""Draws the items of the details: mentions in their context, mentions in a column, companions."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit, pad
from reader.display.colors.labels import letter_of
from reader.display.entity_context.companions import EntityCompanion
from reader.display.excerpts import excerpt, mention_context
from reader.reading import Reading
from reader.recognize import Mention
from reader.structures.named_tuple import NamedTuple
from reader.ui.base.label_styles import LabelStyles
from reader.ui.panels.note_rows import NOTED, mention_note_row

EXCERPT_ROWS: Final = 2
"""Rows of context of a mention."""
_BEFORE_SHARE: Final = 0.4
"""The share of a row of the concordance that the words before the mention take."""
_COUNT_WIDTH: Final = 6


class DetailsStyles(NamedTuple):
    """The styles in which the details are drawn."""

    labels: LabelStyles
    faint: Style
    mark: Style


def excerpt_rows(
    reading: Reading, mention: Mention, number: int, styles: DetailsStyles, width: int, *, marked: bool
) -> list[list[Segment]]:
    """Return a mention in its context, with its number and the beginning of its note."""
    number_column = f"{number:>3} "
    indent = " " * len(number_column)
    text_width = max(width - len(number_column) - 1, 1)
    name_style = styles.labels.plain(mention.label)
    lines = []
    for row_index, row in enumerate(excerpt(reading.document, mention, text_width, EXCERPT_ROWS)):
        lead = [Segment(indent, styles.faint)] if row_index else _numbered_lead(number_column, styles, marked=marked)
        parts = Segment(row.before, styles.faint), Segment(row.name, name_style), Segment(row.after, styles.faint)
        lines.append([*lead, *parts])
    note = mention_note_row(reading, mention, text_width)
    return [*lines, [Segment(indent + note)] if note else []]


def concordance_row(
    reading: Reading, mention: Mention, styles: DetailsStyles, width: int, *, marked: bool
) -> list[Segment]:
    """Return a mention in a column of mentions, with the words on either side."""
    room = max(width - 3, 3)
    before_width = int(room * _BEFORE_SHARE)
    context = mention_context(reading.document, mention, before_width, room)
    name = fit(context.name, room - before_width)
    sign = "●" if marked else NOTED if reading.notes.note_at(*mention[:2]) else " "
    after = fit(context.after, max(room - before_width - cells(name), 0))
    return [
        Segment(f" {sign}", styles.mark),
        Segment(" " * max(before_width - cells(context.before), 0) + context.before, styles.faint),
        Segment(name, styles.labels.plain(mention.label)),
        Segment(after, styles.faint),
    ]


def companion_row(companion: EntityCompanion, styles: DetailsStyles, width: int) -> list[Segment]:
    """Return a companion with the numbers of sentences and of paragraphs."""
    entity = companion.entity
    columns = f"{companion.sentences or '–':>{_COUNT_WIDTH}}"
    columns += f"{companion.paragraphs:>{_COUNT_WIDTH}} "
    name = fit(entity.name, max(width - 3 - cells(columns), 1))
    return [
        Segment(f" {letter_of(entity.label)} ", styles.faint),
        Segment(name, styles.labels.plain(entity.label)),
        Segment(" " * max(width - 3 - cells(name) - cells(columns), 0)),
        Segment(columns, styles.faint),
    ]


def companion_columns(styles: DetailsStyles, width: int) -> list[Segment]:
    """Return the heads of the columns of companions."""
    columns = f"{'sent.':>{_COUNT_WIDTH}}{'par.':>{_COUNT_WIDTH}} "
    return [Segment(pad(" in the same", max(width - cells(columns), 0)), styles.faint), Segment(columns, styles.faint)]


def _numbered_lead(number: str, styles: DetailsStyles, *, marked: bool) -> list[Segment]:
    """Return the number of a mention, with its mark if it has one."""
    faint, mark = styles.faint, Segment("●", styles.mark)
    if not marked:
        return [Segment(number, faint)]
    return [mark, Segment(number[1:], faint)] if number[0] == " " else [Segment(number[:-1], faint), mark]

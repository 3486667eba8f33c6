"""A preview of occurrences in the text, each in its context, in which single ones can be unticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.cells import cells, displayed, fit
from reader.display.occurrences import Occurrence
from reader.display.short_messages import fit_end
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.row_keys import moves_rows
from reader.ui.keys.key_names import name_of_key

_OTHER_ROWS: Final = 8
"""Rows of the dialog besides the occurrences, and above and below it."""
_CONTEXT: Final = 160
"""Code points of context to look at on either side; no terminal shows more."""


class OccurrenceRows(RowList):
    """A row for each occurrence: a tick, the words around it, the present label or mention."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--faint", "choices--key"}

    def __init__(self, text: str, label: str, occurrences: Sequence[Occurrence]) -> None:
        super().__init__()
        self._text, self._label, self._occurrences = text, label, occurrences
        self.ticked = {index for index, occurrence in enumerate(occurrences) if occurrence.ticked}

    def item_count(self) -> int:
        """Return the number of occurrences."""
        return len(self._occurrences)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return an occurrence with as much of its context as fits, the name near the middle."""
        occurrence = self._occurrences[index]
        faint = self.get_component_rich_style("choices--faint", partial=True)
        key_style = self.get_component_rich_style("choices--key", partial=True)
        tick = "  [x] " if index in self.ticked else "  [ ] "
        note = fit(occurrence.description, max(width // 3, 0))
        room = max(width - cells(tick) - cells(note) - 3, 4)
        name = fit(displayed(self._text[occurrence.start : occurrence.end]), room)
        text_before = displayed(self._text[max(0, occurrence.start - _CONTEXT) : occurrence.start])
        text_before = fit_end(text_before, (room - cells(name)) * 2 // 5)
        text_after = displayed(self._text[occurrence.end : occurrence.end + _CONTEXT])
        text_after = fit(text_after, max(room - cells(text_before) - cells(name), 0))
        context_style = None if index in self.ticked else faint
        gap = " " * max(width - cells(tick) - sum(map(cells, (text_before, name, text_after, note))) - 2, 0)
        return [
            [
                Segment(tick, key_style),
                Segment(text_before, context_style),
                Segment(name, LabelStyles(self).plain(self._label)),
                Segment(text_after, context_style),
                Segment(gap + note + " ", faint),
            ]
        ]


class Preview(Dialog[tuple[int, ...]]):
    """Asks at which of some occurrences to apply a command. The answer is the indexes of the ticked ones."""

    def __init__(self, title: str, text: str, label: str, occurrences: Sequence[Occurrence], cursor: int = 0) -> None:
        super().__init__()
        self._title = title
        self._rows = OccurrenceRows(text, label, occurrences)
        self._start = cursor
        self.hint_line.show("Space tick · * all or none · Enter done · Esc leave")
        self._title_line = Static(classes="dialog--title")

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog -large"):
            yield self._title_line
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Move the cursor to the occurrence at which the user asked."""
        self._rows.refill(cursor=self._start)
        self._rows.focus()
        self._show_count()

    def on_resize(self) -> None:
        """Show as many occurrences as fit."""
        super().on_resize()
        self.query_one(".dialog").styles.height = "auto"
        room = self.room_beside(1 if self.has_class("-tight") else _OTHER_ROWS)
        self._rows.styles.height = max(min(self._rows.item_count(), room), 1)

    def process_key(self, event: events.Key) -> None:
        """Tick, move, answer or leave."""
        consume(event)
        key, rows = name_of_key(event), self._rows
        if key == "escape":
            self.answer(None)
        elif key == "enter":
            self.answer(tuple(sorted(rows.ticked)))
        elif key == "space":
            self._toggle({rows.cursor})
            rows.move(1)
        elif key == "*":
            all_indexes = set(range(rows.item_count()))
            self._toggle(all_indexes - rows.ticked or all_indexes)
        else:
            moves_rows(rows, key)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._toggle({event.index})

    def _toggle(self, indexes: set[int]) -> None:
        self._rows.ticked ^= indexes
        self._rows.refresh()
        self._show_count()

    def _show_count(self) -> None:
        count = f"{len(self._rows.ticked):,} of {self._rows.item_count():,}"
        self._title_line.update(Content(f"{self._title} · {count}"))

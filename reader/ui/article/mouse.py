"""The mouse over the text: a click puts the cursor, dragging selects, the other button asks what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.geometry import Offset
from textual.message import Message

from reader.display.words import word_at
from reader.ui.article.cursor import Cursor
from reader.ui.article.selection import select_between

if TYPE_CHECKING:
    from reader.ui.article.selection import Selection

_OTHER_BUTTON: Final = 3


class Pointing(Cursor):
    """What the article does with the mouse; what is dragged over is selected by whole words of one block."""

    ALLOW_SELECT = False

    selection: Selection | None = None

    @dataclass
    class Pointed(Message):
        """A place was clicked; the cursor is there."""

        pane: Pointing
        again: bool
        """Whether the cursor was on the same place already."""
        menu: bool
        """Whether it was the other button."""

        @property
        def control(self) -> Pointing:
            """The pane."""
            return self.pane

    pointed: Offset | None = None
    """Where on the screen the other button was pressed last, until a menu has opened there."""

    _pressed: int | None = None
    _dragged = False

    def offset_at(self, x: int, y: int) -> int:
        """Return the code point that is drawn at a place of the widget."""
        raise NotImplementedError

    def begin_selection(self, selection: Selection | None) -> None:
        """Show a selection."""
        raise NotImplementedError

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where dragging begins."""
        if self.page and event.button == 1:
            self._pressed, self._dragged = self.offset_at(event.x, event.y), False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button was pressed."""
        if self._pressed is None or self.page is None:
            return
        offset, text = self.offset_at(event.x, event.y), self.reading.document.text
        if not self._dragged and (offset == self._pressed or offset in range(*word_at(text, self._pressed))):
            return
        self._dragged = True
        block = self.reading.document.block_at(self._pressed)
        self.begin_selection(select_between(text, self._pressed, offset, block.start, block.end))

    def on_mouse_up(self) -> None:
        """End dragging."""
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the pointer; the click that ends dragging is none."""
        if self._dragged:
            self._dragged = False
            return
        if not self.page:
            return
        offset, menu = self.offset_at(event.x, event.y), event.button == _OTHER_BUTTON
        chosen = self.selection
        if chosen and not (menu and chosen.start <= offset < chosen.end):
            self.begin_selection(None)
        self.pointed = event.screen_offset if menu else None
        again = bool(menu and self.selection) or self.point_at(offset)
        self.post_message(self.Pointed(self, again, menu))

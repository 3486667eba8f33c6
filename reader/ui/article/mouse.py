"""Dragging over the text with the mouse: selects whole words."""

from __future__ import annotations

from reader.display.words import word_at
from reader.ui.article.selection import Selection, select_between


class MouseDrag:
    """A drag from where the left button was pressed. Positions are offsets in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start: int | None = None
        self._has_selected = False

    @property
    def is_pressed(self) -> bool:
        """Whether the button is down."""
        return self._start is not None

    def begin(self, offset: int) -> None:
        """Remember where the button was pressed."""
        self._start, self._has_selected = offset, False

    def selection_to(self, offset: int) -> Selection | None:
        """Return the selection from the start of the drag to `offset`.

        Returns:
            None where no button is pressed, or where the pointer has not yet left the word in which the drag began.
        """
        text, start = self._text, self._start
        if start is None:
            return None
        if not self._has_selected and (offset == start or offset in range(*word_at(text, start))):
            return None
        self._has_selected = True
        return select_between(text, start, offset)

    def release(self) -> None:
        """End the drag."""
        self._start = None

    def takes_click(self) -> bool:
        """Return, once, whether the drag has selected text: the click that Textual reports after it means nothing."""
        has_selected, self._has_selected = self._has_selected, False
        return has_selected

"""The line at the foot of the reading screen in which searches, filters and positions are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.widget import Widget

from reader.ui.dialogs.base.line_use import LineUse

if TYPE_CHECKING:
    from reader.ui.dialogs.base.input_line import InputLine


class FooterLine:
    """One line for all uses, created when it is first needed. It takes the room of the hints while it is open."""

    def __init__(self, screen: Screen[Any], above: Widget, covered: Widget) -> None:
        """Create the line.

        Args:
            screen: The screen.
            above: The widget above which the line appears.
            covered: The widget that is hidden while the line is open.
        """
        self._screen, self._above, self._covered = screen, above, covered
        self._line: InputLine | None = None
        self._return_to: Widget | None = None
        self.use: LineUse | None = None
        """What the open line is used for, None while it is closed."""

    @property
    def line(self) -> InputLine | None:
        """The line, while it is open and has the focus."""
        return self._line if self.use is not None and self._screen.focused is self._line else None

    async def open(self, use: LineUse, return_to: Widget) -> None:
        """Show the line for a use; afterwards the focus returns to a widget."""
        from reader.ui.dialogs.base.input_line import InputLine

        if self._line is None:
            self._line = InputLine(id="line")
            await self._screen.mount(self._line, before=self._above)
        self._covered.add_class("-covered")
        self.use, self._return_to = use, return_to
        self._line.display = True
        self._line.placeholder = use.placeholder
        self._line.value = use.begin()
        self._line.select_all()
        self._screen.set_focus(self._line)

    def update(self) -> None:
        """Tell the use what is typed so far."""
        if self.use is not None and self._line is not None:
            self.use.change(self._line.value)

    @property
    def text(self) -> str:
        """What is typed so far."""
        return self._line.value if self._line is not None else ""

    def set_text(self, text: str) -> None:
        """Replace what is typed, and say again what the empty line is for."""
        if self._line is not None and self.use is not None:
            self._line.placeholder = self.use.placeholder
            if text != self._line.value:
                self._line.value = text
                self._line.cursor_position = len(text)

    def close(self, *, accepted: bool) -> None:
        """Hide the line, tell the use, and give the focus back."""
        use, line, return_to = self.use, self._line, self._return_to
        self.hide()
        if use is not None and line is not None:
            use.end(line.value, accepted=accepted)
            self._screen.set_focus(return_to)

    def hide(self) -> None:
        """Hide the line and keep what it has changed: the focus has gone elsewhere."""
        self.use = None
        self._covered.remove_class("-covered")
        if self._line is not None:
            self._line.display = False

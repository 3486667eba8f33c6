"""The styles of labels as a widget has them under the current theme."""

from __future__ import annotations

from typing import Final

from rich.style import Style
from textual.widget import Widget

from reader.ui.labels import LOOKS, look_of

_PREFIX: Final = "label--"
LABEL_CLASSES: Final = {_PREFIX + look.css_name for look in LOOKS} | {_PREFIX + "other"}
"""The component classes that a widget declares to draw names in the colors of their labels."""


class LabelStyles:
    """Style of each label on one widget, worked out when first asked for; made anew when the theme changes."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, bool], Style] = {}

    def plain(self, label: str) -> Style:
        """Return how a name is drawn: its label's color, and a cue that is not color."""
        return self._style(label, filled=False)

    def filled(self, label: str) -> Style:
        """Return how a name of the selected entity is drawn: filled with its label's color."""
        return self._style(label, filled=True)

    def color(self, label: str) -> Style:
        """Return the label's color alone."""
        return Style(color=self.plain(label).color)

    def _style(self, label: str, *, filled: bool) -> Style:
        key = label, filled
        if key not in self._styles:
            name = _PREFIX + (look_of(label).css_name or "other")
            style = self._widget.get_component_rich_style(name, partial=True)
            if filled:
                ground = self._widget.rich_style.bgcolor
                style = Style(color=ground, bgcolor=style.color, bold=True, underline=False, italic=False)
            self._styles[key] = style
        return self._styles[key]

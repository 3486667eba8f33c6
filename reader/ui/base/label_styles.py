"""The styles of labels as a widget has them under the current theme.

A component class for each label on each pane would have Textual match as many selectors at every change of style; the
colors are taken from the theme's variables instead.
"""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from reader.display.labels import look_of


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

    def nested(self, label: str, around: str, ground: Style) -> Style:
        """Return how a name is drawn over another that is labelled `around`: on a ground of its own, with its own cue.

        Inside a name of its own label it is bold where that is not, and the other way round.
        """
        plain = self.plain(label)
        style = Style(bold=False, italic=False, underline=False, underline2=False) + plain + ground
        return style + Style(bold=not plain.bold) if label == around else style

    def color(self, label: str) -> Style:
        """Return the label's color alone."""
        return Style(color=self.plain(label).color)

    def _style(self, label: str, *, filled: bool) -> Style:
        key = label, filled
        if key not in self._styles:
            look = look_of(label)
            app = self._widget.app
            if look.has_own_colors:
                value = look.dark if app.current_theme.dark else look.light
            else:
                variables = app.theme_variables
                value = variables.get(f"entity-{look.css_name or 'other'}", variables["entity-other"])
            color = Color.parse(value).rich_color
            self._styles[key] = (
                Style(color=self._widget.rich_style.bgcolor, bgcolor=color, bold=True)
                if filled
                else Style.parse(look.cue) + Style(color=color)
            )
        return self._styles[key]

"""The styles of labels on one widget under the current theme.

If every pane had a component class for every label, Textual would have to match that many selectors whenever styles
change. The colors are taken from the theme's variables instead.
"""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from reader.display.colors.labels import look_of


class LabelStyles:
    """The style of each label, computed when it is first needed. Widgets create a new object when the theme changes."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, bool], Style] = {}

    def plain(self, label: str) -> Style:
        """Return the style of a name: the color of its label, and a cue other than color."""
        return self._style(label, filled=False)

    def filled(self, label: str) -> Style:
        """Return the style of a name of the selected entity: filled with the color of its label."""
        return self._style(label, filled=True)

    def nested(self, label: str, outer_label: str, ground: Style) -> Style:
        """Return the style of a name over another one: on a background of its own, with its own cue.

        Inside a name with the same label it is bold if the outer name is not, and the other way round.
        """
        plain = self.plain(label)
        style = Style(bold=False, italic=False, underline=False, underline2=False) + plain + ground
        return style + Style(bold=not plain.bold) if label == outer_label else style

    def color(self, label: str) -> Style:
        """Return only the color of a label."""
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

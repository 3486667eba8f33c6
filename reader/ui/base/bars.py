"""The bars around the panes: title bar, status bar and hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import ClassVar, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.display.cells import cells, fit, pad
from reader.display.short_messages import message_rows, shorten_quotes
from reader.document import one_line
from reader.structures.lazy_dataclass import dataclass
from reader.ui.base.painting import strip_of

_GAP: Final = "  "
_DOT: Final = " · "
_LAST_HINTS: Final = 2
"""Number of hints at the end that are always shown: they lead to all other keys, and out."""
_PROTECTED_SHARE: Final = 0.4
"""Share of the line that protected parts may take from a long message."""

_MOST_ROWS: Final = 3
"""Lines that a message takes at most."""
_SHORT: Final = 10
"""Rows of the terminal below which a message takes one line."""


@dataclass(frozen=True)
class _Content:
    """What a bar shows. The texts are those that it was given; `left` and `right` are safe to draw."""

    text: str = ""
    parts: tuple[str, ...] = ()
    is_alarm: bool = False
    protected: int = 1

    @cached_property
    def left(self) -> str:
        """The start of the line."""
        return one_line(self.text)

    @cached_property
    def right(self) -> tuple[str, ...]:
        """The parts at the end of the line, the most important first."""
        return tuple(one_line(part) for part in self.parts if part)


class Bar(Widget):
    """One line of text. Its left part is cut if it does not fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--strong", "bar--error", "bar--key"}
    DEFAULT_CSS = "Bar { height: 1; }"
    _content = _Content()

    def show(self, text: str, right: Sequence[str] = (), *, alarm: bool = False, protected: int = 1) -> None:
        """Set the text of the line. Characters that a terminal could take for a command are made visible.

        Args:
            text: The start of the line.
            right: The parts at the end of the line, the most important first. The last parts are left out if they do
                not fit.
            alarm: Whether the left part must not be missed.
            protected: Number of right parts for which the left part is cut, if that leaves it most of the line. An
                alarm is cut for one part at most.
        """
        content = _Content(text, tuple(right), alarm, 1 if alarm else protected)
        if content != self._content:
            self._content = content
            self.refresh()

    @property
    def text(self) -> str:
        """The text of the line, for tests and screen readers."""
        content = self._content
        return _GAP.join(filter(None, (content.left, _DOT.join(reversed(content.right)))))

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        width, base, content = self.size.width, self.rich_style, self._content
        inner_width = max(width - 2, 0)
        right = _fitting_parts(content.right, inner_width, cells(content.left), content.protected)
        left_width = max(inner_width - cells(right) - (len(_GAP) if right else 0), 0)
        strong = base + self.get_component_rich_style("bar--error" if content.is_alarm else "bar--strong", partial=True)
        segments = [
            Segment(" ", base),
            Segment(pad(content.left, left_width), strong),
            Segment((_GAP if right else "") + right, base),
        ]
        return strip_of(segments, width, base)


class StatusBar(Bar):
    """The mode, the last message and the state of the work. A message that does not fit in a line takes several."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--mode"}
    _mode = ""
    _more = ""
    _arranged: tuple[tuple[object, ...], tuple[list[str], str]] | None = None
    """What the lines were last made from, and the lines."""

    def show_mode(self, mode: str, more: str) -> None:
        """Set the mode, "" for none, and the words that end a message which is cut: how to read all of it."""
        if (mode, more) != (self._mode, self._more):
            self._mode, self._more = mode, more
            self.refresh()

    def show(self, text: str, right: Sequence[str] = (), *, alarm: bool = False, protected: int = 1) -> None:
        """Set the message, and take as many lines as it needs; see `Bar.show`."""
        super().show(text, right, alarm=alarm, protected=protected)
        if self.is_attached:
            self.fit_rows()

    def fit_rows(self) -> None:
        """Take as many lines as the message needs; the panes above it are laid out again if that changes."""
        rows = len(self._rows(self.app.size.width)[0])
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    @property
    def text(self) -> str:
        """The text of the bar, for tests and screen readers."""
        return " ".join(filter(None, (self._mode, super().text)))

    def render_line(self, y: int) -> Strip:
        """Draw a line of the bar."""
        width, base = self.size.width, self.rich_style
        rows, right = self._rows(width)
        style_name = "bar--error" if self._content.is_alarm else "bar--strong"
        strong = base + self.get_component_rich_style(style_name, partial=True)
        chip = self._chip() if y == 0 else ""
        row = rows[y] if y < len(rows) else ""
        end = right if y == len(rows) - 1 else ""
        room = max(width - 2 - cells(chip) - cells(end), 0)
        segments = [
            Segment(" ", base),
            Segment(chip.rstrip(), base + self.get_component_rich_style("bar--mode", partial=True)),
            Segment(chip[len(chip.rstrip()) :], base),
            Segment(pad(row, room), strong),
            Segment(end, base),
        ]
        return strip_of(segments, width, base)

    def _chip(self) -> str:
        return f"{self._mode}  " if self._mode else ""

    def _rows(self, width: int) -> tuple[list[str], str]:
        """Return the lines of the message, and the parts at the end of the last line."""
        source = self._mode, self._more, self._content, width, self.app.size.height
        if self._arranged is None or self._arranged[0] != source:
            self._arranged = source, self._arrange(width)
        return self._arranged[1]

    def _arrange(self, width: int) -> tuple[list[str], str]:
        content = self._content
        chip_width, inner_width = cells(self._chip()), max(width - 2, 1)
        room = max(inner_width - chip_width, 1)
        right = _fitting_parts(content.right, room, cells(content.left), content.protected)
        free = room - cells(right) - (len(_GAP) if right else 0)
        message = shorten_quotes(content.left, free)
        if cells(message) <= free:
            return [message], _GAP + right if right else ""
        most_rows = 1 if self.app.size.height < _SHORT else _MOST_ROWS
        rows = message_rows(content.left, room, most_rows, self._more)
        if len(rows) == 1 or cells(rows[-1]) + len(_GAP) + cells(right) > inner_width:
            right = content.right[0] if content.right else ""
        fits = cells(rows[-1]) + len(_GAP) + cells(right) <= (room if len(rows) == 1 else inner_width)
        return rows, _GAP + right if right and fits else ""


class HintBar(Bar):
    """The keys that matter in the focused pane. The last two hints are always shown."""

    _hints: tuple[tuple[str, str], ...] = ()

    def hint(self, hints: Iterable[tuple[str, str]]) -> None:
        """Set the hints, each a key and its words, the most important first."""
        new_hints = tuple(hints)
        if new_hints != self._hints:
            self._hints = new_hints
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw as many hints as fit."""
        del y
        width, base = self.size.width, self.rich_style
        key_style = base + self.get_component_rich_style("bar--key", partial=True)
        segments = [Segment(" ", base)]
        for key, words in _fitting_hints(self._hints, width - 1):
            segments += [Segment(key, key_style), Segment(f" {words}{_GAP}", base)]
        return strip_of(segments, width, base)


def _fitting_hints(hints: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """Return as many of the first hints as fit, and the last ones."""
    sizes = [cells(key) + 1 + cells(words) + len(_GAP) for key, words in hints]
    count = len(hints) - _LAST_HINTS
    while count > 0 and sum(sizes[:count]) + sum(sizes[-_LAST_HINTS:]) > width:
        count -= 1
    return [*hints[: max(count, 0)], *hints[-_LAST_HINTS:]]


def _fitting_parts(parts: Sequence[str], width: int, left_width: int, protected: int) -> str:
    """Return the end of a line with as many parts as fit.

    Args:
        parts: The parts, the most important first.
        width: Cells of the line.
        left_width: Cells that the left part needs.
        protected: Number of parts for which the left part may be cut.
    """
    for count in range(len(parts), 0, -1):
        joined = _DOT.join(reversed(parts[:count]))
        free = width - left_width - len(_GAP) if count > 1 else width
        room = max(free, int(width * _PROTECTED_SHARE)) if count <= protected else free
        if cells(joined) <= min(width * 3 // 4, room):
            return joined
    return fit(parts[0], width) if parts else ""
